//! What to ask the tenant for, so that the caller gets the attributes wanted and the filter has what it needs.

use std::sync::{Arc, Mutex, PoisonError};

use connector_core::object::{AttributeName, ConnectorObject, ObjectClass};
use connector_core::{Filter, Result};

use super::Source;
use super::model::{NEEDED, USER, UserModel};
use super::row::{Columns, bad};
use crate::entitlement::{Assignments, Kind};
use crate::odata::row::{Header, Row};

/// An attribute to be read.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub name: AttributeName,
    pub source: Source,
    /// Whether the caller sees it, or only the filter.
    pub wanted: bool,
}

impl Slot {
    /// The key in the row.
    pub fn json_name(&self) -> Option<&str> {
        match &self.source {
            Source::Property { name, .. } => Some(name),
            Source::Link { navigation, .. } => Some(navigation),
            Source::Enable | Source::Entitlement(_) => None,
        }
    }
}

/// The attributes that a read fetches.
#[derive(Debug)]
pub(crate) struct Plan {
    object_class: ObjectClass,
    slots: Vec<Slot>,
    /// Whether the caller asked for all of them.
    is_whole: bool,
    /// Those of the row that was read last: the next one mostly has the same.
    columns: Mutex<Option<Arc<Columns>>>,
}

impl Plan {
    /// Plans for these attributes (the default ones if none are named) and for this filter.
    ///
    /// # Errors
    ///
    /// An attribute that the tenant does not have.
    pub fn new(model: &UserModel, wanted: Option<&[AttributeName]>, filter: Option<&Filter>) -> Result<Self> {
        Self::with(model, wanted, filter, &[])
    }

    /// The same, with attributes that we need ourselves.
    ///
    /// # Errors
    ///
    /// An attribute that the tenant does not have.
    pub fn with(
        model: &UserModel,
        wanted: Option<&[AttributeName]>,
        filter: Option<&Filter>,
        besides: &[&str],
    ) -> Result<Self> {
        let mut asked = Vec::new();
        for name in wanted.unwrap_or_default() {
            asked.push(model.find(name)?.info.name.clone());
        }
        let mut needed = Vec::new();
        for name in filter.map(Filter::attributes).unwrap_or_default() {
            needed.push(model.find(name)?.info.name.clone());
        }
        let slots = model.attributes().iter().filter(|mapped| mapped.info.readable).filter_map(|mapped| {
            let info = &mapped.info;
            let is_wanted =
                if wanted.is_some() { asked.contains(&info.name) } else { info.returned_by_default };
            let always = NEEDED.iter().chain(besides).any(|name| info.name.is(name));
            (is_wanted || always || needed.contains(&info.name)).then(|| Slot {
                name: info.name.clone(),
                source: mapped.source.clone(),
                wanted: is_wanted,
            })
        });
        let slots: Vec<_> = slots.collect();
        let is_whole = slots.iter().all(|slot| slot.wanted);
        Ok(Self { object_class: ObjectClass::from(USER), slots, is_whole, columns: Mutex::default() })
    }

    /// The value of `$select`.
    pub fn select(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for slot in &self.slots {
            let name = match &slot.source {
                Source::Property { name, .. } => name.clone(),
                Source::Link { navigation, .. } => format!("{navigation}/userId"),
                Source::Enable | Source::Entitlement(_) => continue,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(",")
    }

    /// The value of `$expand`.
    pub fn expand(&self) -> String {
        let links = self.slots.iter().filter_map(|slot| match &slot.source {
            Source::Link { navigation, .. } => Some(*navigation),
            _ => None,
        });
        links.collect::<Vec<_>>().join(",")
    }

    /// The classes of entitlements that are read apart from the rows.
    pub fn entitlements(&self) -> Vec<Kind> {
        let kinds = self.slots.iter().filter_map(|slot| match slot.source {
            Source::Entitlement(kind) => Some(kind),
            _ => None,
        });
        kinds.collect()
    }

    /// Whether a filter looks at entitlements.
    pub fn looks_at_entitlements(&self, filter: &Filter) -> bool {
        let names = filter.attributes();
        self.entitlements().iter().any(|kind| names.iter().any(|name| name.is(kind.of_person().0)))
    }

    /// Reads a row, if it satisfies the filter, with the entitlements that were read for its page.
    ///
    /// # Errors
    ///
    /// A row that is no person.
    pub fn read(
        &self,
        row: &Row,
        filter: Option<&Filter>,
        entitlements: Option<&Assignments>,
    ) -> Result<Option<ConnectorObject>> {
        let (mut object, _) = self.read_whole(row)?;
        if let Some(entitlements) = entitlements {
            entitlements.attach(&mut object);
        }
        if filter.is_some_and(|filter| !filter.matches(&object)) {
            return Ok(None);
        }
        self.reduce(&mut object);
        Ok(Some(object))
    }

    /// Reads a row with everything that was fetched, and the status letter.
    ///
    /// # Errors
    ///
    /// A row that is no person.
    pub fn read_whole(&self, row: &Row) -> Result<(ConnectorObject, Option<char>)> {
        let header = row.header().ok_or_else(|| bad("a record of the tenant is not a JSON object"))?;
        self.columns(header).read(&self.object_class, &self.slots, row)
    }

    fn columns(&self, header: &Arc<Header>) -> Arc<Columns> {
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        match columns.as_ref().filter(|columns| columns.are_of(header)) {
            Some(columns) => Arc::clone(columns),
            None => Arc::clone(columns.insert(Arc::new(Columns::new(&self.slots, header)))),
        }
    }

    /// Takes away what the caller did not ask for.
    pub fn reduce(&self, object: &mut ConnectorObject) {
        if self.is_whole {
            return;
        }
        let mut wanted = self.slots.iter().map(|slot| slot.wanted);
        object.attributes.retain(|_| wanted.next().unwrap_or(false));
    }
}
