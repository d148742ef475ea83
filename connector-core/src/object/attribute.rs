//! Attributes, and changes to them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::{SmallVec, smallvec};

use super::{AttributeName, Value};

/// The values of an attribute. Most attributes have one value or none; that takes no memory of its own.
pub type Values = SmallVec<[Value; 1]>;

/// A named list of values. An empty list says that there is no value.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: AttributeName,
    /// Its values, in the target's order.
    pub values: Values,
}

impl Attribute {
    /// An attribute with these values.
    pub fn new(name: impl Into<AttributeName>, values: impl Into<Values>) -> Self {
        Self { name: name.into(), values: values.into() }
    }

    /// An attribute with one value.
    pub fn single(name: impl Into<AttributeName>, value: impl Into<Value>) -> Self {
        Self::new(name, smallvec![value.into()])
    }
}

/// What is to become of an attribute's values.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// These values and no others; an empty list clears the attribute.
    Replace(Vec<Value>),
    /// Some values more, some less. Adding what is there and removing what is not is no error.
    Modify {
        /// Values that shall be there.
        add: Vec<Value>,
        /// Values that shall not be there.
        remove: Vec<Value>,
    },
}

impl Change {
    /// The values after this change, given those before it.
    pub fn apply(&self, before: &[Value]) -> Vec<Value> {
        match self {
            Self::Replace(values) => values.clone(),
            Self::Modify { add, remove } => {
                let mut values: Vec<_> = before.iter().filter(|v| !remove.contains(v)).cloned().collect();
                for value in add {
                    if !values.contains(value) {
                        values.push(value.clone());
                    }
                }
                values
            }
        }
    }

    /// The values that this change mentions.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let (first, second) = match self {
            Self::Replace(values) => (values.as_slice(), [].as_slice()),
            Self::Modify { add, remove } => (add.as_slice(), remove.as_slice()),
        };
        first.iter().chain(second)
    }
}

/// A change to one attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeDelta {
    /// The attribute's name.
    pub name: AttributeName,
    /// What is to become of its values.
    pub change: Change,
}

impl AttributeDelta {
    /// These values and no others.
    pub fn replace(name: impl Into<AttributeName>, values: Vec<Value>) -> Self {
        Self { name: name.into(), change: Change::Replace(values) }
    }

    /// This value and no other.
    pub fn set(name: impl Into<AttributeName>, value: impl Into<Value>) -> Self {
        Self::replace(name, vec![value.into()])
    }

    /// No value any more.
    pub fn clear(name: impl Into<AttributeName>) -> Self {
        Self::replace(name, Vec::new())
    }
}

impl From<Attribute> for AttributeDelta {
    fn from(attribute: Attribute) -> Self {
        Self::replace(attribute.name, attribute.values.into_vec())
    }
}

/// `["a","b"]` replaces; `{"add":["a"],"remove":["b"]}` modifies.
impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Replace(values) => values.serialize(serializer),
            Self::Modify { add, remove } => {
                Modification { add: add.clone(), remove: remove.clone() }.serialize(serializer)
            }
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Modification {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    add: Vec<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    remove: Vec<Value>,
}

/// Besides the two written forms, a lone value replaces and `null` clears.
impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde_json::Value as Json;
        let json = Json::deserialize(deserializer)?;
        let modifies =
            json.as_object().is_some_and(|map| map.contains_key("add") || map.contains_key("remove"));
        let change = match json {
            Json::Null => Ok(Self::Replace(Vec::new())),
            Json::Array(_) => serde_json::from_value(json).map(Self::Replace),
            _ if modifies => serde_json::from_value::<Modification>(json)
                .map(|Modification { add, remove }| Self::Modify { add, remove }),
            _ => serde_json::from_value(json).map(|value| Self::Replace(vec![value])),
        };
        change.map_err(serde::de::Error::custom)
    }
}

/// Attributes as a JSON object, `{"name":[values]}`, in their order.
pub(crate) mod as_map {
    use super::{Attribute, AttributeName, Deserializer, Serializer};
    use serde::Deserialize as _;
    use serde::de::Error as _;
    use std::fmt;

    pub fn serialize<S: Serializer>(attributes: &[Attribute], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(attributes.iter().map(|a| (&a.name, &a.values)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Attribute>, D::Error> {
        let entries = serde_json::Map::deserialize(deserializer)?;
        entries
            .into_iter()
            .map(|(name, values)| {
                let values = serde_json::from_value(values).map_err(|e| in_attribute(&name, &e))?;
                Ok(Attribute { name: AttributeName::new(name), values })
            })
            .collect::<Result<_, String>>()
            .map_err(D::Error::custom)
    }

    pub(super) fn in_attribute(name: &str, error: &dyn fmt::Display) -> String {
        format!("attribute '{name}': {error}")
    }
}

/// Changes as a JSON object, `{"name": change}`, in their order.
pub(crate) mod deltas_as_map {
    use super::{AttributeDelta, AttributeName, Deserializer, Serializer, as_map};
    use serde::Deserialize as _;
    use serde::de::Error as _;

    pub fn serialize<S: Serializer>(deltas: &[AttributeDelta], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(deltas.iter().map(|d| (&d.name, &d.change)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<AttributeDelta>, D::Error> {
        let entries = serde_json::Map::deserialize(d)?;
        entries
            .into_iter()
            .map(|(name, change)| {
                let change = serde_json::from_value(change).map_err(|e| as_map::in_attribute(&name, &e))?;
                Ok(AttributeDelta { name: AttributeName::new(name), change })
            })
            .collect::<Result<_, String>>()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_modification_adds_what_is_missing_and_removes_what_is_there() {
        let change: Change = serde_json::from_str(r#"{"add":["b","c"],"remove":["a","x"]}"#).unwrap();
        assert_eq!(change.apply(&["a".into(), "b".into()]), vec!["b".into(), "c".into()]);
    }

    #[test]
    fn null_and_an_empty_list_clear() {
        for json in ["null", "[]"] {
            assert_eq!(serde_json::from_str::<Change>(json).unwrap(), Change::Replace(vec![]));
        }
    }

    #[test]
    fn a_lone_value_replaces() {
        assert_eq!(
            serde_json::from_str::<Change>(r#"{"$date":"2024-01-31"}"#).unwrap(),
            Change::Replace(vec![Value::Date("2024-01-31".parse().unwrap())])
        );
    }
}
