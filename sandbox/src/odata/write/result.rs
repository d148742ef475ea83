//! The results of an upsert, one for each record (docs/successfactors.md#upsert-rows).

use serde_json::{Value, json};

use crate::error::ODataError;
use crate::http::call::Format;
use crate::http::reply::{ATOM, JSON, Reply};
use crate::xml::escape;

/// A record that failed on business grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowError {
    pub(crate) http_code: u16,
    pub(crate) text: String,
    /// The record's key, for entities whose failures name it.
    pub(crate) key: Option<String>,
}

impl RowError {
    /// Business failures are 500 (KBA 2430160).
    pub(crate) fn business(text: impl Into<String>) -> Self {
        Self { http_code: 500, text: text.into(), key: None }
    }

    /// Failures of validation are 400 (KBA 2545933).
    pub(crate) fn validation(text: impl Into<String>) -> Self {
        Self { http_code: 400, text: text.into(), key: None }
    }
}

impl From<ODataError> for RowError {
    fn from(error: ODataError) -> Self {
        Self { http_code: error.status.as_u16(), text: error.text, key: None }
    }
}

/// A record that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowOk {
    pub(crate) key: String,
    pub(crate) edit_status: &'static str,
    pub(crate) http_code: u16,
    pub(crate) message: Option<String>,
    /// The results of the entities that were written along.
    pub(crate) inline: Vec<Self>,
}

/// What became of one record.
pub(crate) type RowResult = Result<RowOk, RowError>;

/// How many records were written.
pub(crate) fn written(rows: &[RowResult]) -> usize {
    rows.iter().flatten().filter(|row| row.edit_status != "ACCEPTED").count()
}

/// The answer, which is 200 whatever the rows say.
pub(crate) fn reply(rows: &[RowResult], format: Format) -> Reply {
    let values: Vec<Value> = rows.iter().enumerate().map(|(index, row)| value(index, row)).collect();
    let records = written(rows);
    match format {
        Format::Json => Reply::ok(JSON, json!({ "d": values }).to_string()),
        Format::Atom => Reply::ok(ATOM, feed(&values)),
    }
    .with_records(records)
}

fn value(index: usize, row: &RowResult) -> Value {
    match row {
        Ok(ok) => json!({
            "key": ok.key,
            "status": "OK",
            "editStatus": ok.edit_status,
            "message": ok.message,
            "index": index,
            "httpCode": ok.http_code,
            "inlineResults": inline(&ok.inline),
        }),
        Err(error) => json!({
            "key": error.key,
            "status": "ERROR",
            "editStatus": null,
            "message": format!("{} with the index {index}", error.text),
            "index": index,
            "httpCode": error.http_code,
            "inlineResults": null,
        }),
    }
}

fn inline(rows: &[RowOk]) -> Value {
    if rows.is_empty() {
        return Value::Null;
    }
    rows.iter().enumerate().map(|(index, row)| value(index, &Ok(row.clone()))).collect()
}

fn feed(values: &[Value]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
        <feed xmlns=\"http://www.w3.org/2005/Atom\" \
        xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" \
        xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\">"
        .to_owned();
    for value in values {
        out.push_str("<entry><content type=\"application/xml\"><m:properties>");
        for name in ["key", "status", "editStatus", "message", "index", "httpCode"] {
            out.push_str(&element(name, &value[name]));
        }
        out.push_str("<d:inlineResults m:type=\"Bag(SFOData.UpsertResult)\"></d:inlineResults>");
        out.push_str("</m:properties></content></entry>");
    }
    out.push_str("</feed>");
    out
}

fn element(name: &str, value: &Value) -> String {
    match value {
        Value::String(text) => format!("<d:{name}>{}</d:{name}>", escape(text)),
        Value::Number(number) => format!("<d:{name} m:type=\"Edm.Int32\">{number}</d:{name}>"),
        _ => format!("<d:{name} m:null=\"true\"></d:{name}>"),
    }
}
