//! Who is in which group, and which roles follow from that: nothing of it is stored but the pools of dynamic
//! groups, the members of static ones and the rules of roles (docs/successfactors.md#permission-groups,
//! docs/successfactors.md#roles).

mod condition;
mod counts;
mod roles;

use std::collections::HashSet;

use crate::error::ODataError;
use crate::options::switches::Switches;
use crate::state::model::Model;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

use condition::Pools;
pub(crate) use counts::{are_named, refresh};
pub(crate) use roles::Roles;

/// Stands between the userIds of a static group.
pub(crate) const SEPARATOR: char = ',';

/// The column with the members of a static group.
pub(crate) const MEMBERS: &str = "~members";

/// Groups have a text of their own for who may not see them (KBA 2676936).
pub(super) fn mark(model: &mut Model) {
    if let Some(entity) = model.entity("DynamicGroup") {
        model.entities[entity].denial = Some(|user| {
            format!(
                "User [{user}] attempted to access dynamic group module [PERMISSION] without proper access privilege."
            )
        });
    }
}

/// The tenant's groups.
#[derive(Clone, Copy)]
pub(crate) struct Groups<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) switches: &'a Switches,
    /// The entity of users.
    pub(crate) users: usize,
    /// The entity of groups.
    pub(crate) entity: usize,
}

/// A group's definition, ready to be asked many times.
pub(crate) enum Definition {
    Static(HashSet<Row>),
    Dynamic(Pools),
}

impl<'a> Groups<'a> {
    /// The groups, whoever asks.
    ///
    /// # Errors
    ///
    /// COE0007 if the tenant has neither groups nor users.
    pub(crate) fn new(tenant: &'a Tenant, switches: &'a Switches) -> Result<Self, ODataError> {
        let entity = |name| tenant.model.entity(name).ok_or_else(|| ODataError::entity_not_found(name));
        Ok(Self { tenant, switches, users: entity("User")?, entity: entity("DynamicGroup")? })
    }

    /// The groups, as the API user sees them.
    ///
    /// # Errors
    ///
    /// COE0020 if it may not (KBA 2676936).
    pub(crate) fn permitted(tenant: &'a Tenant, switches: &'a Switches) -> Result<Self, ODataError> {
        let groups = Self::new(tenant, switches)?;
        tenant.rights.check_entity(tenant, groups.entity).map(|()| groups)
    }

    /// All groups, by their ids.
    pub(crate) fn all(&self) -> &'a [Row] {
        self.tenant.table(self.entity).order()
    }

    /// The group with an id.
    pub(crate) fn find(&self, id: i64) -> Option<Row> {
        self.tenant.table(self.entity).find(&id.to_string())
    }

    /// A text property of a group.
    pub(crate) fn text(&self, group: Row, name: &str) -> &'a str {
        self.tenant.text(self.entity, group, name)
    }

    /// Whether the members of a group are a list instead of a condition.
    pub(crate) fn is_static(&self, group: Row) -> bool {
        self.tenant.value(self.entity, group, "staticGroup") == Value::Bool(true)
    }

    /// The user with an id.
    pub(crate) fn user(&self, user_id: &str) -> Option<Row> {
        self.tenant.table(self.users).find(user_id)
    }

    /// Whether a user may log on.
    pub(crate) fn is_active(&self, user: Row) -> bool {
        self.tenant.is_active(self.users, user)
    }

    /// The stored members of a static group, in the order in which they were added.
    pub(crate) fn stored(&self, group: Row) -> Vec<&'a str> {
        self.text(group, MEMBERS).split(SEPARATOR).filter(|id| !id.is_empty()).collect()
    }

    pub(crate) fn definition(&self, group: Row) -> Definition {
        if self.is_static(group) {
            Definition::Static(self.stored(group).into_iter().filter_map(|id| self.user(id)).collect())
        } else {
            Definition::Dynamic(Pools::new(self, group))
        }
    }

    /// The members of a group in the order of their ids. A user who was deactivated stays one.
    pub(crate) fn members(&self, group: Row) -> Vec<Row> {
        let definition = self.definition(group);
        let users = self.tenant.table(self.users).order();
        users.iter().copied().filter(|user| definition.has(self, *user)).collect()
    }

    /// The groups of a user.
    pub(crate) fn of(&self, user: Row) -> Vec<Row> {
        self.all().iter().copied().filter(|group| self.definition(*group).has(self, user)).collect()
    }
}

impl Definition {
    pub(crate) fn has(&self, groups: &Groups<'_>, user: Row) -> bool {
        match self {
            Self::Static(members) => members.contains(&user),
            Self::Dynamic(pools) => pools.have(groups, user),
        }
    }
}
