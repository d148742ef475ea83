//! What the API user may not see and do.

use std::collections::HashSet;

use axum::http::StatusCode;

use crate::state::condition::Filter;
use crate::state::model::Model;

/// What the role of the API user has not. The default lacks nothing.
#[derive(Debug, Default)]
pub(crate) struct Rights {
    /// Entities with the names of their properties and navigations.
    pub(crate) hidden: HashSet<(usize, String)>,
    pub(crate) denied: HashSet<usize>,
    pub(crate) read_only: HashSet<usize>,
    /// The entity of users, and the condition for those that are in the population.
    pub(crate) population: Option<(usize, Filter)>,
    /// Whether writes are bound to the population too.
    pub(crate) writes_bound: bool,
    /// The status of COE0020.
    pub(crate) status: StatusCode,
    pub(crate) api_user: String,
    /// The model as the metadata shows it, where fields are hidden.
    pub(crate) shown: Option<Model>,
}

impl Rights {
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
}
