//! The law of filters: whatever the tenant is asked, what comes back is what a local evaluation of the
//! filter over everybody gives. Tenants differ in habits that nobody has confirmed, so it holds for all.

use connector_core::filter::{Comparison, Literal, Matching};
use connector_core::object::{AttributeName, ConnectorObject, ObjectClassInfo, Value, ValueType};
use connector_core::operation::SearchRequest;
use connector_core::{Connector, Context, ErrorKind, Filter};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sandbox::{Options, Switches};
use tests::{Tenant, collect};

/// Attributes of every sort: filterable or not, text, date, flag, reference, special.
const NAMES: [&str; 16] = [
    "userId",
    "username",
    "status",
    "firstName",
    "lastName",
    "department",
    "location",
    "email",
    "title",
    "hireDate",
    "lastModifiedDateTime",
    "matrixManaged",
    "manager",
    "__UID__",
    "__NAME__",
    "__ENABLE__",
];

/// A value that somebody has under this name, or one that hardly anybody has.
fn value(people: &[ConnectorObject], name: &str, pick: usize, strange: bool) -> Value {
    let name = AttributeName::from(name);
    let person = &people[pick % people.len()];
    match person.values_of(&name).into_iter().next() {
        Some(value) if !strange => value,
        _ => Value::from(["", "O'B%ri+e&n", "2020-01-01", "true", "t", "ü🙂"][pick % 6]),
    }
}

fn leaf(people: Vec<ConnectorObject>) -> impl Strategy<Value = Filter> {
    let parts = (
        0..NAMES.len(),
        0..9_usize,
        any::<usize>(),
        any::<usize>(),
        proptest::bool::weighted(0.1),
        1..4_usize,
    );
    parts.prop_map(move |(name, shape, first, second, strange, length)| {
        let name = NAMES[name];
        let value_of = |pick| value(&people, name, pick, strange);
        let part = |text: &str| text.chars().skip(usize::from(shape == 5)).take(length).collect::<String>();
        let text = value_of(first).to_string();
        match shape {
            0 => Filter::compare(name, Comparison::Equal, value_of(first)),
            1 => Filter::compare(name, Comparison::Greater, value_of(first)),
            2 => Filter::compare(name, Comparison::LessOrEqual, value_of(first)),
            3 => Filter::one_of(name, vec![value_of(first), value_of(second)]),
            4 => Filter::text(name, Matching::StartsWith, part(&text)),
            5 => Filter::text(name, Matching::Contains, part(&text)),
            6 => Filter::text(
                name,
                Matching::EndsWith,
                text.chars().last().map(String::from).unwrap_or_default(),
            ),
            7 => Filter::text(name, Matching::EqualsIgnoreCase, text.to_uppercase()),
            _ => Filter::Present(name.into()),
        }
    })
}

fn filter(people: Vec<ConnectorObject>) -> impl Strategy<Value = Filter> {
    let tree = leaf(people.clone()).prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Filter::Or),
            inner.prop_map(Filter::negate),
        ]
    });
    // Negations of conditions that the tenant knows only a part of are where somebody could be lost.
    let negated = (leaf(people.clone()), leaf(people)).prop_map(|(one, other)| one.and(other).negate());
    prop_oneof![2 => tree, 1 => negated]
}

/// Whether a filter compares with what is no value of an attribute: such a one is refused.
fn makes_no_sense(filter: &Filter, class: &ObjectClassInfo) -> bool {
    filter.literals().into_iter().any(|(name, literal)| {
        let value_type = class.attribute(name).map_or(ValueType::String, |info| info.value_type);
        let is_no_status = |text: &str| !["", "t", "f", "T", "F", "e", "d"].contains(&text);
        let text = match literal {
            Literal::Value(value) => value.to_string(),
            Literal::Text(_, text) => text.to_owned(),
        };
        literal.check(name, value_type, "").is_err()
            || name.is("status") && (is_no_status(&text) || text.is_empty())
    })
}

/// Searches a tenant with these habits for many filters.
fn holds_with(switches: Switches) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let tenant = runtime.block_on(Tenant::start(Options { people: 80, switches, ..Options::default() }));
    let people = runtime.block_on(tenant.import()).unwrap().objects;
    let schema = runtime.block_on(tenant.connector.schema(&Context::new())).unwrap();
    let class = schema.object_class(&"User".into()).unwrap();
    // The same filters every time: a failure can be repeated.
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 100, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let law = |filter: Filter| {
        let request = SearchRequest::new("User").with_filter(filter.clone());
        let found = runtime.block_on(collect(tenant.connector.search(&Context::new(), request)));
        if let Err(error) = &found
            && makes_no_sense(&filter, class)
        {
            prop_assert_eq!(error.kind(), ErrorKind::InvalidAttribute, "{}", filter);
            return Ok(());
        }
        let found = found.unwrap();
        let mut expected: Vec<_> = people.iter().filter(|person| filter.matches(person)).collect();
        expected.sort_by(|a, b| a.uid.cmp(&b.uid));
        let expected: Vec<_> = expected.iter().map(|person| person.uid.as_str()).collect();
        prop_assert_eq!(found.uids(), expected, "{}", filter);
        Ok(())
    };
    runner.run(&filter(people.clone()), law).unwrap();
}

#[test]
fn a_search_finds_whom_a_local_evaluation_finds() {
    holds_with(Switches::default());
}

#[test]
fn it_does_so_on_a_tenant_that_compares_without_case() {
    holds_with(Switches { case_insensitive_filter: true, null_matches_ne: false, ..Switches::default() });
}

#[test]
fn it_does_so_on_a_tenant_whose_server_is_in_another_time_zone() {
    holds_with(Switches { server_utc_offset_minutes: 540, enforce_filterable: false, ..Switches::default() });
}
