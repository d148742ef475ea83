//! A tenant, a worker in a process of its own, and somebody who asks.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use futures_util::StreamExt;
use lapin::options::{
    BasicAckOptions, BasicConsumeOptions, BasicGetOptions, BasicPublishOptions, ConfirmSelectOptions,
    QueueDeclareOptions,
};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, Consumer};
use sandbox::{Options, Sandbox};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::broker::Broker;
use crate::polling::{SOON, poll};

/// A tenant, its configuration, and the names of queues that nobody else uses.
pub struct Scene {
    pub broker: &'static Broker,
    pub sandbox: Sandbox,
    pub directory: TempDir,
    pub prefix: String,
    /// Where workers find the broker.
    pub address: String,
    /// What workers find in their environment.
    pub environment: Vec<(String, String)>,
}

/// A worker in a process of its own.
pub struct Worker {
    pub child: Child,
    log: Arc<Mutex<String>>,
}

/// Somebody who asks.
pub struct Requester {
    connection: Connection,
    pub channel: Channel,
    consumer: Consumer,
    pub reply_to: ShortString,
    prefix: String,
}

/// A part of a reply.
pub struct Part {
    pub body: String,
    pub correlation_id: String,
    pub message_id: String,
    /// All that accompanies it, as it is written for developers.
    pub properties: String,
    pub headers: HashMap<String, AMQPValue>,
}

impl Scene {
    /// A scene with the queues declared; none where RabbitMQ is not installed.
    pub async fn new(people: usize) -> Option<Self> {
        let scene = Self::bare(people).await?;
        scene.topology();
        Some(scene)
    }

    /// A scene without queues.
    pub async fn bare(people: usize) -> Option<Self> {
        let broker = tokio::task::spawn_blocking(Broker::shared).await.unwrap()?;
        Some(Self::at(broker, people).await)
    }

    /// A scene at this broker.
    pub async fn at(broker: &'static Broker, people: usize) -> Self {
        let sandbox = Sandbox::start(Options { people, ..Options::default() }).await.unwrap();
        let directory = TempDir::new().unwrap();
        let keys = json!({
            "url": sandbox.base_url(), "company_id": sandbox.company_id(), "username": sandbox.user_id(),
            "client_id": sandbox.client_id(), "private_key": sandbox.private_key_pem(),
        });
        std::fs::write(directory.path().join("tenant.json"), keys.to_string()).unwrap();
        let prefix = format!("t{}", uuid::Uuid::new_v4().simple());
        let address = format!("amqp://127.0.0.1:{}", broker.port());
        Self { broker, sandbox, directory, prefix, address, environment: Vec::new() }
    }

    /// The program with a command of `worker`.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sfsf-connector"));
        command.env_clear().envs(self.environment.iter().cloned());
        command.args(["--output", "json", "worker"]).args(arguments);
        command.args(["--broker", &self.address, "--prefix", &self.prefix]);
        if !arguments.contains(&"--write-queues") {
            command.args(["--write-queues", "2"]);
        }
        if is_serving(arguments) && !arguments.contains(&"--memory-key") {
            command.arg("--memory-key").arg(self.directory.path().join("memory-key"));
        }
        command
    }

    /// A worker whose messages bring their connections, to the tenant of the scene.
    pub fn without_connection(&self, arguments: &[&str]) -> Command {
        let mut command = self.program(arguments);
        command.arg("--set").arg(format!("allow_hosts={}", self.sandbox.base_url()));
        command
    }

    /// Runs a command to its end, and gives what it says.
    #[track_caller]
    pub fn run(&self, arguments: &[&str], code: i32) -> String {
        let output = self.program(arguments).output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{said}");
        said
    }

    /// Runs a command that speaks to the tenant, and gives its lines.
    pub fn run_plain(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sfsf-connector"));
        command
            .env_clear()
            .args(["--output", "ndjson", "--config"])
            .arg(self.directory.path().join("tenant.json"));
        String::from_utf8(command.args(arguments).output().unwrap().stdout).unwrap()
    }

    pub fn topology(&self) {
        self.run(&["topology", "--delay", "1"], 0);
    }

    /// Starts a worker with the tenant's configuration.
    pub fn worker(&self, arguments: &[&str]) -> Worker {
        let config = self.directory.path().join("tenant.json");
        let mut command = self.program(arguments);
        command.arg("--config").arg(config);
        Worker::start(command)
    }

    pub async fn requester(&self) -> Requester {
        Requester::new(&self.broker.url(), &self.prefix).await
    }

    pub fn inject(&self, fault: &str) {
        self.sandbox.inject(fault.parse().unwrap());
    }

    /// The connection as a message brings it.
    pub fn credentials(&self) -> Json {
        serde_json::from_slice(&std::fs::read(self.directory.path().join("tenant.json")).unwrap()).unwrap()
    }
}

/// Whether a command serves, and does nothing else.
fn is_serving(arguments: &[&str]) -> bool {
    !["topology", "replay"].iter().any(|word| arguments.contains(word))
}

impl Worker {
    pub fn start(mut command: Command) -> Self {
        if !command.get_args().any(|argument| argument == "--log-level") {
            command.args(["--log-level", "debug"]);
        }
        Self::start_as_shown(command)
    }

    /// Starts a command as it is.
    pub fn start_as_shown(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (lines, kept) = (BufReader::new(child.stderr.take().unwrap()).lines(), Arc::clone(&log));
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                kept.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        Self { child, log }
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until it logged this.
    pub async fn says(&self, text: &str) {
        self.says_times(text, 1).await;
    }

    /// Waits until it logged this so many times.
    pub async fn says_times(&self, text: &str, times: usize) {
        let what = || format!("'{text}' is not in the log:\n{}", self.log());
        poll(what, async || (self.log().matches(text).count() >= times).then_some(())).await;
    }

    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(done.unwrap().success());
    }

    /// Waits for its end, and gives the exit code.
    pub async fn end(&mut self) -> Option<i32> {
        let what = || "the worker did not end".to_owned();
        poll(what, async || self.child.try_wait().unwrap()).await.code()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the worker logged:\n{}", self.log());
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Requester {
    /// Somebody with a queue for replies that outlives the connection.
    pub async fn new(url: &str, prefix: &str) -> Self {
        let name = format!("{prefix}-replies.{}", uuid::Uuid::new_v4().simple());
        Self::with(url, prefix, name.into()).await
    }

    async fn with(url: &str, prefix: &str, reply_to: ShortString) -> Self {
        let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
        let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        channel.queue_declare(reply_to.clone(), durable, FieldTable::default()).await.unwrap();
        let options = BasicConsumeOptions::default();
        let consumer =
            channel.basic_consume(reply_to.clone(), "".into(), options, FieldTable::default()).await.unwrap();
        Self { connection, channel, consumer, reply_to, prefix: prefix.to_owned() }
    }

    /// Sends a request about nobody in particular.
    pub async fn read(&self, correlation: &str, message: &Json) {
        let exchange = format!("{}.read", self.prefix);
        self.send(&exchange, "", message.to_string().as_bytes(), self.properties(correlation)).await;
    }

    /// Sends a change of a person.
    pub async fn write(&self, correlation: &str, uid: &str, message: &Json) {
        let exchange = format!("{}.write", self.prefix);
        let properties = self.properties(correlation).with_message_id(correlation.into());
        self.send(&exchange, uid, message.to_string().as_bytes(), properties).await;
    }

    pub fn properties(&self, correlation: &str) -> BasicProperties {
        BasicProperties::default()
            .with_reply_to(self.reply_to.clone())
            .with_correlation_id(correlation.into())
            .with_delivery_mode(2)
    }

    pub async fn send(&self, exchange: &str, key: &str, body: &[u8], properties: BasicProperties) {
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let confirm =
            self.channel.basic_publish(exchange.into(), key.into(), options, body, properties).await;
        let confirmed = confirm.unwrap().await.unwrap();
        assert!(confirmed.is_ack() && confirmed.take_message().is_none(), "the request found no queue");
    }

    /// The next part of a reply.
    pub async fn part(&mut self) -> Part {
        timeout(SOON, self.try_part()).await.expect("no reply came").expect("the connection is gone")
    }

    /// Takes replies from another consumer, and asks for them there.
    pub fn hear(&mut self, consumer: Consumer, reply_to: &str) {
        (self.consumer, self.reply_to) = (consumer, reply_to.into());
    }

    /// The next part from a consumer that acknowledges nothing.
    pub async fn part_unacknowledged(&mut self) -> Part {
        let next = timeout(SOON, self.consumer.next()).await.expect("no reply came");
        let delivery = next.unwrap().unwrap();
        part(delivery.data, &delivery.properties)
    }

    /// The next reply, which has one part.
    pub async fn reply(&mut self) -> (String, Json) {
        let part = self.part().await;
        let json = serde_json::from_str(&part.body).unwrap_or_else(|error| panic!("{error}: {}", part.body));
        (part.correlation_id, json)
    }

    /// The next part, or nothing when the connection is gone.
    pub async fn try_part(&mut self) -> Option<Part> {
        let delivery = self.consumer.next().await?.ok()?;
        delivery.acker.ack(BasicAckOptions::default()).await.ok()?;
        Some(part(delivery.data, &delivery.properties))
    }

    /// Connects anew, to the same queue of replies.
    pub async fn reconnect(&mut self, broker: &Broker) {
        *self = Self::with(&broker.url(), &self.prefix, self.reply_to.clone()).await;
    }

    /// Sends a request until the broker has it.
    pub async fn insist(&mut self, broker: &Broker, id: &str, uid: &str, message: &Json, writes: bool) {
        let (exchange, key) = if writes { ("write", uid.to_owned()) } else { ("read", String::new()) };
        let exchange = format!("{}.{exchange}", self.prefix);
        let body = message.to_string();
        loop {
            let properties = self.properties(id).with_message_id(id.into());
            let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
            let (exchange, key) = (exchange.as_str().into(), key.as_str().into());
            let sent = self.channel.basic_publish(exchange, key, options, body.as_bytes(), properties).await;
            if let Ok(confirm) = sent
                && let Ok(confirmed) = confirm.await
                && confirmed.is_ack()
            {
                return;
            }
            self.reconnect(broker).await;
        }
    }

    /// A queue by its name without the prefix: one of the workers', or a narrow one for replies.
    fn full(&self, queue: &str) -> String {
        let between = if queue.starts_with("narrow.") { "-replies." } else { "." };
        format!("{}{between}{queue}", self.prefix)
    }

    /// Declares another queue for replies that holds one message, and nobody reads yet; gives its name without the prefix.
    pub async fn narrow_queue(&self) -> String {
        let name = format!("narrow.{}", uuid::Uuid::new_v4().simple());
        let mut arguments = FieldTable::default();
        arguments.insert("x-max-length".into(), AMQPValue::LongLongInt(1));
        arguments.insert("x-overflow".into(), AMQPValue::LongString("reject-publish".into()));
        let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        self.channel.queue_declare(self.full(&name).into(), durable, arguments).await.unwrap();
        name
    }

    /// Sends a request about nobody in particular, with the reply to this queue.
    pub async fn read_to(&self, queue: &str, correlation: &str, message: &Json) {
        let properties = self.properties(correlation).with_reply_to(self.full(queue).into());
        let exchange = format!("{}.read", self.prefix);
        self.send(&exchange, "", message.to_string().as_bytes(), properties).await;
    }

    /// Waits until so many messages are in a queue.
    pub async fn holds(&self, queue: &str, messages: u32) {
        let queue = self.full(queue);
        let passive = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
        let there = async || {
            let found =
                self.channel.queue_declare(queue.as_str().into(), passive, FieldTable::default()).await;
            (found.unwrap().message_count() == messages).then_some(())
        };
        poll(|| format!("{queue} does not come to hold {messages}"), there).await;
    }

    /// Takes the parts of one whole reply out of a queue, and gives the objects in it and how many runs began.
    pub async fn whole(&self, queue: &str) -> (u64, usize) {
        let mut runs = HashMap::<String, Vec<Part>>::new();
        loop {
            let part = self.take(queue).await;
            let is_last = part.headers["x-sfc-last"] == AMQPValue::Boolean(true);
            let run = text(&part.headers["x-sfc-run"]);
            runs.entry(run.clone()).or_default().push(part);
            if is_last {
                let numbers = runs[&run].iter().map(|part| part.headers["x-sfc-seq"].clone());
                let expected: Vec<_> = (0..runs[&run].len() as i64).map(AMQPValue::LongLongInt).collect();
                assert_eq!(numbers.collect::<Vec<_>>(), expected, "every part of the run, in order");
                let lines = runs[&run].iter().flat_map(|part| part.body.lines());
                return (
                    lines.filter(|line| line.contains("\"method\":\"item\"")).count() as u64,
                    runs.len(),
                );
            }
        }
    }

    /// What stands in the stream of replies, up to an entry of this kind.
    pub async fn stream_until(&self, is_last: impl Fn(&Part) -> bool) -> Vec<Part> {
        let channel = self.connection.create_channel().await.unwrap();
        channel.basic_qos(100, Default::default()).await.unwrap();
        let mut arguments = FieldTable::default();
        arguments.insert("x-stream-offset".into(), AMQPValue::LongString("first".into()));
        let queue = format!("{}.memory", self.prefix).into();
        let mut consumer =
            channel.basic_consume(queue, "".into(), Default::default(), arguments).await.unwrap();
        let mut all = Vec::new();
        while !all.last().is_some_and(&is_last) {
            let next = timeout(SOON, consumer.next()).await.expect("the stream does not have it");
            let delivery = next.unwrap().unwrap();
            delivery.acker.ack(BasicAckOptions::default()).await.unwrap();
            all.push(part(delivery.data, &delivery.properties));
        }
        all
    }

    /// Everything that is in a queue now.
    pub async fn drain(&self, queue: &str) -> Vec<Part> {
        let queue = self.full(queue);
        let mut all = Vec::new();
        loop {
            let got = self.channel.basic_get(queue.as_str().into(), BasicGetOptions { no_ack: true }).await;
            let Some(message) = got.unwrap() else { return all };
            all.push(part(message.delivery.data, &message.delivery.properties));
        }
    }

    /// Takes one message out of a queue, as soon as there is one.
    pub async fn take(&self, queue: &str) -> Part {
        self.take_from(&self.full(queue)).await
    }

    /// Takes one message out of a queue with this whole name.
    pub async fn take_from(&self, queue: &str) -> Part {
        let what = || format!("nothing came into {queue}");
        let options = BasicGetOptions { no_ack: true };
        let get = async || self.channel.basic_get(queue.into(), options).await.unwrap();
        let message = poll(what, get).await;
        part(message.delivery.data, &message.delivery.properties)
    }
}

fn part(body: Vec<u8>, properties: &BasicProperties) -> Part {
    let headers = properties.headers().clone().unwrap_or_default();
    Part {
        body: String::from_utf8(body).unwrap(),
        properties: format!("{properties:?}"),
        message_id: properties.message_id().as_ref().map(ToString::to_string).unwrap_or_default(),
        correlation_id: properties.correlation_id().as_ref().map(ToString::to_string).unwrap_or_default(),
        headers: headers.inner().iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
    }
}

/// A request of the protocol.
pub fn request(method: &str, params: Json) -> Json {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
}

/// The text in a header.
pub fn text(value: &AMQPValue) -> String {
    match value {
        AMQPValue::LongString(text) => text.to_string(),
        other => format!("{other:?}"),
    }
}
