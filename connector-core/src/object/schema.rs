//! What objects of a target look like.

use serde::{Deserialize, Serialize};

use super::{AttributeName, ObjectClass, ValueType};

/// The object classes of one target, as that very target has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Schema {
    /// The classes.
    pub object_classes: Vec<ObjectClassInfo>,
}

impl Schema {
    /// The class with this name, or with this alias.
    pub fn object_class(&self, name: &ObjectClass) -> Option<&ObjectClassInfo> {
        self.object_classes.iter().find(|info| info.name == *name || info.aliases.contains(name))
    }
}

/// One object class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ObjectClassInfo {
    /// Its name, as the target calls it.
    pub name: ObjectClass,
    /// Other names that are understood, such as `__ACCOUNT__`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<ObjectClass>,
    /// Its attributes.
    pub attributes: Vec<AttributeInfo>,
}

impl ObjectClassInfo {
    /// The attribute with this name; case does not matter.
    pub fn attribute(&self, name: &AttributeName) -> Option<&AttributeInfo> {
        self.attributes.iter().find(|info| info.name == *name)
    }
}

/// One attribute of an object class. Flags that are false are left out of the JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AttributeInfo {
    /// Its name.
    pub name: AttributeName,
    /// The target's name for it, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_name: Option<String>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The type of its values.
    pub value_type: ValueType,
    /// The parts of its values, where they are [complex](ValueType::Complex): what each is called and may hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeInfo>,
    /// The list that its values are codes of: what [`lookup`](crate::operation::LookupRequest) takes as `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_list: Option<String>,
    /// The class that a reference points to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referenced_object_class: Option<ObjectClass>,
    /// The longest text that the target takes, in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// A create without it fails.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// It may have more than one value.
    #[serde(default, skip_serializing_if = "is_false")]
    pub multivalued: bool,
    /// It may be given when an object is created.
    #[serde(default, skip_serializing_if = "is_false")]
    pub creatable: bool,
    /// It may be changed later.
    #[serde(default, skip_serializing_if = "is_false")]
    pub updatable: bool,
    /// It can be read.
    #[serde(default, skip_serializing_if = "is_false")]
    pub readable: bool,
    /// It comes with an object without being asked for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub returned_by_default: bool,
    /// The target itself can filter by it. What it cannot filter by is evaluated here, after reading.
    #[serde(default, skip_serializing_if = "is_false")]
    pub filterable: bool,
    /// The target can sort by it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sortable: bool,
    /// It is personal to a degree that calls for care, or secret.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
}

impl AttributeInfo {
    /// An attribute that can do nothing yet.
    pub fn new(name: impl Into<AttributeName>, value_type: ValueType) -> Self {
        Self {
            name: name.into(),
            native_name: None,
            label: None,
            value_type,
            attributes: Vec::new(),
            value_list: None,
            referenced_object_class: None,
            max_length: None,
            required: false,
            multivalued: false,
            creatable: false,
            updatable: false,
            readable: false,
            returned_by_default: false,
            filterable: false,
            sortable: false,
            sensitive: false,
        }
    }

    /// Readable, writable and returned by default: what most attributes are.
    #[must_use]
    pub fn plain(mut self) -> Self {
        (self.creatable, self.updatable) = (true, true);
        (self.readable, self.returned_by_default) = (true, true);
        self
    }

    /// Readable and returned by default, but not writable.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        (self.creatable, self.updatable) = (false, false);
        (self.readable, self.returned_by_default) = (true, true);
        self
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
