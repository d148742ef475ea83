//! What each entity does of its own when it is written: which habit has a say at which point.

use crate::error::ODataError;
use crate::habit::{job, primary, user, users};
use crate::odata::write::check::Checked;
use crate::odata::write::payload::Record;
use crate::odata::write::result::{RowError, RowResult};
use crate::odata::write::writing::{Cell, Habits, Operation, Writing};
use crate::options::switches::Switches;
use crate::state::model::Entity;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// The habits of SuccessFactors.
pub(super) struct Rules;

impl Habits for Rules {
    fn check_request(&self, switches: &Switches, records: &[Record]) -> Result<(), ODataError> {
        user::check_request(switches, records)
    }

    fn goes_first(&self, writing: &Writing<'_>, checked: &Checked) -> bool {
        primary::demotes(writing, checked)
    }

    fn record(&self, writing: &mut Writing<'_>, checked: &Checked) -> Option<RowResult> {
        let is_user = users::entity(writing.tenant) == Some(checked.entity);
        is_user.then(|| writing.user(checked))
    }

    fn check_operation(
        &self,
        writing: &Writing<'_>,
        checked: &Checked,
        operation: Operation,
        label: &str,
    ) -> Result<(), RowError> {
        writing.check_primary_flag(checked, operation, label)
    }

    fn check(&self, writing: &mut Writing<'_>, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
        writing.check_purge(checked)?;
        writing.check_picklists(checked)?;
        writing.check_manager(checked)?;
        writing.check_codes(checked)?;
        writing.check_owner(checked)?;
        writing.check_one_primary(checked, row)
    }

    fn must_come(&self, entity: &Entity, property: usize) -> bool {
        job::is_reason(entity, property)
    }

    fn check_row(
        &self,
        writing: &Writing<'_>,
        checked: &Checked,
        row: Row,
        is_new: bool,
    ) -> Result<(), RowError> {
        writing.check_first_job(checked, row, is_new)
    }

    fn follow_up(
        &self,
        writing: &mut Writing<'_>,
        checked: &Checked,
        row: Row,
        is_new: bool,
    ) -> Result<(), RowError> {
        writing.follow_up(checked.entity, row, is_new)
    }

    fn cell_changes(&self, tenant: &mut Tenant, cell: Cell, old: &Value<'_>, new: &Value<'_>) {
        users::cell_changes(tenant, cell, old, new);
    }

    fn row_goes(&self, tenant: &mut Tenant, entity: usize, row: Row) {
        users::row_goes(tenant, entity, row);
    }

    fn links_change(&self, tenant: &mut Tenant, navigation: Cell, old: &[Row]) {
        users::links_change(tenant, navigation, old);
    }

    fn links_changed(&self, writing: &mut Writing<'_>, navigation: Cell, old: &[Row], new: &[Row]) {
        writing.count_teams(navigation, old, new);
    }

    fn locale(&self, tenant: &Tenant) -> String {
        users::locale(tenant)
    }
}

impl Writing<'_> {
    /// Event and status of a job, the end of an employment, a user for a new one, and HRIS sync
    /// (docs/successfactors.md#hris-sync). Whatever is changed bears the time of the change.
    fn follow_up(&mut self, entity: usize, row: Row, is_new: bool) -> Result<(), RowError> {
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
                self.new_photo(entity, row);
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
}
