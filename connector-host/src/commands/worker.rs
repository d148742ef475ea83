//! `worker`: requests from RabbitMQ.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use connector_core::{Dispatcher, Error, ErrorKind, Provider as _, log};
use connector_sfsf::files;
use lapin::Connection;
use serde_json::json;

use crate::app::App;
use crate::cli::{BrokerArgs, CodecName, WorkArgs, WorkerArgs, WorkerCommand};
use crate::exit::Exit;
use crate::stop::Stop;
use crate::worker::{
    Brokers, Codec, Mapping, Memory, Names, Settings, Shape, TlsFiles, Worker, declare, holds_password,
    replay, supervise,
};

/// Whatever the sender says, a request takes no longer: brokers give up on workers after half an hour.
const LONGEST: Duration = Duration::from_secs(20 * 60);

/// Serves until a signal comes, or does something with the broker once.
pub async fn run(args: &WorkerArgs, app: &mut App) -> Result<Exit, Stop> {
    let names = Names::new(&args.broker.prefix, args.broker.write_queues)?;
    let brokers = brokers(&args.broker)?;
    match &args.command {
        None => {
            let memory = Memory::open(args.work.memory.as_deref(), args.broker.remember)?;
            serve(&args.work, names, brokers, memory, app).await
        }
        Some(WorkerCommand::Topology { delay, delivery_limit, memory_bytes }) => {
            let remember = args.broker.remember;
            let shape = Shape {
                delay: *delay,
                delivery_limit: *delivery_limit,
                remember,
                memory_bytes: *memory_bytes,
            };
            topology(&names, &brokers, shape, app).await
        }
        Some(WorkerCommand::Replay { limit }) => replay_dead(&names, &brokers, *limit, app).await,
    }
}

async fn serve(
    args: &WorkArgs,
    names: Names,
    brokers: Brokers,
    memory: Memory,
    app: &mut App,
) -> Result<Exit, Stop> {
    log::route_panics(|_| true);
    let codec = match args.codec {
        CodecName::Native => Codec::Native,
        CodecName::Openiam => Codec::OpenIam(Box::new(Mapping::read(args.mapping.as_deref())?)),
    };
    let stored = app.stored_configuration().await?.ok_or_else(nothing_given)?;
    let configuration = stored.keys.clone();
    let dispatcher = Dispatcher::new(stored.open(configuration)?);
    let queues = if args.queue.is_empty() { names.requests() } else { args.queue.clone() };
    let settings = Settings {
        brokers,
        names,
        queues,
        concurrency: args.concurrency.max(1),
        timeout: app.global.timeout.unwrap_or(LONGEST).min(LONGEST),
        patience: args.patience,
        retries: args.retries,
        deliveries: args.max_deliveries,
        grace: args.grace,
    };
    let worker = Arc::new(Worker::new(settings, codec, dispatcher, memory));
    if let Some(address) = args.health {
        worker.serve_health(address).await?;
    }
    supervise(worker, app.cancellation.clone()).await;
    Ok(Exit::Done)
}

fn nothing_given() -> Error {
    Error::new(ErrorKind::Configuration, "there is no configuration").with_advice(
        "give --config FILE; or, if each message brings its connection, the hosts that messages may name: \
         --set allow_hosts=https://api4.successfactors.com",
    )
}

async fn topology(names: &Names, brokers: &Brokers, shape: Shape, app: &mut App) -> Result<Exit, Stop> {
    let connection = any(brokers).await?;
    let declared = declare(&connection, names, shape).await;
    close(&connection).await;
    app.out.json(app.format(), &json!({"declared": declared?}))?;
    Ok(Exit::Done)
}

async fn replay_dead(names: &Names, brokers: &Brokers, limit: u32, app: &mut App) -> Result<Exit, Stop> {
    let connection = any(brokers).await?;
    let done = replay(&connection, names, limit).await;
    close(&connection).await;
    app.out.json(app.format(), &done?)?;
    Ok(Exit::Done)
}

/// A connection to the first broker that answers.
async fn any(brokers: &Brokers) -> Result<Connection, Error> {
    let mut number = 0;
    loop {
        match brokers.connect(number).await {
            Err(error) if number + 1 >= brokers.count() => return Err(error),
            Err(error) => tracing::warn!("{error}"),
            Ok(connection) => return Ok(connection),
        }
        number += 1;
    }
}

async fn close(connection: &Connection) {
    // It has done its work: an error at its end changes nothing.
    drop(connection.close(200, "bye".into()).await);
}

fn brokers(args: &BrokerArgs) -> Result<Brokers, Error> {
    let refused = |sentence: &'static str| Error::new(ErrorKind::Configuration, sentence);
    if args.broker.iter().any(|address| holds_password(address)) {
        return Err(refused("a password does not belong on the command line, where everybody sees it")
            .with_advice(
                "put it into SFSF_BROKER_PASSWORD or --broker-password-file, or the address into SFSF_BROKER",
            ));
    }
    let mut addresses = args.broker.clone();
    if let (true, Ok(text)) = (addresses.is_empty(), std::env::var("SFSF_BROKER")) {
        addresses = text.split(',').map(|address| address.trim().to_owned()).collect();
    }
    let password = match &args.broker_password_file {
        Some(path) => Some(first_line(path)?),
        None => std::env::var("SFSF_BROKER_PASSWORD").ok(),
    };
    let files = TlsFiles {
        ca: args.broker_ca_file.clone(),
        certificate: args.broker_certificate.clone(),
        key: args.broker_key_file.clone(),
    };
    Brokers::new(&addresses, password.as_deref(), &files)
}

fn first_line(path: &Path) -> Result<String, Error> {
    let text = files::read_text(path, files::LONGEST).map_err(|error| {
        let sentence = format!("{} cannot be read: {}", path.display(), crate::path::unread(path, error));
        Error::new(ErrorKind::Configuration, sentence)
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
