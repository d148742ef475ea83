//! Picklists: those of the first kind with an id for each option, and those of the second with codes
//! (docs/successfactors.md#picklists).

use std::collections::BTreeMap;

use connector_core::operation::ListValue;
use connector_core::{Error, ErrorKind, Result, Retry};
use serde_json::Value as Json;

use super::value::{distinct, labels, text, value};
use crate::http::Scope;
use crate::odata::literal;
use crate::odata::query::Query;
use crate::odata::row::Row;
use crate::tenant::{Session, read_all};

/// The language that stands for all where a list has none of its own.
const DEFAULT_LOCALE: &str = "en_US";

/// The picklists themselves.
pub(super) async fn names(session: &Session, scope: &Scope) -> Result<Vec<ListValue>> {
    let query = Query::set("Picklist").json().option("$select", "picklistId");
    let rows = read_all(session, scope, query).await?;
    let names = rows.iter().filter_map(|row| text(&serde_json::from_slice(row).ok()?, "picklistId"));
    let instance = &session.configuration.instance;
    Ok(distinct(names.map(|name| value(instance, name, None, BTreeMap::new(), true)).collect()))
}

/// The options of one picklist.
///
/// # Errors
///
/// A picklist that the tenant does not have, of either kind.
pub(super) async fn read(session: &Session, scope: &Scope, name: &str) -> Result<Vec<ListValue>> {
    let whole = Query::key("Picklist", &literal::string(name))
        .json()
        .option("$expand", "picklistOptions/picklistLabels");
    // By its options, for a tenant that does not show the list, or one that is too large for one record.
    let by_option = Query::set("PicklistOption")
        .json()
        .option("$filter", format!("picklist/picklistId eq {}", literal::string(name)))
        .option("$expand", "picklistLabels");
    for query in [whole, by_option] {
        let options = match read_all(session, scope, query).await {
            Err(error) if is_elsewhere(&error) => continue,
            rows => options_of(&rows?)?,
        };
        if !options.is_empty() {
            return Ok(distinct(options.iter().filter_map(|json| option(session, json)).collect()));
        }
    }
    let query = Query::set("PickListValueV2")
        .json()
        .option("$filter", format!("PickListV2_id eq {}", literal::string(name)));
    let rows = read_all(session, scope, query).await?;
    match rows.is_empty() {
        true => Err(Error::invalid_request(format!("the tenant has no picklist '{name}', or it is empty"))
            .with_advice("`lookup picklists` names them; case matters")),
        false => collect(&rows, |json| value_v2(session, json)),
    }
}

/// A picklist of this name is not there, not in this kind, not to be seen, or not in one piece. A tenant may have, or
/// show, the second kind alone.
fn is_elsewhere(error: &Error) -> bool {
    let refused = matches!(error.kind(), ErrorKind::TargetProtocol) && error.retry() == Retry::Never;
    refused
        || matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied | ErrorKind::NotFound)
}

/// The options that are expanded in the rows of a picklist, or that the rows themselves are.
fn options_of(rows: &[Row]) -> Result<Vec<Json>> {
    let mut options = Vec::new();
    for row in rows {
        let mut json = parse(row)?;
        match json.get_mut("picklistOptions").map(Json::take) {
            None => options.push(json),
            Some(Json::Array(expanded)) => options.extend(expanded),
            Some(mut expanded) => match expanded.get_mut("results").map(Json::take) {
                Some(Json::Array(expanded)) => options.extend(expanded),
                _ => return Err(bad("the tenant sent a picklist without its options")),
            },
        }
    }
    Ok(options)
}

fn parse(row: &Row) -> Result<Json> {
    serde_json::from_slice(row).map_err(|_| bad("a record of the tenant is not a JSON object"))
}

fn bad(message: &'static str) -> Error {
    Error::new(ErrorKind::TargetProtocol, message)
}

fn collect(rows: &[Row], read: impl Fn(&Json) -> Option<ListValue>) -> Result<Vec<ListValue>> {
    let mut values = Vec::with_capacity(rows.len());
    for row in rows {
        values.extend(read(&parse(row)?));
    }
    Ok(distinct(values))
}

/// An option of the first kind. Where it has a code, that is what a person knows it by; what is written is the
/// id, which differs from tenant to tenant.
fn option(session: &Session, json: &Json) -> Option<ListValue> {
    let id = text(json, "id")?;
    let code = text(json, "externalCode").unwrap_or_else(|| id.clone());
    let rows = json.get("picklistLabels").and_then(|labels| labels.get("results")).and_then(Json::as_array);
    let rows = rows.map(Vec::as_slice).unwrap_or_default();
    let labels: BTreeMap<_, _> =
        rows.iter().filter_map(|row| Some((text(row, "locale")?, text(row, "label")?))).collect();
    let active = text(json, "status").is_none_or(|status| status.eq_ignore_ascii_case("ACTIVE"));
    let label = labels.get(DEFAULT_LOCALE).cloned();
    Some(ListValue { id: Some(id), ..value(&session.configuration.instance, code, label, labels, active) })
}

/// A value of the second kind, which is written by its code.
fn value_v2(session: &Session, json: &Json) -> Option<ListValue> {
    let code = text(json, "externalCode")?;
    let label = text(json, "label_defaultValue").or_else(|| text(json, "label_localized"));
    let active = text(json, "status").is_none_or(|status| status == "A");
    let value = value(&session.configuration.instance, code, label, labels(json, "label"), active);
    Some(ListValue { id: text(json, "optionId"), ..value })
}
