//! The data model: which entities, properties and navigations the tenant has. It is data, read from the
//! tables in `data/`; nothing else in the crate knows a list of properties.

use std::collections::HashMap;

mod table;

pub(crate) use table::load;

/// The primitive types of EDM that the tenant uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EdmType {
    String,
    /// A decimal number, held as its text.
    Decimal,
    /// Bytes, held as base64 text.
    Binary,
    Boolean,
    Int32,
    Int64,
    Double,
    Single,
    DateTime,
    DateTimeOffset,
}

impl EdmType {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "String" => Self::String,
            "Decimal" => Self::Decimal,
            "Binary" => Self::Binary,
            "Boolean" => Self::Boolean,
            "Int32" => Self::Int32,
            "Int64" => Self::Int64,
            "Double" => Self::Double,
            "Single" => Self::Single,
            "DateTime" => Self::DateTime,
            "DateTimeOffset" => Self::DateTimeOffset,
            _ => return None,
        })
    }

    /// The type's name with its namespace.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::String => "Edm.String",
            Self::Decimal => "Edm.Decimal",
            Self::Binary => "Edm.Binary",
            Self::Boolean => "Edm.Boolean",
            Self::Int32 => "Edm.Int32",
            Self::Int64 => "Edm.Int64",
            Self::Double => "Edm.Double",
            Self::Single => "Edm.Single",
            Self::DateTime => "Edm.DateTime",
            Self::DateTimeOffset => "Edm.DateTimeOffset",
        }
    }

    /// Whether values are held as texts.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::String | Self::Decimal | Self::Binary)
    }

    pub(crate) fn is_time(self) -> bool {
        matches!(self, Self::DateTime | Self::DateTimeOffset)
    }
}

/// The `sap:` annotations of a property, a navigation or an entity set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are the annotations, one by one")]
pub(crate) struct Flags {
    pub(crate) creatable: bool,
    pub(crate) updatable: bool,
    pub(crate) upsertable: bool,
    pub(crate) deletable: bool,
    pub(crate) visible: bool,
    pub(crate) sortable: bool,
    pub(crate) filterable: bool,
    pub(crate) required: bool,
    /// `sap:display-format="Date"`.
    pub(crate) date: bool,
    pub(crate) sensitive: bool,
    /// `sap:inlineRequired="false"`.
    pub(crate) inline_optional: bool,
    /// A navigation that is listed in an answer only when it is selected or expanded.
    pub(crate) quiet: bool,
}

/// A plain property.
#[derive(Debug, Clone)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) kind: EdmType,
    pub(crate) nullable: bool,
    pub(crate) max_length: Option<usize>,
    pub(crate) flags: Flags,
    pub(crate) picklist: Option<String>,
}

impl Property {
    /// A column of the sandbox's own, which no request and no document can name.
    pub(crate) fn is_internal(&self) -> bool {
        self.name.starts_with('~')
    }
}

/// The columns by which rows of two entities belong together: of this one, of the other.
pub(crate) type Join = Vec<(usize, usize)>;

/// A navigation to another entity, or to the same.
#[derive(Debug, Clone)]
pub(crate) struct Navigation {
    pub(crate) name: String,
    pub(crate) many: bool,
    /// The entity at the other end; an index into [`Model::entities`].
    pub(crate) target: usize,
    pub(crate) association: String,
    pub(crate) from_role: String,
    pub(crate) to_role: String,
    pub(crate) flags: Flags,
    /// For a navigation that is another one read backwards, as `directReports` of `manager`: that one's
    /// index. Only forward navigations are stored.
    pub(crate) inverse_of: Option<usize>,
    /// The columns that are equal at both ends; `None` for links that are stored.
    pub(crate) join: Option<Join>,
}

/// An entity type with its set of the same name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entity {
    pub(crate) name: String,
    /// The first key property, an index into `properties`.
    pub(crate) key: usize,
    /// All key properties, in the order of `$metadata`.
    pub(crate) keys: Vec<usize>,
    /// The key properties in the order in which rows are sorted, the owner's first.
    pub(crate) order: Vec<usize>,
    /// The columns of a slice's first and last day, for entities that are effective-dated.
    pub(crate) dated: Option<(usize, usize)>,
    /// At the end of a navigation, rows come in no order that a client could rely on.
    pub(crate) unsorted: bool,
    pub(crate) flags: Flags,
    pub(crate) properties: Vec<Property>,
    pub(crate) navigations: Vec<Navigation>,
    /// The places of the properties, once they are settled.
    places: HashMap<String, usize>,
}

impl Entity {
    pub(crate) fn property(&self, name: &str) -> Option<usize> {
        if self.places.is_empty() {
            return self.properties.iter().position(|property| property.name == name);
        }
        self.places.get(name).copied()
    }

    /// Makes looking properties up by name quick. They may not change afterwards.
    pub(crate) fn settle(&mut self) {
        let names = self.properties.iter().map(|property| property.name.clone());
        self.places = names.zip(0..).collect();
    }

    pub(crate) fn navigation(&self, name: &str) -> Option<usize> {
        self.navigations.iter().position(|navigation| navigation.name == name)
    }
}

/// Everything the tenant has.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) entities: Vec<Entity>,
}

impl Model {
    pub(crate) fn entity(&self, name: &str) -> Option<usize> {
        self.entities.iter().position(|entity| entity.name == name)
    }
}
