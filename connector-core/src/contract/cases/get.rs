//! One object by its uid or another attribute, or the certainty that there is none.

use super::cases;
use crate::contract::check::{CaseResult, ensure, same};
use crate::contract::suite::Suite;
use crate::object::{AttributeDelta, AttributeName, Presence, Uid, special};
use crate::operation::{GetOutcome, Operation};

cases!("get":
    an_unknown_uid_is_not_found_and_no_error,
    an_object_comes_with_its_uid_its_name_and_its_presence,
    an_answer_comes_with_evidence,
    an_object_is_found_by_its_name,
    what_fits_two_objects_is_ambiguous,
);

async fn an_unknown_uid_is_not_found_and_no_error(suite: &Suite<'_>) -> CaseResult {
    let found = suite.get(&suite.fixture.unknown_uid(), None).await?;
    same("the presence", found.presence, Presence::NotFound)?;
    ensure(found.object.is_none(), || format!("there is an object: {:?}", found.object))
}

async fn an_object_comes_with_its_uid_its_name_and_its_presence(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let found = suite.get(&created.uid, None).await?;
    ensure(found.presence.is_active(), || format!("a new object is {}", found.presence))?;
    let object = suite.object(&created.uid).await?;
    same("the uid", &object.uid, &created.uid)?;
    ensure(!object.name.is_empty(), || "the name is empty".into())
}

async fn an_answer_comes_with_evidence(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Get])?;
    for uid in [suite.create().await?.uid, suite.fixture.unknown_uid()] {
        let found = suite.get(&uid, None).await?;
        ensure(!found.evidence.is_empty(), || format!("nothing proves that '{uid}' is {}", found.presence))?;
    }
    Ok(())
}

async fn an_object_is_found_by_its_name(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let name = suite.object(&created.uid).await?.name;
    let found = by(suite, &special::NAME.into(), &name).await?;
    same("the uid", found.object.map(|object| object.uid), Some(created.uid))?;
    let found = by(suite, &special::NAME.into(), "no-such-name").await?;
    same("the presence of a name that nobody has", found.presence, Presence::NotFound)
}

async fn what_fits_two_objects_is_ambiguous(suite: &Suite<'_>) -> CaseResult {
    let attribute = suite.fixture.text_attribute();
    let text = "Ambiguity of the contract";
    let twin = || suite.create_with(vec![AttributeDelta::set(attribute.clone(), text)]);
    let mut uids = vec![twin().await?.uid, twin().await?.uid];
    let mut found = by(suite, &attribute, text).await?;
    same("the presence", found.presence, Presence::Ambiguous)?;
    ensure(found.object.is_none(), || format!("there is an object: {:?}", found.object))?;
    uids.sort();
    found.candidates.sort();
    same("the candidates", found.candidates, uids)
}

async fn by(suite: &Suite<'_>, name: &AttributeName, value: &str) -> CaseResult<GetOutcome> {
    suite.needs(&[Operation::Get])?;
    Ok(suite.get_by(name, &Uid::new(value)).await?)
}
