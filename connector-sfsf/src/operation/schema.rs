//! `schema`: the attributes of `User` on this tenant.

use std::sync::Arc;

use connector_core::Result;
use connector_core::object::Schema;

use crate::http::Scope;
use crate::session::Session;

/// Reads the schema, at most once an hour. May be repeated.
pub(crate) async fn schema(session: &Session, scope: &Scope) -> Result<Arc<Schema>> {
    Ok(session.model(scope).await?.schema())
}
