//! Attributes that are wanted and that this tenant does not have. Tenants differ in their fields, and a field may go
//! while a run is under way (docs/successfactors.md#missing-properties): no run ends for that. It goes on without, and
//! says so.

use connector_core::Error;
use connector_core::object::AttributeName;

use crate::mapping::model::Model;

/// The attributes that a run goes without, each of them once.
#[derive(Debug, Default)]
pub(super) struct MissingAttributes {
    names: Vec<AttributeName>,
}

impl MissingAttributes {
    /// Those of the attributes wanted that the tenant has. What it lacks is noted.
    pub fn available(
        &mut self,
        model: &Model,
        wanted: Option<&[AttributeName]>,
    ) -> Option<Vec<AttributeName>> {
        let (there, missing): (Vec<_>, Vec<_>) =
            wanted?.iter().cloned().partition(|name| model.find(name).is_ok());
        missing.into_iter().for_each(|name| self.note(name));
        Some(there)
    }

    /// Takes note of what the tenant refused by name, if it was wanted.
    pub fn refused(&mut self, error: &Error, wanted: Option<&[AttributeName]>) {
        let names = error.context().attributes.iter();
        let names = names.filter(|name| wanted.is_none_or(|wanted| wanted.contains(name)));
        names.for_each(|name| self.note(name.clone()));
    }

    fn note(&mut self, name: AttributeName) {
        if self.names.contains(&name) {
            return;
        }
        tracing::debug!(attribute = %name, "the tenant does not have an attribute that is wanted; the import goes on without");
        self.names.push(name);
    }

    /// What the run goes without.
    pub fn names(&self) -> &[AttributeName] {
        &self.names
    }
}
