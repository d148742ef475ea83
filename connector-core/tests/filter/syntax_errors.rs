//! Every way to write a filter wrong has its sentence.

use connector_core::{ErrorKind, Filter};

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(Filter::parse(text).unwrap_err().to_string(), expected, "{text}");
}

#[test]
fn a_missing_or_wrong_value() {
    check(
        "a eq 'x' and b eq and",
        "at character 19: expected a value such as 'text', 5 or true, found 'and'",
    );
    check("status eq t", "at character 11: expected a value such as 'text', 5 or true, found 't'");
    check("status eq", "at character 10: expected a value such as 'text', 5 or true, found the end");
    check("a gt null", "at character 6: expected a value such as 'text', 5 or true, found 'null'");
    check("a in b", "at character 6: expected a list such as ('a','b'), found 'b'");
    check("a in ('x' 'y')", "at character 11: expected ',' or ')', found 'y'");
    check("a in ('x',)", "at character 11: expected a value such as 'text', 5 or true, found ')'");
}

#[test]
fn a_missing_or_wrong_operator() {
    check("status = 't'", "at character 8: expected an operator: eq, ne, gt, ge, lt, le or in, found '='");
    check("status", "at character 7: expected an operator: eq, ne, gt, ge, lt, le or in, found the end");
    check("status is 't'", "at character 8: expected an operator: eq, ne, gt, ge, lt, le or in, found 'is'");
}

#[test]
fn a_missing_condition() {
    check("", "at character 1: expected a condition such as name eq 'value', found the end");
    check("a eq 1 and", "at character 11: expected a condition such as name eq 'value', found the end");
    check("and a eq 1", "at character 1: expected a condition such as name eq 'value', found 'and'");
    check("'x' eq a", "at character 1: expected a condition such as name eq 'value', found 'x'");
    check("()", "at character 2: expected a condition such as name eq 'value', found ')'");
}

#[test]
fn what_comes_too_much() {
    check("a eq 1 b eq 2", "at character 8: expected 'and', 'or' or the end, found 'b'");
    check("a eq 1)", "at character 7: expected 'and', 'or' or the end, found ')'");
}

#[test]
fn parentheses_that_do_not_match() {
    check("(a eq 1", "at character 8: expected ')', found the end");
    check("contains(a,'x'", "at character 15: expected ')', found the end");
}

#[test]
fn a_function_that_is_not_there_or_takes_something_else() {
    check(
        "like(a,'x')",
        "at character 1: there is no function 'like'; there are startswith, endswith, contains, substringof, \
         equals_ignore_case, tolower, contains_all, present, all and any",
    );
    check("contains('x',a)", "at character 10: expected the name of an attribute, found 'x'");
    check("contains(a 'x')", "at character 12: expected ',', found 'x'");
    check("startswith(a,5)", "at character 14: expected a text such as 'text', found '5'");
    check("tolower(a) eq 'X'", "at character 15: expected a text in lower case, found 'X'");
    check("tolower(a) gt 'x'", "at character 12: expected eq or ne, found 'gt'");
    check("contains(a,'x') eq 1", "at character 20: expected true or false, found '1'");
}

#[test]
fn literals_that_are_none() {
    let unclosed = "the text that begins here has no end; a quote inside a text is written twice";
    check("a eq 'x", &format!("at character 6: {unclosed}"));
    check("a eq 'O'Brien'", &format!("at character 14: {unclosed}"));
    check("zoë eq 1", "at character 3: expected an operator: eq, ne, gt, ge, lt, le or in, found 'ë'");
    check("a eq date'31.01.2024'", "at character 6: expected a date such as 2024-01-31, found '31.01.2024'");
    check("a eq datetime'x'", "at character 6: expected a time such as 2024-01-31T12:00:00, found 'x'");
    check("a eq binary'?'", "at character 6: expected base64, found '?'");
    check(&format!("a eq 1{}", "0".repeat(2000)), "at character 6: this number is too long");
}

#[test]
fn positions_count_characters_and_long_findings_are_cut() {
    check("a eq '😀ë' b", "at character 11: expected 'and', 'or' or the end, found 'b'");
    check(
        &format!("a {}", "x".repeat(50)),
        &format!(
            "at character 3: expected an operator: eq, ne, gt, ge, lt, le or in, found '{}…'",
            "x".repeat(30)
        ),
    );
}

#[test]
fn what_is_nested_too_deep_is_refused_however_deep_it_is() {
    let message = "the filter is nested more than 50 deep";
    for text in [format!("{}a eq 1", "(".repeat(1_000_000)), format!("{}a eq 1", "not ".repeat(1_000_000))] {
        assert_eq!(Filter::parse(&text).unwrap_err().message, message);
    }
    assert_eq!(Filter::parse(&"all(".repeat(100_000)).unwrap_err().message, message);
}

#[test]
fn a_syntax_error_is_an_invalid_request() {
    let error = connector_core::Error::from(Filter::parse("a").unwrap_err());
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        error.message(),
        "the filter cannot be read: at character 2: expected an operator: eq, ne, gt, ge, lt, le or in, found the end"
    );
}
