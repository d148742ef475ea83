//! What was answered: a repeated message gets the same reply and has no second effect.
//!
//! This is one worker's copy of what stands in the stream that all workers share; see [`Journal`](super::journal::Journal).

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use connector_core::{Error, ErrorKind, Result};
use redb::backends::InMemoryBackend;
use redb::{Database, ReadableDatabase, ReadableTable, Table, TableDefinition};

use super::envelope::milliseconds;
use crate::private;

/// By message id: when it was answered, the hash of the request, the reply.
const REPLIES: TableDefinition<'_, &str, (i64, &str, &[u8])> = TableDefinition::new("replies");
/// Message ids by age.
const AGES: TableDefinition<'_, (i64, &str), ()> = TableDefinition::new("ages");
/// Of when the latest entry is that was read from the stream.
const LATEST: TableDefinition<'_, (), i64> = TableDefinition::new("latest");
/// Entries that are removed at most when one is added.
const SWEEP: usize = 32;

/// The replies of the last while. Cheap to clone.
#[derive(Clone)]
pub struct Memory {
    database: Arc<Database>,
    age: Duration,
}

/// A reply as the stream has it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The id of the message that it answers.
    pub message: String,
    /// The hash of the request.
    pub request: String,
    /// When it was answered, in milliseconds since 1970.
    pub at: i64,
    /// The reply.
    pub reply: Vec<u8>,
}

/// What is known about a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    Nothing,
    /// It was answered so.
    Answered(Vec<u8>),
    /// Another request had its id.
    Other,
}

impl Memory {
    /// Replies that are forgotten after this time, in a file, or else in the memory of this process.
    ///
    /// # Errors
    ///
    /// A file that cannot be opened, or is in use by another worker.
    pub fn open(file: Option<&Path>, age: Duration) -> Result<Self> {
        let opened = match file {
            Some(path) => {
                // Replies hold data of people.
                private::open(path).map_err(|error| unusable(file, &error.to_string()))?;
                Database::create(path)
            }
            None => Database::builder().create_with_backend(InMemoryBackend::new()),
        };
        let database = opened.map_err(|error| unusable(file, &error.to_string()))?;
        let memory = Self { database: Arc::new(database), age };
        memory.prepare().map_err(|error| unusable(file, &error.to_string()))?;
        Ok(memory)
    }

    /// What is known about the message with this id.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub async fn recall(&self, message: &str, request: &str) -> Result<Known> {
        let (memory, message, request) = (self.clone(), message.to_owned(), request.to_owned());
        aside(move || memory.read(&message, &request)).await
    }

    /// Takes over what the stream has, whose latest entry is of this time. Of two replies to one message the first
    /// one holds.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub async fn learn(&self, entries: Vec<Entry>, latest: i64) -> Result<()> {
        let memory = self.clone();
        aside(move || memory.write(&entries, latest)).await
    }

    /// Of when the latest entry is that was read from the stream, in milliseconds since 1970.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub async fn latest(&self) -> Result<Option<i64>> {
        let memory = self.clone();
        aside(move || {
            Ok(memory.database.begin_read()?.open_table(LATEST)?.get(())?.map(|latest| latest.value()))
        })
        .await
    }

    /// What was answered before this moment is forgotten, in milliseconds since 1970.
    pub fn oldest(&self) -> i64 {
        milliseconds(SystemTime::now().checked_sub(self.age).unwrap_or(SystemTime::UNIX_EPOCH))
    }

    fn prepare(&self) -> Result<(), redb::Error> {
        let change = self.database.begin_write()?;
        change.open_table(REPLIES)?;
        change.open_table(AGES)?;
        change.open_table(LATEST)?;
        Ok(change.commit()?)
    }

    fn read(&self, message: &str, request: &str) -> Result<Known, redb::Error> {
        let oldest = self.oldest();
        let Some(found) = self.database.begin_read()?.open_table(REPLIES)?.get(message)? else {
            return Ok(Known::Nothing);
        };
        Ok(match found.value() {
            (at, ..) if at < oldest => Known::Nothing,
            (_, before, reply) if before == request => Known::Answered(reply.to_vec()),
            _ => Known::Other,
        })
    }

    fn write(&self, entries: &[Entry], latest: i64) -> Result<(), redb::Error> {
        let oldest = self.oldest();
        let change = self.database.begin_write()?;
        {
            let mut replies = change.open_table(REPLIES)?;
            let mut ages = change.open_table(AGES)?;
            for entry in entries.iter().filter(|entry| entry.at >= oldest) {
                add(entry, oldest, &mut replies, &mut ages)?;
            }
            sweep(oldest, SWEEP * entries.len(), &mut replies, &mut ages)?;
            let mut known = change.open_table(LATEST)?;
            let before = known.get(())?.map_or(i64::MIN, |latest| latest.value());
            known.insert((), before.max(latest))?;
        }
        Ok(change.commit()?)
    }
}

type Replies<'a> = Table<'a, &'static str, (i64, &'static str, &'static [u8])>;
type Ages<'a> = Table<'a, (i64, &'static str), ()>;

/// Adds a reply, unless there is one to the same message.
fn add(
    entry: &Entry,
    oldest: i64,
    replies: &mut Replies<'_>,
    ages: &mut Ages<'_>,
) -> Result<(), redb::Error> {
    let message = entry.message.as_str();
    let before = replies.get(message)?.map(|found| found.value().0);
    match before {
        Some(at) if at >= oldest => return Ok(()),
        Some(at) => drop(ages.remove((at, message))?),
        None => {}
    }
    replies.insert(message, (entry.at, entry.request.as_str(), entry.reply.as_slice()))?;
    ages.insert((entry.at, message), ())?;
    Ok(())
}

/// Removes what is too old, `most` at most.
fn sweep(
    oldest: i64,
    most: usize,
    replies: &mut Replies<'_>,
    ages: &mut Ages<'_>,
) -> Result<(), redb::Error> {
    let mut old = Vec::new();
    for entry in ages.range(..(oldest, ""))?.take(most) {
        let key = entry?.0;
        old.push((key.value().0, key.value().1.to_owned()));
    }
    for (at, message) in old {
        ages.remove((at, message.as_str()))?;
        replies.remove(message.as_str())?;
    }
    Ok(())
}

/// Disks are slow: what touches one is done beside everything else.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, redb::Error> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::internal(format!("the memory of replies stopped: {error}")))?
        .map_err(|error| Error::internal(format!("the memory of replies cannot be used: {error}")))
}

fn unusable(file: Option<&Path>, what: &str) -> Error {
    let name = file.map(|path| format!(" {}", path.display())).unwrap_or_default();
    Error::new(ErrorKind::Configuration, format!("the memory of replies{name} cannot be used: {what}"))
        .with_advice("every worker has a file of its own: see --memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(message: &str, reply: &str, at: SystemTime) -> Entry {
        let (message, reply) = (message.to_owned(), reply.as_bytes().to_vec());
        Entry { message, request: "hash".to_owned(), at: milliseconds(at), reply }
    }

    #[tokio::test]
    async fn the_first_reply_holds_and_survives_the_process() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("replies");
        let open = || Memory::open(Some(&file), Duration::from_secs(60)).unwrap();
        let now = SystemTime::now();
        let memory = open();
        memory.learn(vec![entry("m1", "first", now), entry("m1", "second", now)], 7).await.unwrap();
        memory.learn(vec![entry("m1", "third", now)], 9).await.unwrap();
        drop(memory);
        let memory = open();
        assert_eq!(memory.latest().await.unwrap(), Some(9));
        assert_eq!(memory.recall("m1", "hash").await.unwrap(), Known::Answered(b"first".to_vec()));
        assert_eq!(memory.recall("m1", "other").await.unwrap(), Known::Other);
        assert_eq!(memory.recall("m2", "hash").await.unwrap(), Known::Nothing);
    }

    #[tokio::test]
    async fn what_is_old_is_forgotten_and_its_id_is_free_again() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("replies");
        let long_ago = SystemTime::now() - Duration::from_secs(100);
        let patient = Memory::open(Some(&file), Duration::from_secs(1000)).unwrap();
        patient.learn(vec![entry("m1", "old", long_ago), entry("m2", "old", long_ago)], 2).await.unwrap();
        assert_eq!(patient.recall("m1", "hash").await.unwrap(), Known::Answered(b"old".to_vec()));
        drop(patient);
        let forgetful = Memory::open(Some(&file), Duration::from_secs(10)).unwrap();
        assert_eq!(forgetful.recall("m1", "hash").await.unwrap(), Known::Nothing);
        forgetful.learn(vec![entry("m1", "new", SystemTime::now())], 3).await.unwrap();
        assert_eq!(forgetful.recall("m1", "hash").await.unwrap(), Known::Answered(b"new".to_vec()));
        let read = forgetful.database.begin_read().unwrap();
        assert!(read.open_table(REPLIES).unwrap().get("m2").unwrap().is_none(), "swept");
    }

    #[test]
    fn a_file_that_another_worker_uses_is_refused_with_a_sentence() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("replies");
        let _first = Memory::open(Some(&file), Duration::MAX).unwrap();
        let error = Memory::open(Some(&file), Duration::MAX).map(drop).unwrap_err();
        assert!(error.to_string().contains("cannot be used"), "{error}");
    }
}
