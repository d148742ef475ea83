//! Employments: a new one has a user, and may be a global assignment.

use std::collections::HashSet;

use crate::odata::write::writing::Writing;
use crate::state::store::{Row, Value};

impl Writing<'_> {
    /// A new employment has a user, who appears by itself (KBA 3708971), and is a standard one until it is said to be
    /// a global assignment.
    pub(super) fn employ(&mut self, entity: usize, row: Row) -> String {
        let user_id = self.tenant.text(entity, row, "userId").to_owned();
        let person = self.tenant.text(entity, row, "personIdExternal").to_owned();
        for (name, text) in [("assignmentClass", "ST"), ("assignmentIdExternal", user_id.as_str())] {
            self.set_named(entity, row, name, Value::Text(text.to_owned().into()));
        }
        for (name, flag) in
            [("isECRecord", true), ("isContingentWorker", false), ("hiringNotCompleted", false)]
        {
            self.set_named(entity, row, name, Value::Bool(flag));
        }
        self.set_named(entity, row, "employmentId", Value::Int(i64::from(row) + 6_000_000));
        if let Some(users) = self.tenant.model.entity("User")
            && self.tenant.table(users).find(&user_id).is_none()
        {
            let user = self.new_user(users, &user_id);
            for (name, text) in
                [("username", user_id.as_str()), ("status", "t"), ("gender", "M"), ("~person", &person)]
            {
                self.set_named(users, user, name, Value::Text(text.to_owned().into()));
            }
            let start = self.tenant.value(entity, row, "startDate").into_owned();
            self.set_named(users, user, "hireDate", start);
            self.stamp(users, user);
        }
        self.count_again(&person);
        user_id
    }

    /// An employment that is said to be a global assignment is one.
    pub(super) fn assign(&mut self, entity: usize, row: Row) {
        let Some((employments, employment)) = self.employment(entity, row) else { return };
        self.set_named(entity, row, "assignmentClass", Value::borrowed("GA"));
        self.set_named(employments, employment, "assignmentClass", Value::borrowed("GA"));
        self.stamp_entity(employments, employment, false);
        self.count_employments(employments, employment);
    }

    /// The employment of the user that a row has.
    pub(super) fn employment(&self, entity: usize, row: Row) -> Option<(usize, Row)> {
        let employments = self.tenant.model.entity("EmpEmployment")?;
        let column = self.column(employments, "userId")?;
        let user = self.tenant.text(entity, row, "userId");
        let found = self.tenant.table(employments).equal(column, &Value::borrowed(user)).first().copied()?;
        Some((employments, found))
    }

    /// Gives the employment of a user another external id of its assignment; without one it is the userId.
    ///
    /// # Errors
    ///
    /// The old id is nobody's, or the new one is somebody's: what the tenant says about it.
    pub(crate) fn convert_assignment(&mut self, old: &str, new: &str) -> Result<(), String> {
        let employments = self.tenant.model.entity("EmpEmployment").ok_or("There are no employments")?;
        let id = |row: &Row| match self.tenant.text(employments, *row, "~assignment") {
            "" => self.tenant.text(employments, *row, "userId"),
            id => id,
        };
        let rows = self.tenant.table(employments).order();
        let taken: HashSet<&str> = rows.iter().map(id).collect();
        if taken.contains(new) {
            return Err(format!("The assignmentIdExternal {new} exists already"));
        }
        let row = rows.iter().find(|row| id(row) == old).copied();
        let row = row.ok_or_else(|| format!("The assignmentIdExternal {old} does not exist"))?;
        self.set_named(employments, row, "~assignment", Value::Text(new.to_owned().into()));
        Ok(())
    }
}
