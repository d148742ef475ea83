//! Which troubles meet a request.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::fault::dice::Dice;
use crate::fault::kind::{Fault, FaultKind, Matching, Stage};
use crate::fault::page;
use crate::http::call::Call;
use crate::http::reply::Reply;

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
