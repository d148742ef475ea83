//! An attribute, and where its values come from and go to.

use connector_core::object::{AttributeInfo, ObjectClass, ValueType};

use crate::class::state::StateView;
use crate::odata::edm::Edm;
use crate::odata::metadata::Property;

/// An attribute and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Mapped {
    pub info: AttributeInfo,
    pub source: Source,
}

/// Where the values of an attribute come from and go to.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// A property of the entity.
    Property { name: String, edm: Edm },
    /// Objects at the other end of navigations.
    Reference(Reference),
    /// It follows from the state.
    State(&'static StateView),
    /// It is read apart from the records, for many of them at once.
    Companion(Ids),
}

/// Objects at the other end of navigations, by a property of theirs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reference {
    /// The navigations, and then the property: `["rules", "accessGroups", "groupID"]`.
    pub path: &'static [&'static str],
    pub ids: Ids,
    /// The id that means "nobody".
    pub nobody: Option<&'static str>,
}

/// References to objects of a class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ids {
    pub class: &'static str,
    /// Another name of the class, which hosts may use.
    pub alias: &'static str,
    pub are_numbers: bool,
    /// What values look like, for messages: `the user id of a person`.
    pub takes: &'static str,
}

impl Reference {
    /// The navigations, as `$expand` names them.
    pub fn expand(&self) -> String {
        self.navigations().join("/")
    }

    /// The navigations, from the record on.
    pub fn navigations(&self) -> &'static [&'static str] {
        self.path.split_last().map_or(&[], |(_, navigations)| navigations)
    }

    /// The first navigation, which is a field of the record.
    pub fn field(&self) -> &'static str {
        self.path.first().copied().unwrap_or_default()
    }

    /// All of it, as `$select` and `$filter` name it.
    pub fn full_path(&self) -> String {
        self.path.join("/")
    }
}

impl Mapped {
    /// A property, as the metadata describe it. Whether the key may be changed is for the class to say.
    pub fn of_property(property: &Property) -> Self {
        let info = AttributeInfo {
            label: property.label.clone(),
            max_length: property.max_length,
            required: property.required,
            creatable: property.creatable,
            updatable: property.updatable,
            readable: property.visible,
            returned_by_default: property.visible && !property.sensitive,
            filterable: property.filterable && property.visible,
            sortable: property.sortable && property.visible,
            sensitive: property.sensitive,
            ..AttributeInfo::new(property.name.as_str(), property.edm.value_type())
        };
        Self { info, source: Source::Property { name: property.name.clone(), edm: property.edm } }
    }

    /// A property that is the same on every tenant, and is only read.
    pub fn fixed(name: &str, edm: Edm, label: &str) -> Self {
        let mut info = AttributeInfo::new(name, edm.value_type()).read_only();
        info.label = Some(label.to_owned());
        Self { info, source: Source::Property { name: name.to_owned(), edm } }
    }

    /// What follows from the state.
    pub fn of_state(view: &'static StateView, property: &str) -> Self {
        let mut info = AttributeInfo::new(view.name, view.value_type).plain();
        info.native_name = Some(property.to_owned());
        info.label = view.label.map(ToOwned::to_owned);
        info.filterable = true;
        info.returned_by_default = view.returned_by_default;
        (info.creatable, info.updatable) = (view.is_writable, view.is_writable);
        Self { info, source: Source::State(view) }
    }

    /// One object at the other end of a navigation.
    pub fn link(name: &str, label: &str, reference: Reference) -> Self {
        let mut info = AttributeInfo::new(name, ValueType::Reference).plain();
        info.label = Some(label.to_owned());
        info.referenced_object_class = Some(ObjectClass::from(reference.ids.class));
        info.filterable = true;
        Self { info, source: Source::Reference(reference) }
    }

    /// Many objects, which only come when they are asked for.
    pub fn many(name: &str, ids: Ids, source: Source) -> Self {
        let mut info = AttributeInfo::new(name, ValueType::Reference).read_only();
        info.referenced_object_class = Some(ObjectClass::from(ids.class));
        info.multivalued = true;
        info.returned_by_default = false;
        Self { info, source }
    }

    /// What its values look like, for messages.
    pub fn takes(&self) -> &'static str {
        match &self.source {
            Source::Property { edm, .. } => edm.expected(),
            Source::Reference(Reference { ids, .. }) | Source::Companion(ids) => ids.takes,
            Source::State(view) => view.value_type.expected(),
        }
    }

    /// The key in the record; nothing if the value does not come from one field of it.
    pub fn field(&self) -> Option<&str> {
        match &self.source {
            Source::Property { name, .. } => Some(name),
            Source::Reference(reference) => Some(reference.field()),
            Source::State(_) | Source::Companion(_) => None,
        }
    }

    /// Whether its values lead to objects whose ids are numbers.
    pub fn has_numbers(&self) -> bool {
        match &self.source {
            Source::Reference(Reference { ids, .. }) | Source::Companion(ids) => ids.are_numbers,
            Source::Property { .. } | Source::State(_) => false,
        }
    }

    /// Whether it is known to nobody, and only written.
    pub fn is_secret(&self) -> bool {
        self.info.value_type == ValueType::Secret
    }
}
