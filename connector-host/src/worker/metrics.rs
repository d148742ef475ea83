//! What the worker counts, in the text format of Prometheus.

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What is counted. No label holds anything that came in a message.
#[derive(Default)]
pub struct Metrics {
    /// Whether queues are read at the moment.
    pub consuming: AtomicBool,
    /// Whether the broker takes nothing at the moment.
    pub blocked: AtomicBool,
    /// Messages that came.
    pub received: Counter,
    /// Messages that came again.
    pub redelivered: Counter,
    /// Requests that succeeded.
    pub succeeded: Counter,
    /// Requests that failed for good.
    pub failed: Counter,
    /// Messages that could not be understood.
    pub malformed: Counter,
    /// Repeats in the process.
    pub repeated: Counter,
    /// Messages that went to the retry queue.
    pub delayed: Counter,
    /// Messages that became dead letters.
    pub dead: Counter,
    /// Requests that were answered from memory.
    pub remembered: Counter,
    /// Entries in the stream of replies that no worker signed.
    pub forged: Counter,
    /// Messages that the broker itself took out of their queue.
    pub fallen: Counter,
    /// Replies that the broker confirmed.
    pub replies: Counter,
    /// Replies that nobody takes any more.
    pub unroutable: Counter,
    /// Connections that were made.
    pub connections: Counter,
    /// Requests under way.
    pub running: Counter,
}

/// A number.
#[derive(Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// One more.
    pub fn up(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// One less.
    pub fn down(&self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// Whether messages are being taken.
    pub fn is_ready(&self) -> bool {
        self.consuming.load(Ordering::Relaxed) && !self.blocked.load(Ordering::Relaxed)
    }

    /// All of it as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, kind, help, value) in self.all() {
            // Writing to a text does not fail.
            let _ = write!(
                text,
                "# HELP sfsf_worker_{name} {help}\n# TYPE sfsf_worker_{name} {kind}\nsfsf_worker_{name} {value}\n"
            );
        }
        text
    }

    fn all(&self) -> [(&'static str, &'static str, &'static str, u64); 17] {
        let flag = |flag: &AtomicBool| u64::from(flag.load(Ordering::Relaxed));
        let number = |counter: &Counter| counter.0.load(Ordering::Relaxed);
        [
            ("consuming", "gauge", "1 while queues are read", flag(&self.consuming)),
            ("blocked", "gauge", "1 while the broker takes nothing", flag(&self.blocked)),
            ("running", "gauge", "Requests under way", number(&self.running)),
            ("received_total", "counter", "Messages that came", number(&self.received)),
            ("redelivered_total", "counter", "Messages that came again", number(&self.redelivered)),
            ("succeeded_total", "counter", "Requests that succeeded", number(&self.succeeded)),
            ("failed_total", "counter", "Requests that failed for good", number(&self.failed)),
            ("malformed_total", "counter", "Messages that could not be understood", number(&self.malformed)),
            ("repeated_total", "counter", "Repeats in the process", number(&self.repeated)),
            ("delayed_total", "counter", "Messages that went to the retry queue", number(&self.delayed)),
            ("dead_total", "counter", "Messages that became dead letters", number(&self.dead)),
            ("remembered_total", "counter", "Requests answered from memory", number(&self.remembered)),
            ("forged_total", "counter", "Entries of the stream that no worker signed", number(&self.forged)),
            ("fallen_total", "counter", "Messages that expired or came too often", number(&self.fallen)),
            ("replies_total", "counter", "Replies that the broker confirmed", number(&self.replies)),
            ("unroutable_total", "counter", "Replies that nobody takes", number(&self.unroutable)),
            ("connections_total", "counter", "Connections that were made", number(&self.connections)),
        ]
    }
}
