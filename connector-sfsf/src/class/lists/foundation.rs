//! Foundation objects as lists: the slice that is valid today of each (docs/successfactors.md#foundation-objects).

use connector_core::operation::ListValue;
use connector_core::{Error, ErrorKind, Result};

use super::value::{distinct, labels, locale, text, value};
use crate::http::Scope;
use crate::odata::classify;
use crate::odata::metadata::EntityType;
use crate::odata::query::Query;
use crate::tenant::{Session, read_all};

/// A list that comes from an entity.
pub(super) struct Foundation {
    pub name: &'static str,
    pub entity: &'static str,
    pub what: &'static str,
    code: &'static str,
    label: &'static str,
    status: &'static str,
}

const fn fo(name: &'static str, entity: &'static str, what: &'static str) -> Foundation {
    Foundation { name, entity, what, code: "externalCode", label: "name", status: "status" }
}

pub(super) const FOUNDATION: &[Foundation] = &[
    fo("job_codes", "FOJobCode", "Job codes"),
    fo("departments", "FODepartment", "Departments"),
    fo("divisions", "FODivision", "Divisions"),
    fo("business_units", "FOBusinessUnit", "Business units"),
    fo("locations", "FOLocation", "Locations"),
    fo("legal_entities", "FOCompany", "Legal entities"),
    fo("cost_centers", "FOCostCenter", "Cost centers"),
    fo("pay_grades", "FOPayGrade", "Pay grades"),
    fo("event_reasons", "FOEventReason", "Event reasons"),
    Foundation {
        code: "code",
        label: "externalName",
        status: "effectiveStatus",
        ..fo("positions", "Position", "Positions")
    },
];

pub(super) async fn read(session: &Session, scope: &Scope, list: &Foundation) -> Result<Vec<ListValue>> {
    let entity = session.entity(scope, list.entity).await?;
    let query = Query::set(list.entity)
        .json()
        .option("$select", columns(list, &entity)?.join(","))
        .option("customPageSize", session.configuration.page_size.to_string());
    let rows = read_all(session, scope, query).await.inspect_err(|error| {
        // The tenant lacks what its metadata list (docs/successfactors.md#missing-properties): the next call reads them
        // anew.
        if classify::is_unknown_property(error) {
            session.forget();
        }
    })?;
    let mut values = Vec::with_capacity(rows.len());
    for row in rows {
        values.extend(read_row(session, list, &row)?);
    }
    Ok(distinct(values))
}

/// The code, the status, and the name in every language that the tenant has; some entities have 150 columns
/// more.
fn columns(list: &Foundation, entity: &EntityType) -> Result<Vec<String>> {
    let visible = entity.properties.iter().filter(|property| property.visible).map(|p| p.name.as_str());
    let wanted = |name: &&str| {
        [list.code, list.label, list.status].contains(name) || locale(name, list.label).is_some()
    };
    let columns: Vec<_> = visible.filter(wanted).map(ToOwned::to_owned).collect();
    if columns.iter().any(|name| name == list.code) {
        return Ok(columns);
    }
    let message = format!("the tenant does not show {}.{}", list.entity, list.code);
    Err(Error::new(ErrorKind::PermissionDenied, message))
}

fn read_row(session: &Session, list: &Foundation, row: &[u8]) -> Result<Option<ListValue>> {
    let json = serde_json::from_slice(row)
        .map_err(|_| Error::new(ErrorKind::TargetProtocol, "a record of the tenant is not a JSON object"))?;
    let Some(code) = text(&json, list.code) else { return Ok(None) };
    // A and I; an MDF enumeration shows the same letters (docs/successfactors.md#foundation-objects).
    let active = text(&json, list.status).is_none_or(|status| status == "A");
    let (label, labels) = (text(&json, list.label), labels(&json, list.label));
    Ok(Some(value(&session.configuration.instance, code, label, labels, active)))
}
