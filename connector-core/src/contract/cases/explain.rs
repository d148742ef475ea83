//! Explanations agree with what the other operations say.

use super::cases;
use crate::context::Context;
use crate::contract::check::{CaseResult, ensure, failed, same};
use crate::contract::suite::Suite;
use crate::filter::Filter;
use crate::object::{Presence, Uid, special};
use crate::operation::{ExplainRequest, Explanation, ObjectExplanation, Operation, Subject};

cases!("explain":
    an_object_is_explained_as_get_finds_it,
    a_filter_is_explained_and_nothing_is_searched_for,
);

async fn an_object_is_explained_as_get_finds_it(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Explain])?;
    let created = suite.create().await?;
    let explained = object(suite, &created.uid).await?;
    same("the presence", explained.presence, suite.get(&created.uid, None).await?.presence)?;
    same("whether it is enabled", explained.enabled, Some(true))?;
    ensure(!explained.reasons.is_empty() && !explained.evidence.is_empty(), || {
        "nothing is explained".into()
    })?;
    let nobody = object(suite, &suite.fixture.unknown_uid()).await?;
    same("the presence of nobody", (nobody.presence, nobody.enabled), (Presence::NotFound, None))
}

async fn object(suite: &Suite<'_>, uid: &Uid) -> CaseResult<ObjectExplanation> {
    match explain(suite, Subject::Uid(uid.clone())).await? {
        Explanation::Object(explained) => Ok(explained),
        other => failed(format!("an object was explained as something else: {other:?}")),
    }
}

async fn a_filter_is_explained_and_nothing_is_searched_for(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Explain])?;
    let filter = Filter::equal(special::NAME, "somebody");
    let text = filter.to_string();
    match explain(suite, Subject::Filter(filter)).await? {
        Explanation::Filter(explained) => {
            same("the filter", explained.filter, text)?;
            let parts = explained.at_target.len() + explained.here.len();
            ensure(parts > 0, || "nobody evaluates the filter".into())
        }
        other => failed(format!("a filter was explained as something else: {other:?}")),
    }
}

async fn explain(suite: &Suite<'_>, subject: Subject) -> CaseResult<Explanation> {
    let request = ExplainRequest { object_class: suite.class.clone(), subject };
    Ok(suite.connector.explain(&Context::new(), &request).await?)
}
