//! A search by any filter finds exactly the objects for which the filter holds.

use std::collections::BTreeSet;

use super::cases;
use super::update::DIFFICULT_TEXT;
use crate::contract::check::{CaseResult, ensure, failed, same, skipped};
use crate::contract::suite::Suite;
use crate::filter::{Comparison, Filter, Matching};
use crate::object::{
    AttributeDelta, AttributeInfo, AttributeName, ConnectorObject, Uid, Value, ValueType, special,
};
use crate::operation::{Operation, SearchRequest};

cases!("filter":
    equal_on_every_attribute,
    equal_on_uid_and_name,
    equal_on_what_the_target_cannot_filter_by,
    one_of_a_list,
    parts_of_texts,
    comparisons,
    comparisons_with_texts_for_other_types,
    presence,
    all_of_a_list,
    conditions_inside_each_other,
    texts_that_need_care,
    texts_that_differ_in_case,
    the_status,
    what_is_not_asked_for_may_be_filtered_by,
    an_import_may_be_filtered,
);

/// Searches by each filter and compares with evaluating it here, over everything there is.
async fn agree(suite: &Suite<'_>, filters: impl FnOnce(&[ConnectorObject]) -> Vec<Filter>) -> CaseResult {
    let all = suite.everything().await?;
    let filters = filters(&all);
    if filters.is_empty() {
        return skipped("no object has a value to search for");
    }
    for filter in filters {
        compare_with_evaluation(suite, &all, filter).await?;
    }
    Ok(())
}

async fn compare_with_evaluation(suite: &Suite<'_>, all: &[ConnectorObject], filter: Filter) -> CaseResult {
    let expected = matching(all, &filter);
    let found = suite.found(filter.clone()).await?;
    let surplus: Vec<_> = found.difference(&expected).take(3).collect();
    let missing: Vec<_> = expected.difference(&found).take(3).collect();
    ensure(found == expected, || {
        format!(
            "{filter}: found {}, expected {}; surplus {surplus:?}, missing {missing:?}",
            found.len(),
            expected.len()
        )
    })
}

fn matching(all: &[ConnectorObject], filter: &Filter) -> BTreeSet<Uid> {
    all.iter().filter(|object| filter.matches(object)).map(|object| object.uid.clone()).collect()
}

/// Different values of an attribute, in the order of the objects.
fn values(all: &[ConnectorObject], name: &AttributeName) -> Vec<Value> {
    let mut values = Vec::new();
    for value in all.iter().flat_map(|object| object.values_of(name)) {
        if values.len() < 20 && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// One of the values, not the first one.
fn some_value(all: &[ConnectorObject], name: &AttributeName) -> Option<Value> {
    let values = values(all, name);
    values.get(values.len() / 2).cloned()
}

fn texts(all: &[ConnectorObject], name: &AttributeName) -> Vec<String> {
    values(all, name).iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// The attributes whose values a filter can compare with.
fn comparable<'s>(suite: &'s Suite<'_>) -> impl Iterator<Item = &'s AttributeInfo> {
    suite.readable().filter(|info| !matches!(info.value_type, ValueType::Binary | ValueType::Complex))
}

async fn equal_on_every_attribute(suite: &Suite<'_>) -> CaseResult {
    agree(suite, |all| equal_on(all, comparable(suite))).await
}

fn equal_on<'i>(all: &[ConnectorObject], infos: impl Iterator<Item = &'i AttributeInfo>) -> Vec<Filter> {
    infos.filter_map(|info| Some(Filter::equal(info.name.clone(), some_value(all, &info.name)?))).collect()
}

async fn equal_on_uid_and_name(suite: &Suite<'_>) -> CaseResult {
    agree(suite, |all| {
        let one = all.get(all.len() / 2).into_iter();
        one.flat_map(|one| [(special::UID, one.uid.as_str()), (special::NAME, one.name.as_str())])
            .map(|(name, text)| Filter::equal(name, text))
            .collect()
    })
    .await
}

async fn equal_on_what_the_target_cannot_filter_by(suite: &Suite<'_>) -> CaseResult {
    agree(suite, |all| equal_on(all, comparable(suite).filter(|info| !info.filterable))).await
}

async fn one_of_a_list(suite: &Suite<'_>) -> CaseResult {
    agree(suite, |all| {
        let text = suite.fixture.text_attribute();
        let mut wanted: Vec<_> = values(all, &text).into_iter().take(2).collect();
        wanted.push("contract none".into());
        let uids = all.iter().take(3).map(|object| object.uid.as_str().into()).collect();
        vec![
            Filter::one_of(text.clone(), wanted),
            Filter::one_of(special::UID, uids),
            Filter::one_of(text, vec![]),
        ]
    })
    .await
}

async fn parts_of_texts(suite: &Suite<'_>) -> CaseResult {
    agree(suite, |all| {
        let names = [suite.fixture.text_attribute(), special::NAME.into()];
        names.iter().flat_map(|name| parts_of(all, name)).collect()
    })
    .await
}

fn parts_of(all: &[ConnectorObject], name: &AttributeName) -> Vec<Filter> {
    let Some(text) = texts(all, name).into_iter().rfind(|text| text.chars().count() > 3) else {
        return Vec::new();
    };
    let characters: Vec<char> = text.chars().collect();
    let part = |range: std::ops::Range<usize>| characters[range].iter().collect::<String>();
    let length = characters.len();
    vec![
        Filter::text(name.clone(), Matching::StartsWith, part(0..2)),
        Filter::text(name.clone(), Matching::EndsWith, part(length - 2..length)),
        Filter::text(name.clone(), Matching::Contains, part(1..3)),
        Filter::text(name.clone(), Matching::EqualsIgnoreCase, text.to_uppercase()),
        Filter::text(name.clone(), Matching::StartsWith, ""),
    ]
}

async fn comparisons(suite: &Suite<'_>) -> CaseResult {
    agree(suite, |all| {
        let ordered = comparable(suite).filter(|info| info.value_type != ValueType::Reference);
        let text = suite.fixture.text_attribute();
        let ordered = ordered.filter(|info| info.value_type != ValueType::String || info.name == text);
        ordered.flat_map(|info| compared(all, &info.name, Clone::clone)).collect()
    })
    .await
}

/// Hosts without types write every value as a text.
async fn comparisons_with_texts_for_other_types(suite: &Suite<'_>) -> CaseResult {
    agree(suite, |all| {
        let others = comparable(suite).filter(|info| info.value_type != ValueType::String);
        others.flat_map(|info| compared(all, &info.name, |value| value.to_string().into())).collect()
    })
    .await
}

fn compared(all: &[ConnectorObject], name: &AttributeName, literal: fn(&Value) -> Value) -> Vec<Filter> {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    let Some(value) = some_value(all, name) else { return Vec::new() };
    let each = [Equal, Greater, GreaterOrEqual, Less, LessOrEqual];
    each.into_iter().map(|how| Filter::compare(name.clone(), how, literal(&value))).collect()
}

async fn presence(suite: &Suite<'_>) -> CaseResult {
    let text = suite.fixture.text_attribute();
    suite.create_with(vec![AttributeDelta::clear(text)]).await?;
    agree(suite, |_| {
        let present = suite.readable().map(|info| Filter::Present(info.name.clone()));
        present.flat_map(|filter| [filter.clone(), filter.negate()]).collect()
    })
    .await
}

async fn all_of_a_list(suite: &Suite<'_>) -> CaseResult {
    let attribute = suite.fixture.multivalued().map(|multivalued| multivalued.attribute);
    let attribute = attribute.unwrap_or_else(|| suite.fixture.text_attribute());
    agree(suite, |all| {
        let richest =
            all.iter().map(|object| object.values_of(&attribute)).max_by_key(Vec::len).unwrap_or_default();
        let lists = [richest.iter().take(1).cloned().collect(), richest, vec!["contract none".into()]];
        lists.map(|values| Filter::ContainsAll { attribute: attribute.clone(), values }).into()
    })
    .await
}

async fn conditions_inside_each_other(suite: &Suite<'_>) -> CaseResult {
    agree(suite, |all| {
        let leaves = leaves(suite, all);
        (0..leaves.len())
            .flat_map(|turn| nested(|place| leaves[(turn + place) % leaves.len()].clone()))
            .collect()
    })
    .await
}

/// Conditions that hold of some objects and not of others.
fn leaves(suite: &Suite<'_>, all: &[ConnectorObject]) -> Vec<Filter> {
    let text = suite.fixture.text_attribute();
    let name: AttributeName = special::NAME.into();
    let mut leaves = vec![Filter::Present(text.clone())];
    leaves.extend(some_value(all, &text).map(|value| Filter::equal(text.clone(), value)));
    leaves.extend(parts_of(all, &name).into_iter().take(3));
    leaves.extend(some_value(all, &name).map(|value| Filter::compare(name, Comparison::Greater, value)));
    leaves.extend(
        comparable(suite)
            .filter(|info| !info.filterable)
            .find_map(|info| Some(Filter::equal(info.name.clone(), some_value(all, &info.name)?))),
    );
    leaves
}

fn nested(leaf: impl Fn(usize) -> Filter) -> Vec<Filter> {
    let or = |parts: [Filter; 2]| Filter::Or(parts.into());
    let and = |parts: [Filter; 2]| Filter::And(parts.into());
    vec![
        and([or([leaf(0), leaf(1).negate()]), and([leaf(2), leaf(3)]).negate()]),
        or([and([leaf(0), leaf(1)]), or([leaf(2), leaf(3).negate()]).negate()]),
        or([and([leaf(0).negate(), leaf(1)]), leaf(2)]).negate(),
        leaf(0).negate().negate(),
        and([Filter::And(vec![]), leaf(0)]),
        or([Filter::Or(vec![]), leaf(0)]),
    ]
}

async fn texts_that_need_care(suite: &Suite<'_>) -> CaseResult {
    let text = suite.fixture.text_attribute();
    let uid = suite.create_with(vec![AttributeDelta::set(text.clone(), DIFFICULT_TEXT)]).await?.uid;
    let mut filters = vec![
        Filter::equal(text.clone(), DIFFICULT_TEXT),
        Filter::one_of(text.clone(), vec!["contract none".into(), DIFFICULT_TEXT.into()]),
    ];
    let parts = ["O'B", "\"q\"", "100%", "a+b", "A&B", "#1 \\", "<ü>", "日本 😀"];
    filters.extend(parts.map(|part| Filter::text(text.clone(), Matching::Contains, part)));
    let all = suite.everything().await?;
    for filter in filters {
        ensure(matching(&all, &filter).contains(&uid), || {
            format!("{filter} does not hold of '{uid}' itself")
        })?;
        compare_with_evaluation(suite, &all, filter).await?;
    }
    let broken = Filter::equal(text, "x' or '1' eq '1");
    same("what a text with an injected condition finds", suite.found(broken).await?, [].into())
}

async fn texts_that_differ_in_case(suite: &Suite<'_>) -> CaseResult {
    let text = suite.fixture.text_attribute();
    let lower = suite.create_with(vec![AttributeDelta::set(text.clone(), "contract größe")]).await?.uid;
    let upper = suite.create_with(vec![AttributeDelta::set(text.clone(), "Contract GRÖßE")]).await?.uid;
    let equal = suite.found(Filter::equal(text.clone(), "contract größe")).await?;
    same("what eq finds", equal, [lower.clone()].into())?;
    let ignoring = suite.found(Filter::text(text, Matching::EqualsIgnoreCase, "CONTRACT größe")).await?;
    same("what equals_ignore_case finds", ignoring, [lower, upper].into())
}

async fn the_status(suite: &Suite<'_>) -> CaseResult {
    suite.needs_status()?;
    let (active, inactive) = (suite.create().await?.uid, suite.create().await?.uid);
    suite.suspend(&inactive).await?;
    for (enable, one, other) in [(true, &active, &inactive), (false, &inactive, &active)] {
        let found = suite.found(Filter::equal(special::ENABLE, enable)).await?;
        ensure(found.contains(one) && !found.contains(other), || {
            format!("__ENABLE__ eq {enable} finds the wrong ones")
        })?;
    }
    agree(suite, |_| [true, false].map(|enable| Filter::equal(special::ENABLE, enable)).into()).await
}

async fn what_is_not_asked_for_may_be_filtered_by(suite: &Suite<'_>) -> CaseResult {
    let text = suite.fixture.text_attribute();
    let uid = suite.create_with(vec![AttributeDelta::set(text.clone(), "contract unseen")]).await?.uid;
    let filter = Filter::equal(text, "contract unseen");
    let request = SearchRequest { attributes_to_get: Some(vec![]), ..suite.search_request(Some(filter)) };
    same("the objects", suite.search(request).await?.uids()?, [uid].into())
}

async fn an_import_may_be_filtered(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Import])?;
    let all = suite.everything().await?;
    let text = suite.fixture.text_attribute();
    let Some(value) = some_value(&all, &text) else { return failed("no object has the text attribute") };
    let filter = Filter::equal(text, value);
    let expected = matching(&all, &filter);
    same("the objects", suite.import(Some(filter)).await?.uids()?, expected)
}
