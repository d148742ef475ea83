//! The data model: which entities, properties and navigations the tenant has. It is data, read from the
//! tables in `data/`; nothing else in the crate knows a list of properties.

use std::collections::HashMap;

use crate::options::switches::Switches;
use crate::state::store::Value;

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

/// What is peculiar to an entity beyond its annotations, as the last cell of its table's first line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are words of a table, one by one")]
pub(crate) struct Traits {
    /// `unsorted`: at the end of a navigation, rows come in no order that a client could rely on.
    pub(crate) unsorted: bool,
    /// `unordered`: lists come in no order either, unless the options say otherwise.
    pub(crate) unordered: bool,
    /// `numbered` or `numbered:WORD`: a row that comes without a key is given the next number, behind the word if
    /// the key is a text.
    pub(crate) numbered: Option<String>,
    /// `lenient`: properties that are marked read-only are taken.
    pub(crate) lenient: bool,
    /// `replaced`: stored links are replaced by those that come, not added to.
    pub(crate) replaced: bool,
    /// `part`: belongs to one row alone; another one that brings it along gets a copy.
    pub(crate) part: bool,
    /// `no-workflow`: there are no records in a workflow that could be asked for.
    pub(crate) no_workflow: bool,
    /// `depth:NUMBER`: how deep `$expand` may go.
    pub(crate) depth: Option<usize>,
}

/// A status with letters and words, of which some mean that a row is active.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Status {
    pub(crate) column: usize,
    /// The letters, each with the word that stands for it too.
    pub(crate) words: &'static [(&'static str, &'static str)],
    /// The letters of active rows.
    pub(crate) active: &'static [&'static str],
}

impl Status {
    /// The letter of a status that is given as letter or word (KBA 2166571).
    pub(crate) fn letter(&self, text: &str) -> Option<&'static str> {
        self.words.iter().find(|(letter, word)| *letter == text || *word == text).map(|(letter, _)| *letter)
    }

    /// Whether a cell of the column means that its row is active.
    pub(crate) fn is_active(&self, cell: &Value<'_>) -> bool {
        cell.as_text().is_some_and(|letter| self.active.contains(&letter))
    }
}

/// Rows that lists leave out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hiding {
    /// The column that decides.
    pub(crate) column: usize,
    /// Whether the tenant does so.
    pub(crate) is_on: fn(&Switches) -> bool,
    /// A filter that names the column ends it.
    pub(crate) ends_when_named: bool,
    /// Whether a row is left out, from its cell and the last day that the list looks at.
    pub(crate) hides: fn(&Value<'_>, i64) -> bool,
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
    pub(crate) traits: Traits,
    /// Its status, if rows that are not active are left out of lists.
    pub(crate) status: Option<Status>,
    /// What lists leave out besides.
    pub(crate) hiding: Vec<Hiding>,
    /// The text of COE0020 for this entity, given the API user, if it has one of its own.
    pub(crate) denial: Option<fn(&str) -> String>,
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
