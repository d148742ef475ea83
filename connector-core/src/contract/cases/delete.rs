//! Removing objects, or what the manifest says is done instead.

use super::cases;
use crate::contract::check::{CaseResult, ensure, names_uid, refused, same};
use crate::contract::suite::Suite;
use crate::error::ErrorKind;
use crate::filter::Filter;
use crate::object::{Presence, special};
use crate::operation::{Operation, SaveAction};

cases!("delete":
    afterwards_get_says_so,
    afterwards_search_agrees,
    a_second_delete_is_what_the_manifest_says,
    an_unknown_uid_is_not_found,
);

async fn afterwards_get_says_so(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Delete])?;
    let uid = suite.create().await?.uid;
    let outcome = suite.delete(&uid).await?;
    let presence = suite.get(&uid, None).await?.presence;
    same("the presence in the outcome", outcome.presence, presence)?;
    same("the uid", &outcome.uid, &uid)?;
    if suite.deletes_for_good() {
        same("the action", outcome.action, SaveAction::Deleted)?;
        return same("the presence", presence, Presence::NotFound);
    }
    same("the action", outcome.action, SaveAction::Suspended)?;
    ensure(presence.exists() && !presence.is_active(), || format!("the deleted object is {presence}"))
}

async fn afterwards_search_agrees(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Delete])?;
    let uid = suite.create().await?.uid;
    suite.delete(&uid).await?;
    let found = suite.found(Filter::equal(special::UID, uid.as_str())).await?;
    same("whether it is found", found.contains(&uid), !suite.deletes_for_good())
}

async fn a_second_delete_is_what_the_manifest_says(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Delete])?;
    let uid = suite.create().await?.uid;
    suite.delete(&uid).await?;
    let second = suite.delete(&uid).await;
    if suite.deletes_for_good() {
        return names_uid(&refused("the second delete", second, &[ErrorKind::NotFound])?, &uid);
    }
    same("the action of the second delete", second?.action, SaveAction::Unchanged)
}

async fn an_unknown_uid_is_not_found(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Delete])?;
    let uid = suite.fixture.unknown_uid();
    names_uid(&refused("the delete", suite.delete(&uid).await, &[ErrorKind::NotFound])?, &uid)
}
