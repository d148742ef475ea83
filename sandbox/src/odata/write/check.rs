//! The checks that concern the form of a record. A failure refuses the whole request unless
//! `strictTransactionIsolate` is set (docs/successfactors.md#upsert-parameters).

use serde_json::Value as Json;

use crate::error::ODataError;
use crate::odata::address::Address;
use crate::odata::write::payload::{Incoming, Record};
use crate::odata::write::result::RowError;
use crate::state::model::{EdmType, Entity, Property};
use crate::state::store::{Value, is_decimal, key_text};
use crate::state::tenant::Tenant;
use crate::time;

/// A record whose form is right.
#[derive(Debug, Clone)]
pub(crate) struct Checked {
    pub(crate) entity: usize,
    pub(crate) key: String,
    /// Properties with their values.
    pub(crate) cells: Vec<(usize, Value<'static>)>,
    /// Navigations with what they are to lead to.
    pub(crate) links: Vec<(usize, Target)>,
}

/// The new ends of a navigation.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// The keys of entities.
    Keys(Vec<String>),
    /// Entities that are written first.
    Inline(Vec<Record>),
}

/// Checks a record's form.
///
/// # Errors
///
/// COE0007, COE0021, COE0027, COE0030, lengths and types.
pub(crate) fn check(tenant: &Tenant, record: &Record) -> Result<Checked, ODataError> {
    let address = record.address.as_ref().ok_or_else(|| {
        ODataError::bad_request_exception("__metadata with a uri is missing in the request body")
    })?;
    let index =
        tenant.model.entity(&address.entity).ok_or_else(|| ODataError::entity_not_found(&address.entity))?;
    let entity = tenant.entity(index);
    let mut checked = Checked { entity: index, key: String::new(), cells: Vec::new(), links: Vec::new() };
    for (name, incoming) in &record.fields {
        if tenant.rights.hides(index, name) {
            return Err(ODataError::property_not_found(&entity.name, name));
        }
        field(tenant, entity, &mut checked, name, incoming)?;
    }
    checked.key = key(entity, address, &checked)?;
    Ok(checked)
}

/// Checks a record of an upsert: its entity set must take those too.
///
/// # Errors
///
/// As [`check`]; the text for entity sets that are read-only is unconfirmed.
pub(crate) fn check_upsert(tenant: &Tenant, record: &Record) -> Result<Checked, ODataError> {
    let checked = check(tenant, record)?;
    let entity = tenant.entity(checked.entity);
    if entity.flags.upsertable {
        return Ok(checked);
    }
    Err(ODataError::bad_request(&format!("The entity {} is not upsertable", entity.name)))
}

/// Checks a record that came inside another; its entity is the navigation's unless it says otherwise.
///
/// # Errors
///
/// What [`check`] refuses, as the failure of the row.
pub(crate) fn check_inline(tenant: &Tenant, record: &Record, target: usize) -> Result<Checked, RowError> {
    let mut record = record.clone();
    let entity = tenant.entity(target).name.clone();
    record.address.get_or_insert(Address { entity, key: None });
    Ok(check(tenant, &record)?)
}

fn field(
    tenant: &Tenant,
    entity: &Entity,
    checked: &mut Checked,
    name: &str,
    incoming: &Incoming,
) -> Result<(), ODataError> {
    if let Some(index) = entity.property(name) {
        let property = &entity.properties[index];
        let writable = property.flags.upsertable || property.flags.creatable || property.flags.updatable;
        let taken = writable || entity.keys.contains(&index) || entity.traits.lenient;
        if property.is_internal() || !taken {
            return Err(ODataError::not_editable(name));
        }
        let Incoming::Scalar(scalar) = incoming else {
            return Err(ODataError::invalid_value(name, "an entity"));
        };
        checked.cells.push((index, value(property, scalar)?));
        return Ok(());
    }
    let index = entity.navigation(name).ok_or_else(|| ODataError::property_not_found(&entity.name, name))?;
    let navigation = &entity.navigations[index];
    let read_only = !navigation.flags.upsertable && navigation.inverse_of.is_some();
    if read_only {
        return Err(ODataError::not_editable(name));
    }
    let target = tenant.entity(navigation.target);
    checked.links.push((
        index,
        match incoming {
            Incoming::Links(list) => Target::Keys(link_keys(name, target, list)?),
            Incoming::Inline(records) => Target::Inline(records.clone()),
            Incoming::Scalar(Json::Null) => Target::Keys(Vec::new()),
            Incoming::Scalar(other) => return Err(ODataError::invalid_value(name, &other.to_string())),
        },
    ));
    Ok(())
}

fn link_keys(name: &str, target: &Entity, list: &[Address]) -> Result<Vec<String>, ODataError> {
    list.iter()
        .map(|address| {
            let fits = address.entity == target.name;
            let value = address.key_text(target).filter(|_| fits);
            value.ok_or_else(|| ODataError::invalid_value(name, &address.entity))
        })
        .collect()
}

/// The key in its text form, from the address, the body, or both (KBA 3134548, 2888224). Empty for a row
/// that gets one from the tenant (KBA 3341990).
fn key(entity: &Entity, address: &Address, checked: &Checked) -> Result<String, ODataError> {
    let invalid = || ODataError::bad_request_exception(&format!("The key of {} is not valid", entity.name));
    if address.key.is_some() && entity.keys.len() == 1 && address.key_text(entity).is_none() {
        return Err(invalid());
    }
    let mut values = Vec::new();
    for column in &entity.keys {
        let property = &entity.properties[*column];
        let in_body = checked.cells.iter().find(|(index, _)| index == column).map(|(_, value)| value.clone());
        let in_body = in_body.filter(|value| *value != Value::Null && value.as_text() != Some(""));
        let in_address = address.key_part(entity, *column);
        let value = match (in_address, in_body) {
            (Some(one), Some(other)) if one != other => {
                return Err(ODataError::invalid_value(&property.name, &key_text(&[other])));
            }
            (Some(value), _) | (None, Some(value)) => value,
            // Left out, the number means the first change of the day (docs/successfactors.md#time-slices; unconfirmed).
            (None, None) if property.name == "seqNumber" => Value::Int(1),
            (None, None) if entity.traits.numbered.is_some() => return Ok(String::new()),
            (None, None) => return Err(ODataError::missing_required(&property.name)),
        };
        if let Some(text) = value.as_text() {
            fits(property, text)?;
        }
        values.push(value);
    }
    Ok(key_text(&values))
}

fn fits(property: &Property, text: &str) -> Result<(), ODataError> {
    let length = text.chars().count();
    match property.max_length {
        Some(limit) if length > limit => Err(ODataError::exceed_max_length(length, limit, &property.name)),
        _ => Ok(()),
    }
}

fn value(property: &Property, scalar: &Json) -> Result<Value<'static>, ODataError> {
    let value = match (property.kind, scalar) {
        (_, Json::Null) => Some(Value::Null),
        (EdmType::Decimal, Json::Number(number)) => Some(Value::Decimal(number.to_string().into())),
        (EdmType::Decimal, Json::String(text)) if text.is_empty() => Some(Value::Null),
        (EdmType::Decimal, Json::String(text)) => {
            is_decimal(text).then(|| Value::Decimal(text.clone().into()))
        }
        (EdmType::Binary, Json::String(text)) => Some(Value::Text(text.clone().into())),
        (EdmType::String, Json::String(text)) => {
            fits(property, text)?;
            Some(Value::Text(text.clone().into()))
        }
        // An empty element of Atom leaves a number, a flag or a date empty.
        (_, Json::String(text)) if text.is_empty() => Some(Value::Null),
        (EdmType::Boolean, Json::Bool(flag)) => Some(Value::Bool(*flag)),
        (EdmType::Boolean, Json::String(text)) => text.to_ascii_lowercase().parse().ok().map(Value::Bool),
        (EdmType::Int32, other) => {
            integer(other).filter(|number| i32::try_from(*number).is_ok()).map(Value::Int)
        }
        (EdmType::Int64, other) => integer(other).map(Value::Int),
        (EdmType::Double | EdmType::Single, Json::Number(number)) => number.as_f64().map(Value::Float),
        (EdmType::Double | EdmType::Single, Json::String(text)) => text.parse().ok().map(Value::Float),
        (EdmType::DateTime | EdmType::DateTimeOffset, Json::String(text)) => moment(text)
            .map(|millis| if property.flags.date { time::day(millis) } else { millis })
            .map(Value::Time),
        _ => None,
    };
    value.ok_or_else(|| ODataError::invalid_value(&property.name, &shown(scalar)))
}

/// `/Date(ms)/`, or the plain ISO text of Atom (docs/successfactors.md#values-in-json).
fn moment(text: &str) -> Option<i64> {
    time::read_json(text).or_else(|| time::read(text).map(|moment| moment.millis))
}

fn integer(scalar: &Json) -> Option<i64> {
    match scalar {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn shown(scalar: &Json) -> String {
    scalar.as_str().map_or_else(|| scalar.to_string(), str::to_owned)
}
