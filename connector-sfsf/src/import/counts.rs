//! What an import did, counted as it goes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use connector_core::operation::{ImportFigures, ImportPhase};

/// Counts and times.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub counts: ImportFigures,
    phases: BTreeMap<ImportPhase, Duration>,
}

impl Counts {
    /// Time since `started` went into a phase.
    pub fn spent(&mut self, phase: ImportPhase, started: Instant) {
        *self.phases.entry(phase).or_default() += started.elapsed();
    }

    /// As they are told.
    pub fn tell(&self) -> ImportFigures {
        let milliseconds = |time: &Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let phases = self.phases.iter().map(|(phase, time)| (*phase, milliseconds(time)));
        ImportFigures { milliseconds: phases.collect(), ..self.counts.clone() }
    }
}
