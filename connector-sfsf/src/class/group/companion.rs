//! The members of groups, many groups in one request.

use std::collections::HashMap;

use async_trait::async_trait;
use connector_core::object::{ConnectorObject, ObjectClass, Uid};
use connector_core::{Error, Result};

use super::profile::PROFILE;
use super::{MEMBERS, of_types};
use crate::class::function::uids;
use crate::class::ids;
use crate::http::Scope;
use crate::odata::query::Query;
use crate::read::companion::{Companion, references};
use crate::tenant::{Session, read_all};

/// The members of some groups.
#[derive(Debug, Default)]
pub(super) struct Members(HashMap<Uid, Vec<Uid>>);

#[async_trait]
impl Companion for Members {
    /// One batch at a time: the members of all groups at once may be many.
    fn chunk(&self, session: &Session) -> usize {
        session.configuration.batch_size
    }

    async fn load(&mut self, session: &Session, scope: &Scope, groups: &[Uid], _more: bool) -> Result<()> {
        let lists = of_groups(session, scope, groups).await?;
        self.0 = groups.iter().cloned().zip(lists).collect();
        Ok(())
    }

    fn attach(&self, object: &mut ConnectorObject) {
        let members = self.0.get(&object.uid).cloned().unwrap_or_default();
        if let Some(attribute) = object.attributes.iter_mut().find(|attribute| attribute.name.is(MEMBERS)) {
            attribute.values = references(&ids::PEOPLE, members);
        }
    }
}

/// Asks who is in a group. Inactive people stay members (docs/successfactors.md#deactivating).
fn query(group: &Uid) -> Query {
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
pub(in crate::class) async fn of_groups(
    session: &Session,
    scope: &Scope,
    groups: &[Uid],
) -> Result<Vec<Vec<Uid>>> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let queries: Vec<_> = groups.iter().map(query).collect();
    let explained = |error| PROFILE.explained(error);
    let pages = session.read_many(scope, &queries).await.map_err(explained)?;
    let members =
        |(page, group)| uids(page, "userId").map_err(|error| about(group)(PROFILE.explained(error)));
    pages.into_iter().zip(groups).map(members).collect()
}

/// The ids of all groups that exist for the connector, in their order.
///
/// # Errors
///
/// Those of reading, and a missing permission.
pub(in crate::class) async fn all_groups(session: &Session, scope: &Scope) -> Result<Vec<Uid>> {
    let types = of_types(&session.configuration.groups.types);
    let query = Query::set(PROFILE.entity).json().option("$filter", types);
    let rows = read_all(session, scope, query).await.map_err(|error| PROFILE.explained(error))?;
    let mut uids: Vec<_> =
        rows.iter().filter_map(|row| row.text_of(PROFILE.key.property)).map(Uid::new).collect();
    uids.sort_by_cached_key(|uid| (uid.as_str().parse().unwrap_or(u64::MAX), uid.clone()));
    Ok(uids)
}

/// Says which group an error is about.
pub(super) fn about(group: &Uid) -> impl FnOnce(Error) -> Error {
    move |error| error.with_object(&ObjectClass::from(PROFILE.name), Some(group))
}
