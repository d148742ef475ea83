//! The habits of SuccessFactors, a file each: all code that is about one entity or another. The engine of OData knows no
//! entity by its name; it reads the marks that habits put on the model ([`model()`]), and asks them at the points of
//! [`Habits`] when it writes. Function imports are habits too ([`function`]).
//!
//! The rows that are there before anybody wrote are made in `people`, the other place that names entities.

mod account;
mod employment;
mod entities;
mod foundation;
pub(crate) mod function;
pub(crate) mod groups;
mod hidden;
pub(crate) mod hris_sync;
mod job;
mod owner;
mod person;
mod photo;
mod picklist;
mod primary;
pub(crate) mod purge;
pub(crate) mod rights;
mod rules;
mod static_group;
pub(crate) mod status;
pub(crate) mod termination;
mod user;
pub(crate) mod users;

use crate::error::StartError;
use crate::odata::write::parameters::Parameters;
use crate::odata::write::writing::{Habits, Writing};
use crate::options::Profile;
use crate::options::switches::Switches;
use crate::state::model::{self, Model};
use crate::state::tenant::Tenant;

/// What entities do of their own when they are written.
pub(crate) const HABITS: &dyn Habits = &rules::Rules;

/// The model of a tenant with a profile, with what is peculiar to its entities.
///
/// # Errors
///
/// A profile that names an unknown property, or a damaged table.
pub(crate) fn model(profile: &Profile) -> Result<Model, StartError> {
    let mut model = model::load(entities::TABLES, profile)?;
    for mark in [status::mark, hidden::mark, groups::mark] {
        mark(&mut model);
    }
    Ok(model)
}

/// A writer with these habits.
pub(crate) fn writing<'a>(
    tenant: &'a mut Tenant,
    switches: &'a Switches,
    parameters: Parameters,
    now: i64,
) -> Writing<'a> {
    Writing::new(tenant, switches, HABITS, parameters, now)
}
