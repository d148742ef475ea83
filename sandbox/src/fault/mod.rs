//! Trouble on demand.

pub(crate) mod apply;
mod text;

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::http::call::Call;

pub use text::FaultParseError;

/// A trouble that the tenant makes on purpose. Its text form is
/// `KIND[=ARGUMENT][:[METHOD ]PATH][*TIMES]`, as `throttle=1:/odata/v2/User*2` or
/// `cut-after:POST /odata/v2/upsert*1`; see [`FaultKind`] for the kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which requests it meets.
    pub matching: Matching,
    /// What happens to them.
    pub what: FaultKind,
    /// How often it happens before it is over; `None` for as long as the tenant runs.
    pub times: Option<u32>,
}

/// Which requests a fault meets. Empty, it meets everything but the control interface.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// The method, as `POST`.
    pub method: Option<String>,
    /// A part of the path with the query, as it comes, percent-encoded.
    pub path: Option<String>,
}

/// A kind of trouble, with its text form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// `throttle[=SECONDS]`: 429 with `Retry-After` (KBA 3159263); 300 seconds unless given.
    Throttle(u64),
    /// `unavailable[=SECONDS]`: 503 COE0040 with `Retry-After` (KBA 3271514); 300 seconds unless given.
    Unavailable(u64),
    /// `html[=STATUS]`: 502, 503 or 504 with an HTML page (KBA 2545055); 502 unless given.
    Html(u16),
    /// `maintenance`: 503 with the plain text of a maintenance (KBA 2545055).
    Maintenance,
    /// `truncate`: a complete HTTP answer whose body ends half-way.
    Truncate,
    /// `cut-before`: the connection breaks before the request has any effect.
    CutBefore,
    /// `cut-after`: the request has its effect, then the connection breaks without an answer.
    CutAfter,
    /// `cut-middle`: the connection breaks half-way through the answer.
    CutMiddle,
    /// `latency=MILLISECONDS`: the answer comes late.
    Latency(u64),
    /// `hang`: no answer until the client or the tenant gives up.
    Hang,
    /// `expire-tokens[=STATUS]`: all tokens end, and the request is refused with LGN0022 as 401 or 403; 403
    /// unless given (KBA 2872019).
    ExpireTokens(u16),
    /// `foreign-next[=HOST]`: the link to the next page leads to another host; `evil.example` unless given.
    ForeignNext(String),
    /// `loop-next`: the link to the next page leads to the same page again.
    LoopNext,
    /// `bad-record`: the record in the middle of a page has no key and a date that is none.
    BadRecord,
    /// `deadlock`: the first row of an upsert fails with a database deadlock (KBA 2741801).
    Deadlock,
    /// `conflict`: the first row of an upsert fails with 412, changed by somebody else (protocol sheet §5.4).
    Conflict,
}

/// When in a request's life a fault acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Before,
    Rows,
    After,
}

impl FaultKind {
    /// Whether the client gets no answer at all.
    pub(crate) fn cuts(&self) -> bool {
        matches!(self, Self::CutBefore | Self::CutAfter)
    }

    pub(crate) fn stage(&self) -> Stage {
        match self {
            Self::Deadlock | Self::Conflict => Stage::Rows,
            Self::Truncate
            | Self::CutAfter
            | Self::CutMiddle
            | Self::ForeignNext(_)
            | Self::LoopNext
            | Self::BadRecord => Stage::After,
            _ => Stage::Before,
        }
    }
}

impl Matching {
    fn meets(&self, call: &Call) -> bool {
        let method =
            self.method.as_ref().is_none_or(|method| call.method.as_str().eq_ignore_ascii_case(method));
        method && self.path.as_ref().is_none_or(|part| meets_path(call, part))
    }
}

fn meets_path(call: &Call, part: &str) -> bool {
    if call.raw_query.is_empty() {
        return call.raw_path.contains(part);
    }
    format!("{}?{}", call.raw_path, call.raw_query).contains(part)
}

/// The faults that are still to come.
#[derive(Debug)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn new(faults: Vec<Fault>) -> Self {
        Self(Mutex::new(faults))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    pub(crate) fn all(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// The faults that meet a request at a stage; each is used up once by it.
    pub(crate) fn take(&self, call: &Call, stage: Stage) -> Vec<FaultKind> {
        let mut faults = self.lock();
        let mut taken = Vec::new();
        for fault in faults.iter_mut() {
            if fault.what.stage() == stage && fault.times != Some(0) && fault.matching.meets(call) {
                fault.times = fault.times.map(|times| times - 1);
                taken.push(fault.what.clone());
            }
        }
        faults.retain(|fault| fault.times != Some(0));
        taken
    }
}
