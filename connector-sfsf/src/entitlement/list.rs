//! All entitlements of a class. Lists of them are short.

use connector_core::Result;
use connector_core::object::Uid;

use super::explained;
use super::kind::Kind;
use super::object::read;
use crate::http::Scope;
use crate::odata::literal;
use crate::odata::query::Query;
use crate::session::Session;

/// All objects of a class that exist for the connector.
pub(super) fn query(kind: Kind, session: &Session) -> Query {
    query_after(kind, session, None)
}

/// The same, but only those after this id.
pub(super) fn query_after(kind: Kind, session: &Session, after: Option<u64>) -> Query {
    let types = session.configuration.groups.types.iter().map(String::as_str);
    let types = (kind == Kind::Group).then(|| format!("groupType in {}", literal::list(types)));
    let after = after.map(|id| format!("{} gt {id}L", kind.key()));
    let filter = types.into_iter().chain(after).collect::<Vec<_>>().join(" and ");
    Query::set(kind.entity()).json().option("$filter", filter)
}

/// One object of a class.
pub(super) fn only(kind: Kind, id: u64) -> Query {
    Query::set(kind.entity()).json().option("$filter", format!("{} eq {id}L", kind.key()))
}

/// The uids of all objects of a class.
pub(super) async fn uids(session: &Session, scope: &Scope, kind: Kind) -> Result<Vec<Uid>> {
    let rows = session.read_all(scope, &query(kind, session)).await.map_err(explained)?;
    let objects = rows.iter().map(|row| read(kind, row).map(|object| object.uid));
    let mut uids = objects.collect::<Result<Vec<_>>>()?;
    sort(&mut uids);
    Ok(uids)
}

/// Ids are numbers, and come in their order.
pub(super) fn sort(uids: &mut [Uid]) {
    uids.sort_by_cached_key(order);
}

pub(super) fn order(uid: &Uid) -> (u64, Uid) {
    (uid.as_str().parse().unwrap_or(u64::MAX), uid.clone())
}
