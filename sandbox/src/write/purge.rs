//! Purging somebody: afterwards it looks as if they had never been there (KBA 2628958).

use crate::options::Switches;
use crate::store::Value;
use crate::tenant::Tenant;
use crate::write::upsert::Parameters;
use crate::write::user::Writing;

/// Takes a user away with everything that has their `userId`. False if there is no such user. No OData request does
/// this: a tenant purges by jobs of its own.
pub(crate) fn run(tenant: &mut Tenant, switches: &Switches, now: i64, user_id: &str) -> bool {
    Writing::new(tenant, switches, Parameters::plain(), now).purge_user(user_id)
}

impl Writing<'_> {
    fn purge_user(&mut self, user_id: &str) -> bool {
        let Some(users) = self.tenant.model.entity("User") else { return false };
        let Some(row) = self.tenant.table(users).find(user_id) else { return false };
        // Tables that nobody has asked for yet will be derived from the users that are left.
        let made = |entity: &usize| *entity != users && self.tenant.tables[*entity].get().is_some();
        let entities: Vec<usize> = (0..self.tenant.tables.len()).filter(made).collect();
        for entity in entities {
            let Some(column) = self.tenant.entity(entity).property("userId") else { continue };
            let rows = self.tenant.table(entity).equal(column, &Value::borrowed(user_id)).to_vec();
            for row in rows {
                self.tenant.table_mut(entity).remove(row);
            }
        }
        self.set_named(users, row, "username", Value::Null);
        for navigation in 0..self.tenant.entity(users).navigations.len() {
            let navigation_model = &self.tenant.entity(users).navigations[navigation];
            if navigation_model.join.is_none() && navigation_model.inverse_of.is_none() {
                self.set_links(users, row, navigation, &[]);
            }
        }
        self.tenant.table_mut(users).remove(row);
        self.undo.clear();
        true
    }
}
