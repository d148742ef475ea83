//! The person behind a user: its keys, and when it counts as changed.

use crate::odata::write::result::RowError;
use crate::odata::write::writing::Writing;
use crate::state::store::{Row, Value};

impl Writing<'_> {
    /// A new user is a person whose id is the userId, unless another has that id (KBA 3075524).
    pub(super) fn insert_with_person(&mut self, users: usize, user_id: &str) -> Result<Row, RowError> {
        let people = self.tenant.model.entity("PerPerson");
        if people.is_some_and(|people| self.tenant.table(people).find(user_id).is_some()) {
            return Err(RowError::business(format!(
                "Exception caught when saving user {user_id}: Exception caught: \
                 com.successfactors.sca.service.exception.ServiceCreateFailedException: can not get personId."
            )));
        }
        let user = self.new_user(users, user_id);
        self.set_named(users, user, "~person", Value::Text(user_id.to_owned().into()));
        if let Some(people) = people {
            let person = self.found_or_inserted(people, user_id);
            self.person_key(people, person);
            self.stamp_entity(people, person, true);
        }
        Ok(user)
    }

    /// A person changes with a name, a mail or a phone, where the tenant sees it so.
    pub(super) fn touch_person(&mut self, person: &str) {
        if !self.switches.child_change_touches_person {
            return;
        }
        if let Some(people) = self.tenant.model.entity("PerPerson")
            && let Some(row) = self.tenant.table(people).find(person)
        {
            self.stamp_entity(people, row, false);
        }
    }

    /// The ids that the tenant gives a new person.
    pub(super) fn person_key(&mut self, entity: usize, row: Row) {
        let person = self.tenant.text(entity, row, "personIdExternal").to_owned();
        let number = i64::from(row) + 5_000_000;
        let uuid = format!("{:032X}", u128::from(row) + (1 << 120));
        let mut rows = vec![(entity, row)];
        if let Some(keys) = self.tenant.model.entity("PersonKey") {
            rows.push((keys, self.found_or_inserted(keys, &person)));
        }
        for (entity, row) in rows {
            self.set_named(entity, row, "personId", Value::Int(number));
            self.set_named(entity, row, "perPersonUuid", Value::Text(uuid.clone().into()));
        }
    }
}
