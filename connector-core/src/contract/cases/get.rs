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
    let lookup = suite.get(&suite.fixture.unknown_uid(), None).await?;
    same("the presence", lookup.presence, Presence::NotFound)?;
    ensure(lookup.object.is_none(), || format!("there is an object: {:?}", lookup.object))
}

async fn an_object_comes_with_its_uid_its_name_and_its_presence(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let lookup = suite.get(&created.uid, None).await?;
    ensure(lookup.presence.is_active(), || format!("a new object is {}", lookup.presence))?;
    let object = suite.object(&created.uid).await?;
    same("the uid", &object.uid, &created.uid)?;
    ensure(!object.name.is_empty(), || "the name is empty".into())
}

async fn an_answer_comes_with_evidence(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Get])?;
    for uid in [suite.create().await?.uid, suite.fixture.unknown_uid()] {
        let lookup = suite.get(&uid, None).await?;
        ensure(!lookup.evidence.is_empty(), || {
            format!("nothing proves that '{uid}' is {}", lookup.presence)
        })?;
    }
    Ok(())
}

async fn an_object_is_found_by_its_name(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let name = suite.object(&created.uid).await?.name;
    let lookup = by(suite, &special::NAME.into(), &name).await?;
    same("the uid", lookup.object.map(|object| object.uid), Some(created.uid))?;
    let lookup = by(suite, &special::NAME.into(), "no-such-name").await?;
    same("the presence of a name that nobody has", lookup.presence, Presence::NotFound)
}

async fn what_fits_two_objects_is_ambiguous(suite: &Suite<'_>) -> CaseResult {
    let attribute = suite.fixture.text_attribute();
    let text = "Ambiguity of the contract";
    let twin = || suite.create_with(vec![AttributeDelta::set(attribute.clone(), text)]);
    let mut uids = vec![twin().await?.uid, twin().await?.uid];
    let mut lookup = by(suite, &attribute, text).await?;
    same("the presence", lookup.presence, Presence::Ambiguous)?;
    ensure(lookup.object.is_none(), || format!("there is an object: {:?}", lookup.object))?;
    uids.sort();
    lookup.candidates.sort();
    same("the candidates", lookup.candidates, uids)
}

async fn by(suite: &Suite<'_>, name: &AttributeName, value: &str) -> CaseResult<GetOutcome> {
    suite.needs(&[Operation::Get])?;
    Ok(suite.get_by(name, &Uid::new(value)).await?)
}
