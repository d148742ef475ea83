//! Role-based permissions of the API user: fields, entities, target population.

use std::collections::HashSet;

use axum::http::StatusCode;

use crate::error::{ODataError, StartError};
use crate::odata::query::filter::Filter;
use crate::odata::write::result::RowError;
use crate::options::Options;
use crate::state::dates::View;
use crate::state::model::{Entity, Model};
use crate::state::store::Row;
use crate::state::tenant::Tenant;

/// What the role of the API user has not. The default lacks nothing.
#[derive(Debug, Default)]
pub(crate) struct Rights {
    /// Entities with the names of their properties and navigations.
    hidden: HashSet<(usize, String)>,
    denied: HashSet<usize>,
    read_only: HashSet<usize>,
    /// The entity of users, and the condition for those that are in the population.
    population: Option<(usize, Filter)>,
    /// Whether writes are bound to the population too.
    writes_bound: bool,
    /// The status of COE0020.
    status: StatusCode,
    api_user: String,
    /// The model as the metadata shows it, where fields are hidden.
    shown: Option<Model>,
}

impl Rights {
    /// Reads the options against a tenant's model.
    ///
    /// # Errors
    ///
    /// Names that the tenant does not have, a key that is to be hidden, a population that is no `$filter`.
    pub(crate) fn new(options: &Options, tenant: &Tenant) -> Result<Self, StartError> {
        let access = &options.access;
        let hidden = access.hidden_fields.iter().map(|field| hidden(tenant, field));
        let hidden: HashSet<_> = hidden.collect::<Result<_, _>>()?;
        let population = access.population.as_deref().map(|text| population(options, tenant, text));
        let status = options.switches.forbidden_status;
        Ok(Self {
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

    /// The user whose rights these are.
    pub(crate) fn api_user(&self) -> &str {
        &self.api_user
    }

    /// Whether a property or navigation is hidden.
    pub(crate) fn hides(&self, entity: usize, name: &str) -> bool {
        !self.hidden.is_empty() && self.hidden.contains(&(entity, name.to_owned()))
    }

    /// The model that the metadata shows. Entities keep their places.
    pub(crate) fn shown<'a>(&'a self, model: &'a Model) -> &'a Model {
        self.shown.as_ref().unwrap_or(model)
    }

    /// Whether an entity set may be seen.
    pub(crate) fn sees(&self, entity: usize) -> bool {
        !self.denied.contains(&entity)
    }

    /// Refuses an entity set that the role does not have.
    ///
    /// # Errors
    ///
    /// COE0020.
    pub(crate) fn check_entity(&self, tenant: &Tenant, entity: usize) -> Result<(), ODataError> {
        if self.sees(entity) { Ok(()) } else { Err(self.forbidden(&tenant.entity(entity).name)) }
    }

    /// Refuses a row that is asked for by its key.
    ///
    /// # Errors
    ///
    /// COE0020 (KBA 3589982).
    pub(crate) fn check_row(&self, tenant: &Tenant, entity: usize, row: Row) -> Result<(), ODataError> {
        if self.sees_row(tenant, entity, row) { Ok(()) } else { Err(self.forbidden("user")) }
    }

    /// Whether a row is in the target population.
    pub(crate) fn sees_row(&self, tenant: &Tenant, entity: usize, row: Row) -> bool {
        match &self.population {
            Some((users, filter)) if *users == entity => filter.passes(tenant, row),
            _ => true,
        }
    }

    /// Refuses to write an entity, or a row that is there already. The wording of the text is unconfirmed.
    ///
    /// # Errors
    ///
    /// `NO_PERMISSIONS_EXCEPTION` (KBA 2160948).
    pub(crate) fn check_write(
        &self,
        tenant: &Tenant,
        entity: usize,
        key: &str,
        row: Option<Row>,
    ) -> Result<(), RowError> {
        let reachable = row.is_none_or(|row| !self.writes_bound || self.sees_row(tenant, entity, row));
        if reachable && self.sees(entity) && !self.read_only.contains(&entity) {
            return Ok(());
        }
        Err(RowError::business(format!(
            "NO_PERMISSIONS_EXCEPTION : Failed to add/update {} [{key}]: you do not have the permission.",
            tenant.entity(entity).name
        )))
    }

    /// Refuses to change the members of groups.
    ///
    /// # Errors
    ///
    /// COE0020 (KBA 2676936).
    pub(crate) fn check_group_write(&self, tenant: &Tenant, entity: usize) -> Result<(), ODataError> {
        if self.read_only.contains(&entity) {
            return Err(self.forbidden(&tenant.entity(entity).name));
        }
        self.check_entity(tenant, entity)
    }

    /// Groups have a text of their own (KBA 2676936).
    fn forbidden(&self, what: &str) -> ODataError {
        let text = match what {
            "DynamicGroup" => format!(
                "[COE0020]User [{}] attempted to access dynamic group module [PERMISSION] without proper access \
                 privilege.",
                self.api_user
            ),
            what => format!("[COE0020]No permission! You don't have permission to view the {what}."),
        };
        ODataError::new(self.status, "COE_GENERAL_FORBIDDEN", text)
    }
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
