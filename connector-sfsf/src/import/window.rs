//! Which people a delta is about.

use chrono::{DateTime, TimeDelta, Utc};
use connector_core::object::{AttributeName, ConnectorObject, Value};
use connector_core::{Error, ErrorKind, Result};

use crate::config::SyncSettings;
use crate::odata::edm::Edm;
use crate::odata::{date, literal};
use crate::user::{Source, UserModel};

/// The time stamp that deltas go by. It is absolute; `lastModified` is in the data center's local time (KBA 2933028).
pub(super) const MODIFIED: &str = "lastModifiedDateTime";

/// The people of a delta: those whose time stamp is not before a time, and those who are asked for whatever theirs is.
#[derive(Clone, Debug)]
pub(super) struct Window {
    begin: DateTime<Utc>,
    with_nulls: bool,
    again: Vec<String>,
}

impl Window {
    /// The window that begins at `since`, less the overlap: what is committed after it was stamped is found by the
    /// next run (KBA 2767376).
    ///
    /// # Errors
    ///
    /// A tenant that does not show the time stamp, or cannot filter by it.
    pub fn new(
        model: &UserModel,
        settings: &SyncSettings,
        since: DateTime<Utc>,
        again: &[String],
    ) -> Result<Self> {
        if let Some((reason, advice)) = hindrance(model) {
            let message = format!("there is no delta of this tenant: User.{MODIFIED} {reason}");
            return Err(Error::new(ErrorKind::Unsupported, message)
                .with_attributes([MODIFIED.into()])
                .with_advice(format!("import without a sync token, or {advice}")));
        }
        let overlap = TimeDelta::from_std(settings.overlap).unwrap_or_default();
        let begin = since.checked_sub_signed(overlap).unwrap_or(since);
        Ok(Self {
            begin: date::floor_second(begin),
            with_nulls: settings.null_timestamps,
            again: again.to_vec(),
        })
    }

    /// The condition for the tenant. Whoever has no time stamp, as system users, is never "changed", and would be
    /// forgotten: there are few of them, and they always come.
    pub fn condition(&self) -> String {
        let mut parts = vec![format!("{MODIFIED} ge {}", literal::date_time_offset(self.begin))];
        if self.with_nulls {
            parts.push(format!("{MODIFIED} eq null"));
        }
        if !self.again.is_empty() {
            let list = literal::list(self.again.iter().map(String::as_str));
            parts.push(format!("userId in {list}"));
        }
        if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(" or ")) }
    }

    /// Whether somebody is meant. Date filters of the tenant may let others through (KBA 2920680).
    pub fn holds(&self, person: &ConnectorObject) -> bool {
        match person.values(MODIFIED).first() {
            Some(Value::DateTime(time)) => {
                time.to_utc() >= self.begin || self.again.iter().any(|uid| uid == person.uid.as_str())
            }
            _ => true,
        }
    }
}

/// Whether the tenant can tell who has changed.
pub(super) fn is_possible(model: &UserModel) -> bool {
    hindrance(model).is_none()
}

/// Why the tenant cannot tell who has changed, and what would help.
fn hindrance(model: &UserModel) -> Option<(&'static str, &'static str)> {
    let Ok(mapped) = model.find(&AttributeName::from(MODIFIED)) else {
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
        Source::Property { edm: Edm::DateTime, .. } => Some((
            "is an Edm.DateTime there, the wall clock of its server, and not an Edm.DateTimeOffset",
            "refresh its metadata (Admin Center > OData API Metadata Refresh and Export); a real tenant has the latter",
        )),
        _ => Some(("is no time in its metadata", "refresh them")),
    }
}
