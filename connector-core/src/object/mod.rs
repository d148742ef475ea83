//! The object model: what connectors and hosts talk about.

mod attribute;
mod connector_object;
pub mod day;
mod name;
mod presence;
mod schema;
mod secret;
mod value;

pub use attribute::{Attribute, AttributeDelta, Change, Values};
pub(crate) use attribute::{as_map as attributes_as_map, deltas_as_map};
/// A text that is cheap to make and to drop: up to 24 bytes lie in the value itself.
pub use compact_str::CompactString as Text;
pub use connector_object::ConnectorObject;
pub use name::{AttributeName, ObjectClass, Uid, special};
pub use presence::{Evidence, Presence};
pub use schema::{AttributeInfo, ObjectClassInfo, Schema};
pub use secret::{REDACTED, Secret};
pub use value::{Reference, Value, ValueType};
pub(crate) use value::{decimal, iso};
