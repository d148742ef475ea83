//! The end of an employment, its return, and `PersonEmpTerminationInfo`, which the tenant computes from both
//! (docs/successfactors.md#terminations).

use crate::odata::write::check::Checked;
use crate::odata::write::result::RowError;
use crate::odata::write::writing::Writing;
use crate::people::termination::{self, Info};
use crate::state::store::{Row, Value, key_text};
use crate::state::tenant::Tenant;

const DAY: i64 = 86_400_000;
/// The option id of a terminated employee's status.
const TERMINATED: &str = "5536";
/// The option ids of the events of a termination and a rehire.
const TERMINATION: &str = "5572";
const REHIRE: &str = "5571";
/// What a termination leaves on the employment besides its last day.
const LEAVING: [&str; 4] = ["lastDateWorked", "payrollEndDate", "okToRehire", "regretTermination"];

/// Whether an option id of the picklist `employee-status` is that of somebody who is not there any more: terminated,
/// retired, reported no show, and an obsolete assignment.
pub(crate) fn is_gone(status: &str) -> bool {
    matches!(status, "5536" | "5539" | "5540" | "5542")
}

/// Brings the counts up to date, for the first request of a new day.
pub(crate) fn turn(tenant: &mut Tenant, today: i64) {
    tenant.today = today;
    let Some(entity) = tenant.model.entity("PersonEmpTerminationInfo") else { return };
    if tenant.tables[entity].get().is_none() {
        return;
    }
    let all = termination::all(tenant, today);
    let changed: Vec<(Row, Info)> = tenant
        .table(entity)
        .order()
        .iter()
        .filter_map(|row| Some((*row, *all.get(tenant.text(entity, *row, "personIdExternal"))?)))
        .collect();
    for (row, info) in changed {
        for (name, value) in termination::cells(info) {
            if tenant.value(entity, row, name) != value
                && let Some(column) = tenant.entity(entity).property(name)
            {
                tenant.table_mut(entity).set(row, column, value);
            }
        }
    }
}

impl Writing<'_> {
    /// The last day goes to the employment, and a slice of the job begins the day after, with the same reason and the
    /// next number of that day (KBA 2511979).
    pub(super) fn terminate(&mut self, entity: usize, row: Row) -> Result<String, RowError> {
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
            if !is_gone(self.tenant.text(jobs, job, "emplStatus")) {
                self.set_named(jobs, job, "emplStatus", Value::borrowed(TERMINATED));
            }
            self.stamp_entity(jobs, job, is_new);
        }
        Ok(user)
    }

    /// The slice of a termination: the one that is there, or a new one, which comes last on its day.
    pub(super) fn last_slice(&mut self, jobs: usize, day: i64, user: &str) -> (Row, bool) {
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

    /// A rehire takes the end of the employment away (docs/successfactors.md#terminations).
    pub(super) fn rehire(&mut self, jobs: usize, job: Row) {
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

    /// Brings `PersonEmpTerminationInfo` up to date for the person of an employment.
    pub(super) fn count_employments(&mut self, employments: usize, employment: Row) {
        let person = self.tenant.text(employments, employment, "personIdExternal").to_owned();
        self.count_again(&person);
    }

    /// Brings `PersonEmpTerminationInfo` of a person up to date. What nobody has asked for yet is made of the
    /// employments when somebody does.
    pub(super) fn count_again(&mut self, person: &str) {
        let info = self.tenant.model.entity("PersonEmpTerminationInfo");
        let Some(entity) = info.filter(|entity| self.tenant.tables[*entity].get().is_some()) else { return };
        match termination::employed(self.tenant, person) {
            Some(info) => {
                let row = self.found_or_inserted(entity, person);
                for (name, value) in termination::cells(info) {
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
}
