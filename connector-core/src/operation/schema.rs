//! `schema`: what do objects look like? The answer is a [`Schema`](crate::object::Schema).

use serde::{Deserialize, Serialize};

/// A request for the schema takes nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SchemaRequest {}
