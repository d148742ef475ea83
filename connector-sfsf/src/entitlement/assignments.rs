//! What people are entitled to, read for a page of people at a time.
//!
//! Roles are asked for person by person, as many as fit into one `$batch`: no other form of the answer is
//! documented. Groups are asked for in the same way as long as there are few people; for many, all groups
//! are asked for their members once, which costs the same for a thousand people as for a million.

use std::collections::{HashMap, HashSet};

use connector_core::object::{ConnectorObject, Uid, Value};
use connector_core::{Error, ErrorKind, Result};

use super::kind::Kind;
use super::object::{id, parse, permissions, references};
use super::{explained, list, members};
use crate::http::Scope;
use crate::odata::literal;
use crate::odata::page::Page;
use crate::odata::query::Query;
use crate::session::Session;

/// Entitlements of people. One value serves one operation.
#[derive(Debug)]
pub(crate) struct Assignments {
    wanted: HashSet<Kind>,
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

impl Assignments {
    /// Nothing is read yet.
    pub fn new(wanted: impl IntoIterator<Item = Kind>) -> Self {
        let wanted = wanted.into_iter().collect();
        Self { wanted, groups: None, permissions: None, page: HashMap::new() }
    }

    /// Reads what these people have. `more` says that others follow, so that what is common to all of them
    /// is worth reading at once.
    ///
    /// # Errors
    ///
    /// Those of reading, and a missing permission.
    pub async fn load(&mut self, session: &Session, scope: &Scope, people: &[Uid], more: bool) -> Result<()> {
        self.page = people.iter().map(|uid| (uid.clone(), Held::default())).collect();
        if people.is_empty() {
            return Ok(());
        }
        if self.wanted.contains(&Kind::Permission) && self.permissions.is_none() {
            self.permissions = Some(permissions_of_roles(session, scope).await?);
        }
        let with_groups = self.wanted.contains(&Kind::Group);
        if with_groups && self.groups.is_none() && (more || people.len() > session.configuration.batch_size) {
            self.groups = Some(groups_of_everybody(session, scope).await?);
        }
        let with_roles = self.wanted.contains(&Kind::Role) || self.wanted.contains(&Kind::Permission);
        self.ask(session, scope, people, (with_groups && self.groups.is_none(), with_roles)).await
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
                types.iter().map(|kind| (uid.clone(), Kind::Group, groups_query(uid, kind))).collect();
            queries.extend(roles.then(|| (uid.clone(), Kind::Role, roles_query(uid))));
            queries
        };
        let asked: Vec<_> = people.iter().flat_map(of_person).collect();
        let queries: Vec<_> = asked.iter().map(|(.., query)| query.clone()).collect();
        let pages = session.read_many(scope, &queries).await.map_err(explained)?;
        for ((uid, kind, _), page) in asked.into_iter().zip(pages) {
            let Some(held) = self.page.get_mut(&uid) else { continue };
            match kind {
                Kind::Group => held.groups.extend(uids(page, "groupId")?),
                _ => held.roles.extend(uids(page, "roleId")?),
            }
        }
        Ok(())
    }

    /// Puts what a person has into the attributes that are there for it.
    pub fn attach(&self, object: &mut ConnectorObject) {
        for kind in &self.wanted {
            let (name, _) = kind.of_person();
            let values = references(kind.entity(), self.of(*kind, &object.uid));
            if let Some(attribute) = object.attributes.iter_mut().find(|attribute| attribute.name.is(name)) {
                attribute.values = values;
            }
        }
    }

    fn of(&self, kind: Kind, uid: &Uid) -> Vec<Uid> {
        let held = self.page.get(uid);
        let roles = held.map(|held| held.roles.as_slice()).unwrap_or_default();
        match (kind, &self.groups) {
            (Kind::Group, Some(groups)) => groups.get(uid).cloned().unwrap_or_default(),
            (Kind::Group, None) => held.map(|held| held.groups.clone()).unwrap_or_default(),
            (Kind::Role, _) => roles.to_vec(),
            (Kind::Permission, _) => self.permissions_of(roles),
        }
    }

    fn permissions_of(&self, roles: &[Uid]) -> Vec<Uid> {
        let known = self.permissions.as_ref();
        let lists = roles.iter().filter_map(|role| known?.get(role));
        let mut all: Vec<Uid> = lists.flatten().cloned().collect();
        list::sort(&mut all);
        all.dedup();
        all
    }
}

/// The groups that one person is in. Membership of dynamic groups is computed by the tenant.
pub(super) async fn groups_of(
    session: &Session,
    scope: &Scope,
    person: &Uid,
    kind: &str,
) -> Result<Vec<Uid>> {
    uids(session.read(scope, &groups_query(person, kind)).await, "groupId")
}

fn groups_query(uid: &Uid, group_type: &str) -> Query {
    Query::set("getDynamicGroupsByUser")
        .json()
        .option("userId", literal::string(uid.as_str()))
        .option("groupSubType", literal::string(group_type))
}

fn roles_query(uid: &Uid) -> Query {
    Query::set("getUserRolesByUserId").json().option("userId", literal::string(uid.as_str()))
}

/// Somebody who went away meanwhile has nothing.
fn uids(page: Result<Page>, name: &str) -> Result<Vec<Uid>> {
    let rows = match page {
        Ok(page) => page.rows,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(explained(error)),
    };
    let mut uids = Vec::with_capacity(rows.len());
    for row in rows {
        uids.extend(id(&parse(&row)?, name));
    }
    Ok(uids)
}

async fn groups_of_everybody(session: &Session, scope: &Scope) -> Result<HashMap<Uid, Vec<Uid>>> {
    let groups = list::uids(session, scope, Kind::Group).await?;
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
    let query = list::query(Kind::Role, session).option("$expand", "permissions");
    let rows = session.read_all(scope, &query).await.map_err(explained)?;
    let mut of_role = HashMap::new();
    for row in rows {
        let json = parse(&row)?;
        if let Some(role) = id(&json, Kind::Role.key()) {
            of_role.insert(role.clone(), permissions(&json).ok_or_else(|| not_expanded(&role))?);
        }
    }
    Ok(of_role)
}

/// What a role permits is not nothing because it did not come.
fn not_expanded(role: &Uid) -> Error {
    let message = format!("the tenant sent role {role} without its permissions");
    Error::new(ErrorKind::TargetProtocol, message)
        .with_advice("grant the API user the right to read permission roles with their permissions")
}

/// The values of an attribute as uids.
pub(crate) fn uids_of(values: &[Value]) -> Vec<Uid> {
    let uid = |value: &Value| match value {
        Value::Reference(reference) => Some(reference.uid.clone()),
        _ => None,
    };
    values.iter().filter_map(uid).collect()
}
