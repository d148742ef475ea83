//! What queues and exchanges are called.

use connector_core::{Error, ErrorKind, Result};
use lapin::types::ShortString;

/// What our queues are called behind the prefix, but for those of writes.
pub const OWN: [&str; 9] =
    ["read", "retry", "memory", "dead", "fallen", "unreadable", "moving", "moving.back", "moving.memory"];

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
    /// A prefix that is empty or too long for AMQP; no queue for writes at all.
    pub fn new(prefix: &str, write_queues: u16) -> Result<Self> {
        if prefix.is_empty() || prefix.len() > 200 {
            let sentence = "the prefix of queues and exchanges has 1 to 200 bytes";
            return Err(Error::new(ErrorKind::Configuration, sentence));
        }
        if write_queues == 0 {
            let sentence = "--write-queues is at least 1: changes need a queue";
            return Err(Error::new(ErrorKind::Configuration, sentence));
        }
        Ok(Self { prefix: prefix.to_owned(), write_queues })
    }

    /// The exchange for requests that change nothing, and their queue.
    pub fn read(&self) -> String {
        format!("{}.read", self.prefix)
    }

    /// The exchange that spreads writes over their queues by routing key.
    pub fn write(&self) -> String {
        format!("{}.write", self.prefix)
    }

    /// The queues of writes.
    pub fn writes(&self) -> Vec<String> {
        (0..self.write_queues).map(|number| self.write_queue(number)).collect()
    }

    /// How many queues of writes there are.
    pub fn write_queues(&self) -> u16 {
        self.write_queues
    }

    /// The queue of writes with this number, whether there should be one or not.
    pub fn write_queue(&self, number: u16) -> String {
        format!("{}.write.{number}", self.prefix)
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

    /// The queue of what the broker itself took out of a queue of requests, because it expired or was delivered too
    /// often. Workers alone read it.
    pub fn fallen(&self) -> String {
        format!("{}.fallen", self.prefix)
    }

    /// The queue of what no worker could even receive. It is as it came, and nobody reads it.
    pub fn unreadable(&self) -> String {
        format!("{}.unreadable", self.prefix)
    }

    /// The queue in which messages wait while their own is declared anew.
    pub fn moving(&self) -> String {
        format!("{}.moving", self.prefix)
    }

    /// The queue that is there while messages go from in between to where they belong. It is empty.
    pub fn moving_back(&self) -> String {
        format!("{}.moving.back", self.prefix)
    }

    /// The stream in which replies wait while theirs is declared anew.
    pub fn moving_memory(&self) -> String {
        format!("{}.moving.memory", self.prefix)
    }

    /// What every name begins with, and the dot behind it.
    pub fn beginning(&self) -> String {
        format!("{}.", self.prefix)
    }

    /// Whether a queue is one of ours, for any number of queues of writes.
    pub fn is_own(&self, queue: &str) -> bool {
        let Some(rest) = queue.strip_prefix(&self.beginning()) else { return false };
        OWN.contains(&rest) || rest.strip_prefix("write.").is_some_and(|number| number.parse::<u16>().is_ok())
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
