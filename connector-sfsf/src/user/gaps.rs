//! What the caller of a run has to know of its attributes, each thing once and not for each row.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use connector_core::object::AttributeName;

/// Attributes that did not come, and times whose zone nobody knows. Cheap to clone; the clones are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps(Arc<Mutex<Noted>>);

#[derive(Debug, Default)]
struct Noted {
    withheld: Vec<(AttributeName, u64)>,
    unzoned: Vec<AttributeName>,
}

impl Gaps {
    /// An attribute was asked for and did not come.
    pub fn withhold(&self, name: &AttributeName) {
        let withheld = &mut self.noted().withheld;
        match withheld.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => withheld.push((name.clone(), 1)),
        }
    }

    /// The same, if that is so.
    pub fn withhold_if(&self, is_so: bool, name: &AttributeName) {
        if is_so {
            self.withhold(name);
        }
    }

    /// A time without an offset was taken for UTC.
    pub fn unzone(&self, name: &AttributeName) {
        note(&mut self.noted().unzoned, name);
    }

    /// The attributes that some record, or all, came without.
    pub fn withheld(&self) -> Vec<AttributeName> {
        self.noted().withheld.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The same, with the number of records that came without each.
    pub fn counted(&self) -> BTreeMap<AttributeName, u64> {
        self.noted().withheld.iter().cloned().collect()
    }

    /// What else there is to say, in sentences.
    pub fn notices(&self) -> Vec<String> {
        let noted = self.noted();
        let names: Vec<_> = noted.unzoned.iter().map(AttributeName::as_str).collect();
        let notice = (!names.is_empty()).then(|| {
            format!(
                "the tenant does not name the time zone of its server, so these times were taken for UTC: {}; \
                 set tenant_time_zone",
                names.join(", ")
            )
        });
        notice.into_iter().collect()
    }

    fn noted(&self) -> std::sync::MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn note(names: &mut Vec<AttributeName>, name: &AttributeName) {
    if !names.contains(name) {
        names.push(name.clone());
    }
}
