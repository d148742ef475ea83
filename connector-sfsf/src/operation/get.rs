//! `get`: one person, whatever their status, by user id or by another attribute.

use connector_core::Result;
use connector_core::operation::{GetOutcome, GetRequest};

use crate::http::Scope;
use crate::session::Session;
use crate::user::{by_attribute, probe, refine};

/// Looks a person up. May be repeated.
pub(crate) async fn get(session: &Session, scope: &Scope, request: &GetRequest) -> Result<GetOutcome> {
    let wanted = request.attributes_to_get.as_deref();
    let model = session.model(scope).await?;
    if let Some(name) = request.attribute() {
        return by_attribute(session, scope, &model, (name, &request.uid), wanted).await;
    }
    let person = probe(session, scope, &model, &request.uid, wanted).await?;
    Ok(refine(session, scope, &request.uid, person).await?.into_outcome())
}
