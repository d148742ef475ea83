//! A filter that cannot be exact is refused, never ignored.

use super::cases;
use crate::context::Context;
use crate::contract::check::{CaseResult, ensure, refused, same, skipped};
use crate::contract::suite::{Suite, collect};
use crate::error::{Error, ErrorKind};
use crate::filter::{Filter, Matching};
use crate::object::{AttributeDelta, AttributeInfo, AttributeName, ValueType, special};
use crate::operation::{ExplainRequest, ImportRequest, Operation, Subject};

cases!("filter_refused":
    an_unknown_attribute,
    an_attribute_that_cannot_be_read,
    a_literal_of_another_type,
    a_function_on_texts_for_what_is_none,
);

async fn an_unknown_attribute(suite: &Suite<'_>) -> CaseResult {
    let unknown = Filter::equal("noSuchAttribute", "x");
    let known = Filter::Present(suite.fixture.text_attribute());
    let name = "noSuchAttribute".into();
    check(suite, unknown.clone(), &name).await?;
    check(suite, known.and(unknown.negate()), &name).await.map(drop)
}

async fn an_attribute_that_cannot_be_read(suite: &Suite<'_>) -> CaseResult {
    let unreadable: Vec<_> = suite.info.attributes.iter().filter(|info| !info.readable).collect();
    if unreadable.is_empty() {
        return skipped("every attribute can be read");
    }
    for info in unreadable {
        check(suite, Filter::equal(info.name.clone(), "x"), &info.name).await?;
        check(suite, Filter::Present(info.name.clone()), &info.name).await?;
    }
    Ok(())
}

/// What can be read as no type but a text.
const NO_SUCH: &str = "contract: none";

fn typed<'s>(suite: &'s Suite<'_>) -> impl Iterator<Item = &'s AttributeInfo> {
    let texts = [ValueType::String, ValueType::Reference];
    suite.readable().filter(move |info| !texts.contains(&info.value_type))
}

/// That nobody has such a value is no answer to a question that makes no sense. It is refused wherever a filter may
/// stand, before anything is asked, and with the sentence that a save of the value gets.
async fn a_literal_of_another_type(suite: &Suite<'_>) -> CaseResult {
    let saves = suite.manifest.operations.contains(&Operation::Save);
    let created = if saves { Some(suite.create().await?.uid) } else { None };
    for info in typed(suite) {
        let name = &info.name;
        let wrong = Filter::equal(name.clone(), NO_SUCH);
        let said = check(suite, wrong.clone(), name).await?;
        check(suite, Filter::one_of(name.clone(), vec![NO_SUCH.into()]), name).await?;
        check(suite, Filter::Present(special::NAME.into()).and(wrong.negate()), name).await?;
        check_get(suite, info).await?;
        if let Some(uid) = created.as_ref().filter(|_| info.updatable) {
            let save = suite.update(uid, vec![AttributeDelta::set(name.clone(), NO_SUCH)]).await;
            let of_save = refused(&describe(info), save, &[ErrorKind::InvalidAttribute])?;
            same("what the save says", of_save.message(), &said)?;
        }
    }
    Ok(())
}

async fn a_function_on_texts_for_what_is_none(suite: &Suite<'_>) -> CaseResult {
    for info in typed(suite) {
        for matching in [Matching::StartsWith, Matching::Contains, Matching::EqualsIgnoreCase] {
            check(suite, Filter::text(info.name.clone(), matching, "2"), &info.name).await?;
        }
    }
    Ok(())
}

fn describe(info: &AttributeInfo) -> String {
    format!("a save of '{NO_SUCH}' as '{}'", info.name)
}

async fn check_get(suite: &Suite<'_>, info: &AttributeInfo) -> CaseResult {
    suite.needs(&[Operation::Get])?;
    let got = suite.get_by(&info.name, &NO_SUCH.into()).await;
    let error = refused(&format!("a get by '{}'", info.name), got, &KINDS)?;
    names(&error, &info.name)
}

const KINDS: [ErrorKind; 3] =
    [ErrorKind::InvalidAttribute, ErrorKind::InvalidRequest, ErrorKind::Unsupported];

/// Neither a search nor an import with this filter begins, and neither does an explanation. Gives what was said.
async fn check(suite: &Suite<'_>, filter: Filter, name: &AttributeName) -> CaseResult<String> {
    suite.needs(&[Operation::Search])?;
    let what = format!("a search by {filter}");
    let before = suite.fixture.requests_sent();
    let end = collect(suite.search_stream(suite.search_request(Some(filter.clone())))).await?.end;
    let error = refused(&what, end, &KINDS)?;
    names(&error, name)?;
    same("the requests sent for what is refused", suite.fixture.requests_sent(), before)?;
    check_import(suite, &filter, name).await?;
    check_explain(suite, &filter, name).await?;
    Ok(error.message().to_owned())
}

async fn check_import(suite: &Suite<'_>, filter: &Filter, name: &AttributeName) -> CaseResult {
    if !suite.manifest.operations.contains(&Operation::Import) {
        return Ok(());
    }
    let request = ImportRequest { filter: Some(filter.clone()), ..ImportRequest::new(suite.class.clone()) };
    let token_only = ImportRequest { token_only: suite.manifest.import.delta, ..request.clone() };
    for request in [request, token_only] {
        let before = suite.fixture.requests_sent();
        let end = collect(suite.connector.import(&Context::new(), request)).await?.end;
        names(&refused(&format!("an import by {filter}"), end, &KINDS)?, name)?;
        same("the requests sent for what is refused", suite.fixture.requests_sent(), before)?;
    }
    Ok(())
}

async fn check_explain(suite: &Suite<'_>, filter: &Filter, name: &AttributeName) -> CaseResult {
    if !suite.manifest.operations.contains(&Operation::Explain) {
        return Ok(());
    }
    let request =
        ExplainRequest { object_class: suite.class.clone(), subject: Subject::Filter(filter.clone()) };
    let explained = suite.connector.explain(&Context::new(), &request).await;
    names(&refused(&format!("an explanation of {filter}"), explained, &KINDS)?, name)
}

fn names(error: &Error, name: &AttributeName) -> CaseResult {
    let is_named = error.context().attributes.contains(name) || error.message().contains(name.as_str());
    ensure(is_named, || format!("the error does not name '{name}': {error}"))
}
