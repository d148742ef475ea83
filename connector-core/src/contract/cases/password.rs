//! Passwords are set, and never come back.

use std::fmt::Debug;

use serde::Serialize;

use super::cases;
use crate::context::Context;
use crate::contract::check::{
    CaseResult, ensure, failed, names_attribute, names_uid, refused, same, skipped,
};
use crate::contract::suite::Suite;
use crate::error::{ErrorKind, Result};
use crate::filter::Filter;
use crate::object::{AttributeDelta, Secret, Uid, Value, special};
use crate::operation::{Operation, ResetPasswordRequest, SaveAction, SaveOutcome, SearchRequest};

cases!("password":
    a_reset_does_not_change_the_status,
    a_weak_one_violates_the_policy,
    an_unknown_uid_is_not_found,
    it_never_comes_back,
);

async fn reset(suite: &Suite<'_>, uid: &Uid, new_password: Secret) -> Result<SaveOutcome> {
    let request = ResetPasswordRequest { object_class: suite.class.clone(), uid: uid.clone(), new_password };
    suite.connector.reset_password(&Context::new(), &request).await
}

async fn a_reset_does_not_change_the_status(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::ResetPassword, Operation::Suspend])?;
    let (active, inactive) = (suite.create().await?.uid, suite.create().await?.uid);
    suite.suspend(&inactive).await?;
    for (uid, is_active) in [(active, true), (inactive, false)] {
        let outcome = reset(suite, &uid, suite.fixture.password()).await?;
        same("the action", outcome.action, SaveAction::Updated)?;
        same("the uid", &outcome.uid, &uid)?;
        let presence = suite.get(&uid, None).await?.presence;
        same("whether it is active", presence.is_active(), is_active)?;
        same("the presence in the outcome", outcome.presence, presence)?;
    }
    Ok(())
}

async fn a_weak_one_violates_the_policy(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::ResetPassword])?;
    let Some(weak) = suite.fixture.weak_password() else {
        return skipped("the target takes any password");
    };
    let uid = suite.create().await?.uid;
    let error = refused("the reset", reset(suite, &uid, weak).await, &[ErrorKind::PasswordPolicy])?;
    names_uid(&error, &uid)?;
    names_attribute(&error, &special::PASSWORD.into())
}

async fn an_unknown_uid_is_not_found(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::ResetPassword])?;
    let uid = suite.fixture.unknown_uid();
    let result = reset(suite, &uid, suite.fixture.password()).await;
    names_uid(&refused("the reset", result, &[ErrorKind::NotFound])?, &uid)
}

async fn it_never_comes_back(suite: &Suite<'_>) -> CaseResult {
    let password = suite.fixture.password();
    let uid = if suite.info.attribute(&special::PASSWORD.into()).is_some_and(|info| info.creatable) {
        let given = AttributeDelta::set(special::PASSWORD, Value::Secret(password.clone()));
        suite.create_with(vec![given]).await?.uid
    } else {
        suite.create().await?.uid
    };
    if suite.manifest.operations.contains(&Operation::ResetPassword) {
        hides(&password, "the outcome of a reset", &reset(suite, &uid, password.clone()).await?)?;
    }
    let mut wanted = suite.readable_names();
    wanted.extend(suite.info.attributes.iter().filter(|info| !info.readable).map(|info| info.name.clone()));
    hides(&password, "what get gives", &suite.get(&uid, Some(wanted)).await?)?;
    let by_uid = suite.search_request(Some(Filter::equal(special::UID, uid.as_str())));
    let request = SearchRequest { attributes_to_get: Some(suite.readable_names()), ..by_uid };
    hides(&password, "what search gives", &suite.search(request).await?.objects)?;
    let wrong = Value::Secret(password.clone());
    let deltas =
        vec![AttributeDelta::set(special::PASSWORD, wrong), AttributeDelta::set("noSuchAttribute", "x")];
    match suite.update(&uid, deltas).await {
        Ok(_) => failed("an unknown attribute was accepted"),
        Err(error) => hides(&password, "an error", &error),
    }
}

fn hides(password: &Secret, what: &str, value: &(impl Debug + Serialize)) -> CaseResult {
    let json = serde_json::to_string(value).unwrap_or_default();
    let shown = format!("{value:?} {json}");
    ensure(!shown.contains(password.expose()), || format!("{what} shows the password"))
}
