//! Every form of the text, what it means, and that printing and parsing are inverse.

use chrono::DateTime;
use connector_core::Filter;
use connector_core::filter::{Comparison, MAX_DEPTH, Matching};
use connector_core::object::Value;
use proptest::prelude::*;

use super::arbitrary;

/// `text` means `filter`, which prints as `printed`.
#[track_caller]
fn check(text: &str, filter: Filter, printed: &str) {
    assert_eq!(Filter::parse(text).as_ref(), Ok(&filter), "{text}");
    assert_eq!(filter.to_string(), printed, "{text}");
    assert_eq!(Filter::parse(printed), Ok(filter), "{printed}");
}

fn a() -> Filter {
    Filter::equal("a", 1)
}

fn b() -> Filter {
    Filter::equal("b", 2)
}

fn c() -> Filter {
    Filter::equal("c", 3)
}

fn compare(comparison: Comparison) -> Filter {
    Filter::compare("n", comparison, 5)
}

fn texts(values: &[&str]) -> Vec<Value> {
    values.iter().map(|text| Value::from(*text)).collect()
}

#[test]
fn comparisons() {
    check("username eq 'sfadmin'", Filter::equal("username", "sfadmin"), "username eq 'sfadmin'");
    check("  status  EQ  't' ", Filter::equal("status", "t"), "status eq 't'");
    check("status ne 't'", Filter::equal("status", "t").negate(), "status ne 't'");
    check("n gt 5", compare(Comparison::Greater), "n gt 5");
    check("n ge 5", compare(Comparison::GreaterOrEqual), "n ge 5");
    check("n lt 5", compare(Comparison::Less), "n lt 5");
    check("n le 5", compare(Comparison::LessOrEqual), "n le 5");
    let changed = Filter::compare("lastModified", Comparison::GreaterOrEqual, "2022-01-01T00:00:00");
    check("lastModified ge '2022-01-01T00:00:00'", changed, "lastModified ge '2022-01-01T00:00:00'");
}

#[test]
fn literals() {
    let decimal = |text: &str| Value::decimal(text.parse().unwrap());
    let time = |text: &str| Value::DateTime(DateTime::parse_from_rfc3339(text).unwrap());
    check("x eq 'O''Brien'", Filter::equal("x", "O'Brien"), "x eq 'O''Brien'");
    check("x eq \"it's\"", Filter::equal("x", "it's"), "x eq 'it''s'");
    check("x eq ''", Filter::equal("x", ""), "x eq ''");
    check("x eq -7", Filter::equal("x", -7), "x eq -7");
    check("x eq 7L", Filter::equal("x", 7), "x eq 7");
    check("x eq 7.50", Filter::equal("x", decimal("7.5")), "x eq 7.5");
    check("x eq 7M", Filter::equal("x", decimal("7")), "x eq 7.0");
    check(
        "x eq 12345678901234567890",
        Filter::equal("x", decimal("12345678901234567890")),
        "x eq 12345678901234567890.0",
    );
    check("x eq TRUE", Filter::equal("x", true), "x eq true");
    check("x eq false", Filter::equal("x", false), "x eq false");
    check(
        "x eq date'2024-01-31'",
        Filter::equal("x", Value::Date("2024-01-31".parse().unwrap())),
        "x eq date'2024-01-31'",
    );
    let utc = "x eq datetimeoffset'2024-01-31T12:00:00Z'";
    check("x eq datetime'2024-01-31T12:00:00'", Filter::equal("x", time("2024-01-31T12:00:00Z")), utc);
    let offset = "x eq datetimeoffset'2024-01-31T12:00:00.500+01:00'";
    check(offset, Filter::equal("x", time("2024-01-31T12:00:00.5+01:00")), offset);
    check("x eq binary'AQL/'", Filter::equal("x", Value::binary([1, 2, 255])), "x eq binary'AQL/'");
}

#[test]
fn lists() {
    let departments = Filter::one_of("department", texts(&["a", "b"]));
    check("department in ('a','b')", departments.clone(), "department in ('a','b')");
    check("department in 'a', 'b'", departments.clone(), "department in ('a','b')");
    check(
        "a eq 1 and department in 'a','b' and b eq 2",
        Filter::And(vec![a(), departments, b()]),
        "a eq 1 and department in ('a','b') and b eq 2",
    );
    check("x in ()", Filter::one_of("x", vec![]), "x in ()");
    check("not (x in (1))", Filter::one_of("x", vec![1.into()]).negate(), "not (x in (1))");
    let all = Filter::ContainsAll { attribute: "a".into(), values: texts(&["x", "y"]) };
    check("contains_all(a, 'x', 'y')", all, "contains_all(a,'x','y')");
    check(
        "contains_all(a)",
        Filter::ContainsAll { attribute: "a".into(), values: vec![] },
        "contains_all(a)",
    );
}

#[test]
fn text_matchings() {
    check(
        "startswith(lastName,'Sm')",
        Filter::text("lastName", Matching::StartsWith, "Sm"),
        "startswith(lastName,'Sm')",
    );
    check("EndsWith(a,'x')", Filter::text("a", Matching::EndsWith, "x"), "endswith(a,'x')");
    let contains = Filter::text("a", Matching::Contains, "x");
    check("contains(a,'x')", contains.clone(), "contains(a,'x')");
    check("substringof('x',a)", contains.clone(), "contains(a,'x')");
    check("substringof('x',a) eq true", contains.clone(), "contains(a,'x')");
    check("substringof('x',a) eq false", contains.clone().negate(), "not contains(a,'x')");
    check("contains(a,'x') ne true", contains.negate(), "not contains(a,'x')");
    let ignoring_case = Filter::text("a", Matching::EqualsIgnoreCase, "zoë");
    check("equals_ignore_case(a,'zoë')", ignoring_case.clone(), "equals_ignore_case(a,'zoë')");
    check("tolower(a) eq 'zoë'", ignoring_case.clone(), "equals_ignore_case(a,'zoë')");
    check("tolower(a) ne 'zoë'", ignoring_case.negate(), "not equals_ignore_case(a,'zoë')");
}

#[test]
fn presence() {
    let present = Filter::Present("a".into());
    check("present(a)", present.clone(), "present(a)");
    check("a ne null", present.clone(), "present(a)");
    check("a eq NULL", present.negate(), "not present(a)");
}

#[test]
fn not_binds_stronger_than_and_and_that_stronger_than_or() {
    check(
        "a eq 1 or b eq 2 and c eq 3",
        Filter::Or(vec![a(), Filter::And(vec![b(), c()])]),
        "a eq 1 or (b eq 2 and c eq 3)",
    );
    check(
        "(a eq 1 or b eq 2) and c eq 3",
        Filter::And(vec![Filter::Or(vec![a(), b()]), c()]),
        "(a eq 1 or b eq 2) and c eq 3",
    );
    check("not a eq 1 and b eq 2", Filter::And(vec![a().negate(), b()]), "a ne 1 and b eq 2");
    check("not (a eq 1 and b eq 2)", Filter::And(vec![a(), b()]).negate(), "not (a eq 1 and b eq 2)");
    check("not not n gt 5", compare(Comparison::Greater).negate().negate(), "not not (n gt 5)");
    check("a eq 1 and b eq 2 and c eq 3", Filter::And(vec![a(), b(), c()]), "a eq 1 and b eq 2 and c eq 3");
    check(
        "a eq 1 and (b eq 2 and c eq 3)",
        Filter::And(vec![a(), Filter::And(vec![b(), c()])]),
        "a eq 1 and (b eq 2 and c eq 3)",
    );
}

#[test]
fn chains_of_none_and_of_one_have_a_form_too() {
    check("all()", Filter::And(vec![]), "all()");
    check("any()", Filter::Or(vec![]), "any()");
    check("all(a eq 1)", Filter::And(vec![a()]), "all(a eq 1)");
    check("any(a eq 1, b eq 2)", Filter::Or(vec![a(), b()]), "a eq 1 or b eq 2");
}

#[test]
fn names() {
    check(
        "empInfo/jobInfoNav/event-x.y eq 1",
        Filter::equal("empInfo/jobInfoNav/event-x.y", 1),
        "empInfo/jobInfoNav/event-x.y eq 1",
    );
    check("__UID__ eq 'x'", Filter::equal("__UID__", "x"), "__UID__ eq 'x'");
    check("\"a b\" eq 1", Filter::equal("a b", 1), "\"a b\" eq 1");
    check("\"say \"\"hi\"\"\" eq 1", Filter::equal("say \"hi\"", 1), "\"say \"\"hi\"\"\" eq 1");
    check("\"and\" eq 1", Filter::equal("and", 1), "\"and\" eq 1");
    check("contains eq 1", Filter::equal("contains", 1), "contains eq 1");
}

#[test]
fn the_deepest_filter_allowed_survives_and_one_more_level_does_not() {
    let nest =
        |levels| (0..levels).fold(a(), |inner, _| Filter::Or(vec![Filter::And(vec![inner, b()]), c()]));
    let deepest = nest((MAX_DEPTH - 1) / 2).negate();
    assert_eq!(deepest.depth(), MAX_DEPTH);
    assert_eq!(Filter::parse(&deepest.to_string()), Ok(deepest.clone()));
    assert!(Filter::parse(&deepest.negate().to_string()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn parsing_what_was_printed_gives_the_same_filter(filter in arbitrary::filter()) {
        let text = filter.to_string();
        prop_assert_eq!(Filter::parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = Filter::parse(&text);
    }

    #[test]
    fn any_row_of_tokens_is_read_or_refused_and_what_is_read_survives_printing(
        words in prop::collection::vec(prop::sample::select(vec![
            "a", "b", "eq", "ne", "gt", "in", "and", "or", "not", "(", ")", ",", "'x'", "5", "-1.5", "null", "true",
            "\"q\"", "contains(", "present(", "tolower(", "all(", "date'2024-01-31'", "'",
        ]), 0..12)
    ) {
        if let Ok(filter) = Filter::parse(&words.join(" ")) {
            prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter));
        }
    }
}
