//! The roles of a user follow from rules: whom a rule grants its role to, and over whom (docs/successfactors.md#roles).

use crate::error::ODataError;
use crate::habit::groups::Groups;
use crate::options::switches::Switches;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// The tenant's roles and rules.
pub(crate) struct Roles<'a> {
    pub(crate) groups: Groups<'a>,
    /// The entity of roles.
    pub(crate) entity: usize,
    rules: usize,
}

/// Whom a rule speaks of. The words of `accessUserType` and `targetUserType` are unconfirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    Everyone,
    /// The members of the rule's groups.
    Groups,
    /// Those at the end of a navigation of `User`: managers of somebody, or the reports of the user.
    Relation(&'static str),
    Oneself,
    Nobody,
}

impl Audience {
    fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase().replace(['_', ' '], "");
        let relation = [
            ("SECOND", "secondManager"),
            ("MATRIX", "matrixManager"),
            ("CUSTOM", "customManager"),
            ("HR", "hr"),
            ("MANAGER", "manager"),
            ("REPORT", "manager"),
        ];
        match text.as_str() {
            "" | "NULL" => None,
            "EVERYONE" | "ALL" => Some(Self::Everyone),
            "USERGROUP" | "GROUP" | "GROUPS" => Some(Self::Groups),
            "SELF" => Some(Self::Oneself),
            _ => relation.iter().find(|(word, _)| text.contains(word)).map(|(_, name)| Self::Relation(name)),
        }
    }
}

impl<'a> Roles<'a> {
    /// The roles, as the API user sees them.
    ///
    /// # Errors
    ///
    /// COE0020 if it may not.
    pub(crate) fn permitted(tenant: &'a Tenant, switches: &'a Switches) -> Result<Self, ODataError> {
        let entity = |name| tenant.model.entity(name).ok_or_else(|| ODataError::entity_not_found(name));
        let roles = Self {
            groups: Groups::new(tenant, switches)?,
            entity: entity("RBPRole")?,
            rules: entity("RBPRule")?,
        };
        tenant.rights.check_entity(tenant, roles.entity).map(|()| roles)
    }

    fn tenant(&self) -> &'a Tenant {
        self.groups.tenant
    }

    /// All roles, by their ids.
    pub(crate) fn all(&self) -> &'a [Row] {
        self.tenant().table(self.entity).order()
    }

    /// The roles of a user, by their ids. A user who was deactivated keeps them.
    pub(crate) fn of(&self, user: Row) -> Vec<Row> {
        self.all().iter().copied().filter(|role| !self.grants(*role, user).is_empty()).collect()
    }

    /// The rules that grant a role to a user.
    pub(crate) fn grants(&self, role: Row, user: Row) -> Vec<Row> {
        self.follow(self.entity, role, "rules")
            .into_iter()
            .filter(|rule| self.is_on(*rule) && self.includes(*rule, user))
            .collect()
    }

    /// The groups that a rule grants its role to.
    pub(crate) fn access_groups(&self, rule: Row) -> Vec<Row> {
        self.follow(self.rules, rule, "accessGroups")
    }

    /// The permissions of a role, as rows of `RBPBasicPermission`.
    pub(crate) fn permissions(&self, role: Row) -> Vec<Row> {
        self.follow(self.entity, role, "permissions")
    }

    /// Whether a rule gives one user its role over another.
    pub(crate) fn reaches(&self, rule: Row, user: Row, target: Row) -> bool {
        let flag = |name| self.tenant().value(self.rules, rule, name) == Value::Bool(true);
        if user == target && flag("excludeSelf") {
            return false;
        }
        let audience = Audience::parse(self.text(rule, "targetUserType"));
        let reached = match audience.unwrap_or(Audience::Groups) {
            Audience::Everyone => true,
            Audience::Groups => self.in_groups(&self.follow(self.rules, rule, "targetGroups"), target),
            Audience::Relation(name) => self.follow(self.groups.users, target, name).contains(&user),
            Audience::Oneself => user == target,
            Audience::Nobody => false,
        };
        reached || user == target && flag("includeSelf")
    }

    fn is_on(&self, rule: Row) -> bool {
        self.tenant().value(self.rules, rule, "status") == Value::Int(1)
    }

    /// Whether a rule grants its role to a user. Managers may be limited to the members of groups.
    fn includes(&self, rule: Row, user: Row) -> bool {
        let groups = self.access_groups(rule);
        let relation = || Audience::parse(self.text(rule, "relationRole"));
        let kind = self.text(rule, "accessUserType");
        let fallback = if matches!(kind, "" | "null") { Audience::Groups } else { Audience::Nobody };
        match Audience::parse(kind).or_else(relation).unwrap_or(fallback) {
            Audience::Everyone => true,
            Audience::Groups => self.in_groups(&groups, user),
            Audience::Relation(name) => {
                (groups.is_empty() || self.in_groups(&groups, user)) && self.is_somebodys(user, name)
            }
            Audience::Oneself | Audience::Nobody => false,
        }
    }

    fn in_groups(&self, groups: &[Row], user: Row) -> bool {
        groups.iter().any(|group| self.groups.definition(*group).has(&self.groups, user))
    }

    /// Whether a user is somebody's manager, or what the navigation says.
    fn is_somebodys(&self, user: Row, navigation: &str) -> bool {
        let index = self.tenant().entity(self.groups.users).navigation(navigation);
        let links = index.map(|index| &self.tenant().table(self.groups.users).links[index]);
        links.is_some_and(|links| !links.sources(user).is_empty())
    }

    fn text(&self, rule: Row, name: &str) -> &'a str {
        self.tenant().text(self.rules, rule, name)
    }

    fn follow(&self, entity: usize, row: Row, navigation: &str) -> Vec<Row> {
        let index = self.tenant().entity(entity).navigation(navigation);
        index.map_or(Vec::new(), |index| self.tenant().follow(entity, row, index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// docs/successfactors.md#roles: to groups, or to everyone, managers, HR; the words are unconfirmed, so several do.
    #[test]
    fn words_of_user_types_name_audiences() {
        for (text, expected) in [
            ("EVERYONE", Some(Audience::Everyone)),
            ("userGroup", Some(Audience::Groups)),
            ("MANAGER", Some(Audience::Relation("manager"))),
            ("MATRIX_MANAGER", Some(Audience::Relation("matrixManager"))),
            ("HR Manager", Some(Audience::Relation("hr"))),
            ("DIRECT_REPORTS", Some(Audience::Relation("manager"))),
            ("null", None),
            ("CALIBRATION", None),
        ] {
            assert_eq!(Audience::parse(text), expected, "{text}");
        }
    }
}
