//! Trouble on demand.

pub(crate) mod apply;
mod dice;
mod page;
mod text;

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::fault::dice::Dice;
use crate::http::call::Call;
use crate::http::reply::Reply;

pub use text::FaultParseError;

/// A trouble that the tenant makes on purpose. Its text form is
/// `KIND[=ARGUMENT][%RATE][:[METHOD ]PATH[ ~TEXT]][*TIMES]`, as `throttle=1:/odata/v2/User*2`,
/// `cut-after:POST /odata/v2/upsert ~'jdoe'*1` or `html=502%10`; see [`FaultKind`] for the kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which requests it meets.
    pub matching: Matching,
    /// What happens to them.
    pub what: FaultKind,
    /// How often it happens before it is over; `None` for as long as the tenant runs.
    pub times: Option<u32>,
    /// How many of a hundred requests that it meets it happens to, 1 to 99; `None` for all of them. Which ones
    /// is drawn from the tenant's seed, so that the same requests meet the same troubles again.
    pub rate: Option<u8>,
}

/// Which requests a fault meets. Empty, it meets everything but the control interface.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// The method, as `POST`.
    pub method: Option<String>,
    /// A part of the path with the query, as it comes, percent-encoded.
    pub path: Option<String>,
    /// A part of the body.
    pub body: Option<String>,
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
    /// `garbage`: a complete answer that says it is JSON and is a thousand bytes of nothing.
    Garbage,
    /// `chunked-garbage`: an answer in chunks whose first half arrives, and then noise where the next chunk should
    /// begin. HTTP/2 has no chunks and is spared; so are requests inside of a `$batch`.
    ChunkedGarbage,
    /// `clock-skew[=SECONDS]`: from this request on the tenant's clock is ahead by that much, or behind if
    /// it is negative; 300 unless given. It goes right again when the faults are cleared.
    ClockSkew(i64),
    /// `revoke-token[=STATUS]`: the token of this request ends, and the request is refused with LGN0022 as 401
    /// or 403; 403 unless given.
    RevokeToken(u16),
    /// `lose-snapshot`: all snapshots are lost; meets only requests with a `$skiptoken` (KBA 2990434).
    LoseSnapshot,
    /// `block-snapshots`: snapshots are refused for 30 minutes, as after abuse; meets only requests with
    /// `paging=snapshot` (KBA 2749091).
    BlockSnapshots,
    /// `shift-page[=ROWS]`: the next page begins that many rows later, so that rows are missed, or earlier if it
    /// is negative, so that they come twice; 1 unless given. Only pages by offset (KBA 2723468).
    ShiftPage(i64),
    /// `repeat-records[=COUNT]`: the first records of a page come again at its end; 1 unless given.
    RepeatRecords(u64),
    /// `reject-property=NAME`: a query that names this property is COE0021, although the metadata go on to list it, as
    /// with a stale metadata cache (protocol sheet §9).
    RejectProperty(String),
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
            | Self::BadRecord
            | Self::Garbage
            | Self::ChunkedGarbage
            | Self::ShiftPage(_)
            | Self::RepeatRecords(_) => Stage::After,
            _ => Stage::Before,
        }
    }
}

impl FaultKind {
    /// Whether a request is of the kind that this trouble is about.
    fn concerns(&self, call: &Call) -> bool {
        match self {
            Self::LoseSnapshot => call.option("$skiptoken").is_some(),
            Self::BlockSnapshots => call.option("paging") == Some("snapshot"),
            Self::ChunkedGarbage => !call.part,
            Self::RejectProperty(name) => names_property(call, name),
            _ => true,
        }
    }
}

impl FaultKind {
    /// Whether an answer has what this trouble spoils.
    fn fits(&self, reply: &Reply) -> bool {
        match self {
            Self::BadRecord | Self::RepeatRecords(_) | Self::ForeignNext(_) | Self::LoopNext => {
                page::has_records(reply)
            }
            Self::ShiftPage(_) => page::has_next(reply),
            _ => true,
        }
    }
}

/// Whether a query names a property, in whichever of its options.
fn names_property(call: &Call, name: &str) -> bool {
    ["$select", "$filter", "$orderby", "$expand"].iter().filter_map(|option| call.option(option)).any(
        |text| text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name),
    )
}

impl Matching {
    fn meets(&self, call: &Call) -> bool {
        let method =
            self.method.as_ref().is_none_or(|method| call.method.as_str().eq_ignore_ascii_case(method));
        let body = self.body.as_ref().is_none_or(|part| contains(&call.body, part.as_bytes()));
        method && body && self.path.as_ref().is_none_or(|part| meets_path(call, part))
    }
}

fn contains(body: &[u8], part: &[u8]) -> bool {
    part.is_empty() || body.windows(part.len()).any(|window| window == part)
}

fn meets_path(call: &Call, part: &str) -> bool {
    if call.raw_query.is_empty() {
        return call.raw_path.contains(part);
    }
    format!("{}?{}", call.raw_path, call.raw_query).contains(part)
}

/// The faults that are still to come.
#[derive(Debug)]
pub(crate) struct Faults(Mutex<Inner>);

#[derive(Debug)]
struct Inner {
    list: Vec<Fault>,
    dice: Dice,
}

impl Faults {
    pub(crate) fn new(list: Vec<Fault>, seed: u64) -> Self {
        Self(Mutex::new(Inner { list, dice: Dice::new(seed) }))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, fault: Fault) {
        self.lock().list.push(fault);
    }

    pub(crate) fn all(&self) -> Vec<Fault> {
        self.lock().list.clone()
    }

    pub(crate) fn clear(&self) {
        self.lock().list.clear();
    }

    /// The faults that meet a request at a stage; each is used up once by it.
    pub(crate) fn take(&self, call: &Call, stage: Stage) -> Vec<FaultKind> {
        self.meeting(call, stage, None)
    }

    /// The faults that meet an answer; those about records wait for one that has some.
    pub(crate) fn take_after(&self, call: &Call, reply: &Reply) -> Vec<FaultKind> {
        self.meeting(call, Stage::After, Some(reply))
    }

    fn meeting(&self, call: &Call, stage: Stage, reply: Option<&Reply>) -> Vec<FaultKind> {
        let mut inner = self.lock();
        let Inner { list, dice } = &mut *inner;
        let mut taken = Vec::new();
        for fault in list.iter_mut() {
            let meets = fault.what.stage() == stage
                && fault.times != Some(0)
                && fault.what.concerns(call)
                && fault.matching.meets(call)
                && reply.is_none_or(|reply| fault.what.fits(reply));
            if meets && fault.rate.is_none_or(|rate| dice.chance(rate)) {
                fault.times = fault.times.map(|times| times - 1);
                taken.push(fault.what.clone());
            }
        }
        list.retain(|fault| fault.times != Some(0));
        taken
    }
}
