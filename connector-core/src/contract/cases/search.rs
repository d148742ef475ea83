//! What a search without much of a filter finds.

use std::cmp::Ordering;

use super::cases;
use crate::contract::check::{CaseResult, ensure, same, skipped};
use crate::contract::suite::Suite;
use crate::filter::{Filter, compare};
use crate::object::{AttributeInfo, ConnectorObject, Value, ValueType, special};
use crate::operation::{SearchRequest, SortKey, StreamStatus};

cases!("search":
    without_a_filter_it_finds_everything,
    an_unknown_uid_finds_nothing_and_is_no_error,
    the_summary_counts_what_came,
    an_order_is_kept,
);

async fn without_a_filter_it_finds_everything(suite: &Suite<'_>) -> CaseResult {
    let all = suite.everything().await?.into_iter().map(|object| object.uid).collect();
    same("the objects", suite.search(suite.search_request(None)).await?.uids()?, all)
}

async fn an_unknown_uid_finds_nothing_and_is_no_error(suite: &Suite<'_>) -> CaseResult {
    let filter = Filter::equal(special::UID, suite.fixture.unknown_uid().as_str());
    same("the objects", suite.found(filter).await?, [].into())
}

async fn the_summary_counts_what_came(suite: &Suite<'_>) -> CaseResult {
    let collected = suite.search(suite.search_request(None)).await?;
    let summary = collected.summary()?;
    same("the count", summary.count, collected.objects.len() as u64)?;
    same("the status", summary.status, StreamStatus::Complete)?;
    same("the cookie", summary.cookie.as_deref(), None)
}

/// Objects without the value may come first or last; texts may be ordered with case or without.
async fn an_order_is_kept(suite: &Suite<'_>) -> CaseResult {
    if !suite.manifest.search.sort_keys {
        return skipped("the manifest does not list sort keys");
    }
    let is_ordered = |info: &&AttributeInfo| {
        info.sortable
            && !info.multivalued
            && !matches!(info.value_type, ValueType::Reference | ValueType::Binary)
    };
    for info in suite.readable().filter(is_ordered).take(6) {
        for ascending in [true, false] {
            let key = SortKey { attribute: info.name.clone(), ascending };
            let wanted = Some(vec![info.name.clone()]);
            let request = SearchRequest {
                sort_keys: vec![key],
                attributes_to_get: wanted,
                ..suite.search_request(None)
            };
            check_order(&suite.search(request).await?.objects, info, ascending)?;
        }
    }
    Ok(())
}

fn check_order(objects: &[ConnectorObject], info: &AttributeInfo, ascending: bool) -> CaseResult {
    let values: Vec<_> = objects.iter().filter_map(|object| object.first(info.name.as_str())).collect();
    let in_order = |fold: fn(&Value) -> Value| {
        let folded: Vec<_> = values.iter().map(|value| fold(value)).collect();
        let wrong = if ascending { Ordering::Greater } else { Ordering::Less };
        folded.windows(2).all(|pair| compare(&pair[0], &pair[1]) != Some(wrong))
    };
    ensure(in_order(Value::clone) || in_order(lower_case), || {
        format!("the order by '{}' is not kept (ascending: {ascending})", info.name)
    })
}

fn lower_case(value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| Value::from(text.to_lowercase()))
}
