//! From an answer that is no success to an error. The number in the text decides, then the name, then
//! the status (docs/successfactors.md#errors): statuses have moved between releases, numbers have not.

use connector_core::object::AttributeName;
use connector_core::{Error, ErrorKind, Retry};

use super::error_body::{self, Fault, Shape};
use crate::auth::cause::Cause;
use crate::http::Answer;

/// Faults that mean the token is no longer good; they come as 401 and as 403 (KBA 2872019).
const TOKEN_FAULTS: &[&str] = &["LGN0005", "LGN0006", "LGN0007", "LGN0022"];

/// Whether another token may help.
pub(crate) fn wants_another_token(error: &Error) -> bool {
    let Some(target) = error.target().filter(|_| error.kind() == ErrorKind::ServiceAuth) else {
        return false;
    };
    match target.code.as_deref() {
        Some(code) => TOKEN_FAULTS.contains(&code),
        None => target.status == Some(401),
    }
}

/// Whether the tenant lacks a property that its metadata had.
pub(crate) fn is_unknown_property(error: &Error) -> bool {
    let code = error.target().and_then(|target| target.code.as_deref());
    matches!(code, Some("COE0021" | "COE_PROPERTY_NOT_FOUND"))
}

/// Whether the tenant makes no snapshots for this user for a while.
pub(crate) fn is_snapshot_blocked(error: &Error) -> bool {
    error.target().and_then(|target| target.code.as_deref()) == Some("COE_SNAPSHOT_BAD_REQUEST")
}

/// Whether an answer that is no success says that nothing was changed: the tenant, or what stands before it, refused
/// the request, or its business layer did with a 500 and an error body (KBA 2994898). A 500 without one, and whatever
/// a gateway says of a tenant that it does not reach, leave open what became of a write.
pub(crate) fn refuses(answer: &Answer) -> bool {
    match answer.status {
        408 => false,
        400..=499 => true,
        500 => error_body::shape(answer) == Shape::OData,
        _ => false,
    }
}

/// The error for an answer that is no success.
pub(crate) fn answer(answer: &Answer) -> Error {
    let fault = error_body::read(answer);
    if answer.is_html() && (400..=407).contains(&answer.status) {
        return web_page(answer.status).with_target(fault.target(answer.status));
    }
    let error = by_number(&fault).or_else(|| by_name(&fault)).unwrap_or_else(|| unnumbered(answer, &fault));
    let error = match (error.kind(), answer.retry_after) {
        (ErrorKind::RateLimited | ErrorKind::Unavailable, Some(wait)) => {
            error.with_retry(Retry::Later { after: Some(wait) })
        }
        _ => error,
    };
    error.with_target(fault.target(answer.status))
}

fn new(kind: ErrorKind, message: &'static str, advice: &'static str) -> Error {
    Error::new(kind, message).with_advice(advice)
}

fn by_number(fault: &Fault) -> Option<Error> {
    let Some(number) = fault.number.as_deref().or(fault.code.as_deref()) else {
        return fault.text.as_deref().and_then(Cause::of_status_code).map(Cause::error);
    };
    if let Some(cause) = Cause::of_code(number) {
        return Some(cause.error());
    }
    Some(match number {
        "COE0003" => new(
            ErrorKind::InvalidRequest,
            "the tenant does not accept an expression of the query",
            "a property that is not filterable or no navigation is used as one",
        ),
        "COE0007" => new(
            ErrorKind::Unsupported,
            "the tenant has no such entity",
            "the module may not be enabled, or the API user may not see it",
        ),
        "COE0020" => new(
            ErrorKind::PermissionDenied,
            "the API user may not do this",
            "see the permissions in docs/operations.md",
        ),
        "COE0021" => property_not_found(fault),
        "COE0027" => named(fault, "a required property is missing"),
        "COE0030" => named(fault, "a property cannot be written"),
        "COE0040" => new(
            ErrorKind::Unavailable,
            "the tenant is generating its metadata",
            "wait as long as it says (KBA 3271514)",
        ),
        _ => return None,
    })
}

fn by_name(fault: &Fault) -> Option<Error> {
    let text = fault.text.as_deref().unwrap_or_default();
    Some(match fault.code.as_deref()? {
        "COE_PROPERTY_NOT_FOUND" => property_not_found(fault),
        "COE_ENTITY_NOT_FOUND" => new(
            ErrorKind::Unsupported,
            "the tenant has no such entity",
            "the module may not be enabled, or the API user may not see it",
        ),
        "COE_MISSING_REQUIRED_PROPERTIES" => named(fault, "a required property is missing"),
        "COE_PROPERTY_NOT_EDITABLE" => named(fault, "a property cannot be written"),
        "COE_PROPERTY_EXCEED_MAX_LENGTH" => named(fault, "a value is too long"),
        "COE_GENERAL_FORBIDDEN" => new(
            ErrorKind::PermissionDenied,
            "the API user may not do this",
            "see the permissions in docs/operations.md",
        ),
        "COE_SERVICE_TEMPORARILY_UNAVAILABLE" => new(
            ErrorKind::Unavailable,
            "the tenant is not available for the moment",
            "wait as long as it says",
        ),
        "COE_SNAPSHOT_BAD_REQUEST" => new(
            ErrorKind::RateLimited,
            "the tenant blocks this user's paged queries for a while",
            "wait until the time that it names (KBA 2749091)",
        ),
        // Older releases answer 500 without a number while they generate metadata (KBA 3271514).
        "COE_GENERAL_SERVER_FAILURE" if text.contains("being generated") => {
            new(ErrorKind::Unavailable, "the tenant is generating its metadata", "wait some minutes")
        }
        _ => return None,
    })
}

/// An error body that ends too early may have had a number that says something else than the status: it is asked for
/// again, unless the status alone says that it passes.
fn unnumbered(answer: &Answer, fault: &Fault) -> Error {
    let error = by_status(answer, fault);
    match error.retry() {
        Retry::Never if error_body::shape(answer) == Shape::Cut => {
            answer.garbled("an error that is not complete")
        }
        _ => error,
    }
}

fn by_status(answer: &Answer, fault: &Fault) -> Error {
    match answer.status {
        401 => service_auth("the tenant refuses the credentials", "see what `test` says"),
        403 => new(
            ErrorKind::PermissionDenied,
            "the API user may not do this",
            "see the permissions in docs/operations.md",
        ),
        404 => Error::new(ErrorKind::NotFound, "the tenant has nothing at this address"),
        408 => new(ErrorKind::Timeout, "the tenant gave up waiting", "try again"),
        412 => new(
            ErrorKind::PreconditionFailed,
            "somebody else changed the record at the same time",
            "read it again and decide anew",
        ),
        414 => new(
            ErrorKind::InvalidRequest,
            "the query is too long for the tenant",
            "ask for fewer values at once",
        ),
        429 => Error::new(ErrorKind::RateLimited, "the tenant asks for fewer requests")
            .with_advice(slow_down(answer)),
        502..=504 => unavailable(answer),
        400 | 405 | 406 | 415 => {
            Error::new(ErrorKind::InvalidRequest, "the tenant does not accept the request")
        }
        300..=399 => new(
            ErrorKind::TargetProtocol,
            "the tenant redirects, which would carry credentials elsewhere",
            "check url; it is the API host",
        ),
        // A 500 is nearly always a lasting answer of the business layer, so it is not repeated
        // (docs/successfactors.md#statuses-and-repeats).
        500 if fault.text.is_some() => {
            Error::new(ErrorKind::TargetProtocol, "the tenant failed on the request")
        }
        status => Error::new(ErrorKind::TargetProtocol, format!("the tenant answered HTTP {status}")),
    }
}

/// SuccessFactors answers requests of this kind with JSON or XML: a page says nothing about what was asked for.
fn web_page(status: u16) -> Error {
    let message = format!(
        "a web page with HTTP {status} came in the tenant's place: something in front of it answered"
    );
    Error::new(ErrorKind::TargetProtocol, message).with_retry(Retry::Never).with_advice(
        "check that url names the API host, and look for the proxy, firewall or gateway that answers",
    )
}

fn slow_down(answer: &Answer) -> String {
    match answer.retry_after {
        Some(wait) => format!("try again in {} s", wait.as_secs()),
        None => "try again in five minutes (KBA 3159263)".to_owned(),
    }
}

fn unavailable(answer: &Answer) -> Error {
    let page = if answer.is_html() { " with a web page" } else { "" };
    let advice = match answer.retry_after {
        Some(wait) => format!("try again in {} s", wait.as_secs()),
        None => {
            "its gateway answers so during maintenance and overload; try again in some minutes".to_owned()
        }
    };
    Error::new(ErrorKind::Unavailable, format!("the tenant is not available: HTTP {}{page}", answer.status))
        .with_advice(advice)
}

fn service_auth(message: &'static str, advice: &'static str) -> Error {
    new(ErrorKind::ServiceAuth, message, advice).with_retry(Retry::Never)
}

/// `Invalid property names: User/foo, User/manager/bar. Please …`: the properties of the entity, or the
/// navigations, that cannot be used.
fn property_not_found(fault: &Fault) -> Error {
    let text = fault.text.as_deref().unwrap_or_default();
    let list = text.split_once(':').map_or("", |(_, rest)| rest);
    let list = list.split_once(". ").map_or(list.trim_end_matches('.'), |(names, _)| names);
    let names = list.split(',').filter_map(|path| {
        // The names of entities begin with a capital letter, those of navigations do not.
        let is_entity = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
        let (first, rest) = path.trim().split_once('/').unwrap_or((path.trim(), ""));
        if is_entity(first) && !rest.is_empty() { rest.split('/').next() } else { Some(first) }
    });
    Error::new(
        ErrorKind::InvalidAttribute,
        "the tenant does not have a property, or hides it from the API user",
    )
    .with_attributes(names.filter(|name| !name.is_empty()).map(AttributeName::from))
}

/// A message of which some word is the property's name; the caller knows which names it sent.
fn named(fault: &Fault, message: &'static str) -> Error {
    let words = fault.text.as_deref().unwrap_or_default().split(|c: char| !c.is_ascii_alphanumeric());
    let names = words.filter(|word| {
        word.chars().any(|c| c.is_ascii_uppercase()) && word.chars().next().is_some_and(char::is_lowercase)
    });
    Error::new(ErrorKind::InvalidAttribute, message).with_attributes(names.map(AttributeName::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn error(status: u16, body: &str) -> Error {
        answer(&Answer {
            status,
            content_type: String::new(),
            retry_after: Some(Duration::from_secs(300)),
            body: body.to_owned().into(),
            ..Answer::default()
        })
    }

    fn odata(code: &str, text: &str) -> String {
        format!(r#"{{"error":{{"code":"{code}","message":{{"lang":"en-US","value":"{text}"}}}}}}"#)
    }

    #[track_caller]
    fn check(status: u16, body: &str, kind: ErrorKind, repeatable: bool) {
        let error = error(status, body);
        assert_eq!((error.kind(), error.retry() != Retry::Never), (kind, repeatable), "{status} {body}");
    }

    /// docs/successfactors.md#logon-errors, docs/successfactors.md#odata-errors,
    /// docs/successfactors.md#statuses-and-repeats.
    #[test]
    fn the_number_decides_and_not_the_status() {
        for status in [401, 403] {
            for number in TOKEN_FAULTS {
                let error = error(status, &odata(number, &format!("[{number}]x")));
                assert_eq!(error.kind(), ErrorKind::ServiceAuth);
                assert!(wants_another_token(&error), "{number}");
            }
            assert!(!wants_another_token(&error(status, &odata("LGN0002", "[LGN0002]x"))));
            check(status, &odata("LGN0002", "[LGN0002]x"), ErrorKind::PermissionDenied, false);
            check(status, &odata("LGN0008", "[LGN0008]x"), ErrorKind::Configuration, false);
        }
        check(
            403,
            &odata("COE_GENERAL_FORBIDDEN", "[COE0020]No permission!"),
            ErrorKind::PermissionDenied,
            false,
        );
        check(400, &odata("x", "[COE00020]no"), ErrorKind::PermissionDenied, false);
        check(503, &odata("x", "[COE0040]busy"), ErrorKind::Unavailable, true);
        check(
            500,
            &odata("COE_GENERAL_SERVER_FAILURE", "metadata is being generated"),
            ErrorKind::Unavailable,
            true,
        );
        check(500, &odata("COE_GENERAL_SERVER_FAILURE", "[COE0019]no"), ErrorKind::TargetProtocol, false);
        check(400, &odata("COE_BAD_PROPERTY_EXPRESSION", "[COE0003]no"), ErrorKind::InvalidRequest, false);
    }

    #[test]
    fn a_web_page_says_nothing_about_credentials_permissions_or_people() {
        for status in 400..=404 {
            check(status, "<html><body>Access denied</body></html>", ErrorKind::TargetProtocol, false);
            let error = error(status, "<!DOCTYPE html><html></html>");
            assert!(error.message().contains("a web page") && error.message().contains(&status.to_string()));
            assert!(!wants_another_token(&error), "{status}");
        }
    }

    #[test]
    fn a_number_in_the_text_names_the_cause_where_there_is_no_code() {
        for (number, word) in [(4, "wrong"), (8, "address"), (13, "locked"), (19, "expired")] {
            let body = format!(r#"{{"errorMessage":"Authentication failed (status code = {number})"}}"#);
            let error = error(401, &body);
            assert!(error.message().contains(word), "{error}");
        }
    }

    #[test]
    fn without_a_number_the_status_decides() {
        check(401, "", ErrorKind::ServiceAuth, false);
        check(403, "", ErrorKind::PermissionDenied, false);
        check(404, "", ErrorKind::NotFound, false);
        check(412, "", ErrorKind::PreconditionFailed, false);
        check(429, "", ErrorKind::RateLimited, true);
        for status in [502, 503, 504] {
            check(status, "<html></html>", ErrorKind::Unavailable, true);
        }
        check(302, "", ErrorKind::TargetProtocol, false);
    }

    /// What a cut body would have said may be more than its status: a token to renew, a wrong address.
    #[test]
    fn an_error_body_that_is_cut_is_asked_for_again() {
        let whole = odata("COE_GENERAL_FORBIDDEN", "[LGN0007]Invalid token");
        let xml = "<error xmlns='x'><code>COE_GENERAL_FORBIDDEN</code><message lang='en'>[LGN0007]no</message></error>";
        for status in [400, 401, 403, 404, 500] {
            for cut in [&whole[..30], &xml[..40]] {
                let error = error(status, cut);
                assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{status} {cut}");
                assert!(error.retry() != Retry::Never, "{status} {cut}");
                assert_eq!(error.target().unwrap().status, Some(status));
            }
        }
        check(429, &whole[..30], ErrorKind::RateLimited, true);
        check(503, &whole[..30], ErrorKind::Unavailable, true);
        for other in ["no JSON and no XML", "{\"a\":1}", "[]"] {
            check(403, other, ErrorKind::PermissionDenied, false);
        }
    }

    /// KBA 2994898: a 500 with an error body is the answer of the business layer. Whoever else says 500 does not know.
    #[test]
    fn only_who_says_no_has_not_written() {
        let refuses = |status, body: &str| {
            refuses(&Answer {
                status,
                content_type: String::new(),
                body: body.to_owned().into(),
                ..Answer::default()
            })
        };
        let body = odata("COE_GENERAL_SERVER_FAILURE", "[COE0019]Invalid property value.");
        let xml =
            "<error xmlns='x'><code>COE_GENERAL_SERVER_FAILURE</code><message>[COE0019]no</message></error>";
        assert!(refuses(500, &body) && refuses(500, xml));
        for unsaid in [
            "",
            "<html>sorry</html>",
            "oops",
            &body[..60],
            &xml[..80],
            "{}",
            "<a/>",
            r#"{"error":{"code":"ServiceUnavailable","message":"the upstream server gave no answer"}}"#,
            r#"{"timestamp":1,"status":500,"error":"Internal Server Error"}"#,
        ] {
            assert!(!refuses(500, unsaid), "{unsaid}");
        }
        for status in [400, 401, 403, 404, 409, 412, 429] {
            assert!(refuses(status, ""), "{status}");
        }
        for status in [302, 408, 501, 502, 503, 504, 520] {
            assert!(!refuses(status, &body), "{status}");
        }
    }

    #[test]
    fn the_wait_that_the_tenant_asks_for_is_kept() {
        assert_eq!(error(429, "").retry(), Retry::Later { after: Some(Duration::from_secs(300)) });
    }

    #[test]
    fn missing_properties_are_named() {
        let text =
            "[COE0021]Invalid property names: User/foo, User/manager/bar. Please check the property name.";
        let error = error(400, &odata("COE_PROPERTY_NOT_FOUND", text));
        assert!(is_unknown_property(&error));
        assert_eq!(error.context().attributes, vec!["foo".into(), "manager".into()]);
    }
}
