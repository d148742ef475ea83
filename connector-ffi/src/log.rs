//! Log lines, kept until the host asks for them.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use connector_core::log::{LogBridge, LogLevel};
use tracing_subscriber::fmt::MakeWriter;

/// Lines that are kept. When there are more, the oldest are lost, and that is said.
const KEPT: usize = 4096;

/// Our own crates.
const TARGETS: [&str; 3] = ["connector_core", "connector_sfsf", "sfsf_connector"];

static LEVEL: AtomicU8 = AtomicU8::new(LogLevel::Off as u8);
static QUEUE: Queue =
    Queue { lines: Mutex::new(Kept { lines: VecDeque::new(), lost: 0 }), more: Condvar::new() };
static BRIDGE: LazyLock<LogBridge> = LazyLock::new(|| LogBridge::new(&TARGETS, Writer));

/// What requests are run through, so that their lines are kept here.
pub fn bridge() -> &'static LogBridge {
    &BRIDGE
}

/// How much is logged of requests that do not say.
pub fn level() -> LogLevel {
    let number = LEVEL.load(Ordering::Relaxed);
    LogLevel::ALL.get(usize::from(number)).copied().unwrap_or_default()
}

/// Sets how much is logged of requests that do not say.
pub fn set_level(level: LogLevel) {
    LEVEL.store(level as u8, Ordering::Relaxed);
}

/// The lines since the last look; waits for one if there is none. Empty if none came in that time.
pub fn next(wait: Duration) -> Vec<u8> {
    QUEUE.take(wait)
}

struct Queue {
    lines: Mutex<Kept>,
    more: Condvar,
}

struct Kept {
    lines: VecDeque<Vec<u8>>,
    lost: u64,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, line: &[u8]) {
        let mut kept = self.lock();
        if kept.lines.len() == KEPT {
            kept.lines.pop_front();
            kept.lost += 1;
        }
        kept.lines.push_back(line.to_vec());
        self.more.notify_one();
    }

    fn take(&self, wait: Duration) -> Vec<u8> {
        let until = Instant::now() + wait;
        let mut kept = self.lock();
        while kept.lines.is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Vec::new();
            }
            kept = self.more.wait_timeout(kept, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let mut lines = Vec::new();
        if kept.lost > 0 {
            let lost = std::mem::take(&mut kept.lost);
            let message = format!("{lost} older lines were lost: nobody asked for them");
            let line = serde_json::json!({"level": "WARN", "message": message, "target": "sfsf_connector"});
            lines.extend(format!("{line}\n").into_bytes());
        }
        lines.extend(kept.lines.drain(..).flatten());
        lines
    }
}

#[derive(Clone, Copy)]
struct Writer;

impl Write for Writer {
    /// A whole line each time, as the bridge promises.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        QUEUE.put(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Writer {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}
