//! The object model: what connectors and hosts talk about.

mod attribute;
mod connector_object;
mod name;
mod presence;
mod schema;
mod secret;
mod value;

pub(crate) use attribute::deltas_as_map;
pub use attribute::{Attribute, AttributeDelta, Change, Values};
pub use connector_object::ConnectorObject;
pub use name::{AttributeName, ObjectClass, Uid, special};
pub use presence::{Evidence, Presence};
pub use schema::{AttributeInfo, ObjectClassInfo, Schema};
pub use secret::{REDACTED, Secret};
/// A text that is cheap to make, to clone and to drop: up to 23 bytes lie in the value itself, and longer ones are shared.
pub use smol_str::SmolStr as Text;
pub(crate) use value::iso;
pub use value::{Reference, Value, ValueType};
