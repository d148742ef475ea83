//! The role of the API user, as the options have it: hidden fields, denied entities, and a population of users.

use std::collections::HashSet;

use axum::http::StatusCode;

use crate::error::StartError;
use crate::options::Options;
use crate::state::condition::Filter;
use crate::state::model::{Entity, Model};
use crate::state::rights::Rights;
use crate::state::tenant::Tenant;
use crate::state::view::View;

/// Reads the options against a tenant's model.
///
/// # Errors
///
/// Names that the tenant does not have, a key that is to be hidden, a population that is no `$filter`.
pub(crate) fn rights(options: &Options, tenant: &Tenant) -> Result<Rights, StartError> {
    let access = &options.access;
    let hidden = access.hidden_fields.iter().map(|field| hidden(tenant, field));
    let hidden: HashSet<_> = hidden.collect::<Result<_, _>>()?;
    let population = access.population.as_deref().map(|text| population(options, tenant, text));
    let status = options.switches.forbidden_status;
    Ok(Rights {
        denied: entities(tenant, &access.denied_entities)?,
        read_only: entities(tenant, &access.read_only_entities)?,
        population: population.transpose()?,
        writes_bound: options.switches.population_binds_writes,
        api_user: options.api_user.clone(),
        status: StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN),
        shown: (!hidden.is_empty()).then(|| without(&tenant.model, &hidden)),
        hidden,
    })
}

fn wrong(reason: String) -> StartError {
    StartError::Option { option: "access", reason }
}

fn entities(tenant: &Tenant, names: &[String]) -> Result<HashSet<usize>, StartError> {
    names.iter().map(|name| entity(tenant, name)).collect()
}

fn entity(tenant: &Tenant, name: &str) -> Result<usize, StartError> {
    tenant.model.entity(name).ok_or_else(|| wrong(format!("there is no entity {name}")))
}

fn hidden(tenant: &Tenant, field: &str) -> Result<(usize, String), StartError> {
    let (owner, name) =
        field.split_once('/').ok_or_else(|| wrong(format!("{field} is not of the form ENTITY/FIELD")))?;
    let index = entity(tenant, owner)?;
    let model = tenant.entity(index);
    if model.property(name).is_none() && model.navigation(name).is_none() {
        return Err(wrong(format!("{owner} has no {name}")));
    }
    if model.property(name).is_some_and(|property| model.keys.contains(&property)) {
        return Err(wrong(format!("{field} is a key, which cannot be hidden")));
    }
    Ok((index, name.to_owned()))
}

fn population(options: &Options, tenant: &Tenant, text: &str) -> Result<(usize, Filter), StartError> {
    let users = entity(tenant, "User")?;
    let today = View::new(options.clock.now().timestamp_millis(), None, None, None);
    let filter = today.and_then(|today| Filter::new(text, tenant, users, &options.switches, today));
    filter.map(|filter| (users, filter)).map_err(|error| wrong(error.text))
}

/// The model without the hidden fields.
fn without(model: &Model, hidden: &HashSet<(usize, String)>) -> Model {
    let entities = model.entities.iter().enumerate().map(|(index, entity)| {
        let stays = |name: &str| !hidden.contains(&(index, name.to_owned()));
        let mut shown: Entity = entity.clone();
        shown.properties.retain(|property| stays(&property.name));
        shown.navigations.retain(|navigation| stays(&navigation.name));
        shown.settle();
        let place =
            |old: &usize| entity.properties.get(*old).and_then(|property| shown.property(&property.name));
        let keys: Vec<usize> = entity.keys.iter().filter_map(place).collect();
        shown.key = keys.first().copied().unwrap_or(0);
        shown.keys = keys;
        shown
    });
    Model { entities: entities.collect() }
}
