//! One object by its uid, or the certainty that there is none.

use super::cases;
use crate::contract::check::{CaseResult, ensure, same};
use crate::contract::suite::Suite;
use crate::object::Presence;
use crate::operation::Operation;

cases!("get":
    an_unknown_uid_is_not_found_and_no_error,
    an_object_comes_with_its_uid_its_name_and_its_presence,
    an_answer_comes_with_evidence,
);

async fn an_unknown_uid_is_not_found_and_no_error(suite: &Suite<'_>) -> CaseResult {
    let lookup = suite.lookup(&suite.fixture.unknown_uid(), None).await?;
    same("the presence", lookup.presence, Presence::NotFound)?;
    ensure(lookup.object.is_none(), || format!("there is an object: {:?}", lookup.object))
}

async fn an_object_comes_with_its_uid_its_name_and_its_presence(suite: &Suite<'_>) -> CaseResult {
    let created = suite.create().await?;
    let lookup = suite.lookup(&created.uid, None).await?;
    ensure(lookup.presence.is_active(), || format!("a new object is {}", lookup.presence))?;
    let object = suite.object(&created.uid).await?;
    same("the uid", &object.uid, &created.uid)?;
    ensure(!object.name.is_empty(), || "the name is empty".into())
}

async fn an_answer_comes_with_evidence(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Get])?;
    for uid in [suite.create().await?.uid, suite.fixture.unknown_uid()] {
        let lookup = suite.lookup(&uid, None).await?;
        ensure(!lookup.evidence.is_empty(), || {
            format!("nothing proves that '{uid}' is {}", lookup.presence)
        })?;
    }
    Ok(())
}
