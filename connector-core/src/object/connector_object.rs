//! An object of the target system.

use serde::{Deserialize, Serialize};

use super::{Attribute, AttributeName, ObjectClass, Text, Uid, Value, special};

/// An object: its class, its uid, its name, and the attributes that were asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ConnectorObject {
    /// Its class.
    pub object_class: ObjectClass,
    /// What identifies it for ever.
    pub uid: Uid,
    /// What people call it.
    pub name: Text,
    /// Its attributes, in the schema's order. Uid and name are not among them.
    #[serde(with = "super::attribute::as_map")]
    #[schemars(with = "std::collections::BTreeMap<AttributeName, Vec<Value>>")]
    pub attributes: Vec<Attribute>,
}

impl ConnectorObject {
    /// The attribute with this name; case does not matter.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name.is(name))
    }

    /// The values of the attribute with this name, none if it is not here.
    pub fn values(&self, name: &str) -> &[Value] {
        self.attribute(name).map_or(&[], |attribute| &attribute.values)
    }

    /// The values under any name, `__UID__` and `__NAME__` included.
    pub fn values_of(&self, name: &AttributeName) -> Vec<Value> {
        if name.is(special::UID) {
            vec![Value::from(self.uid.as_str())]
        } else if name.is(special::NAME) {
            vec![Value::String(self.name.clone())]
        } else {
            self.values(name.as_str()).to_vec()
        }
    }

    /// The first value of the attribute with this name.
    pub fn first(&self, name: &str) -> Option<&Value> {
        self.values(name).first()
    }
}
