//! Changes that are made only if the object is as its writer believes.

use super::cases;
use crate::contract::check::{CaseResult, names_attribute, names_uid, refused, same, skipped};
use crate::contract::suite::Suite;
use crate::error::{ErrorKind, Retry};
use crate::object::{Attribute, AttributeDelta, Uid, Value, Values};
use crate::operation::{SaveAction, SaveMode, SaveRequest};

cases!("expected":
    what_is_as_expected_is_changed,
    what_is_not_as_expected_is_left_alone,
    a_value_where_none_is_expected_is_left_alone,
    what_is_not_there_is_not_created_if_something_is_expected,
    a_creation_expects_nothing,
    a_class_that_cannot_compare_says_so,
);

fn needs_comparison(suite: &Suite<'_>) -> CaseResult {
    suite.needs_creation()?;
    if suite.manifest.save.expected {
        Ok(())
    } else {
        skipped("the manifest says that a save compares nothing")
    }
}

/// A change of the text to `after`, if it is `expected`.
fn change(suite: &Suite<'_>, uid: &Uid, expected: impl Into<Values>, after: &str) -> SaveRequest {
    let text = suite.fixture.text_attribute();
    let change = vec![AttributeDelta::set(text.clone(), after)];
    SaveRequest::new(suite.class.clone(), uid.clone(), change).expecting(vec![Attribute::new(text, expected)])
}

async fn object_with_text(suite: &Suite<'_>, text: &str) -> CaseResult<Uid> {
    let delta = AttributeDelta::set(suite.fixture.text_attribute(), text);
    Ok(suite.create_with(vec![delta]).await?.uid)
}

async fn what_is_as_expected_is_changed(suite: &Suite<'_>) -> CaseResult {
    needs_comparison(suite)?;
    let uid = object_with_text(suite, "contract before").await?;
    let outcome = suite.save(&change(suite, &uid, vec!["contract before".into()], "contract after")).await?;
    same("the action", outcome.action, SaveAction::Updated)?;
    let text = suite.fixture.text_attribute();
    same("the text", suite.object(&uid).await?.values(text.as_str()), &["contract after".into()])
}

async fn what_is_not_as_expected_is_left_alone(suite: &Suite<'_>) -> CaseResult {
    needs_comparison(suite)?;
    let uid = object_with_text(suite, "contract before").await?;
    for wrong in [vec![Value::from("contract other")], Vec::new()] {
        is_left_alone(suite, &uid, wrong).await?;
    }
    Ok(())
}

async fn a_value_where_none_is_expected_is_left_alone(suite: &Suite<'_>) -> CaseResult {
    needs_comparison(suite)?;
    let text = suite.fixture.text_attribute();
    let uid = object_with_text(suite, "contract before").await?;
    if suite.info.attribute(&text).is_some_and(|info| info.required) {
        return skipped("the text cannot be cleared");
    }
    suite.update(&uid, vec![AttributeDelta::clear(text)]).await?;
    is_left_alone(suite, &uid, vec![Value::from("contract before")]).await?;
    let outcome = suite.save(&change(suite, &uid, Vec::new(), "contract after")).await?;
    same("the action where none is", outcome.action, SaveAction::Updated)
}

async fn is_left_alone(suite: &Suite<'_>, uid: &Uid, wrong: Vec<Value>) -> CaseResult {
    let before = suite.object(uid).await?;
    let what = format!("a change that expects {wrong:?}");
    let result = suite.save(&change(suite, uid, wrong, "contract after")).await;
    let error = refused(&what, result, &[ErrorKind::PreconditionFailed])?;
    names_attribute(&error, &suite.fixture.text_attribute())?;
    names_uid(&error, uid)?;
    same("whether to repeat it", error.retry(), Retry::Never)?;
    same("the object", suite.object(uid).await?, before)
}

async fn what_is_not_there_is_not_created_if_something_is_expected(suite: &Suite<'_>) -> CaseResult {
    needs_comparison(suite)?;
    let new = suite.new_object();
    let expected = vec![Attribute::new(suite.fixture.text_attribute(), Vec::new())];
    let request = suite.create_request(&new).with_mode(SaveMode::CreateOrUpdate).expecting(expected);
    refused("the save", suite.save(&request).await, &[ErrorKind::PreconditionFailed])?;
    // It was not made: so it can be.
    let outcome = suite.save(&suite.create_request(&new)).await?;
    same("the action of a create", outcome.action, SaveAction::Created)
}

async fn a_creation_expects_nothing(suite: &Suite<'_>) -> CaseResult {
    needs_comparison(suite)?;
    let expected = vec![Attribute::new(suite.fixture.text_attribute(), Vec::new())];
    let request = suite.create_request(&suite.new_object()).expecting(expected);
    refused("the create", suite.save(&request).await, &[ErrorKind::InvalidRequest]).map(drop)
}

async fn a_class_that_cannot_compare_says_so(suite: &Suite<'_>) -> CaseResult {
    suite.needs_creation()?;
    if suite.manifest.save.expected {
        return skipped("the manifest says that a save compares");
    }
    let uid = object_with_text(suite, "contract before").await?;
    let before = suite.object(&uid).await?;
    let request = change(suite, &uid, vec!["contract before".into()], "contract after");
    let error = refused("the save", suite.save(&request).await, &[ErrorKind::Unsupported])?;
    names_attribute(&error, &"expected".into())?;
    same("the object", suite.object(&uid).await?, before)
}
