//! The data model: which entities, properties and navigations the tenant has. It is data, read from the
//! tables in `data/`; nothing else in the crate knows a list of properties.

mod table;

pub(crate) use table::load;

/// The primitive types of EDM that the tenant uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EdmType {
    String,
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
            Self::Boolean => "Edm.Boolean",
            Self::Int32 => "Edm.Int32",
            Self::Int64 => "Edm.Int64",
            Self::Double => "Edm.Double",
            Self::Single => "Edm.Single",
            Self::DateTime => "Edm.DateTime",
            Self::DateTimeOffset => "Edm.DateTimeOffset",
        }
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
}

/// An entity type with its set of the same name.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) name: String,
    /// The key property, an index into `properties`.
    pub(crate) key: usize,
    pub(crate) flags: Flags,
    pub(crate) properties: Vec<Property>,
    pub(crate) navigations: Vec<Navigation>,
}

impl Entity {
    pub(crate) fn property(&self, name: &str) -> Option<usize> {
        self.properties.iter().position(|property| property.name == name)
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
