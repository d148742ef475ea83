//! `get` of an entitlement: by its id, or by another attribute.

use connector_core::object::{Evidence, Presence, special};
use connector_core::operation::{GetOutcome, GetRequest};
use connector_core::{Filter, Result};

use super::explained;
use super::kind::Kind;
use super::list::{only, query};
use super::wanted::{Wanted, complete, objects};
use crate::http::Scope;
use crate::session::Session;

/// Looks one entitlement up by its id, or by another attribute.
///
/// # Errors
///
/// Those of reading, and a missing permission.
pub(crate) async fn get(
    session: &Session,
    scope: &Scope,
    kind: Kind,
    request: &GetRequest,
) -> Result<GetOutcome> {
    let by = request.attribute().cloned().unwrap_or_else(|| special::UID.into());
    let filter = Filter::equal(by, request.uid.as_str());
    let wanted = Wanted::new(kind, request.attributes_to_get.clone(), Some(filter.clone()))?;
    let query = match (request.attribute(), request.uid.as_str().parse()) {
        (None, Ok(id)) => only(kind, id),
        _ => query(kind, session),
    };
    let query = query.option("$expand", wanted.expand());
    let rows = session.read_all(scope, &query).await.map_err(explained)?;
    let (mut found, _) = objects(&wanted, &rows);
    complete(session, scope, &wanted, &mut found).await?;
    found.retain(|object| wanted.matches(object));
    let query = format!("{}, of which {filter}", query.readable());
    let presence = match found.len() {
        0 => Presence::NotFound,
        1 => Presence::Active,
        _ => Presence::Ambiguous,
    };
    let candidates = if found.len() > 1 { found.iter().map(|o| o.uid.clone()).collect() } else { Vec::new() };
    let evidence = vec![Evidence { query, answer: format!("{} of {}", found.len(), rows.len()) }];
    let object = found.pop().filter(|_| presence == Presence::Active).map(|mut object| {
        wanted.reduce(&mut object);
        object
    });
    let (withheld, notices) = (wanted.gaps.withheld(), wanted.gaps.notices());
    Ok(GetOutcome { object, candidates, withheld, notices, ..GetOutcome::without_object(presence, evidence) })
}
