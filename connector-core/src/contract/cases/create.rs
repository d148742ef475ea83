//! New objects.

use super::cases;
use crate::contract::check::{CaseResult, ensure, names_attribute, names_uid, refused, same};
use crate::contract::suite::Suite;
use crate::error::{Effect, ErrorKind};
use crate::filter::Filter;
use crate::object::{AttributeDelta, AttributeInfo, Presence, Value, special};
use crate::operation::{SaveAction, SaveMode};

cases!("create":
    the_outcome_says_created,
    get_gives_what_was_saved,
    search_by_name_finds_the_new_object,
    the_same_again_exists_already,
    the_same_again_as_create_or_update_writes_nothing,
    an_object_that_is_not_there_is_not_created_by_an_update,
    a_required_attribute_that_is_missing_is_named,
    an_unknown_attribute_is_named,
);

async fn the_outcome_says_created(suite: &Suite<'_>) -> CaseResult {
    suite.needs_creation()?;
    let outcome = suite.save(&suite.create_request(&suite.new_object())).await?;
    same("the action", outcome.action, SaveAction::Created)?;
    same("the presence before", outcome.presence_before, Presence::NotFound)?;
    let undone = outcome.parts.iter().find(|part| part.effect != Effect::Applied || part.entity.is_empty());
    ensure(undone.is_none(), || format!("a part was not made, and the create succeeded: {undone:?}"))?;
    ensure(outcome.presence.exists(), || format!("the presence is {}", outcome.presence))
}

async fn get_gives_what_was_saved(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let object = suite.object(&created.uid).await?;
    let is_readable = |info: &AttributeInfo| info.readable;
    for given in &created.new.attributes {
        if suite.info.attribute(&given.name).is_some_and(is_readable) {
            same(given.name.as_str(), object.values(given.name.as_str()), &given.values)?;
        }
    }
    Ok(())
}

async fn search_by_name_finds_the_new_object(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let name = suite.object(&created.uid).await?.name;
    let found = suite.found(Filter::equal(special::NAME, name)).await?;
    same("the objects with the name", found, [created.uid].into())
}

async fn the_same_again_exists_already(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let again = suite.save(&suite.create_request(&created.new)).await;
    refused("the same create again", again, &[ErrorKind::AlreadyExists]).map(drop)
}

async fn the_same_again_as_create_or_update_writes_nothing(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let request = suite.create_request(&created.new).with_mode(SaveMode::CreateOrUpdate);
    let outcome = suite.save(&request).await?;
    same("the action", outcome.action, SaveAction::Unchanged)?;
    same("the uid", outcome.uid, created.uid)?;
    same("the attributes changed", outcome.changed, Vec::new())
}

async fn an_object_that_is_not_there_is_not_created_by_an_update(suite: &Suite<'_>) -> CaseResult {
    suite.needs_creation()?;
    let new = suite.new_object();
    let request = suite.create_request(&new).with_mode(SaveMode::Update);
    let error = refused("the update", suite.save(&request).await, &[ErrorKind::NotFound])?;
    let Some(uid) = &new.uid else { return Ok(()) };
    names_uid(&error, uid)?;
    same("the presence", suite.get(uid, None).await?.presence, Presence::NotFound)
}

async fn a_required_attribute_that_is_missing_is_named(suite: &Suite<'_>) -> CaseResult {
    suite.needs_creation()?;
    for info in suite.info.attributes.iter().filter(|info| info.required) {
        let new = suite.new_object();
        // Where the caller gives the uid, it may stand for the attribute.
        if new.uid.is_some() && suite.manifest.uid_attribute.as_ref() == Some(&info.name) {
            continue;
        }
        let mut request = suite.create_request(&new);
        request.attributes.retain(|delta| delta.name != info.name);
        let what = format!("a create without '{}'", info.name);
        let error = refused(&what, suite.save(&request).await, &[ErrorKind::InvalidAttribute])?;
        names_attribute(&error, &info.name)?;
    }
    Ok(())
}

async fn an_unknown_attribute_is_named(suite: &Suite<'_>) -> CaseResult {
    suite.needs_creation()?;
    let mut request = suite.create_request(&suite.new_object());
    request.attributes.push(AttributeDelta::set("noSuchAttribute", Value::from("x")));
    let error = refused("the create", suite.save(&request).await, &[ErrorKind::InvalidAttribute])?;
    names_attribute(&error, &"noSuchAttribute".into())
}
