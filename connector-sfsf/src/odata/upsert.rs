//! The answer to an upsert: HTTP 200 whatever happened; the outcome stands in each record
//! (docs/successfactors.md#upsert-rows).

use std::collections::BTreeMap;

use connector_core::object::{AttributeName, special};
use connector_core::operation::PartResult;
use connector_core::{Effect, Error, ErrorKind, Result, Retry};
use serde::Deserialize;

use super::error_body::{Fault, shorten, split_number};
use super::page;
use crate::http::{Answer, Spare};

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UpsertResult {
    pub key: Option<String>,
    pub status: Option<String>,
    pub edit_status: Option<String>,
    pub message: Option<String>,
    pub index: Option<usize>,
    pub http_code: Option<u16>,
}

impl UpsertResult {
    /// Written means OK, one of three words, and a 2xx code. `ACCEPTED` is not written: another record
    /// of the same request was refused (KBA 2545933).
    pub fn is_written(&self) -> bool {
        let written = matches!(self.edit_status.as_deref(), Some("UPSERTED" | "INSERTED" | "UPDATED"));
        let success = self.http_code.is_some_and(|code| (200..300).contains(&code));
        self.status.as_deref() == Some("OK") && written && success
    }

    /// The tenant found nothing to write; that is a success with a warning.
    pub fn is_unchanged(&self) -> bool {
        self.is_written() && self.message.as_deref().is_some_and(|m| m.starts_with("[Warning!]"))
    }

    /// The tenant says that it did not write the record.
    fn is_refused(&self) -> bool {
        let failed = self.http_code.is_none_or(|code| code >= 400);
        match (self.status.as_deref(), self.edit_status.as_deref()) {
            (_, Some("ACCEPTED")) => true,
            (_, Some("UPSERTED" | "INSERTED" | "UPDATED")) => false,
            (Some("ERROR"), _) => true,
            (None, _) => self.http_code.is_some() && failed,
            _ => false,
        }
    }

    /// What the tenant said of the record: a number, if it gave one, and the text.
    fn said(&self) -> (Option<String>, &str) {
        let (number, rest) = split_number(self.message.as_deref().unwrap_or_default());
        (number, rest.rsplit_once(" with the index ").map_or(rest, |(start, _)| start))
    }

    fn fault(&self) -> Fault {
        let (number, text) = self.said();
        Fault { code: self.edit_status.clone(), number, text: Some(shorten(text)) }
    }

    /// The record's outcome as the caller sees it.
    pub fn part(&self, entity: &str) -> PartResult {
        PartResult {
            entity: entity.to_owned(),
            key: BTreeMap::new(),
            effect: Effect::Applied,
            attributes: Vec::new(),
            status: self.edit_status.clone().or_else(|| self.status.clone()).unwrap_or_default(),
            code: self.http_code,
            message: self.message.as_deref().map(shorten).filter(|text| !text.is_empty()),
        }
    }
}

/// Reads the outcome of a request with one record.
///
/// # Errors
///
/// The request's error, or the record's; an answer without a word on the record.
pub(crate) fn read_one(answer: &Answer, subject: UpsertRequest<'_>) -> Result<UpsertResult> {
    if !answer.is_success() {
        return Err(subject.named(refused_as_a_whole(answer, subject)));
    }
    let rows = page::read(answer.clone(), &Spare::default())?.rows;
    let parse = |row: &super::row::Row| serde_json::from_slice::<UpsertResult>(row).ok();
    // Results belong to records by index; the key may be null (KBA 2430160).
    let row = rows.iter().filter_map(parse).find(|row| row.index.unwrap_or(0) == 0);
    let row = row.ok_or_else(|| answer.garbled("no result for the record").with_retry(Retry::Never))?;
    match row.is_written() {
        true => Ok(row),
        false if row.is_refused() => Err(failure(&row, subject)),
        // Neither yes nor no: what became of the record is found out by reading it.
        false => Err(Error::new(
            ErrorKind::TargetProtocol,
            "the tenant says of the record neither that it was written nor that it was refused",
        )
        .with_target(row.fault().target(row.http_code.unwrap_or_default()))),
    }
}

/// The business layer may refuse the whole request with the words that it has for a record (KBA 2994898).
fn refused_as_a_whole(answer: &Answer, subject: UpsertRequest<'_>) -> Error {
    let error = super::classify::answer(answer);
    let is_plain = error.kind() == ErrorKind::TargetProtocol && answer.status == 500;
    let Some(target) = error.target().filter(|_| is_plain && super::classify::refuses(answer)) else {
        return error;
    };
    let text = target.text.clone().unwrap_or_default();
    let meant = subject.error(&text).or_else(|| {
        let is_named = !subject.names_in(&text).is_empty();
        is_named.then(|| Error::new(ErrorKind::InvalidAttribute, "the tenant refused the record"))
    });
    let meant = meant.map(|meant| meant.with_target(target.clone())).unwrap_or(error);
    match meant.advice() {
        Some(_) => meant,
        None => meant.with_advice("as far as the tenant tells, nothing was changed"),
    }
}

const NO_SUCH_LABEL: &str =
    "a picklist of the tenant does not have this value, or not in the language of the API user";

/// What the advice of such an error says behind the language, if that is known.
pub(crate) const LANGUAGE_OF_LABELS: &str = "the language of the API user; `lookup picklist:NAME` lists the options with \
    their ids, codes and labels in every language";

/// Whether an error is about a label that may be one of another language.
pub(crate) fn is_about_a_picklist(error: &Error) -> bool {
    error.message() == NO_SUCH_LABEL
}

/// What the tenant says when it refuses a record, and what that means.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// A word of the text, without regard to case; there is no code (docs/successfactors.md#upsert-rows).
    pub mark: &'static str,
    pub kind: ErrorKind,
    pub message: &'static str,
    pub advice: &'static str,
    /// The attribute at fault, if the text does not name it.
    pub attribute: Option<&'static str>,
}

const fn refusal(
    mark: &'static str,
    kind: ErrorKind,
    message: &'static str,
    advice: &'static str,
) -> Refusal {
    Refusal { mark, kind, message, advice, attribute: None }
}

/// Refusals of records of whatever entity.
const REFUSALS: &[Refusal] = &[
    refusal(
        "Insufficient Permissions",
        ErrorKind::PermissionDenied,
        "the API user may not write this record",
        "see the permissions in docs/operations.md",
    ),
    refusal(
        "equired propert",
        ErrorKind::InvalidAttribute,
        "the tenant requires attributes that were not given",
        "give a value for each of them",
    ),
    refusal(
        "deadlock",
        ErrorKind::Conflict,
        "the tenant's database was busy with the same people",
        "try again (KBA 2741801)",
    ),
    refusal(
        "picklist",
        ErrorKind::InvalidAttribute,
        NO_SUCH_LABEL,
        "labels count in the language of the API user (its defaultLocale); `lookup picklist:NAME` lists the options with \
         their ids, codes and labels in every language",
    ),
    refusal(
        "is not formatted correctly and cannot be displayed",
        ErrorKind::InvalidAttribute,
        "a picklist of the tenant does not have this value",
        "some picklists are written by the id of the option and others by its code: try the other one of the two that \
         `lookup picklist:NAME` lists (KBA 3283017)",
    ),
    Refusal {
        attribute: Some(special::PASSWORD),
        ..refusal(
            "password",
            ErrorKind::PasswordPolicy,
            "the tenant does not accept the password",
            "see the tenant's password policy",
        )
    },
];

/// What a request was about, to say well why it was refused.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct UpsertRequest<'a> {
    /// The names that an error may be about.
    pub properties: &'a [String],
    /// Refusals that the entity alone has.
    pub refusals: &'static [Refusal],
}

impl UpsertRequest<'_> {
    fn refusal(&self, text: &str) -> Option<&'static Refusal> {
        let lower = text.to_lowercase();
        self.refusals.iter().chain(REFUSALS).find(|known| lower.contains(&known.mark.to_lowercase()))
    }

    fn error(&self, text: &str) -> Option<Error> {
        let Refusal { kind, message, advice, .. } = self.refusal(text)?;
        Some(Error::new(*kind, *message).with_advice(*advice))
    }

    /// Names the attributes at fault: the one that the refusal is about, or those whose names stand in the tenant's text
    /// as words of their own.
    fn named(&self, error: Error) -> Error {
        let text = error.target().and_then(|target| target.text.clone()).unwrap_or_default();
        let named = match self.refusal(&text).and_then(|refusal| refusal.attribute) {
            Some(name) => vec![AttributeName::from(name)],
            None => self.names_in(&text),
        };
        if named.is_empty() { error } else { error.with_attributes(named) }
    }

    fn names_in(&self, text: &str) -> Vec<AttributeName> {
        let words: Vec<_> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
        let named = self.properties.iter().filter(|property| words.contains(&property.as_str()));
        named.map(|property| property.as_str().into()).collect()
    }
}

/// The error for a record that was not written.
fn failure(row: &UpsertResult, subject: UpsertRequest<'_>) -> Error {
    let fault = row.fault();
    let error = match row.edit_status.as_deref() {
        Some("ACCEPTED") => {
            Error::new(ErrorKind::Conflict, "the tenant accepted the record but did not write it")
                .with_retry(Retry::Never)
        }
        _ => meaning(row, subject),
    };
    subject.named(error.with_target(fault.target(row.http_code.unwrap_or_default())))
}

fn meaning(row: &UpsertResult, subject: UpsertRequest<'_>) -> Error {
    if row.http_code == Some(412) {
        return Error::new(ErrorKind::Conflict, "somebody else changed the record at the same time");
    }
    let refused = || Error::new(ErrorKind::InvalidAttribute, "the tenant refused the record");
    subject.error(row.said().1).unwrap_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAKEN: &[Refusal] = &[Refusal {
        attribute: Some("username"),
        ..refusal("DUPLICATE_USERNAME", ErrorKind::AlreadyExists, "it is taken", "take another one")
    }];

    fn answer(row: &str) -> Answer {
        Answer {
            status: 200,
            content_type: "application/json".into(),
            body: format!(r#"{{"d":[{row}]}}"#).into(),
            ..Answer::default()
        }
    }

    fn fail(message: &str, code: u16) -> Error {
        let row = format!(
            r#"{{"key":null,"status":"ERROR","editStatus":null,"message":"{message}","index":0,"httpCode":{code},"inlineResults":null}}"#
        );
        let properties = ["title".into(), "department".into(), "hr".into()];
        read_one(&answer(&row), UpsertRequest { properties: &properties, refusals: TAKEN }).unwrap_err()
    }

    #[test]
    fn only_three_words_with_a_2xx_code_are_a_success() {
        let row = |edit: &str, code: u16| {
            format!(
                r#"{{"key":"User/userId=x","status":"OK","editStatus":{edit},"message":null,"index":0,"httpCode":{code}}}"#
            )
        };
        for edit in ["\"UPSERTED\"", "\"INSERTED\"", "\"UPDATED\""] {
            assert!(read_one(&answer(&row(edit, 200)), UpsertRequest::default()).is_ok());
        }
        for (edit, code) in [("\"ACCEPTED\"", 202), ("null", 200), ("\"UPSERTED\"", 500)] {
            assert!(read_one(&answer(&row(edit, code)), UpsertRequest::default()).is_err(), "{edit} {code}");
        }
        assert!(read_one(&answer(""), UpsertRequest::default()).is_err(), "no row is no success");
    }

    #[test]
    fn a_warning_about_nothing_new_is_a_success_without_a_write() {
        let row = r#"{"key":"k","status":"OK","editStatus":"UPSERTED","message":"[Warning!] This record was not saved because there were no new changes compared to the existing record.","index":0,"httpCode":200}"#;
        assert!(read_one(&answer(row), UpsertRequest::default()).unwrap().is_unchanged());
    }

    #[test]
    fn a_refused_record_names_kind_and_attribute() {
        let duplicate = fail(
            r#"DUPLICATE_USERNAME : Failed to add/update user [x] \"\" (N/A;N/A;N/A): Duplicate Username - \"jdoe\". with the index 0"#,
            500,
        );
        assert_eq!(duplicate.kind(), ErrorKind::AlreadyExists);
        assert_eq!(duplicate.context().attributes, vec!["username".into()]);
        let required = fail(
            "Please add required properties in payload. Required properties department, title are missing. with the index 0",
            500,
        );
        assert_eq!(required.kind(), ErrorKind::InvalidAttribute);
        assert_eq!(required.context().attributes, vec!["title".into(), "department".into()]);
        assert_eq!(
            fail("ORA-00060: deadlock detected while waiting for resource", 500).kind(),
            ErrorKind::Conflict
        );
        assert_eq!(fail("changed", 412).kind(), ErrorKind::Conflict);
        let picklist = fail(r#"Invalid picklist value \"Geschäftlich\" for title with the index 0"#, 500);
        assert!(picklist.message().contains("in the language of the API user"), "{picklist}");
        assert_eq!(picklist.context().attributes, vec!["title".into()]);
        let unknown = fail("Something new with the index 0", 500);
        assert_eq!(unknown.kind(), ErrorKind::InvalidAttribute);
        assert_eq!(unknown.target().unwrap().text.as_deref(), Some("Something new"));
    }
}
