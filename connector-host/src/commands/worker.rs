//! `worker`: requests from RabbitMQ.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use connector_core::{Dispatcher, Error, ErrorKind, Provider as _, log};
use connector_sfsf::files;
use lapin::Connection;

use crate::app::App;
use crate::cli::{BrokerArgs, CodecName, WorkArgs, WorkerArgs, WorkerCommand};
use crate::exit::Exit;
use crate::stop::Stop;
use crate::worker::{
    Brokers, Choice, Codec, Keys, Mapping, Memory, Names, ReplyQueues, Settings, Shape, TlsFiles, Worker,
    declare, holds_password, migrate, replay, supervise,
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
        Some(WorkerCommand::Topology { migrate, delay, delivery_limit, memory_bytes }) => {
            let remember = args.broker.remember;
            let shape = Shape {
                delay: *delay,
                delivery_limit: *delivery_limit,
                remember,
                memory_bytes: *memory_bytes,
            };
            topology(&names, &brokers, shape, *migrate, app).await
        }
        Some(WorkerCommand::Replay { limit, expired }) => {
            let choice = Choice { limit: *limit, expired: *expired };
            replay_dead(&names, &brokers, choice, app).await
        }
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
    let queues = queues(&names, &args.queue)?;
    let reply_queues = ReplyQueues::new(&names, &args.reply_prefix)?;
    let keys = keys(&args.memory_key)?;
    let settings = Settings {
        brokers,
        names,
        queues,
        reply_queues,
        keys,
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

async fn topology(
    names: &Names,
    brokers: &Brokers,
    shape: Shape,
    moving: bool,
    app: &mut App,
) -> Result<Exit, Stop> {
    let connection = any(brokers).await?;
    let declared = if moving {
        migrate(&connection, names, shape).await
    } else {
        declare(&connection, names, shape).await
    };
    close(&connection).await;
    app.out.json(app.format(), &declared?)?;
    Ok(Exit::Done)
}

async fn replay_dead(names: &Names, brokers: &Brokers, choice: Choice, app: &mut App) -> Result<Exit, Stop> {
    let connection = any(brokers).await?;
    let done = replay(&connection, names, choice).await;
    close(&connection).await;
    app.out.json(app.format(), &done?)?;
    Ok(Exit::Done)
}

/// The queues to read. Of the workers' own queues that is one of requests.
fn queues(names: &Names, given: &[String]) -> Result<Vec<String>, Error> {
    let all = names.requests();
    let wrong = given.iter().find(|queue| queue.len() > 255 || (names.is_own(queue) && !all.contains(queue)));
    match wrong {
        Some(queue) => {
            let sentence = format!("--queue '{queue}' is no queue of requests");
            Err(Error::new(ErrorKind::Configuration, sentence)
                .with_advice(format!("there is {}", all.join(", "))))
        }
        None if given.is_empty() => Ok(all),
        None => Ok(given.to_vec()),
    }
}

/// The keys that replies are signed with, or else one in the folder for what the worker keeps.
fn keys(files: &[PathBuf]) -> Result<Keys, Error> {
    if !files.is_empty() {
        return Keys::read(files);
    }
    let folder = state_folder().ok_or_else(|| {
        Error::new(ErrorKind::Configuration, "there is no folder for the key that workers sign replies with")
            .with_advice("give --memory-key FILE, the same key for all workers")
    })?;
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(&folder).map_err(|error| {
        let sentence = format!("the folder {} cannot be made ({})", folder.display(), error.kind());
        Error::new(ErrorKind::Configuration, sentence).with_advice("give --memory-key FILE")
    })?;
    Keys::read(&[folder.join("memory-key")])
}

/// The folder that systemd gives to a service, or else the one that people have.
fn state_folder() -> Option<PathBuf> {
    let given = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(folders) = given("STATE_DIRECTORY") {
        return folders.split(':').next().map(PathBuf::from);
    }
    let own = given("XDG_STATE_HOME").map(PathBuf::from);
    let own = own.or_else(|| Some(std::env::home_dir()?.join(".local/state")));
    own.map(|folder| folder.join("sfsf-connector"))
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
