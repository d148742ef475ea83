//! HRIS sync: what Employee Central knows of today is copied to the users, one way (docs/successfactors.md#hris-sync).

use crate::habit;
use crate::habit::termination::is_gone;
use crate::odata::write::parameters::Parameters;
use crate::odata::write::writing::Writing;
use crate::options::switches::Switches;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;
use crate::state::view::View;

/// Syncs all users that have an employment, as the daily job does: a status or a name that somebody wrote to
/// `User` is overwritten (KBA 2948448). Gives the number of employments.
pub(crate) fn run(tenant: &mut Tenant, switches: &Switches, now: i64) -> usize {
    habit::writing(tenant, switches, Parameters::plain(), now).sync_all()
}

impl Writing<'_> {
    /// Copies names, mail and status of an employee to the user: HRIS sync, one way (KBA 3308618, 2948448).
    pub(crate) fn sync_user(&mut self, user_id: &str) {
        let Some(users) = self.tenant.model.entity("User") else { return };
        let Some(row) = self.tenant.table(users).find(user_id) else { return };
        let mark = self.undo.len();
        let today = self.now;
        if let Some((jobs, job)) = job_today(self.tenant, user_id, today) {
            self.sync_job((users, row), (jobs, job));
        }
        let person = self.tenant.text(users, row, "~person").to_owned();
        for (entity, from, to) in [
            ("PerPersonal", "firstName", "firstName"),
            ("PerPersonal", "lastName", "lastName"),
            ("PerEmail", "emailAddress", "email"),
        ] {
            if let Some(text) = current(self.tenant, entity, &person, from, today) {
                self.set_named(users, row, to, Value::Text(text.into()));
            }
        }
        if self.undo.len() > mark {
            self.stamp(users, row);
        }
    }

    /// HRIS sync of everybody who has an employment: what the daily job does.
    pub(crate) fn sync_all(&mut self) -> usize {
        let Some(employments) = self.tenant.model.entity("EmpEmployment") else { return 0 };
        let rows = self.tenant.table(employments).order().to_vec();
        for row in &rows {
            let user = self.tenant.text(employments, *row, "userId").to_owned();
            self.sync_user(&user);
        }
        self.undo.clear();
        rows.len()
    }

    /// Status, title, organization and manager of the job of today.
    fn sync_job(&mut self, (users, row): (usize, Row), (jobs, job): (usize, Row)) {
        let status = if is_gone(self.tenant.text(jobs, job, "emplStatus")) { "f" } else { "t" };
        self.set_named(users, row, "status", Value::borrowed(status));
        for (from, to) in [("jobTitle", "title"), ("jobCode", "jobCode")] {
            self.sync_text((users, row), to, self.tenant.text(jobs, job, from).to_owned());
        }
        for (navigation, to) in [("departmentNav", "department"), ("divisionNav", "division")] {
            if let Some(text) = named_code(self.tenant, jobs, job, navigation, self.now) {
                self.sync_text((users, row), to, text);
            }
        }
        let manager = self.tenant.text(jobs, job, "managerId").to_owned();
        let Some(navigation) = self.tenant.entity(users).navigation("manager") else { return };
        match self.tenant.table(users).find(&manager) {
            Some(boss) => self.set_links(users, row, navigation, &[boss]),
            None if manager == "NO_MANAGER" => self.set_links(users, row, navigation, &[]),
            None => {}
        }
    }

    fn sync_text(&mut self, (users, row): (usize, Row), name: &str, text: String) {
        if !text.is_empty() {
            self.set_named(users, row, name, Value::Text(text.into()));
        }
    }
}

/// The job slice of today. Nobody's user changes before the first day.
fn job_today(tenant: &Tenant, user: &str, now: i64) -> Option<(usize, Row)> {
    let jobs = tenant.model.entity("EmpJob")?;
    let view = View::new(now, None, None, None).ok()?;
    let column = tenant.entity(jobs).property("userId")?;
    let rows = tenant.table(jobs).equal(column, &Value::borrowed(user));
    let job = rows.iter().find(|row| view.shows(tenant, jobs, **row))?;
    Some((jobs, *job))
}

/// `Engineering (2100)`: the name of today with the code behind it (docs/successfactors.md#values-in-json).
fn named_code(tenant: &Tenant, jobs: usize, job: Row, navigation: &str, now: i64) -> Option<String> {
    let index = tenant.entity(jobs).navigation(navigation)?;
    let target = tenant.entity(jobs).navigations[index].target;
    let view = View::new(now, None, None, None).ok()?;
    let rows = tenant.follow(jobs, job, index);
    let row = rows.into_iter().find(|row| view.shows(tenant, target, *row))?;
    let [name, code] = ["name", "externalCode"].map(|name| tenant.text(target, row, name));
    Some(format!("{name} ({code})"))
}

/// A text of a person's row that is valid today, the primary one where there are several.
fn current(tenant: &Tenant, entity: &str, person: &str, name: &str, now: i64) -> Option<String> {
    let entity = tenant.model.entity(entity)?;
    let view = View::new(now, None, None, None).ok()?;
    let column = tenant.entity(entity).property("personIdExternal")?;
    let rows = tenant.table(entity).equal(column, &Value::borrowed(person)).iter();
    let primary = |row: &&Row| tenant.value(entity, **row, "isPrimary") != Value::Bool(false);
    let row = rows.filter(|row| view.shows(tenant, entity, **row)).find(primary)?;
    Some(tenant.text(entity, *row, name).to_owned()).filter(|text| !text.is_empty())
}
