//! A proxy between a connector and its tenant that makes trouble at one call, or from it on.
//!
//! It waits for nothing: what is late comes when the next write comes or when the test says so, and a caller who gives
//! up is cancelled.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// The connection is reset; the tenant sees nothing.
    Reset,
    /// The connection is closed without an answer; the tenant sees nothing.
    Closed,
    /// The tenant does it, and the answer is lost.
    Lost,
    /// The tenant does it, and the connection is closed in the middle of the answer.
    Midway,
    /// The tenant does it, and half of the answer comes as if it were the whole.
    Cut,
    /// The tenant does it, and the answer is this one.
    Hidden(Canned),
    /// The connection is closed, and the tenant does it later: before the next write, or when all is over.
    Late,
    /// The connection is closed, and the tenant does it when all is over.
    VeryLate,
    /// There is no answer; the tenant does it when all is over.
    Silent,
    /// The caller gives up while there is no answer; the tenant does it when all is over.
    GivenUp,
    /// The tenant sees nothing, and the answer is this one.
    Answered(Canned),
    /// The tenant does it, and its answer has the second text wherever it had the first.
    Rewritten(&'static str, &'static str),
}

/// Answers that are not those of the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Canned {
    /// A failure of the business layer, KBA 2994898.
    Refused500,
    /// 500, and nothing else.
    Empty500,
    /// 500 with half of an error body.
    Cut500,
    /// A gateway that does not reach the tenant, with a web page.
    Page502,
    /// A tenant that generates its metadata, KBA 3271514.
    Busy503,
    /// A gateway that waited long enough.
    Empty504,
    /// A web page for a success.
    Page200,
    /// A success that is no JSON and no XML.
    Garbage200,
    /// Too many requests; come back at once.
    Throttled,
    /// Too many requests; come back in ten minutes.
    ThrottledLong,
    /// A token that is no longer good.
    Token401,
    /// A missing permission.
    Forbidden403,
    /// Somebody else changed the record.
    Changed412,
    /// A request that makes no sense.
    Bad400,
    /// A record of an upsert that met a deadlock, KBA 2741801.
    RowDeadlock,
    /// A record of an upsert that somebody else changed.
    RowChanged,
    /// A record of an upsert whose name is taken.
    RowDuplicate,
    /// A record of an upsert that is refused for its value.
    RowRefused,
    /// A record of an upsert with a label that a picklist does not have.
    RowLabel,
}

impl Canned {
    fn answer(self) -> Vec<u8> {
        let odata = |code: &str, text: &str| {
            format!(r#"{{"error":{{"code":"{code}","message":{{"lang":"en-US","value":"{text}"}}}}}}"#)
        };
        let row = |code: u16, text: &str| {
            format!(
                r#"{{"d":[{{"key":null,"status":"ERROR","editStatus":null,"message":"{text} with the index 0","index":0,"httpCode":{code},"inlineResults":null}}]}}"#
            )
        };
        let broken = odata("COE_GENERAL_SERVER_FAILURE", "[COE0019]Invalid property value.");
        let page = "<html><body>We're sorry</body></html>".to_owned();
        let (status, more, body) = match self {
            Self::Refused500 => (500, "", broken),
            Self::Empty500 => (500, "", String::new()),
            Self::Cut500 => (500, "", broken[..broken.len() / 2].to_owned()),
            Self::Page502 => (502, "", page),
            Self::Busy503 => {
                let body = odata("COE_SERVICE_TEMPORARILY_UNAVAILABLE", "[COE0040]being generated");
                (503, "Retry-After: 0\r\n", body)
            }
            Self::Empty504 => (504, "", String::new()),
            Self::Page200 => (200, "", page),
            Self::Garbage200 => (200, "", "\u{1}\u{2} no answer".to_owned()),
            Self::Throttled => (429, "Retry-After: 0\r\n", String::new()),
            Self::ThrottledLong => (429, "Retry-After: 600\r\n", String::new()),
            Self::Token401 => (401, "", odata("LGN0022", "[LGN0022]The token is rejected or expired")),
            Self::Forbidden403 => (403, "", odata("COE_GENERAL_FORBIDDEN", "[COE0020]No permission")),
            Self::Changed412 => (412, "", odata("PreconditionFailed", "changed")),
            Self::Bad400 => (400, "", odata("COE_GENERAL_BAD_REQUEST", "[COE0018]bad")),
            Self::RowDeadlock => (200, "", row(500, "ORA-00060: deadlock detected")),
            Self::RowChanged => (200, "", row(412, "changed")),
            Self::RowDuplicate => (200, "", row(500, "DUPLICATE_USERNAME : Duplicate Username")),
            Self::RowLabel => (200, "", row(500, "Invalid picklist value Kaiser for title")),
            Self::RowRefused => (200, "", row(500, "INVALID_MANAGER_ID : no such manager")),
        };
        let kind = if body.starts_with("<html") { "text/html" } else { "application/json" };
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{more}Content-Length: {length}\r\n\r\n");
        [head.into_bytes(), body.into_bytes()].concat()
    }
}

/// Which call meets which trouble.
#[derive(Clone, Copy, Debug, Default)]
pub struct Script {
    /// The number of the call, counted from 1, and what it meets.
    pub at: Option<(usize, Trouble)>,
    /// The calls behind it meet the same.
    pub onwards: bool,
    /// Only calls that write are counted and meet something.
    pub writes_only: bool,
    /// What the writes behind it meet.
    pub then: Option<Trouble>,
}

impl Script {
    /// One call, or all from it on.
    pub fn at(number: usize, trouble: Trouble, onwards: bool) -> Self {
        Self { at: Some((number, trouble)), onwards, ..Self::default() }
    }

    /// One write, and the writes behind it.
    pub fn write(number: usize, trouble: Trouble, then: Option<Trouble>) -> Self {
        Self { at: Some((number, trouble)), then, writes_only: true, onwards: false }
    }

    fn meets(&self, call: usize, write: usize, is_write: bool) -> Option<Trouble> {
        let (at, trouble) = self.at?;
        if self.writes_only && !is_write {
            return None;
        }
        let number = if self.writes_only { write } else { call };
        match number.cmp(&at) {
            std::cmp::Ordering::Less => None,
            std::cmp::Ordering::Equal => Some(trouble),
            std::cmp::Ordering::Greater if self.onwards => Some(trouble),
            std::cmp::Ordering::Greater => self.then.filter(|_| is_write),
        }
    }
}

/// A request that the tenant has not seen yet.
struct Held {
    request: Vec<u8>,
    until_the_end: bool,
}

struct State {
    tenant: SocketAddr,
    script: Mutex<Script>,
    calls: AtomicUsize,
    writes: AtomicUsize,
    held: Mutex<Vec<Held>>,
    caller: CancellationToken,
}

/// A proxy on a port of its own.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
    listening: JoinHandle<()>,
}

impl Proxy {
    /// A proxy before a tenant, with this script.
    pub async fn start(sandbox: &Sandbox, script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            tenant: sandbox.address(),
            script: Mutex::new(script),
            calls: AtomicUsize::new(0),
            writes: AtomicUsize::new(0),
            held: Mutex::default(),
            caller: CancellationToken::new(),
        });
        let shared = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { address, state, listening }
    }

    /// What a configuration has for `url`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Counts anew from the next call on, by another script.
    pub fn begin(&self, script: Script) {
        *self.state.script.lock().unwrap_or_else(PoisonError::into_inner) = script;
        self.state.calls.store(0, Ordering::SeqCst);
        self.state.writes.store(0, Ordering::SeqCst);
    }

    /// Is cancelled when the caller shall give up.
    pub fn caller(&self) -> CancellationToken {
        self.state.caller.clone()
    }

    /// How many calls came so far.
    pub fn calls(&self) -> usize {
        self.state.calls.load(Ordering::SeqCst)
    }

    /// How many calls came so far that write.
    pub fn writes(&self) -> usize {
        self.state.writes.load(Ordering::SeqCst)
    }

    /// The tenant does now what it has not done yet.
    pub async fn settle(&self) {
        self.state.release(true).await;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl State {
    fn hold(&self, request: Vec<u8>, until_the_end: bool) {
        let held = Held { request, until_the_end };
        self.held.lock().unwrap_or_else(PoisonError::into_inner).push(held);
    }

    /// Passes on what was held.
    async fn release(&self, all: bool) {
        let held = std::mem::take(&mut *self.held.lock().unwrap_or_else(PoisonError::into_inner));
        let (now, later): (Vec<_>, Vec<_>) = held.into_iter().partition(|one| all || !one.until_the_end);
        self.held.lock().unwrap_or_else(PoisonError::into_inner).extend(later);
        for one in now {
            self.forward(&one.request).await;
        }
    }

    /// Asks the tenant: the head of its answer without what belongs to the connection, and the body.
    async fn forward(&self, request: &[u8]) -> Option<(String, Vec<u8>)> {
        let mut stream = TcpStream::connect(self.tenant).await.ok()?;
        stream.write_all(request).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let end = end_of_head(&answer)?;
        let body = answer.split_off(end);
        let head = String::from_utf8(answer).ok()?;
        assert!(
            !head.to_ascii_lowercase().contains("chunked"),
            "the sandbox knows the length of its answers"
        );
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.to_owned();
        let kept = lines.filter(|line| !of_connection(line)).map(|line| format!("{line}\r\n"));
        Some((format!("HTTP/1.1 {status} X\r\n{}", kept.collect::<String>()), body))
    }
}

fn of_connection(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(name.as_str(), "connection" | "content-length" | "transfer-encoding" | "keep-alive")
}

fn end_of_head(text: &[u8]) -> Option<usize> {
    text.windows(4).position(|four| four == b"\r\n\r\n").map(|place| place + 4)
}

/// Answers the calls of one connection.
async fn serve(mut stream: TcpStream, state: Arc<State>) {
    let mut buffer = Vec::new();
    while let Some(request) = receive(&mut stream, &mut buffer).await {
        let is_write = is_write(&request);
        let write = state.writes.fetch_add(usize::from(is_write), Ordering::SeqCst) + 1;
        let call = state.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if is_write {
            state.release(false).await;
        }
        let script = *state.script.lock().unwrap_or_else(PoisonError::into_inner);
        let trouble = script.meets(call, write, is_write);
        if !answer(&mut stream, &state, request, trouble).await {
            return;
        }
    }
}

/// Answers one call; false if the connection is over.
async fn answer(stream: &mut TcpStream, state: &State, request: Vec<u8>, trouble: Option<Trouble>) -> bool {
    match trouble {
        None => {
            let Some((head, body)) = state.forward(&request).await else { return false };
            send(stream, &head, &body, body.len()).await
        }
        Some(Trouble::Reset) => {
            let _ = stream.set_zero_linger();
            false
        }
        Some(Trouble::Closed) => false,
        Some(Trouble::Lost) => {
            state.forward(&request).await;
            false
        }
        Some(Trouble::Midway) => {
            if let Some((head, body)) = state.forward(&request).await {
                send(stream, &head, &body[..body.len() / 2], body.len()).await;
            }
            false
        }
        Some(Trouble::Cut) => {
            let Some((head, body)) = state.forward(&request).await else { return false };
            send(stream, &head, &body[..body.len() / 2], body.len() / 2).await
        }
        Some(Trouble::Hidden(canned)) => {
            state.forward(&request).await;
            stream.write_all(&canned.answer()).await.is_ok()
        }
        Some(Trouble::Late | Trouble::VeryLate) => {
            state.hold(request, trouble == Some(Trouble::VeryLate));
            false
        }
        Some(Trouble::Silent | Trouble::GivenUp) => {
            state.hold(request, true);
            if trouble == Some(Trouble::GivenUp) {
                state.caller.cancel();
            }
            // Until the caller closes the connection.
            let _ = stream.read(&mut [0]).await;
            false
        }
        Some(Trouble::Rewritten(from, to)) => {
            let Some((head, body)) = state.forward(&request).await else { return false };
            let body = String::from_utf8(body).expect("the sandbox answers in UTF-8").replace(from, to);
            send(stream, &head, body.as_bytes(), body.len()).await
        }
        Some(Trouble::Answered(canned)) => stream.write_all(&canned.answer()).await.is_ok(),
    }
}

async fn send(stream: &mut TcpStream, head: &str, body: &[u8], length: usize) -> bool {
    let head = format!("{head}Content-Length: {length}\r\n\r\n");
    stream.write_all(&[head.as_bytes(), body].concat()).await.is_ok()
}

fn is_write(request: &[u8]) -> bool {
    let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    line.starts_with("POST /odata/v2/upsert") || line.contains("/updateStaticGroup")
}

/// The next request of a connection, as it goes to the tenant: on a connection that is closed behind it, and answered
/// without compression.
async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    loop {
        if let Some(end) = end_of_head(buffer) {
            let head = String::from_utf8(buffer.get(..end)?.to_vec()).ok()?;
            let length = head.to_ascii_lowercase().lines().find_map(|line| {
                line.strip_prefix("content-length:").and_then(|length| length.trim().parse::<usize>().ok())
            });
            let whole = end + length.unwrap_or_default();
            if buffer.len() >= whole {
                let rest = buffer.split_off(whole);
                let request = std::mem::replace(buffer, rest);
                return Some(for_the_tenant(&head, request.get(end..)?));
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

fn for_the_tenant(head: &str, body: &[u8]) -> Vec<u8> {
    let kept = head.trim_end().split("\r\n").filter(|line| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        !matches!(name.as_str(), "connection" | "accept-encoding")
    });
    let head = kept.collect::<Vec<_>>().join("\r\n");
    [head.as_bytes(), b"\r\nConnection: close\r\n\r\n", body].concat()
}
