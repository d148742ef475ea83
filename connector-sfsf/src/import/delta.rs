//! Which objects a delta is about.

use chrono::{DateTime, TimeDelta, Utc};
use connector_core::object::{AttributeName, Value};
use connector_core::{Error, ErrorKind, Result};

use crate::class::profile::{Key, Stamp};
use crate::config::SyncSettings;
use crate::mapping::attribute::Source;
use crate::mapping::model::Model;
use crate::odata::edm::Edm;
use crate::odata::zone::FURTHEST_BEHIND;
use crate::odata::{date, literal};
use crate::read::row_reader::Record;

/// The objects of a delta: those whose time stamp is not before a time, and those that are asked for whatever theirs is.
#[derive(Clone, Debug)]
pub(super) struct Delta {
    stamp: Stamp,
    key: Key,
    begin: DateTime<Utc>,
    with_nulls: bool,
    again: Vec<String>,
    is_dated: bool,
    /// Whether the tenant can be asked for slices that have begun since.
    with_begun: bool,
}

impl Delta {
    /// The delta that begins at `since`, less the overlap: what is committed after it was stamped is found by the
    /// next run (KBA 2767376).
    ///
    /// # Errors
    ///
    /// A tenant that does not show the time stamp, or cannot filter by it.
    pub fn new(
        model: &Model,
        settings: &SyncSettings,
        since: DateTime<Utc>,
        again: &[String],
    ) -> Result<Self> {
        let profile = model.profile;
        let Some(stamp) = profile.stamp else {
            let message = format!("there is no delta of {}: nothing says when it was changed", profile.name);
            return Err(Error::unsupported(message).with_advice("import without a sync token"));
        };
        if let Some((reason, advice)) = hindrance(model, stamp) {
            let (name, property) = (profile.name, stamp.property);
            let message = format!("there is no delta of this tenant: {name}.{property} {reason}");
            return Err(Error::new(ErrorKind::Unsupported, message)
                .with_attributes([property.into()])
                .with_advice(format!("import without a sync token, or {advice}")));
        }
        let overlap = TimeDelta::from_std(settings.overlap).unwrap_or_default();
        let begin = since.checked_sub_signed(overlap).unwrap_or(since);
        Ok(Self {
            stamp,
            key: profile.key,
            begin: date::floor_second(begin),
            with_nulls: settings.null_timestamps,
            again: again.to_vec(),
            is_dated: profile.is_dated,
            with_begun: stamp.begins.is_some_and(|begins| is_filterable_day(model, begins)),
        })
    }

    /// The time stamp that it goes by.
    pub fn property(&self) -> &'static str {
        self.stamp.property
    }

    /// What the clock of a server may have shown at the earliest, wherever it is.
    fn earliest_shown(&self) -> DateTime<Utc> {
        self.begin.checked_sub_signed(FURTHEST_BEHIND).unwrap_or(self.begin)
    }

    /// The condition for the tenant. What has no time stamp, as system users, is never "changed", and would be
    /// forgotten: there is little of it, and it always comes. So does the slice that has begun since.
    pub fn condition(&self) -> String {
        let property = self.stamp.property;
        let begin = match self.stamp.is_wall_clock {
            true => literal::date_time(self.earliest_shown()),
            false => literal::date_time_offset(self.begin),
        };
        let mut parts = vec![format!("{property} ge {begin}")];
        if self.with_nulls {
            parts.push(format!("{property} eq null"));
        }
        if let Some(begins) = self.stamp.begins.filter(|_| self.with_begun) {
            parts.push(format!("{begins} ge {}", literal::date_time(date::floor_day(self.begin))));
        }
        if !self.again.is_empty() {
            parts.extend(self.key.one_of(self.again.iter().map(String::as_str)));
        }
        if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(" or ")) }
    }

    /// Whether an object is meant. Date filters of the tenant may let others through (KBA 2920680); of a dated class, they
    /// are about all slices, so that the stamp of the one that came says nothing.
    pub fn holds(&self, record: &Record) -> bool {
        if self.is_dated {
            return true;
        }
        let is_certain = !self.stamp.is_wall_clock || record.zone.is_some();
        let begin = if is_certain { self.begin } else { self.earliest_shown() };
        match record.object.values(self.stamp.property).first() {
            Some(Value::DateTime(time)) => {
                time.to_utc() >= begin || self.again.iter().any(|uid| uid == record.object.uid.as_str())
            }
            _ => true,
        }
    }
}

fn is_filterable_day(model: &Model, property: &str) -> bool {
    let mapped = model.find(&AttributeName::from(property)).ok().filter(|mapped| mapped.info.filterable);
    let source = mapped.map(|mapped| &mapped.source);
    matches!(source, Some(Source::Property { edm: Edm::Date | Edm::DateTime, .. }))
}

/// Whether the tenant can tell who has changed.
pub(super) fn is_possible(model: &Model) -> bool {
    model.profile.stamp.is_some_and(|stamp| hindrance(model, stamp).is_none())
}

/// Why the tenant cannot tell who has changed, and what would help.
fn hindrance(model: &Model, stamp: Stamp) -> Option<(&'static str, &'static str)> {
    let Ok(mapped) = model.find(&AttributeName::from(stamp.property)) else {
        return Some(("is not in its metadata", "grant the API user the right to read it"));
    };
    match &mapped.source {
        _ if !mapped.info.readable => {
            Some(("is hidden from the API user", "grant the API user the right to read it"))
        }
        Source::Property { edm: Edm::DateTimeOffset, .. } => (!mapped.info.filterable).then_some((
            "is marked as not filterable in its metadata",
            "ask SAP why, and refresh its metadata",
        )),
        Source::Property { edm: Edm::DateTime, .. } if stamp.is_wall_clock => None,
        Source::Property { edm: Edm::DateTime, .. } => Some((
            "is an Edm.DateTime there, the wall clock of its server, and not an Edm.DateTimeOffset",
            "refresh its metadata (Admin Center > OData API Metadata Refresh and Export); a real tenant has the latter",
        )),
        _ => Some(("is no time in its metadata", "refresh them")),
    }
}
