//! Purging somebody: afterwards it looks as if they had never been there (KBA 2628958).

use crate::habit;
use crate::odata::write::parameters::Parameters;
use crate::odata::write::writing::Writing;
use crate::options::switches::Switches;
use crate::state::store::Value;
use crate::state::tenant::Tenant;

/// Takes a user away with everything that has their `userId`, and with the person if they are its last user. False if there is no such user. No OData request does
/// this: a tenant purges by jobs of its own.
pub(crate) fn run(tenant: &mut Tenant, switches: &Switches, now: i64, user_id: &str) -> bool {
    habit::writing(tenant, switches, Parameters::plain(), now).purge_user(user_id)
}

impl Writing<'_> {
    fn purge_user(&mut self, user_id: &str) -> bool {
        let Some(users) = self.tenant.model.entity("User") else { return false };
        let Some(row) = self.tenant.table(users).find(user_id) else { return false };
        let person = self.tenant.text(users, row, "~person").to_owned();
        let last = self.is_last_user(users, &person);
        // Even what nobody has asked for yet must not be made of the user later.
        for entity in (0..self.tenant.tables.len()).filter(|entity| *entity != users) {
            self.tenant.table(entity);
            self.remove_all(entity, "userId", user_id);
            if last {
                self.remove_all(entity, "personIdExternal", &person);
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
        self.count_again(&person);
        self.account_again(&person);
        self.undo.clear();
        true
    }

    fn is_last_user(&self, users: usize, person: &str) -> bool {
        let Some(column) = self.column(users, "~person").filter(|_| !person.is_empty()) else { return false };
        self.tenant.table(users).equal(column, &Value::borrowed(person)).len() == 1
    }

    fn remove_all(&mut self, entity: usize, property: &str, value: &str) {
        let Some(column) = self.column(entity, property) else { return };
        let rows = self.tenant.table(entity).equal(column, &Value::borrowed(value)).to_vec();
        for row in rows {
            self.tenant.table_mut(entity).remove(row);
        }
    }
}
