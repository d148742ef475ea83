//! The members of groups, many groups in one request.

use connector_core::object::{ObjectClass, Uid};
use connector_core::{Error, ErrorKind, Result};

use super::explained;
use super::kind::Kind;
use super::object::{id, parse};
use crate::http::Scope;
use crate::odata::page::Page;
use crate::odata::query::Query;
use crate::session::Session;

/// Asks who is in a group. Inactive people stay members (reference, entities §7.3).
pub(super) fn query(group: &Uid) -> Query {
    Query::set("getUsersByDynamicGroup")
        .json()
        .option("groupId", format!("{group}L"))
        .option("activeOnly", "false")
}

/// The members of each of these groups, in their order. A group that went away meanwhile has none.
///
/// # Errors
///
/// Those of reading, and a missing permission.
pub(super) async fn of_groups(session: &Session, scope: &Scope, groups: &[Uid]) -> Result<Vec<Vec<Uid>>> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let queries: Vec<_> = groups.iter().map(query).collect();
    let pages = session.read_many(scope, &queries).await.map_err(explained)?;
    pages.into_iter().zip(groups).map(|(page, group)| uids(page, group)).collect()
}

fn uids(page: Result<Page>, group: &Uid) -> Result<Vec<Uid>> {
    let rows = match page {
        Ok(page) => page.rows,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(about(group)(explained(error))),
    };
    let mut uids = Vec::with_capacity(rows.len());
    for row in rows {
        uids.extend(id(&parse(&row)?, "userId"));
    }
    Ok(uids)
}

/// Says which group an error is about.
pub(super) fn about(group: &Uid) -> impl FnOnce(Error) -> Error {
    move |error| error.with_object(&ObjectClass::from(Kind::Group.entity()), Some(group))
}
