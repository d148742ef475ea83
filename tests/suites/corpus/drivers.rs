//! Ways into the connector. A driver takes a configuration and requests, sends each when the one before
//! has been answered, and gives the events as lines.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio as Pipe};

use connector_core::protocol::{Event, Request};
use connector_core::{Dispatcher, Provider};
use connector_sfsf::SuccessFactorsProvider;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value as Json, json};
use tests::{Artifacts, DotNet, Maven, Mono, Tool, need};
use tokio_util::sync::CancellationToken;

use super::case::Line;

/// A way into the connector.
pub trait Driver: Sync {
    /// What it is called in complaints.
    fn name(&self) -> &str;

    /// Sends the requests and gives all events as lines. A configuration that is refused brings one line.
    fn run<'a>(
        &'a self,
        configuration: &'a Map<String, Json>,
        lines: &'a [Line],
    ) -> BoxFuture<'a, Vec<String>>;

    /// Whether its events are the ones that are kept.
    fn is_the_measure(&self) -> bool {
        false
    }
}

/// Rust, through the dispatcher.
pub struct InProcess;

impl Driver for InProcess {
    fn name(&self) -> &str {
        "Rust"
    }

    fn run<'a>(
        &'a self,
        configuration: &'a Map<String, Json>,
        lines: &'a [Line],
    ) -> BoxFuture<'a, Vec<String>> {
        Box::pin(async move {
            let connector = match SuccessFactorsProvider.open(configuration.clone()) {
                Ok(connector) => connector,
                Err(error) => return vec![json!({"jsonrpc": "2.0", "id": null, "error": error}).to_string()],
            };
            let dispatcher = Dispatcher::new(connector);
            let mut events = Vec::new();
            for line in lines {
                let request = match Request::from_json(line.text.as_bytes()) {
                    Ok(request) => request,
                    Err(malformed) => {
                        events.push(Event::Malformed(malformed));
                        continue;
                    }
                };
                let cancellation = CancellationToken::new();
                let stream = dispatcher.dispatch(request, cancellation.clone());
                if line.cancelled {
                    cancellation.cancel();
                }
                events.extend(stream.collect::<Vec<_>>().await);
            }
            events.iter().map(|event| serde_json::to_string(event).unwrap()).collect()
        })
    }

    fn is_the_measure(&self) -> bool {
        true
    }
}

/// The program, over standard input and output.
pub struct Stdio;

impl Driver for Stdio {
    fn name(&self) -> &str {
        "stdio"
    }

    fn run<'a>(
        &'a self,
        configuration: &'a Map<String, Json>,
        lines: &'a [Line],
    ) -> BoxFuture<'a, Vec<String>> {
        let open = json!({"id": "open", "method": "open", "params": {"configuration": configuration}});
        let lines: Vec<_> = lines.iter().map(|line| (line.text.clone(), line.cancelled)).collect();
        let talk = move || {
            let mut child = Child::start();
            if let Some(refusal) = child.open(&open) {
                return vec![refusal];
            }
            lines.iter().flat_map(|(text, cancelled)| child.exchange(text, *cancelled)).collect()
        };
        Box::pin(async move { tokio::task::spawn_blocking(talk).await.unwrap() })
    }
}

/// The program while it runs.
struct Child {
    process: std::process::Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Child {
    fn start() -> Self {
        let mut program = Command::new(Artifacts::get().program());
        program.args(["stdio", "--log-level", "off"]).env_remove("SFSF_CONFIG");
        let mut process = program.stdin(Pipe::piped()).stdout(Pipe::piped()).spawn().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        Self { process, answers }
    }

    /// Opens a session. A refusal is given back without the id, which is this driver's own.
    fn open(&mut self, request: &Json) -> Option<String> {
        let answer = self.exchange(&request.to_string(), false).pop().unwrap();
        let mut answer: Json = serde_json::from_str(&answer).unwrap();
        answer.get("error")?;
        answer["id"] = Json::Null;
        Some(answer.to_string())
    }

    /// Sends a line and reads up to the final event.
    fn exchange(&mut self, request: &str, cancelled: bool) -> Vec<String> {
        self.send(request);
        let id =
            serde_json::from_str::<Json>(request).map(|request| request["id"].clone()).unwrap_or_default();
        if cancelled {
            self.send(&json!({"method": "cancel", "params": {"id": id}}).to_string());
        }
        let mut events = Vec::new();
        loop {
            let mut line = String::new();
            assert!(self.answers.read_line(&mut line).unwrap() > 0, "the program ended before its answer");
            let event: Json = serde_json::from_str(&line).unwrap();
            match event.get("method").and_then(Json::as_str) {
                Some("keep_alive") => continue,
                Some("item" | "problem") => {
                    let more = json!({"method": "credit", "params": {"id": id, "items": 1}});
                    self.send(&more.to_string());
                }
                _ => {}
            }
            events.push(line.trim_end().to_owned());
            if event.get("method").is_none() {
                return events;
            }
        }
    }

    fn send(&mut self, line: &str) {
        let input = self.process.stdin.as_mut().unwrap();
        writeln!(input, "{line}").unwrap();
    }
}

impl Drop for Child {
    /// The end of its input is the end of the program.
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let status = self.process.wait().unwrap();
        assert!(status.success() || std::thread::panicking(), "{status}");
    }
}

/// A program in any language: `PROGRAM… CONFIGURATION REQUESTS`, both files; events on standard output.
pub struct Program {
    name: &'static str,
    command: Vec<PathBuf>,
    environment: Vec<(&'static str, PathBuf)>,
    /// What the compiler made lives as long as this.
    _folder: Option<tempfile::TempDir>,
}

impl Program {
    /// C, over the convenience layer; `None` without a compiler.
    pub fn c() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("corpus");
        let compiler = tests::CCompiler::find()?;
        compiler.build(&["bindings/c/tests/corpus.c"], &program);
        Some(Self { name: "C", command: vec![program], environment: Vec::new(), _folder: Some(folder) })
    }

    /// Java, over the client library and the C library; `None` without Java.
    pub fn java_native() -> Option<Self> {
        Self::java("Java", "native", Artifacts::get().shared_library())
    }

    /// Java, over the client library and the program; `None` without Java.
    pub fn java_stdio() -> Option<Self> {
        Self::java("Java over stdio", "stdio", Artifacts::get().program())
    }

    fn java(name: &'static str, transport: &str, connector: PathBuf) -> Option<Self> {
        let class_path = Maven::find()?.client();
        let arguments = ["-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", class_path];
        let mut command = vec![need("java", "JDK")?];
        command.extend(arguments.map(PathBuf::from));
        command.extend(["com.sfsf.connector.client.Corpus", transport].map(PathBuf::from));
        command.push(connector);
        Some(Self { name, command, environment: Vec::new(), _folder: None })
    }

    /// Python, over the package; `None` without Python.
    pub fn python() -> Option<Self> {
        let python = need("python3", "Python")?;
        let bindings = tests::root().join("bindings/python");
        Some(Self {
            name: "Python",
            command: vec![python, bindings.join("tests/corpus.py")],
            environment: vec![
                ("PYTHONPATH", bindings.join("src")),
                ("SFSF_CONNECTOR_LIBRARY", Artifacts::get().shared_library()),
            ],
            _folder: None,
        })
    }

    /// .NET, over the class library, which loads the C library or starts the program. Mono runs it; `None` without.
    pub fn mono(carrier: Carrier) -> Option<Self> {
        let mono = Mono::find()?;
        let program = mono.compile("Corpus.exe", &[DOTNET], &[]);
        Some(carrier.drive([".NET", ".NET over stdio"], vec![mono.runtime(), program], mono.into_folder()))
    }

    /// The same on .NET 10.
    pub fn dotnet(carrier: Carrier) -> Option<Self> {
        let dotnet = DotNet::find()?;
        let program = dotnet.compile_program("Corpus.dll", &[DOTNET]);
        let command = vec![dotnet.host(), program];
        Some(carrier.drive([".NET 10", ".NET 10 over stdio"], command, dotnet.into_folder()))
    }
}

/// What tells the corpus to the class library of .NET.
const DOTNET: &str = "bindings/dotnet/tests/corpus/Corpus.cs";

/// What a class library of .NET stands on.
pub enum Carrier {
    /// The C library.
    Library,
    /// The program.
    Program,
}

impl Carrier {
    /// A driver that is called so over the library, or so over the program.
    fn drive(self, names: [&'static str; 2], command: Vec<PathBuf>, folder: tempfile::TempDir) -> Program {
        let artifacts = Artifacts::get();
        let (name, connector) = match self {
            Self::Library => (names[0], ("SFSF_CONNECTOR_LIBRARY", artifacts.shared_library())),
            Self::Program => (names[1], ("SFSF_CONNECTOR_PROGRAM", artifacts.program())),
        };
        // Without the library of the languages, .NET would not start.
        let invariant = ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", PathBuf::from("1"));
        Program { name, command, environment: vec![connector, invariant], _folder: Some(folder) }
    }
}

impl Program {
    /// Whether it takes each of these texts: `json` reads it with the language's own reader, `open` as a configuration.
    pub async fn judge(&self, mode: &str, texts: &[Vec<u8>]) -> Vec<bool> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("texts");
        let lines: Vec<u8> = texts.iter().flat_map(|text| text.iter().copied().chain([b'\n'])).collect();
        std::fs::write(&path, lines).unwrap();
        let output = self.tool().arg(mode).arg(&path).succeed_beside().await;
        let taken = |line: &str| match line {
            "accepted" => true,
            "refused" => false,
            other => panic!("{}: {other}", self.name),
        };
        output.lines().map(taken).collect()
    }

    fn tool(&self) -> Tool {
        let tool = self.command[1..].iter().fold(Tool::new(&self.command[0]), Tool::arg);
        self.environment.iter().fold(tool, |tool, (name, value)| tool.env(name, value))
    }
}

impl Driver for Program {
    fn name(&self) -> &str {
        self.name
    }

    fn run<'a>(
        &'a self,
        configuration: &'a Map<String, Json>,
        lines: &'a [Line],
    ) -> BoxFuture<'a, Vec<String>> {
        Box::pin(async move {
            let folder = tempfile::tempdir().unwrap();
            let (keys, requests) = (folder.path().join("configuration.json"), folder.path().join("requests"));
            std::fs::write(&keys, Json::Object(configuration.clone()).to_string()).unwrap();
            let line =
                |line: &Line| format!("{}{}\n", if line.cancelled { "cancel " } else { "" }, line.text);
            std::fs::write(&requests, lines.iter().map(line).collect::<String>()).unwrap();
            let output = self.tool().arg(keys).arg(requests).succeed_beside().await;
            output.lines().map(ToOwned::to_owned).collect()
        })
    }
}
