//! The four shapes of an error body (docs/successfactors.md#error-bodies): OData JSON, OData XML, gateway JSON, web
//! page.

use connector_core::error::TargetAnswer;
use serde_json::Value as Json;

use crate::http::Answer;

/// Longer texts are cut: some bodies are whole web pages, some quote the request.
pub(crate) const MAX_TEXT: usize = 400;

/// What an error body says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The name, such as `COE_PROPERTY_NOT_FOUND`.
    pub code: Option<String>,
    /// The number in brackets, such as `COE0021`: the stable discriminator.
    pub number: Option<String>,
    /// The text, without the number, shortened.
    pub text: Option<String>,
}

/// Whose body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The tenant's: a code, and a message with a language. Gateways write theirs without one.
    OData,
    /// JSON or XML that ends too early or is not well-formed.
    Cut,
    /// Anything else, or nothing.
    Other,
}

impl Fault {
    /// The fault as errors carry it.
    pub fn target(&self, status: u16) -> TargetAnswer {
        TargetAnswer {
            status: Some(status),
            code: self.number.clone().or_else(|| self.code.clone()),
            text: self.text.clone(),
        }
    }

    fn new(code: Option<&str>, message: Option<&str>) -> Self {
        let (number, text) = message.map_or((None, ""), split_number);
        let code = code.filter(|code| !code.is_empty()).map(ToOwned::to_owned);
        Self { code, number, text: Some(shorten(text)).filter(|text| !text.is_empty()) }
    }
}

/// Reads the body of an answer that is no success. It never fails: what it cannot read is left out.
pub(crate) fn read(answer: &Answer) -> Fault {
    if answer.is_html() {
        return Fault::default();
    }
    match serde_json::from_slice::<Json>(&answer.body) {
        Ok(json) => from_json(&json),
        Err(_) => from_xml(&String::from_utf8_lossy(&answer.body)),
    }
}

/// Whose body an answer that is no success has.
pub(crate) fn shape(answer: &Answer) -> Shape {
    let body = answer.body.trim_ascii();
    match body.first() {
        _ if answer.is_html() => Shape::Other,
        Some(b'{' | b'[') => match serde_json::from_slice::<Json>(body) {
            Ok(json) if json["error"]["message"]["value"].is_string() => Shape::OData,
            Ok(_) => Shape::Other,
            Err(_) => Shape::Cut,
        },
        Some(b'<') => shape_of_xml(&String::from_utf8_lossy(body)),
        _ => Shape::Other,
    }
}

fn shape_of_xml(xml: &str) -> Shape {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut depth, mut root, mut has_message) = (0_usize, String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                if depth == 0 {
                    start.local_name().as_ref().clone_into(&mut root);
                }
                has_message |= depth == 1 && start.local_name().as_ref() == "message";
                depth += 1;
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) if depth > 0 => return Shape::Cut,
            Ok(Event::Eof) if root == "error" && has_message => return Shape::OData,
            Ok(Event::Eof) => return Shape::Other,
            Ok(_) => {}
            Err(_) => return Shape::Cut,
        }
    }
}

fn from_json(json: &Json) -> Fault {
    let error = json.get("error").unwrap_or(json);
    // OData has an object here, gateways have a string.
    let message = error["message"]["value"].as_str().or_else(|| error["message"].as_str());
    let details = error["details"].as_str().filter(|details| details.starts_with('['));
    let flat = error["errorMessage"].as_str();
    Fault::new(error["code"].as_str(), details.or(message).or(flat))
}

fn from_xml(xml: &str) -> Fault {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut code, mut message, mut inside) = (String::new(), String::new(), String::new());
    // Entities come as events of their own; an error text is readable without them.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => inside = start.local_name().as_ref().to_owned(),
            Event::End(_) => inside.clear(),
            Event::Text(text) if inside == "code" => code.push_str(&text),
            Event::Text(text) if inside == "message" => message.push_str(&text),
            Event::DocType(_) | Event::Eof => break,
            _ => {}
        }
    }
    Fault::new(Some(&code), Some(&message))
}

/// Splits `[COE0021]Invalid …` into number and text. One article prints COE00020 for COE0020 (KBA 2676936).
pub(crate) fn split_number(message: &str) -> (Option<String>, &str) {
    let message = message.trim();
    let parts = message.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match parts {
        Some((number, text)) if number.len() <= 10 && number.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            (Some(number.replace("COE00020", "COE0020")), text.trim())
        }
        _ => (None, message),
    }
}

/// One line of at most [`MAX_TEXT`] characters.
pub(crate) fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, code: Option<&str>, number: Option<&str>, text: Option<&str>) {
        let answer = Answer {
            status: 400,
            content_type: String::new(),
            body: body.to_owned().into(),
            ..Answer::default()
        };
        let expected =
            Fault { code: code.map(Into::into), number: number.map(Into::into), text: text.map(Into::into) };
        assert_eq!(read(&answer), expected);
    }

    #[test]
    fn every_shape_of_error_body_is_read() {
        check(
            "{\n\"error\" : {\n\"code\" : \"COE_PROPERTY_NOT_FOUND\", \"message\" : {\n\"lang\" : \"en-US\", \"value\" : \"[COE0021]Invalid property names: User/foo.\"}}}",
            Some("COE_PROPERTY_NOT_FOUND"),
            Some("COE0021"),
            Some("Invalid property names: User/foo."),
        );
        check(
            r#"<error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><code>LGN0015</code><message xml:lang="en">[LGN0015]Authentication failed.</message></error>"#,
            Some("LGN0015"),
            Some("LGN0015"),
            Some("Authentication failed."),
        );
        check(
            r#"{"error":{"code":"ServiceUnavailable","message":"bad gateway (502)"}}"#,
            Some("ServiceUnavailable"),
            None,
            Some("bad gateway (502)"),
        );
        check(
            r#"{"error":{"code":"AuthenticationFailed","message":"no token","details":"[AUTH0032]Invalid client certificate"}}"#,
            Some("AuthenticationFailed"),
            Some("AUTH0032"),
            Some("Invalid client certificate"),
        );
        check(r#"{"errorHttpCode":"401","errorMessage":"no"}"#, None, None, Some("no"));
        check("<html><body>We're sorry</body></html>", None, None, None);
        check("", None, None, None);
    }
}
