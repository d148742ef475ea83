//! A filter that cannot be exact is refused, never ignored.

use super::cases;
use crate::contract::check::{CaseResult, ensure, refused, skipped};
use crate::contract::suite::{Suite, collect};
use crate::error::ErrorKind;
use crate::filter::Filter;
use crate::object::AttributeName;
use crate::operation::Operation;

cases!("filter_refused":
    an_unknown_attribute,
    an_attribute_that_cannot_be_read,
);

async fn an_unknown_attribute(suite: &Suite<'_>) -> CaseResult {
    let unknown = Filter::equal("noSuchAttribute", "x");
    let known = Filter::Present(suite.fixture.text_attribute());
    let name = "noSuchAttribute".into();
    check(suite, unknown.clone(), &name).await?;
    check(suite, known.and(unknown.negate()), &name).await
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

async fn check(suite: &Suite<'_>, filter: Filter, name: &AttributeName) -> CaseResult {
    suite.needs(&[Operation::Search])?;
    let what = format!("a search by {filter}");
    let end = collect(suite.search_stream(suite.search_request(Some(filter)))).await?.end;
    let kinds = [ErrorKind::InvalidAttribute, ErrorKind::InvalidRequest, ErrorKind::Unsupported];
    let error = refused(&what, end, &kinds)?;
    let is_named = error.context().attributes.contains(name) || error.message().contains(name.as_str());
    ensure(is_named, || format!("the error does not name '{name}': {error}"))
}
