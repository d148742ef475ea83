//! A RabbitMQ of the tests' own: on its own ports, with its own data, ended with the tests.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use lapin::{Connection, ConnectionProperties};
use tempfile::TempDir;

use crate::polling::poll;

/// A broker.
pub struct Broker {
    port: u16,
    user: String,
    pipes: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    _script: Child,
    _directory: TempDir,
}

impl Broker {
    /// The broker that all tests share; none where RabbitMQ is not installed, which is said.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Broker>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref()
    }

    /// A broker that one test may break.
    pub fn start() -> Option<Self> {
        Self::configured("", "guest:guest")
    }

    /// A broker with more lines of configuration, and the user (with the password) that its clients have.
    pub fn configured(lines: &str, user: &str) -> Option<Self> {
        let Some(scripts) = scripts() else {
            tests::skip::missing("RabbitMQ");
            return None;
        };
        let directory = TempDir::new().unwrap();
        let [port, node, epmd] = free_ports();
        let mut script = Command::new("bash")
            .args(["-c", include_str!("broker.sh"), "broker"])
            .arg(scripts)
            .arg(directory.path())
            .args([port, node, epmd].map(|port| port.to_string()))
            .arg(lines)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let pipes = (script.stdin.take().unwrap(), BufReader::new(script.stdout.take().unwrap()));
        let user = user.to_owned();
        let broker = Self { port, user, pipes: Mutex::new(pipes), _script: script, _directory: directory };
        broker.wait();
        Some(broker)
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("amqp://{}@127.0.0.1:{}", self.user, self.port)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// It finds its disk full, and takes nothing.
    pub fn alarm(&self) {
        self.tell("alarm");
    }

    /// Makes a user, whose password is its name, that may configure, write and read this; gives its address.
    pub fn permit(&self, user: &str, [configure, write, read]: [&str; 3]) -> String {
        self.tell(&format!("permit {user} {configure} {write} {read}"));
        format!("amqp://{user}:{user}@127.0.0.1:{}", self.port)
    }

    /// Its disk has room again.
    pub fn calm(&self) {
        self.tell("calm");
    }

    /// Stops it, and starts it again on the same data.
    pub fn restart(&self) {
        self.tell("stop");
        self.tell("start");
        self.wait();
    }

    /// Says a word to the script, and waits until it has done so.
    fn tell(&self, word: &str) {
        let mut pipes = self.pipes.lock().unwrap();
        writeln!(pipes.0, "{word}").unwrap();
        let mut line = String::new();
        pipes.1.read_line(&mut line).unwrap();
        assert_eq!(Some(line.trim()), word.split(' ').next());
    }

    /// Waits until somebody can log in.
    fn wait(&self) {
        let url = self.url();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let connect = async || Connection::connect(&url, ConnectionProperties::default()).await.ok();
        runtime.block_on(async {
            let connection = poll(|| "the broker did not start".to_owned(), connect).await;
            drop(connection.close(200, "".into()).await);
        });
    }
}

fn scripts() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/rabbitmq/lib").ok()?;
    let mut all = versions.filter_map(|version| Some(version.ok()?.path().join("sbin")));
    all.find(|path| path.join("rabbitmq-server").exists())
}

/// Ports that nobody uses.
pub fn free_ports<const COUNT: usize>() -> [u16; COUNT] {
    let all = [0; COUNT].map(|_: u16| TcpListener::bind("127.0.0.1:0").unwrap());
    all.map(|listener| listener.local_addr().unwrap().port())
}
