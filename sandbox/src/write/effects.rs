//! What a write to Employee Central brings about: event and status of a job, the end of an employment, a
//! user for a new one, and HRIS sync (entity sheet §7.4).

use crate::query::time;
use crate::store::{Row, Value, key_text};
use crate::tenant::Tenant;
use crate::write::check::Checked;
use crate::write::result::RowError;
use crate::write::user::Writing;

const DAY: i64 = 86_400_000;
/// The option id of a terminated employee's status.
const TERMINATED: &str = "5536";

impl Writing<'_> {
    /// Does what follows from a row that was written.
    pub(super) fn follow_up(&mut self, checked: &Checked, row: Row, is_new: bool) -> Result<(), RowError> {
        let entity = checked.entity;
        let user = match self.tenant.entity(entity).name.as_str() {
            "EmpJob" => {
                self.event(entity, row)?;
                self.tenant.text(entity, row, "userId").to_owned()
            }
            "EmpEmploymentTermination" => self.terminate(entity, row)?,
            "EmpEmployment" if is_new => self.employ(entity, row),
            "Photo" if is_new => {
                self.set_named(entity, row, "photoId", Value::Int(i64::from(row) + 500));
                for name in ["width", "height"] {
                    self.set_named(entity, row, name, Value::Int(0));
                }
                return Ok(());
            }
            "PerPerson" if is_new => {
                self.person_key(entity, row);
                return Ok(());
            }
            "PerPersonal" | "PerEmail" | "PerPhone" => {
                let person = self.tenant.text(entity, row, "personIdExternal").to_owned();
                self.touch_person(&person);
                person
            }
            _ => return Ok(()),
        };
        if self.switches.hris_sync_on_write {
            self.sync_user(&user);
        }
        Ok(())
    }

    fn touch_person(&mut self, person: &str) {
        if !self.switches.child_change_touches_person {
            return;
        }
        if let Some(people) = self.tenant.model.entity("PerPerson")
            && let Some(row) = self.tenant.table(people).find(person)
        {
            self.stamp_entity(people, row, false);
        }
    }

    /// Event and status follow from the event reason; they cannot be written.
    fn event(&mut self, entity: usize, row: Row) -> Result<(), RowError> {
        let reason = self.tenant.text(entity, row, "eventReason").to_owned();
        let found = self.tenant.model.entity("FOEventReason").and_then(|reasons| {
            let column = self.tenant.entity(reasons).property("externalCode")?;
            let found = *self.tenant.table(reasons).equal(column, &Value::borrowed(&reason)).first()?;
            Some(["event", "emplStatus"].map(|name| self.tenant.text(reasons, found, name).to_owned()))
        });
        let Some([event, status]) = found else {
            return Err(RowError::business(format!("{reason} is an invalid external code for Event Reason")));
        };
        self.set_named(entity, row, "event", Value::Text(event.into()));
        self.set_named(entity, row, "emplStatus", Value::Text(status.into()));
        Ok(())
    }

    /// The last day goes to the employment, and a slice of the job begins the day after.
    fn terminate(&mut self, entity: usize, row: Row) -> Result<String, RowError> {
        let user = self.tenant.text(entity, row, "userId").to_owned();
        let person = self.tenant.text(entity, row, "personIdExternal").to_owned();
        let Value::Time(end) = self.tenant.value(entity, row, "endDate") else { return Ok(user) };
        if let Some(employments) = self.tenant.model.entity("EmpEmployment") {
            let key = key_text(&[Value::Text(person.into()), Value::Text(user.clone().into())]);
            let Some(employment) = self.tenant.table(employments).find(&key) else {
                return Err(RowError::business(format!("Invalid userId: {user} does not exist.")));
            };
            self.set_named(employments, employment, "endDate", Value::Time(end));
            for name in ["lastDateWorked", "payrollEndDate", "okToRehire", "regretTermination"] {
                let value = self.tenant.value(entity, row, name).into_owned();
                self.set_named(employments, employment, name, value);
            }
        }
        if let Some(jobs) = self.tenant.model.entity("EmpJob") {
            let key = key_text(&[Value::Int(1), Value::Time(end + DAY), Value::Text(user.clone().into())]);
            let checked = Checked { entity: jobs, key: key.clone(), cells: Vec::new(), links: Vec::new() };
            let job = self.tenant.table(jobs).find(&key).unwrap_or_else(|| self.new_slice(&checked));
            let reason = self.tenant.text(entity, row, "eventReason").to_owned();
            self.set_named(jobs, job, "eventReason", Value::Text(reason.into()));
            self.event(jobs, job)?;
            self.set_named(jobs, job, "emplStatus", Value::borrowed(TERMINATED));
        }
        self.count_employments(&user);
        Ok(user)
    }

    /// `PersonEmpTerminationInfo`: an employment that ends today or later counts still (KBA 3678614).
    fn count_employments(&mut self, user: &str) {
        let (Some(info), Some(employments)) =
            (self.tenant.model.entity("PersonEmpTerminationInfo"), self.tenant.model.entity("EmpEmployment"))
        else {
            return;
        };
        let Some(person) = person_of(self.tenant, user) else { return };
        let Some(column) = self.column(employments, "personIdExternal") else { return };
        let rows = self.tenant.table(employments).equal(column, &Value::borrowed(&person)).to_vec();
        let today = time::day(self.now);
        let ends = rows.iter().map(|row| match self.tenant.value(employments, *row, "endDate") {
            Value::Time(end) if end < today => Some(end),
            _ => None,
        });
        let ends: Vec<Option<i64>> = ends.collect();
        let active = ends.iter().filter(|end| end.is_none()).count();
        let latest =
            ends.into_iter().flatten().max().filter(|_| active == 0).map_or(Value::Null, Value::Time);
        let row = self.found_or_inserted(info, &person);
        let active = i64::try_from(active).unwrap_or(0);
        self.set_named(info, row, "activeEmploymentsCount", Value::Int(active));
        self.set_named(info, row, "latestTerminationDate", latest);
    }

    fn found_or_inserted(&mut self, entity: usize, key: &str) -> Row {
        if let Some(row) = self.tenant.table(entity).find(key) {
            return row;
        }
        let row = self.tenant.table_mut(entity).insert(key);
        self.undo.push(crate::write::undo::Undo::Insert { entity, row });
        row
    }

    /// A new employment has a user, who appears by itself (KBA 3708971).
    fn employ(&mut self, entity: usize, row: Row) -> String {
        let user_id = self.tenant.text(entity, row, "userId").to_owned();
        let person = self.tenant.text(entity, row, "personIdExternal").to_owned();
        if let Some(users) = self.tenant.model.entity("User")
            && self.tenant.table(users).find(&user_id).is_none()
        {
            let user = self.insert(users, &user_id);
            for (name, text) in
                [("username", user_id.as_str()), ("status", "t"), ("gender", "M"), ("~person", &person)]
            {
                self.set_named(users, user, name, Value::Text(text.to_owned().into()));
            }
            let start = self.tenant.value(entity, row, "startDate").into_owned();
            self.set_named(users, user, "hireDate", start);
            self.stamp(users, user);
        }
        self.count_employments(&user_id);
        user_id
    }

    /// A new user is a person whose id is the userId, unless another has that id (KBA 3075524).
    pub(super) fn insert_with_person(&mut self, users: usize, user_id: &str) -> Result<Row, RowError> {
        // What nobody has asked for yet is derived from the users later.
        let there = |tenant: &Tenant, name: &str| {
            tenant.model.entity(name).filter(|entity| tenant.tables[*entity].get().is_some())
        };
        let people = there(self.tenant, "PerPerson");
        if people.is_some_and(|people| self.tenant.table(people).find(user_id).is_some()) {
            return Err(RowError::business(format!(
                "Exception caught when saving user {user_id}: Exception caught: \
                 com.successfactors.sca.service.exception.ServiceCreateFailedException: can not get personId."
            )));
        }
        let user = self.insert(users, user_id);
        self.set_named(users, user, "~person", Value::Text(user_id.to_owned().into()));
        if let Some(people) = people {
            let person = self.found_or_inserted(people, user_id);
            self.person_key(people, person);
        }
        if let Some(accounts) = there(self.tenant, "UserAccount") {
            let account = self.found_or_inserted(accounts, user_id);
            for (name, text) in [("personIdExternal", user_id), ("accountStatus", "ACTIVE")] {
                self.set_named(accounts, account, name, Value::Text(text.to_owned().into()));
            }
            self.set_named(accounts, account, "accountId", Value::Int(i64::from(user) + 2000));
        }
        Ok(user)
    }

    fn person_key(&mut self, entity: usize, row: Row) {
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

fn person_of(tenant: &Tenant, user: &str) -> Option<String> {
    let users = tenant.model.entity("User")?;
    let row = tenant.table(users).find(user)?;
    Some(tenant.text(users, row, "~person").to_owned()).filter(|person| !person.is_empty())
}
