//! What people are entitled to, read for a page of people at a time.
//!
//! Roles are asked for person by person, as many as fit into one `$batch`: no other form of the answer is
//! documented. Groups are asked for in the same way as long as there are few people; for many, all groups
//! are asked for their members once, which costs the same for a thousand people as for a million.

use std::collections::HashMap;

use async_trait::async_trait;
use connector_core::Result;
use connector_core::object::{AttributeName, ConnectorObject, Uid};

use super::{GROUPS, PERMISSIONS, ROLES};
use crate::class::function::uids;
use crate::class::group::{companion as members, groups_query};
use crate::class::ids;
use crate::class::role::{self, PERMISSIONS_OF_ROLE};
use crate::http::Scope;
use crate::odata::literal;
use crate::odata::nested;
use crate::odata::query::Query;
use crate::odata::row::Row;
use crate::read::companion::{Companion, references};
use crate::read::row_reader::bad;
use crate::tenant::{Session, read_all};

/// What people are entitled to. One value serves one operation.
#[derive(Debug, Default)]
pub(super) struct Entitlements {
    with_groups: bool,
    with_roles: bool,
    with_permissions: bool,
    /// The groups of everybody, once all members of all groups were read.
    groups: Option<HashMap<Uid, Vec<Uid>>>,
    /// The permissions of each role.
    permissions: Option<HashMap<Uid, Vec<Uid>>>,
    page: HashMap<Uid, Held>,
}

/// What one person has.
#[derive(Clone, Debug, Default)]
struct Held {
    groups: Vec<Uid>,
    roles: Vec<Uid>,
}

/// What is asked of one person.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Groups,
    Roles,
}

#[async_trait]
impl Companion for Entitlements {
    /// All people of a page.
    fn chunk(&self, _session: &Session) -> usize {
        usize::MAX
    }

    async fn load(&mut self, session: &Session, scope: &Scope, people: &[Uid], more: bool) -> Result<()> {
        self.page = people.iter().map(|uid| (uid.clone(), Held::default())).collect();
        if people.is_empty() {
            return Ok(());
        }
        if self.with_permissions && self.permissions.is_none() {
            self.permissions = Some(permissions_of_roles(session, scope).await?);
        }
        let is_many = more || people.len() > session.configuration.batch_size;
        if self.with_groups && self.groups.is_none() && is_many {
            self.groups = Some(groups_of_everybody(session, scope).await?);
        }
        let by_person = (self.with_groups && self.groups.is_none(), self.with_roles || self.with_permissions);
        self.ask(session, scope, people, by_person).await
    }

    fn attach(&self, object: &mut ConnectorObject) {
        let uid = &object.uid;
        for attribute in &mut object.attributes {
            let name = &attribute.name;
            attribute.values = match () {
                () if name.is(GROUPS) => references(&ids::GROUPS, self.groups_of(uid)),
                () if name.is(ROLES) => references(&ids::ROLES, self.roles_of(uid)),
                () if name.is(PERMISSIONS) => references(&ids::PERMISSIONS, self.permissions_of(uid)),
                () => continue,
            };
        }
    }
}

impl Entitlements {
    /// What reads these attributes, if they are some of these.
    pub fn of(attributes: &[AttributeName]) -> Option<Box<dyn Companion>> {
        let with = |name: &str| attributes.iter().any(|wanted| wanted.is(name));
        let (with_groups, with_roles, with_permissions) = (with(GROUPS), with(ROLES), with(PERMISSIONS));
        let wanted = with_groups || with_roles || with_permissions;
        wanted.then(|| -> Box<dyn Companion> {
            Box::new(Self { with_groups, with_roles, with_permissions, ..Self::default() })
        })
    }

    /// Asks for groups and roles person by person, in batches.
    async fn ask(
        &mut self,
        session: &Session,
        scope: &Scope,
        people: &[Uid],
        (groups, roles): (bool, bool),
    ) -> Result<()> {
        let types = if groups { session.configuration.groups.types.as_slice() } else { &[] };
        let of_person = |uid: &Uid| {
            let mut queries: Vec<_> =
                types.iter().map(|kind| (uid.clone(), Asked::Groups, groups_query(uid, kind))).collect();
            queries.extend(roles.then(|| (uid.clone(), Asked::Roles, roles_query(uid))));
            queries
        };
        let asked: Vec<_> = people.iter().flat_map(of_person).collect();
        let queries: Vec<_> = asked.iter().map(|(.., query)| query.clone()).collect();
        let pages = session.read_many(scope, &queries).await.map_err(role::explained)?;
        for ((uid, what, _), page) in asked.into_iter().zip(pages) {
            let Some(held) = self.page.get_mut(&uid) else { continue };
            match what {
                Asked::Groups => held.groups.extend(uids(page, "groupId").map_err(role::explained)?),
                Asked::Roles => held.roles.extend(uids(page, "roleId").map_err(role::explained)?),
            }
        }
        Ok(())
    }

    fn groups_of(&self, uid: &Uid) -> Vec<Uid> {
        match &self.groups {
            Some(groups) => groups.get(uid).cloned().unwrap_or_default(),
            None => self.page.get(uid).map(|held| held.groups.clone()).unwrap_or_default(),
        }
    }

    fn roles_of(&self, uid: &Uid) -> Vec<Uid> {
        self.page.get(uid).map(|held| held.roles.clone()).unwrap_or_default()
    }

    fn permissions_of(&self, uid: &Uid) -> Vec<Uid> {
        let (known, roles) = (self.permissions.as_ref(), self.roles_of(uid));
        let lists = roles.iter().filter_map(|role| known?.get(role));
        let mut all: Vec<Uid> = lists.flatten().cloned().collect();
        sort(&mut all);
        all.dedup();
        all
    }
}

fn roles_query(uid: &Uid) -> Query {
    Query::set("getUserRolesByUserId").json().option("userId", literal::string(uid.as_str()))
}

async fn groups_of_everybody(session: &Session, scope: &Scope) -> Result<HashMap<Uid, Vec<Uid>>> {
    let groups = members::all_groups(session, scope).await?;
    let mut of_person: HashMap<Uid, Vec<Uid>> = HashMap::new();
    // One batch at a time: the members of all groups at once may be many.
    for groups in groups.chunks(session.configuration.batch_size) {
        let lists = members::of_groups(session, scope, groups).await?;
        for (group, members) in groups.iter().zip(lists) {
            for member in members {
                of_person.entry(member).or_default().push(group.clone());
            }
        }
    }
    Ok(of_person)
}

async fn permissions_of_roles(session: &Session, scope: &Scope) -> Result<HashMap<Uid, Vec<Uid>>> {
    let query = Query::set(ids::ROLES.class).json().option("$expand", PERMISSIONS_OF_ROLE.expand());
    let rows = read_all(session, scope, query).await.map_err(role::explained)?;
    let of_role = |row: &Row| {
        let role = Uid::new(row.text_of(role::KEY)?);
        Some(permissions(row, &role).map(|permissions| (role, permissions)))
    };
    rows.iter().filter_map(of_role).collect()
}

/// What a role permits is not nothing because it did not come.
fn permissions(row: &Row, role: &Uid) -> Result<Vec<Uid>> {
    let json = std::str::from_utf8(row).unwrap_or_default();
    match nested::texts(json, PERMISSIONS_OF_ROLE.path) {
        Ok(Some(ids)) => Ok(ids.into_iter().map(Uid::new).collect()),
        _ => {
            let message = format!("the tenant sent role {role} without its permissions");
            Err(bad(message)
                .with_advice("grant the API user the right to read permission roles with their permissions"))
        }
    }
}

/// Ids are numbers, and come in their order.
fn sort(uids: &mut [Uid]) {
    uids.sort_by_cached_key(|uid| (uid.as_str().parse().unwrap_or(u64::MAX), uid.clone()));
}
