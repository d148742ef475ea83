//! Accounts become inactive and active again.

use super::cases;
use crate::contract::check::{CaseResult, ensure, names_uid, refused, same, skipped};
use crate::contract::suite::Suite;
use crate::error::ErrorKind;
use crate::filter::Filter;
use crate::object::{AttributeDelta, Uid, special};
use crate::operation::{Operation, SaveAction};

cases!("suspend":
    a_suspended_account_is_inactive,
    suspending_twice_writes_once,
    a_resumed_account_is_active_again,
    resuming_twice_writes_once,
    a_suspended_account_is_still_found_by_search,
    nothing_else_changes,
    the_enable_attribute_says_so,
    the_enable_attribute_does_so,
    a_change_to_an_inactive_account_does_not_revive_it,
    an_unknown_uid_is_not_found,
);

async fn is_active(suite: &Suite<'_>, uid: &Uid) -> CaseResult<bool> {
    let presence = suite.get(uid, None).await?.presence;
    ensure(presence.exists(), || format!("'{uid}' is {presence}"))?;
    Ok(presence.is_active())
}

async fn suspended(suite: &Suite<'_>) -> CaseResult<Uid> {
    suite.needs(&[Operation::Suspend])?;
    let uid = suite.create().await?.uid;
    let outcome = suite.suspend(&uid).await?;
    same("the action of suspend", outcome.action, SaveAction::Suspended)?;
    same("whether it was active", outcome.presence_before.is_active(), true)?;
    same("whether it is active", outcome.presence.is_active(), false)?;
    Ok(uid)
}

async fn a_suspended_account_is_inactive(suite: &Suite<'_>) -> CaseResult {
    let uid = suspended(suite).await?;
    same("whether it is active", is_active(suite, &uid).await?, false)
}

async fn suspending_twice_writes_once(suite: &Suite<'_>) -> CaseResult {
    let uid = suspended(suite).await?;
    let outcome = suite.suspend(&uid).await?;
    same("the action", outcome.action, SaveAction::Unchanged)?;
    same("the attributes changed", outcome.changed, Vec::new())?;
    same("whether it is active", is_active(suite, &uid).await?, false)
}

async fn a_resumed_account_is_active_again(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Resume])?;
    let uid = suspended(suite).await?;
    let outcome = suite.resume(&uid).await?;
    same("the action", outcome.action, SaveAction::Revived)?;
    same("whether it was active", outcome.presence_before.is_active(), false)?;
    same("whether it is active", is_active(suite, &uid).await?, true)
}

async fn resuming_twice_writes_once(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Resume])?;
    let uid = suite.create().await?.uid;
    let outcome = suite.resume(&uid).await?;
    same("the action", outcome.action, SaveAction::Unchanged)?;
    same("whether it is active", is_active(suite, &uid).await?, true)
}

async fn a_suspended_account_is_still_found_by_search(suite: &Suite<'_>) -> CaseResult {
    let uid = suspended(suite).await?;
    let by_uid = suite.found(Filter::equal(special::UID, uid.as_str())).await?;
    same("what a search for the uid finds", by_uid, [uid.clone()].into())?;
    let name = suite.object(&uid).await?.name;
    let by_name = suite.found(Filter::equal(special::NAME, name)).await?;
    same("what a search for the name finds", by_name, [uid.clone()].into())?;
    let all = suite.everything().await?;
    ensure(all.iter().any(|object| object.uid == uid), || "an import leaves inactive objects out".into())
}

async fn nothing_else_changes(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Suspend, Operation::Resume])?;
    let uid = suite.create().await?.uid;
    let before = suite.object(&uid).await?;
    suite.suspend(&uid).await?;
    suite.resume(&uid).await?;
    let after = suite.object(&uid).await?;
    let text = suite.fixture.text_attribute();
    same("the name", &after.name, &before.name)?;
    same(text.as_str(), after.values(text.as_str()), before.values(text.as_str()))
}

async fn the_enable_attribute_says_so(suite: &Suite<'_>) -> CaseResult {
    suite.needs_status()?;
    let uid = suite.create().await?.uid;
    let enabled = async || {
        Ok::<_, crate::contract::check::Stop>(suite.object(&uid).await?.first(special::ENABLE).cloned())
    };
    same("__ENABLE__ of a new account", enabled().await?, Some(true.into()))?;
    suite.suspend(&uid).await?;
    same("__ENABLE__ of a suspended account", enabled().await?, Some(false.into()))
}

async fn the_enable_attribute_does_so(suite: &Suite<'_>) -> CaseResult {
    suite.needs_status()?;
    if !suite.info.attribute(&special::ENABLE.into()).is_some_and(|info| info.updatable) {
        return skipped("__ENABLE__ cannot be written");
    }
    let uid = suite.create().await?.uid;
    for (enable, action) in [(false, SaveAction::Suspended), (true, SaveAction::Revived)] {
        let outcome = suite.update(&uid, vec![AttributeDelta::set(special::ENABLE, enable)]).await?;
        same("the action", outcome.action, action)?;
        same("whether it is active", is_active(suite, &uid).await?, enable)?;
    }
    Ok(())
}

async fn a_change_to_an_inactive_account_does_not_revive_it(suite: &Suite<'_>) -> CaseResult {
    let uid = suspended(suite).await?;
    suite.update(&uid, vec![AttributeDelta::set(suite.fixture.text_attribute(), "contract asleep")]).await?;
    same("whether it is active", is_active(suite, &uid).await?, false)
}

async fn an_unknown_uid_is_not_found(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Suspend, Operation::Resume])?;
    let uid = suite.fixture.unknown_uid();
    names_uid(&refused("suspend", suite.suspend(&uid).await, &[ErrorKind::NotFound])?, &uid)?;
    names_uid(&refused("resume", suite.resume(&uid).await, &[ErrorKind::NotFound])?, &uid)
}
