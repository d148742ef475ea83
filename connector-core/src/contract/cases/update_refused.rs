//! Changes that cannot be made.

use chrono::DateTime;

use super::cases;
use crate::contract::check::{CaseResult, names_attribute, names_uid, refused, same, skipped};
use crate::contract::suite::Suite;
use crate::error::ErrorKind;
use crate::object::{AttributeDelta, AttributeInfo, Uid, Value, ValueType};

cases!("update_refused":
    an_unknown_uid_is_not_found,
    an_unknown_attribute_is_named_and_nothing_is_written,
    a_read_only_attribute_is_named,
    an_attribute_of_creation_cannot_be_changed,
    an_error_names_the_object,
);

async fn an_unknown_uid_is_not_found(suite: &Suite<'_>) -> CaseResult {
    suite.needs_creation()?;
    let uid = suite.fixture.unknown_uid();
    let result = suite.update(&uid, vec![AttributeDelta::set(suite.fixture.text_attribute(), "x")]).await;
    names_uid(&refused("the update", result, &[ErrorKind::NotFound])?, &uid)
}

async fn an_unknown_attribute_is_named_and_nothing_is_written(suite: &Suite<'_>) -> CaseResult {
    let uid = suite.create().await?.uid;
    let before = suite.object(&uid).await?;
    let good = AttributeDelta::set(suite.fixture.text_attribute(), "contract lost");
    let result = suite.update(&uid, vec![good, AttributeDelta::set("noSuchAttribute", "x")]).await;
    let error = refused("the update", result, &[ErrorKind::InvalidAttribute])?;
    names_attribute(&error, &"noSuchAttribute".into())?;
    same("the object", suite.object(&uid).await?, before)
}

async fn a_read_only_attribute_is_named(suite: &Suite<'_>) -> CaseResult {
    let is_read_only = |info: &&AttributeInfo| info.readable && !info.creatable && !info.updatable;
    let read_only: Vec<_> = suite.info.attributes.iter().filter(is_read_only).collect();
    if read_only.is_empty() {
        return skipped("there is no read-only attribute");
    }
    let uid = suite.create().await?.uid;
    for info in read_only {
        let error = refused(&describe(info), write(suite, &uid, info).await, &[ErrorKind::InvalidAttribute])?;
        names_attribute(&error, &info.name)?;
    }
    Ok(())
}

async fn an_attribute_of_creation_cannot_be_changed(suite: &Suite<'_>) -> CaseResult {
    let is_fixed = |info: &&AttributeInfo| info.creatable && !info.updatable;
    let fixed: Vec<_> = suite.info.attributes.iter().filter(is_fixed).collect();
    if fixed.is_empty() {
        return skipped("every attribute that may be given may be changed");
    }
    let uid = suite.create().await?.uid;
    for info in fixed {
        let kinds = [ErrorKind::InvalidAttribute, ErrorKind::InvalidRequest];
        refused(&describe(info), write(suite, &uid, info).await, &kinds)?;
    }
    Ok(())
}

async fn an_error_names_the_object(suite: &Suite<'_>) -> CaseResult {
    let uid = suite.create().await?.uid;
    let result = suite.update(&uid, vec![AttributeDelta::set("noSuchAttribute", "x")]).await;
    names_uid(&refused("the update", result, &[ErrorKind::InvalidAttribute])?, &uid)
}

fn describe(info: &AttributeInfo) -> String {
    format!("a change to '{}'", info.name)
}

/// Writes a value of the right type that the attribute surely does not have yet.
async fn write(
    suite: &Suite<'_>,
    uid: &Uid,
    info: &AttributeInfo,
) -> crate::Result<crate::operation::SaveOutcome> {
    suite.update(uid, vec![AttributeDelta::set(info.name.clone(), unlikely(info.value_type))]).await
}

fn unlikely(value_type: ValueType) -> Value {
    match value_type {
        ValueType::Boolean => Value::Boolean(true),
        ValueType::Integer => Value::Integer(987_654_321),
        ValueType::Decimal => Value::decimal(987_654_321.into()),
        ValueType::Date => Value::Date(chrono::NaiveDate::default()),
        ValueType::DateTime => Value::DateTime(DateTime::UNIX_EPOCH.fixed_offset()),
        ValueType::Binary => Value::binary([9, 8, 7]),
        _ => Value::from("contract unlikely"),
    }
}
