//! An attribute that a read fetches.

use connector_core::object::AttributeName;

use crate::mapping::attribute::Source;
use crate::odata::edm::Edm;

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
    /// The key in the record.
    pub fn field(&self) -> Option<&str> {
        match &self.source {
            Source::Property { name, .. } => Some(name),
            Source::Reference(reference) => Some(reference.field()),
            Source::State(_) | Source::Companion(_) => None,
        }
    }

    /// Whether it leads to other records.
    pub fn is_reference(&self) -> bool {
        matches!(self.source, Source::Reference(_))
    }

    /// Whether its times are those that the clock of the tenant's server showed.
    pub fn is_wall_clock(&self) -> bool {
        matches!(self.source, Source::Property { edm: Edm::DateTime, .. })
    }
}
