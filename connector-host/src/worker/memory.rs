//! What was answered: a repeated message gets the same reply and has no second effect.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use connector_core::{Error, ErrorKind, Result};
use redb::backends::InMemoryBackend;
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

use super::envelope::milliseconds;

/// By message id: when it was answered, the hash of the request, the reply.
const REPLIES: TableDefinition<'_, &str, (i64, &str, &[u8])> = TableDefinition::new("replies");
/// Message ids by age.
const AGES: TableDefinition<'_, (i64, &str), ()> = TableDefinition::new("ages");
/// Entries that are removed at most when one is added.
const SWEEP: usize = 32;
/// A reply that is larger is not kept.
const LARGEST: usize = 1 << 20;

/// The replies of the last while. Cheap to clone.
#[derive(Clone)]
pub struct Memory {
    database: Arc<Database>,
    age: Duration,
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
                private(path)?;
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

    /// Keeps a reply. When this returns, it is safe.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub async fn keep(&self, message: &str, request: &str, reply: &[u8]) -> Result<()> {
        if reply.len() > LARGEST {
            return Ok(());
        }
        let (memory, message, request) = (self.clone(), message.to_owned(), request.to_owned());
        let reply = reply.to_vec();
        aside(move || memory.write(&message, &request, &reply)).await
    }

    fn prepare(&self) -> Result<(), redb::Error> {
        let change = self.database.begin_write()?;
        change.open_table(REPLIES)?;
        change.open_table(AGES)?;
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

    fn write(&self, message: &str, request: &str, reply: &[u8]) -> Result<(), redb::Error> {
        let now = milliseconds(SystemTime::now());
        let change = self.database.begin_write()?;
        {
            let mut replies = change.open_table(REPLIES)?;
            let mut ages = change.open_table(AGES)?;
            if let Some(before) = replies.insert(message, (now, request, reply))? {
                ages.remove((before.value().0, message))?;
            }
            ages.insert((now, message), ())?;
            let mut old = Vec::new();
            for entry in ages.range(..(self.oldest(), ""))?.take(SWEEP) {
                let key = entry?.0;
                old.push((key.value().0, key.value().1.to_owned()));
            }
            for (at, message) in old {
                ages.remove((at, message.as_str()))?;
                replies.remove(message.as_str())?;
            }
        }
        Ok(change.commit()?)
    }

    fn oldest(&self) -> i64 {
        milliseconds(SystemTime::now().checked_sub(self.age).unwrap_or(SystemTime::UNIX_EPOCH))
    }
}

/// Disks are slow: what touches one is done beside everything else.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, redb::Error> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::internal(format!("the memory of replies stopped: {error}")))?
        .map_err(|error| Error::internal(format!("the memory of replies cannot be used: {error}")))
}

/// Replies hold data of people: the file is for the worker's own user.
fn private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|error| unusable(Some(path), &error.kind().to_string()))
}

fn unusable(file: Option<&Path>, what: &str) -> Error {
    let name = file.map(|path| format!(" {}", path.display())).unwrap_or_default();
    Error::new(ErrorKind::Configuration, format!("the memory of replies{name} cannot be used: {what}"))
        .with_advice("every worker has a file of its own: see --memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reply_survives_the_process_and_is_forgotten_in_time() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("replies");
        let open = |age| Memory::open(Some(&file), Duration::from_secs(age)).unwrap();
        open(60).keep("m1", "hash", b"reply").await.unwrap();
        let memory = open(60);
        assert_eq!(memory.recall("m1", "hash").await.unwrap(), Known::Answered(b"reply".to_vec()));
        assert_eq!(memory.recall("m1", "other").await.unwrap(), Known::Other);
        assert_eq!(memory.recall("m2", "hash").await.unwrap(), Known::Nothing);
        drop(memory);
        let kept = SystemTime::now();
        while milliseconds(SystemTime::now()) <= milliseconds(kept) {
            tokio::task::yield_now().await;
        }
        let forgetful = open(0);
        assert_eq!(forgetful.recall("m1", "hash").await.unwrap(), Known::Nothing);
        forgetful.keep("m3", "hash", b"reply").await.unwrap();
        assert!(
            forgetful
                .database
                .begin_read()
                .unwrap()
                .open_table(REPLIES)
                .unwrap()
                .get("m1")
                .unwrap()
                .is_none()
        );
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
