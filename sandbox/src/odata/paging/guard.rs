//! The guard against snapshots that nobody reads on (KBA 2749091, docs/successfactors.md#blocked-snapshots).

use std::collections::HashMap;

use axum::http::StatusCode;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::error::ODataError;

/// How long a block lasts.
const BLOCK: TimeDelta = TimeDelta::minutes(30);

/// How much is taken before a block. The real numbers are unconfirmed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limits {
    /// `COMPANY|USER`, as the refusal names the caller.
    pub(crate) caller: String,
    /// Snapshots of one entity in a row that were not read on; 0 for any number.
    pub(crate) per_entity: u32,
    /// Entities that have such snapshots; 0 for any number.
    pub(crate) entities: usize,
    /// The status of a refusal.
    pub(crate) status: StatusCode,
}

/// Counts first pages by entity.
#[derive(Debug, Default)]
pub(super) struct Guard {
    limits: Limits,
    unread: HashMap<String, u32>,
    /// Until when an entity is blocked; the empty name is all of them.
    blocked: HashMap<String, DateTime<Utc>>,
}

impl Guard {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Lets a first page pass, or not.
    ///
    /// # Errors
    ///
    /// `COE_SNAPSHOT_BAD_REQUEST` while there is a block.
    pub(super) fn check(&mut self, entity: &str, now: DateTime<Utc>) -> Result<(), ODataError> {
        self.blocked.retain(|_, until| now < *until);
        if self.exceeds(entity) {
            self.unread.remove(entity);
            self.block(entity, now);
        } else if self.limits.entities > 0 && self.unread.len() > self.limits.entities {
            self.unread.clear();
            self.block("", now);
        }
        let found = ["", entity].into_iter().find_map(|name| Some((name, self.blocked.get(name)?)));
        found.map_or(Ok(()), |(name, until)| Err(self.refusal(name, *until)))
    }

    fn exceeds(&self, entity: &str) -> bool {
        let unread = self.unread.get(entity).copied().unwrap_or_default();
        self.limits.per_entity > 0 && unread >= self.limits.per_entity
    }

    /// Blocks an entity, or with the empty name all of them.
    pub(super) fn block(&mut self, entity: &str, now: DateTime<Utc>) {
        self.blocked.insert(entity.to_owned(), now.checked_add_signed(BLOCK).unwrap_or(now));
    }

    /// A first page that has a second was handed out.
    pub(super) fn opened(&mut self, entity: &str) {
        *self.unread.entry(entity.to_owned()).or_default() += 1;
    }

    /// A snapshot was read on, which clears its entity.
    pub(super) fn followed(&mut self, entity: &str) {
        self.unread.remove(entity);
    }

    fn refusal(&self, entity: &str, until: DateTime<Utc>) -> ODataError {
        let what = if entity.is_empty() { "all entities".to_owned() } else { format!("entity {entity}") };
        let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
        let text = format!(
            "The server has temporarily blocked the snapshot pagination request from companyUser {} for {what} \
             until {until}, because first pages were requested again and again without reading on.",
            self.limits.caller
        );
        ODataError::new(self.limits.status, "COE_SNAPSHOT_BAD_REQUEST", text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// KBA 2749091: one entity by itself, and many entities together.
    #[test]
    fn blocks_are_by_entity_and_for_all_of_them() {
        let limits =
            Limits { caller: "ACME|sfapi".to_owned(), per_entity: 2, entities: 1, ..Limits::default() };
        let now = DateTime::from_timestamp(0, 0).unwrap();
        let mut guard = Guard::new(limits.clone());
        guard.opened("User");
        guard.opened("User");
        assert!(guard.check("EmpJob", now).is_ok());
        let refusal = guard.check("User", now).unwrap_err();
        assert!(refusal.text.contains("for entity User until 1970-01-01T00:30:00Z"), "{}", refusal.text);
        assert!(guard.check("EmpJob", now).is_ok() && guard.check("User", now + BLOCK).is_ok());
        let mut guard = Guard::new(limits);
        guard.opened("User");
        guard.opened("EmpJob");
        assert!(guard.check("Photo", now).unwrap_err().text.contains("for all entities until"));
        assert!(guard.check("User", now).is_err());
    }
}
