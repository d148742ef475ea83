//! What sets one object class apart from the others, as data.

use connector_core::manifest::DeleteMeaning;
use connector_core::object::{AttributeName, ObjectClass, special};
use connector_core::operation::Operation;
use connector_core::{Error, ErrorKind};

use super::state::StateRule;
use crate::odata::literal;

/// An object class: one object is one record of an entity.
#[derive(Debug)]
pub(crate) struct Profile {
    /// The name of the class.
    pub name: &'static str,
    /// Other names that are understood.
    pub aliases: &'static [&'static str],
    /// The entity set whose records the objects are, which has metadata of its own.
    pub entity: &'static str,
    /// Where the attributes are known from.
    pub shape: Shape,
    /// Every tenant has the entity: an address without it is none of a tenant's API.
    pub is_everywhere: bool,
    pub key: Key,
    /// The property that `__NAME__` stands for.
    pub name_property: &'static str,
    /// Objects may lack a name, and a tenant the property: then the key is the name, for filters too.
    pub has_nameless: bool,
    /// What an object and several of them are called, after "a".
    pub words: Words,
    /// Whether an object is active, if it has such a state.
    pub state: Option<&'static StateRule>,
    /// What says when an object was changed, if anything does.
    pub stamp: Option<Stamp>,
    /// There are hundreds of objects and not millions: one is looked for by any attribute by reading them all, and pages
    /// follow one another by key.
    pub is_short: bool,
    /// An object that a list does not have is asked for by its key too, since the tenant may hide it from lists.
    pub asks_by_key: bool,
    /// The tenant can be asked for another order than that of keys.
    pub sorts: bool,
    /// The objects have a history, and can be read as of a day.
    pub is_dated: bool,
    pub operations: &'static [Operation],
    pub delete: DeleteMeaning,
    /// Why an object cannot be made, if it cannot.
    pub made_elsewhere: Option<&'static str>,
    /// What the API user needs to read these objects, for errors.
    pub permission: Option<&'static str>,
    /// What the API user lacks to whom the tenant shows no object at all.
    pub nothing_shown: &'static str,
    /// What to know before using the class.
    pub notes: &'static [&'static str],
}

/// Where the attributes of a class are known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// From the tenant's metadata; properties are asked for by name.
    Metadata,
    /// They are the same on every tenant. They are read without `$select`, so that one that a tenant lacks spoils
    /// nothing.
    Fixed,
}

/// What identifies an object, and in which order objects come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub property: &'static str,
    pub kind: KeyKind,
}

/// What keys are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    Text,
    /// `Edm.Int64`.
    Number,
}

impl Key {
    /// The key as a literal; nothing if no object can have it.
    pub fn literal(&self, uid: &str) -> Option<String> {
        match self.kind {
            KeyKind::Text => Some(literal::string(uid)),
            // Not 03605 or +3605: records have a number in one form.
            KeyKind::Number => {
                let number = uid.parse::<u64>().ok().filter(|number| number.to_string() == uid)?;
                Some(format!("{number}L"))
            }
        }
    }

    /// A comparison with a key, such as `groupID ge 5L`.
    pub fn compare(&self, operator: &str, uid: &str) -> Option<String> {
        Some(format!("{} {operator} {}", self.property, self.literal(uid)?))
    }

    /// The condition that names these keys.
    pub fn one_of<'a>(&self, uids: impl Iterator<Item = &'a str>) -> Option<String> {
        match self.kind {
            KeyKind::Text => Some(format!("{} in {}", self.property, literal::list(uids))),
            KeyKind::Number => {
                let parts: Vec<_> = uids.filter_map(|uid| self.compare("eq", uid)).collect();
                (!parts.is_empty()).then(|| parts.join(" or "))
            }
        }
    }
}

/// What objects are called in sentences.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// `person`
    pub one: &'static str,
    /// `people`
    pub several: &'static str,
    /// `nobody`
    pub none: &'static str,
}

/// What says when an object was changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp {
    pub property: &'static str,
    /// It is what the clock of the tenant's server showed (`Edm.DateTime`), wherever that is.
    pub is_wall_clock: bool,
    /// The day from which a slice holds, of a dated class. What was entered ahead becomes the object on that day, long after
    /// it was stamped (docs/successfactors.md#deltas).
    pub begins: Option<&'static str>,
}

impl Profile {
    /// The class as hosts name it.
    pub fn object_class(&self) -> ObjectClass {
        ObjectClass::from(self.name)
    }

    /// Whether this name is the class's.
    pub fn is(&self, class: &ObjectClass) -> bool {
        class.is(self.name) || self.aliases.iter().any(|alias| class.is(alias))
    }

    /// The properties that make an object of the class of a record.
    pub fn needed(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.key.property, self.name_property].into_iter().chain(self.state.map(|state| state.property))
    }

    /// The rule of states that have to be named, if the class has such.
    pub fn named_states(&self) -> Option<&'static StateRule> {
        self.state.filter(|rule| rule.must_be_named)
    }

    /// The property that a special name stands for; the name itself if it is none.
    pub fn native(&self, name: &AttributeName) -> AttributeName {
        match () {
            () if name.is(special::UID) => self.key.property.into(),
            () if name.is(special::NAME) => self.name_property.into(),
            () => name.clone(),
        }
    }

    /// Says what the API user needs, if that is what an error is about.
    pub fn explained(&self, error: Error) -> Error {
        match self.permission.filter(|_| error.kind() == ErrorKind::PermissionDenied) {
            Some(permission) => error.with_advice(permission),
            None => error,
        }
    }
}
