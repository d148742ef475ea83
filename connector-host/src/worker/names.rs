//! What queues and exchanges are called.

use connector_core::{Error, ErrorKind, Result};
use lapin::types::ShortString;

/// The names of the queues and exchanges of one group of workers. They all begin with the same prefix.
#[derive(Clone, Debug)]
pub struct Names {
    prefix: String,
    write_queues: u16,
}

impl Names {
    /// Names with this prefix, and so many queues for writes.
    ///
    /// # Errors
    ///
    /// A prefix that is empty or too long for AMQP.
    pub fn new(prefix: &str, write_queues: u16) -> Result<Self> {
        if prefix.is_empty() || prefix.len() > 200 {
            let sentence = "the prefix of queues and exchanges has 1 to 200 bytes";
            return Err(Error::new(ErrorKind::Configuration, sentence));
        }
        Ok(Self { prefix: prefix.to_owned(), write_queues })
    }

    /// The queue of requests that change nothing.
    pub fn read(&self) -> String {
        format!("{}.read", self.prefix)
    }

    /// The exchange that spreads writes over their queues by routing key.
    pub fn write(&self) -> String {
        format!("{}.write", self.prefix)
    }

    /// The queues of writes.
    pub fn writes(&self) -> Vec<String> {
        (0..self.write_queues).map(|number| format!("{}.write.{number}", self.prefix)).collect()
    }

    /// The exchange before the retry queue, and the queue.
    pub fn retry(&self) -> String {
        format!("{}.retry", self.prefix)
    }

    /// The stream of replies, which is what the workers remember together.
    pub fn memory(&self) -> String {
        format!("{}.memory", self.prefix)
    }

    /// The queue of dead letters.
    pub fn dead(&self) -> String {
        format!("{}.dead", self.prefix)
    }

    /// Every queue that workers read unless told otherwise.
    pub fn requests(&self) -> Vec<String> {
        let mut all = vec![self.read()];
        all.extend(self.writes());
        all
    }
}

/// A name as AMQP has it: up to 255 bytes.
///
/// # Errors
///
/// A name that is longer.
pub fn short(name: &str) -> Result<ShortString> {
    ShortString::try_new(name).map_err(|_| {
        Error::new(ErrorKind::Configuration, format!("the name '{name}' is longer than 255 bytes"))
    })
}
