//! The progress bar of long reads.

use std::fmt::Write;
use std::time::{Duration, Instant};

use connector_core::operation::Progress;
use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

use crate::console::Console;

/// What is over before this time shows no bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// How many records have come. It shows itself on a terminal, and only if the work takes a while.
pub struct ReadCounter {
    console: Option<Console>,
    bar: Option<ProgressBar>,
    label: &'static str,
    started: Instant,
    count: u64,
    total: Option<u64>,
}

impl ReadCounter {
    /// A counter; `visible` says whether a bar may be drawn, `label` what it says.
    pub fn new(console: &Console, label: &'static str, visible: bool) -> Self {
        let console = (visible && console.shows_progress()).then(|| console.clone());
        Self { console, bar: None, label, started: Instant::now(), count: 0, total: None }
    }

    /// One record more.
    pub fn record(&mut self) {
        self.count += 1;
        if let Some(bar) = &self.bar {
            bar.set_position(self.count);
        } else {
            self.appear();
        }
    }

    /// What the connector knows of the whole.
    pub fn progress(&mut self, progress: Progress) {
        self.total = progress.total.or(self.total);
        if let (Some(bar), Some(total)) = (&self.bar, self.total) {
            bar.set_length(total);
            bar.set_style(known_length());
        }
    }

    /// Records so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Time so far.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn appear(&mut self) {
        let Some(console) = self.console.as_ref().filter(|_| self.started.elapsed() > PATIENCE) else {
            return;
        };
        let bar = match self.total {
            Some(total) => ProgressBar::new(total).with_style(known_length()),
            None => ProgressBar::new_spinner(),
        };
        let bar = console.bars.add(bar.with_message(self.label).with_elapsed(self.started.elapsed()));
        bar.set_position(self.count);
        self.bar = Some(bar);
    }
}

impl Drop for ReadCounter {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// `reading ███░░░ 5,000 of 100,000, 15,021/s, 6 s left`
fn known_length() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {bar:30} {human_pos} of {human_len}, {rate}/s, {left} s left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("rate", |state: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{}", HumanCount(rate(state)));
        })
        .with_key("left", |state: &ProgressState, text: &mut dyn Write| {
            let left = state.len().unwrap_or(0).saturating_sub(state.pos());
            let _ = write!(text, "{}", left.div_ceil(rate(state).max(1)));
        })
}

/// Records in a second, over the whole time: pages come in bursts, and a rate of the moment would jump.
fn rate(state: &ProgressState) -> u64 {
    let milliseconds = u64::try_from(state.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
    state.pos().saturating_mul(1000) / milliseconds
}
