//! `UserAccount` follows the users of a person.

use crate::odata::write::writing::Writing;
use crate::people;
use crate::state::store::{Row, Value};

impl Writing<'_> {
    /// Brings the account of a user's person up to date. What nobody has asked for yet is made of the users when
    /// somebody does.
    pub(super) fn follow_account(&mut self, users: usize, user: Row) {
        let person = self.tenant.text(users, user, "~person").to_owned();
        self.account_again(&person);
    }

    /// Brings the account of a person up to date: its key is the name of the first user, which may have changed.
    pub(super) fn account_again(&mut self, person: &str) {
        let accounts = self.tenant.model.entity("UserAccount");
        let Some(entity) = accounts.filter(|entity| self.tenant.tables[*entity].get().is_some()) else {
            return;
        };
        let Some(column) = self.column(entity, "personIdExternal").filter(|_| !person.is_empty()) else {
            return;
        };
        let old = self.tenant.table(entity).equal(column, &Value::borrowed(person)).first().copied();
        let account = people::account_of(self.tenant, person).map(people::Account::into_owned);
        let name = account.as_ref().map(|account| account.name.as_ref());
        if let Some(old) = old.filter(|old| Some(self.tenant.table(entity).key_of(*old).as_ref()) != name) {
            self.remove(entity, old);
        }
        let Some(account) = account else { return };
        let row = self.found_or_inserted(entity, &account.name);
        for (name, value) in account.cells {
            self.set_named(entity, row, name, value);
        }
    }
}
