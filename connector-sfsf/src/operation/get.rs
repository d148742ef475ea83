//! `get`: one person by user id, whatever their status.

use connector_core::Result;
use connector_core::operation::{GetRequest, Lookup};

use crate::http::Scope;
use crate::session::Session;
use crate::user::probe;

/// Looks a person up. May be repeated.
pub(crate) async fn get(session: &Session, scope: &Scope, request: &GetRequest) -> Result<Lookup> {
    let wanted = request.attributes_to_get.as_deref();
    let model = session.model(scope).await?;
    let person = probe(session, scope, &model, &request.uid, wanted).await?;
    Ok(Lookup { presence: person.presence, object: person.object, evidence: person.evidence })
}
