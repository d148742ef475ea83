//! What is at the end of a path of expanded navigations (docs/successfactors.md#json-envelopes): each leads to one
//! record, to a list of them, or to a link that was not followed.

use super::json::{Kind, Malformed, Scanner, Span};

/// The texts of a property at the end of a path, in the order in which they come. `None` if the tenant does not say: a
/// navigation was not expanded, or the property did not come.
///
/// # Errors
///
/// A value where a record should be; a property that is neither a text nor a number.
pub(crate) fn texts(json: &str, path: &[&str]) -> Result<Option<Vec<String>>, Malformed> {
    let mut found = Vec::new();
    Ok(records(json, path, &mut found)?.then_some(found))
}

/// One record, or all that are in a list. Whether everything is known.
fn records(json: &str, path: &[&str], found: &mut Vec<String>) -> Result<bool, Malformed> {
    let mut scanner = Scanner::new(json)?;
    match scanner.peek()? {
        b'n' => scanner.value().map(|_| true),
        b'[' => list(json, path, found),
        b'{' => record(json, path, found),
        _ => Err(Malformed),
    }
}

fn list(json: &str, path: &[&str], found: &mut Vec<String>) -> Result<bool, Malformed> {
    let (mut is_known, mut scanner) = (true, Scanner::new(json)?);
    scanner.array(|scanner| {
        let span = scanner.value()?;
        if span.kind() != Kind::Object {
            return Err(Malformed);
        }
        is_known &= step(span.of(json), path, found)?.unwrap_or(false);
        Ok(())
    })?;
    Ok(is_known)
}

/// A record, or `{"results":[…]}` around a list.
fn record(json: &str, path: &[&str], found: &mut Vec<String>) -> Result<bool, Malformed> {
    if let Some(is_known) = step(json, path, found)? {
        return Ok(is_known);
    }
    match field(json, "results")? {
        Some(results) if results.kind() == Kind::Array => list(results.of(json), path, found),
        results => Ok(results.is_some()),
    }
}

/// From one record on. Nothing if it does not have the first field of the path.
fn step(json: &str, path: &[&str], found: &mut Vec<String>) -> Result<Option<bool>, Malformed> {
    let Some((name, rest)) = path.split_first() else { return Ok(Some(true)) };
    let Some(value) = field(json, name)? else { return Ok(None) };
    match (rest.is_empty(), value.kind()) {
        (true, Kind::Number) => found.push(value.of(json).to_owned()),
        (true, _) => found.extend(value.text_of(json)?),
        (false, _) => return records(value.of(json), rest, found).map(Some),
    }
    Ok(Some(true))
}

/// The last field of this name.
fn field(json: &str, name: &str) -> Result<Option<Span>, Malformed> {
    let (mut found, mut scanner) = (None, Scanner::new(json)?);
    scanner.object(|scanner, key| {
        let value = scanner.value()?;
        if key.is(json, name) {
            found = Some(value);
        }
        Ok(())
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Option<&[&str]>) {
        let found = texts(json, &["groups", "id"]).unwrap();
        assert_eq!(found, expected.map(|list| list.iter().map(ToString::to_string).collect()), "{json}");
    }

    #[test]
    fn every_form_of_a_list_is_read_on_every_level() {
        let two: Option<&[&str]> = Some(&["1", "2"]);
        check(r#"{"groups":{"results":[{"id":"1"},{"id":2}]}}"#, two);
        check(r#"{"results":[{"groups":{"id":1}},{"groups":[{"id":"2"}]}]}"#, two);
        check(r#"[{"groups":[{"id":"1"},{"id":"2"}]},{"groups":null}]"#, two);
        check("null", Some(&[]));
        check(r#"{"results":[]}"#, Some(&[]));
        check(r#"{"groups":{"results":[]}}"#, Some(&[]));
        check(r#"{"groups":{"id":null}}"#, Some(&[]));
    }

    #[test]
    fn what_was_not_expanded_is_not_known() {
        check(r#"{"groups":{"__deferred":{"uri":"x"}}}"#, None);
        check(r#"{"__deferred":{"uri":"x"}}"#, None);
        check(r#"{"results":[{"groups":{"id":"1"}},{"groups":{"__deferred":{}}}]}"#, None);
        check(r#"{"groups":{"other":"1"}}"#, None);
    }

    #[test]
    fn a_field_is_known_however_its_name_is_spelled() {
        check(r#"{"gr\u006fups":{"i\u0064":"b\"c"}}"#, Some(&["b\"c"]));
    }

    #[test]
    fn what_is_no_record_is_an_error() {
        for json in [
            "5",
            "[5]",
            r#"{"groups":5}"#,
            r#"{"groups":{"id":{}}}"#,
            r#"{"groups":{"id":true}}"#,
            r#"{"groups":{"id" "x"}}"#,
            r#"{"groups":{"id":"\ud800"}}"#,
        ] {
            assert_eq!(texts(json, &["groups", "id"]), Err(Malformed), "{json}");
        }
        // As deep as it may be, no more of it is followed than the path has steps.
        let deep = format!("{}{}", r#"{"results":["#.repeat(100_000), "]}".repeat(100_000));
        assert_eq!(texts(&deep, &["id"]), Ok(None));
    }
}
