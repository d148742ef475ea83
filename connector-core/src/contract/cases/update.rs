//! Changes by delta.

use super::cases;
use crate::contract::check::{CaseResult, Stop, same, skipped};
use crate::contract::fixture::Multivalued;
use crate::contract::suite::Suite;
use crate::object::{AttributeDelta, Change, ConnectorObject, Uid, Value, Values};
use crate::operation::SaveAction;

/// What breaks a writer that pastes text together.
pub(super) const DIFFICULT_TEXT: &str = "O'Brien \"q\" 100% a+b A&B #1 \\ <ü> é 日本 😀";

cases!("update":
    replacing_a_value_changes_it_and_nothing_else,
    the_same_again_writes_nothing,
    no_change_at_all_writes_nothing,
    an_empty_list_clears,
    values_are_added_and_removed,
    adding_what_is_there_and_removing_what_is_not_writes_nothing,
    difficult_texts_survive,
    taking_the_values_of_another_object_does_not_take_its_uid,
);

async fn replacing_a_value_changes_it_and_nothing_else(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let before = suite.object(&created.uid).await?;
    let attribute = suite.fixture.text_attribute();
    let outcome =
        suite.update(&created.uid, vec![AttributeDelta::set(attribute.clone(), "contract new")]).await?;
    same("the action", outcome.action, SaveAction::Updated)?;
    same("the uid", &outcome.uid, &created.uid)?;
    same("the attributes changed", outcome.changed, vec![attribute.clone()])?;
    let after = suite.object(&created.uid).await?;
    same("the value", after.values(attribute.as_str()), &["contract new".into()])?;
    same("the other attributes", writable(suite, &after), writable(suite, &before))
}

/// What the target changes by itself, such as the time of the last change, does not count.
fn writable(suite: &Suite<'_>, object: &ConnectorObject) -> Vec<(String, Values)> {
    let text = suite.fixture.text_attribute();
    let writable = object.attributes.iter().filter(|attribute| {
        attribute.name != text && suite.info.attribute(&attribute.name).is_some_and(|info| info.updatable)
    });
    writable.map(|attribute| (attribute.name.to_string(), attribute.values.clone())).collect()
}

async fn the_same_again_writes_nothing(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let delta = || vec![AttributeDelta::set(suite.fixture.text_attribute(), "contract same")];
    suite.update(&created.uid, delta()).await?;
    let before = suite.object(&created.uid).await?;
    let outcome = suite.update(&created.uid, delta()).await?;
    same("the action", outcome.action, SaveAction::Unchanged)?;
    same("the attributes changed", outcome.changed, Vec::new())?;
    same("the attributes unchanged", outcome.unchanged, vec![suite.fixture.text_attribute()])?;
    same("the object", suite.object(&created.uid).await?, before)
}

async fn no_change_at_all_writes_nothing(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let outcome = suite.update(&created.uid, Vec::new()).await?;
    same("the action", outcome.action, SaveAction::Unchanged)
}

async fn an_empty_list_clears(suite: &Suite<'_>) -> CaseResult {
    let attribute = suite.fixture.text_attribute();
    let created = suite.create_with(vec![AttributeDelta::set(attribute.clone(), "contract old")]).await?;
    let outcome = suite.update(&created.uid, vec![AttributeDelta::clear(attribute.clone())]).await?;
    same("the action", outcome.action, SaveAction::Updated)?;
    same("the values", suite.object(&created.uid).await?.values(attribute.as_str()), &[])
}

async fn values_are_added_and_removed(suite: &Suite<'_>) -> CaseResult {
    let Multivalued { attribute, values: [a, b, c] } = multivalued(suite)?;
    let uid = suite.create().await?.uid;
    suite.update(&uid, vec![AttributeDelta::replace(attribute, vec![a.clone(), b.clone()])]).await?;
    modify(suite, &uid, vec![b.clone(), c.clone()], vec![]).await?;
    expect(suite, &uid, vec![a.clone(), b.clone(), c.clone()]).await?;
    modify(suite, &uid, vec![], vec![b]).await?;
    expect(suite, &uid, vec![a, c]).await
}

async fn adding_what_is_there_and_removing_what_is_not_writes_nothing(suite: &Suite<'_>) -> CaseResult {
    let Multivalued { attribute, values: [a, b, _] } = multivalued(suite)?;
    let uid = suite.create().await?.uid;
    suite.update(&uid, vec![AttributeDelta::replace(attribute, vec![a.clone()])]).await?;
    let action = modify(suite, &uid, vec![a.clone()], vec![b]).await?;
    same("the action", action, SaveAction::Unchanged)?;
    expect(suite, &uid, vec![a]).await
}

fn multivalued(suite: &Suite<'_>) -> CaseResult<Multivalued> {
    suite.fixture.multivalued().map_or_else(|| skipped("there is no attribute with several values"), Ok)
}

async fn modify(suite: &Suite<'_>, uid: &Uid, add: Vec<Value>, remove: Vec<Value>) -> CaseResult<SaveAction> {
    let name = multivalued(suite)?.attribute;
    let delta = AttributeDelta { name, change: Change::Modify { add, remove } };
    Ok(suite.update(uid, vec![delta]).await?.action)
}

/// The order of the values is the target's.
async fn expect(suite: &Suite<'_>, uid: &Uid, expected: Vec<Value>) -> CaseResult {
    let name = multivalued(suite)?.attribute;
    let object = suite.object(uid).await?;
    let found = object.values(name.as_str());
    let is_same = found.len() == expected.len() && expected.iter().all(|value| found.contains(value));
    if is_same {
        Ok(())
    } else {
        Err(Stop::Failed(format!("expected {expected:?} in any order, found {found:?}")))
    }
}

async fn difficult_texts_survive(suite: &Suite<'_>) -> CaseResult {
    let attribute = suite.fixture.text_attribute();
    let uid = suite.create().await?.uid;
    suite.update(&uid, vec![AttributeDelta::set(attribute.clone(), DIFFICULT_TEXT)]).await?;
    same("the text", suite.object(&uid).await?.values(attribute.as_str()), &[DIFFICULT_TEXT.into()])
}

async fn taking_the_values_of_another_object_does_not_take_its_uid(suite: &Suite<'_>) -> CaseResult {
    suite.needs_creation()?;
    let (one, other) = (suite.create().await?, suite.create().await?);
    let before = suite.object(&other.uid).await?;
    for attribute in other.new.attributes {
        // A value that only one object may have is refused, which is as good.
        if let Ok(outcome) = suite.update(&one.uid, vec![attribute.into()]).await {
            same("the uid", &outcome.uid, &one.uid)?;
        }
    }
    same("the other object", suite.object(&other.uid).await?, before)
}
