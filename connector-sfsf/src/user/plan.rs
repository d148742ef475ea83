//! What to ask the tenant for, so that the caller gets the attributes wanted and the filter has what it needs.

use std::sync::{Arc, Mutex, PoisonError};

use connector_core::object::{AttributeName, ConnectorObject, ObjectClass};
use connector_core::{Filter, Result};

use super::Source;
use super::gaps::Gaps;
use super::model::{NEEDED, USER, UserModel};
use super::row::{Columns, Record, bad};
use crate::entitlement::{Assignments, Kind};
use crate::odata::edm::Edm;
use crate::odata::row::{Header, Row};

/// An attribute to be read.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub name: AttributeName,
    pub source: Source,
    /// Whether the caller sees it, or only the filter.
    pub wanted: bool,
    /// Whether the filter decides by it.
    pub decides: bool,
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

    /// Whether it leads to another person.
    pub fn is_link(&self) -> bool {
        matches!(self.source, Source::Link { .. })
    }

    /// Whether its times are those that the clock of the tenant's server showed.
    pub fn is_wall_clock(&self) -> bool {
        matches!(self.source, Source::Property { edm: Edm::DateTime, .. })
    }
}

/// The attributes that a read fetches.
#[derive(Debug)]
pub(crate) struct Plan {
    object_class: ObjectClass,
    slots: Vec<Slot>,
    /// What did not come of them.
    gaps: Gaps,
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
            let decides = needed.contains(&info.name);
            (is_wanted || always || decides).then(|| Slot {
                name: info.name.clone(),
                source: mapped.source.clone(),
                wanted: is_wanted,
                decides,
            })
        });
        let slots = slots.collect();
        Ok(Self {
            object_class: ObjectClass::from(USER),
            slots,
            gaps: Gaps::default(),
            columns: Mutex::default(),
        })
    }

    /// Takes note in these gaps, which may be those of other plans of the same run.
    #[must_use]
    pub fn noting(mut self, gaps: &Gaps) -> Self {
        self.gaps = gaps.clone();
        self
    }

    /// What did not come of what was asked for.
    pub fn gaps(&self) -> &Gaps {
        &self.gaps
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
        let mut record = self.read_whole(row)?;
        if let Some(entitlements) = entitlements {
            entitlements.attach(&mut record.object);
        }
        if filter.is_some_and(|filter| !filter.matches(&record.object)) {
            return Ok(None);
        }
        Ok(Some(record.into_object()))
    }

    /// Reads a row with everything that was fetched.
    ///
    /// # Errors
    ///
    /// A row that is no person.
    pub fn read_whole(&self, row: &Row) -> Result<Record> {
        let header = row.header().ok_or_else(|| bad("a record of the tenant is not a JSON object"))?;
        self.columns(row, header).read(&self.object_class, row)
    }

    fn columns(&self, row: &Row, header: &Arc<Header>) -> Arc<Columns> {
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        match columns.as_ref().filter(|columns| columns.are_of(header)) {
            Some(columns) => Arc::clone(columns),
            None => Arc::clone(columns.insert(Arc::new(Columns::new(&self.slots, &self.gaps, row, header)))),
        }
    }
}
