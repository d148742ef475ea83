//! The object model: what connectors and hosts talk about.

mod attribute;
mod connector_object;
mod name;
mod presence;
mod schema;
mod secret;
mod value;

pub(crate) use attribute::deltas_as_map;
pub use attribute::{Attribute, AttributeDelta, Change};
pub use connector_object::ConnectorObject;
pub use name::{AttributeName, ObjectClass, Uid, special};
pub use presence::{Evidence, Presence};
pub use schema::{AttributeInfo, ObjectClassInfo, Schema};
pub use secret::{REDACTED, Secret};
pub(crate) use value::iso;
pub use value::{Reference, Value, ValueType};
