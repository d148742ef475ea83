//! Saves that are explained and not carried out.

use super::cases;
use crate::context::Context;
use crate::contract::check::{CaseResult, ensure, failed, names_attribute, refused, same, skipped};
use crate::contract::suite::Suite;
use crate::error::{ErrorKind, Result};
use crate::object::{Attribute, AttributeDelta, Value, special};
use crate::operation::{
    ExplainRequest, Explanation, Operation, SaveAction, SaveExplanation, SaveMode, SaveRequest,
};

cases!("dry_run":
    a_change_is_explained_and_not_made_and_then_made_as_explained,
    a_change_that_is_so_already_sends_nothing,
    a_creation_is_explained_and_nobody_is_made,
    what_a_save_would_refuse_is_refused,
    what_is_not_as_expected_is_refused,
    secrets_are_redacted,
    a_class_that_explains_no_saves_says_so,
);

fn needs_dry_runs(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Explain])?;
    suite.needs_creation()?;
    if suite.manifest.save.dry_run { Ok(()) } else { skipped("the manifest says that no save is explained") }
}

async fn explained(suite: &Suite<'_>, request: SaveRequest) -> Result<Explanation> {
    suite.connector.explain(&Context::new(), &ExplainRequest::from(request)).await
}

async fn dry_run(suite: &Suite<'_>, request: SaveRequest) -> CaseResult<SaveExplanation> {
    match explained(suite, request).await? {
        Explanation::Save(explanation) => Ok(explanation),
        other => failed(format!("a save was explained as something else: {other:?}")),
    }
}

async fn a_change_is_explained_and_not_made_and_then_made_as_explained(suite: &Suite<'_>) -> CaseResult {
    needs_dry_runs(suite)?;
    let uid = suite.create().await?.uid;
    let before = suite.object(&uid).await?;
    let text = AttributeDelta::set(suite.fixture.text_attribute(), "contract planned");
    let request = SaveRequest::new(suite.class.clone(), uid.clone(), vec![text]);
    let plan = dry_run(suite, request.clone()).await?;
    same("the object after the dry run", suite.object(&uid).await?, before)?;
    same("the uid", plan.uid, Some(uid))?;
    let outcome = suite.save(&request).await?;
    same("the action", outcome.action, plan.action)?;
    same("the presence", outcome.presence_before, plan.presence)?;
    same("what was changed", outcome.changed, plan.changed)?;
    let planned: Vec<_> = plan.records.iter().map(|record| (&record.entity, &record.key)).collect();
    let sent: Vec<_> = outcome.parts.iter().map(|part| (&part.entity, &part.key)).collect();
    same("the records sent", sent, planned)?;
    ensure(!plan.records.is_empty(), || "a change sends nothing".into())
}

async fn a_change_that_is_so_already_sends_nothing(suite: &Suite<'_>) -> CaseResult {
    needs_dry_runs(suite)?;
    let created = suite.create().await?;
    let request = suite.create_request(&created.new).with_mode(SaveMode::CreateOrUpdate);
    let plan = dry_run(suite, request).await?;
    same("the action", plan.action, SaveAction::Unchanged)?;
    same("what would be sent", plan.records, Vec::new())
}

async fn a_creation_is_explained_and_nobody_is_made(suite: &Suite<'_>) -> CaseResult {
    needs_dry_runs(suite)?;
    let request = suite.create_request(&suite.new_object());
    let plan = dry_run(suite, request.clone()).await?;
    same("the action", plan.action, SaveAction::Created)?;
    ensure(!plan.presence.exists(), || format!("what is not there is {}", plan.presence))?;
    same("the action of the create itself", suite.save(&request).await?.action, SaveAction::Created)
}

async fn what_a_save_would_refuse_is_refused(suite: &Suite<'_>) -> CaseResult {
    needs_dry_runs(suite)?;
    let created = suite.create().await?;
    let again = explained(suite, suite.create_request(&created.new)).await;
    refused("the same create again", again, &[ErrorKind::AlreadyExists])?;
    let unknown = vec![AttributeDelta::set("noSuchAttribute", "x")];
    let unknown = explained(suite, SaveRequest::new(suite.class.clone(), created.uid, unknown)).await;
    let error = refused("an unknown attribute", unknown, &[ErrorKind::InvalidAttribute])?;
    names_attribute(&error, &"noSuchAttribute".into())
}

async fn what_is_not_as_expected_is_refused(suite: &Suite<'_>) -> CaseResult {
    needs_dry_runs(suite)?;
    if !suite.manifest.save.expected {
        return skipped("the manifest says that a save compares nothing");
    }
    let (uid, text) = (suite.create().await?.uid, suite.fixture.text_attribute());
    let request = SaveRequest::new(suite.class.clone(), uid, vec![AttributeDelta::set(text.clone(), "x")])
        .expecting(vec![Attribute::single(text.clone(), "contract other")]);
    let error = refused("the dry run", explained(suite, request).await, &[ErrorKind::PreconditionFailed])?;
    names_attribute(&error, &text)
}

async fn secrets_are_redacted(suite: &Suite<'_>) -> CaseResult {
    needs_dry_runs(suite)?;
    let password = suite.fixture.password();
    match suite.info.attribute(&special::PASSWORD.into()) {
        Some(info) if info.creatable => {}
        _ => return skipped("a create takes no password"),
    }
    let mut request = suite.create_request(&suite.new_object());
    request.attributes.push(AttributeDelta::set(special::PASSWORD, Value::Secret(password.clone())));
    let plan = dry_run(suite, request).await?;
    let shown = format!("{plan:?}");
    ensure(!shown.contains(password.expose()), || "the dry run shows the password".into())?;
    let named = plan.records.iter().any(|record| !record.redacted.is_empty());
    ensure(named, || "no record says what is redacted in it".into())
}

async fn a_class_that_explains_no_saves_says_so(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Save, Operation::Explain])?;
    if suite.manifest.save.dry_run {
        return skipped("the manifest says that saves are explained");
    }
    let request = ExplainRequest::from(suite.create_request(&suite.new_object()));
    let result = suite.connector.explain(&Context::new(), &request).await;
    refused("the dry run", result, &[ErrorKind::Unsupported]).map(drop)
}
