//! What to ask the tenant for, so that the caller gets the attributes wanted and the filter has what it needs.

use std::sync::{Arc, Mutex, PoisonError};

use connector_core::object::{AttributeName, ObjectClass};
use connector_core::{Filter, Result};

use super::gaps::Gaps;
use super::row_reader::{Record, RowReader, bad};
use super::slot::Slot;
use crate::class::profile::{Profile, Shape};
use crate::mapping::attribute::{Mapped, Source};
use crate::mapping::model::Model;
use crate::odata::query::Query;
use crate::odata::row::{Header, Row};

/// The attributes that a read fetches.
#[derive(Debug)]
pub(crate) struct QueryPlan {
    profile: &'static Profile,
    object_class: ObjectClass,
    slots: Vec<Slot>,
    /// What did not come of them.
    gaps: Gaps,
    /// Reads records like the one that was read last: the next one mostly has the same fields.
    reader: Mutex<Option<Arc<RowReader>>>,
}

impl QueryPlan {
    /// Plans for these attributes (the default ones if none are named), for this filter, and for attributes that we
    /// need ourselves.
    ///
    /// # Errors
    ///
    /// An attribute that the tenant does not have.
    pub fn new(
        model: &Model,
        wanted: Option<&[AttributeName]>,
        filter: Option<&Filter>,
        besides: &[&str],
    ) -> Result<Self> {
        let names = |names: &[&AttributeName]| -> Result<Vec<AttributeName>> {
            names.iter().map(|name| Ok(model.find(name)?.info.name.clone())).collect()
        };
        let asked = names(&wanted.unwrap_or_default().iter().collect::<Vec<_>>())?;
        let needed = names(&filter.map(Filter::attributes).unwrap_or_default())?;
        let profile = model.profile;
        let slot = |Mapped { info, source }: &Mapped| {
            let is_wanted =
                if wanted.is_some() { asked.contains(&info.name) } else { info.returned_by_default };
            let always = profile.needed().any(|name| info.name.is(name))
                || besides.iter().any(|name| info.name.is(name));
            let decides = needed.contains(&info.name);
            (info.readable && (is_wanted || always || decides)).then(|| Slot {
                name: info.name.clone(),
                source: source.clone(),
                wanted: is_wanted,
                decides,
            })
        };
        Ok(Self {
            profile,
            object_class: profile.object_class(),
            slots: model.attributes().iter().filter_map(slot).collect(),
            gaps: Gaps::default(),
            reader: Mutex::default(),
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

    /// Asks for the fields.
    pub fn ask(&self, query: Query) -> Query {
        query.json().option("$select", self.select()).option("$expand", self.expand())
    }

    fn select(&self) -> String {
        if self.profile.shape == Shape::Fixed {
            return String::new();
        }
        let mut names: Vec<String> = Vec::new();
        for slot in &self.slots {
            let name = match &slot.source {
                Source::Property { name, .. } => name.clone(),
                Source::Reference(reference) => reference.full_path(),
                Source::State(_) | Source::Companion(_) => continue,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(",")
    }

    fn expand(&self) -> String {
        let navigations = self.slots.iter().filter_map(|slot| match &slot.source {
            Source::Reference(reference) => Some(reference.expand()),
            _ => None,
        });
        navigations.collect::<Vec<_>>().join(",")
    }

    /// The attributes that are read apart from the records.
    pub fn companions(&self) -> Vec<AttributeName> {
        let companions = self.slots.iter().filter(|slot| matches!(slot.source, Source::Companion(_)));
        companions.map(|slot| slot.name.clone()).collect()
    }

    /// Whether a filter looks at what is read apart from the records.
    pub fn is_about_companions(&self, filter: &Filter) -> bool {
        let companions = self.companions();
        filter.attributes().iter().any(|name| companions.contains(name))
    }

    /// Reads a record with everything that was fetched.
    ///
    /// # Errors
    ///
    /// A record that is no object of the class.
    pub fn read(&self, row: &Row) -> Result<Record> {
        let header = row.header().ok_or_else(|| bad("a record of the tenant is not a JSON object"))?;
        self.reader(row, header).read(&self.object_class, row)
    }

    fn reader(&self, row: &Row, header: &Arc<Header>) -> Arc<RowReader> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        match reader.as_ref().filter(|reader| reader.is_of(header)) {
            Some(reader) => Arc::clone(reader),
            None => {
                let of_header = RowReader::new(self.profile, &self.slots, &self.gaps, row, header);
                Arc::clone(reader.insert(Arc::new(of_header)))
            }
        }
    }
}
