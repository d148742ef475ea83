//! What a write to Employee Central brings about: event and status of a job, the end of an employment, a
//! user for a new one, and HRIS sync (entity sheet §7.4). Whatever is changed bears the time of the change.

use crate::habit::user::Writing;
use crate::odata::write::check::Checked;
use crate::odata::write::result::RowError;
use crate::people;
use crate::state::store::{Row, Value, key_text};

const DAY: i64 = 86_400_000;
/// The option id of a terminated employee's status.
const TERMINATED: &str = "5536";
/// The option ids of the events of a termination and a rehire.
const TERMINATION: &str = "5572";
const REHIRE: &str = "5571";
/// What a termination leaves on the employment besides its last day.
const LEAVING: [&str; 4] = ["lastDateWorked", "payrollEndDate", "okToRehire", "regretTermination"];

impl Writing<'_> {
    /// Does what follows from a row that was written.
    pub(crate) fn follow_up(&mut self, checked: &Checked, row: Row, is_new: bool) -> Result<(), RowError> {
        let entity = checked.entity;
        let user = match self.tenant.entity(entity).name.as_str() {
            "EmpJob" => {
                self.event(entity, row)?;
                self.rehire(entity, row);
                self.tenant.text(entity, row, "userId").to_owned()
            }
            "EmpGlobalAssignment" if is_new => {
                self.assign(entity, row);
                return Ok(());
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

    /// The last day goes to the employment, and a slice of the job begins the day after, with the same reason and the
    /// next number of that day (KBA 2511979).
    fn terminate(&mut self, entity: usize, row: Row) -> Result<String, RowError> {
        let user = self.tenant.text(entity, row, "userId").to_owned();
        let Value::Time(end) = self.tenant.value(entity, row, "endDate") else { return Ok(user) };
        if self.tenant.model.entity("EmpEmployment").is_some() {
            let Some((employments, employment)) = self.employment(entity, row) else {
                return Err(RowError::business(format!("Invalid userId: {user} does not exist.")));
            };
            self.set_named(employments, employment, "endDate", Value::Time(end));
            for name in LEAVING {
                let value = self.tenant.value(entity, row, name).into_owned();
                self.set_named(employments, employment, name, value);
            }
            self.stamp_entity(employments, employment, false);
            self.count_employments(employments, employment);
        }
        if let Some(jobs) = self.tenant.model.entity("EmpJob") {
            let reason = self.tenant.text(entity, row, "eventReason").to_owned();
            let (job, is_new) = self.last_slice(jobs, end + DAY, &user);
            self.set_named(jobs, job, "eventReason", Value::Text(reason.into()));
            self.event(jobs, job)?;
            if !people::is_gone(self.tenant.text(jobs, job, "emplStatus")) {
                self.set_named(jobs, job, "emplStatus", Value::borrowed(TERMINATED));
            }
            self.stamp_entity(jobs, job, is_new);
        }
        Ok(user)
    }

    /// The slice of a termination: the one that is there, or a new one, which comes last on its day.
    fn last_slice(&mut self, jobs: usize, day: i64, user: &str) -> (Row, bool) {
        let mut sequence = 1;
        loop {
            let parts = [Value::Int(sequence), Value::Time(day), Value::Text(user.to_owned().into())];
            let key = key_text(&parts);
            match self.tenant.table(jobs).find(&key) {
                Some(job) if self.tenant.text(jobs, job, "event") == TERMINATION => return (job, false),
                Some(_) => sequence += 1,
                None => {
                    let checked = Checked { entity: jobs, key, cells: Vec::new(), links: Vec::new() };
                    return (self.new_slice(&checked), true);
                }
            }
        }
    }

    /// A rehire takes the end of the employment away (entity sheet §7.4).
    fn rehire(&mut self, jobs: usize, job: Row) {
        if self.tenant.text(jobs, job, "event") != REHIRE {
            return;
        }
        let Some((employments, employment)) = self.employment(jobs, job) else { return };
        let mark = self.undo.len();
        for name in ["endDate"].into_iter().chain(LEAVING) {
            self.set_named(employments, employment, name, Value::Null);
        }
        if self.undo.len() > mark {
            self.stamp_entity(employments, employment, false);
            self.count_employments(employments, employment);
        }
    }

    /// An employment that is said to be a global assignment is one.
    fn assign(&mut self, entity: usize, row: Row) {
        let Some((employments, employment)) = self.employment(entity, row) else { return };
        self.set_named(entity, row, "assignmentClass", Value::borrowed("GA"));
        self.set_named(employments, employment, "assignmentClass", Value::borrowed("GA"));
        self.stamp_entity(employments, employment, false);
        self.count_employments(employments, employment);
    }

    /// The employment of the user that a row has.
    fn employment(&self, entity: usize, row: Row) -> Option<(usize, Row)> {
        let employments = self.tenant.model.entity("EmpEmployment")?;
        let column = self.column(employments, "userId")?;
        let user = self.tenant.text(entity, row, "userId");
        let found = self.tenant.table(employments).equal(column, &Value::borrowed(user)).first().copied()?;
        Some((employments, found))
    }

    fn count_employments(&mut self, employments: usize, employment: Row) {
        let person = self.tenant.text(employments, employment, "personIdExternal").to_owned();
        self.count_again(&person);
    }

    /// Brings `PersonEmpTerminationInfo` of a person up to date. What nobody has asked for yet is made of the
    /// employments when somebody does.
    pub(crate) fn count_again(&mut self, person: &str) {
        let info = self.tenant.model.entity("PersonEmpTerminationInfo");
        let Some(entity) = info.filter(|entity| self.tenant.tables[*entity].get().is_some()) else { return };
        match people::employed(self.tenant, person) {
            Some(info) => {
                let row = self.found_or_inserted(entity, person);
                for (name, value) in people::cells(info) {
                    self.set_named(entity, row, name, value);
                }
            }
            None => {
                if let Some(row) = self.tenant.table(entity).find(person) {
                    self.remove(entity, row);
                }
            }
        }
    }

    fn found_or_inserted(&mut self, entity: usize, key: &str) -> Row {
        if let Some(row) = self.tenant.table(entity).find(key) {
            return row;
        }
        let row = self.tenant.table_mut(entity).insert(key);
        self.undo.push(crate::odata::write::undo::Undo::Insert { entity, row });
        row
    }

    /// A new employment has a user, who appears by itself (KBA 3708971), and is a standard one until it is said to be
    /// a global assignment.
    fn employ(&mut self, entity: usize, row: Row) -> String {
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
        self.count_again(&person);
        user_id
    }

    /// A new user is a person whose id is the userId, unless another has that id (KBA 3075524).
    pub(crate) fn insert_with_person(&mut self, users: usize, user_id: &str) -> Result<Row, RowError> {
        let people = self.tenant.model.entity("PerPerson");
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
            self.stamp_entity(people, person, true);
        }
        Ok(user)
    }

    /// Brings the account of a user's person up to date. What nobody has asked for yet is made of the users when
    /// somebody does.
    pub(crate) fn follow_account(&mut self, users: usize, user: Row) {
        let person = self.tenant.text(users, user, "~person").to_owned();
        self.account_again(&person);
    }

    /// Brings the account of a person up to date: its key is the name of the first user, which may have changed.
    pub(crate) fn account_again(&mut self, person: &str) {
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
