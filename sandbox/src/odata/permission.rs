//! What the rights of the API user refuse.

use crate::error::ODataError;
use crate::odata::write::result::RowError;
use crate::state::rights::Rights;
use crate::state::store::Row;
use crate::state::tenant::Tenant;

impl Rights {
    /// Refuses an entity set that the role does not have.
    ///
    /// # Errors
    ///
    /// COE0020.
    pub(crate) fn check_entity(&self, tenant: &Tenant, entity: usize) -> Result<(), ODataError> {
        if self.sees(entity) { Ok(()) } else { Err(self.forbidden_entity(tenant, entity)) }
    }

    /// Refuses a row that is asked for by its key.
    ///
    /// # Errors
    ///
    /// COE0020 (KBA 3589982).
    pub(crate) fn check_row(&self, tenant: &Tenant, entity: usize, row: Row) -> Result<(), ODataError> {
        if self.sees_row(tenant, entity, row) { Ok(()) } else { Err(self.forbidden("user")) }
    }

    /// Whether a row is in the target population.
    pub(crate) fn sees_row(&self, tenant: &Tenant, entity: usize, row: Row) -> bool {
        match &self.population {
            Some((users, filter)) if *users == entity => filter.passes(tenant, row),
            _ => true,
        }
    }

    /// Refuses to write an entity, or a row that is there already. The wording of the text is unconfirmed.
    ///
    /// # Errors
    ///
    /// `NO_PERMISSIONS_EXCEPTION` (KBA 2160948).
    pub(crate) fn check_write(
        &self,
        tenant: &Tenant,
        entity: usize,
        key: &str,
        row: Option<Row>,
    ) -> Result<(), RowError> {
        let reachable = row.is_none_or(|row| !self.writes_bound || self.sees_row(tenant, entity, row));
        if reachable && self.sees(entity) && !self.read_only.contains(&entity) {
            return Ok(());
        }
        Err(RowError::business(format!(
            "NO_PERMISSIONS_EXCEPTION : Failed to add/update {} [{key}]: you do not have the permission.",
            tenant.entity(entity).name
        )))
    }

    /// Refuses to change the members of groups.
    ///
    /// # Errors
    ///
    /// COE0020 (KBA 2676936).
    pub(crate) fn check_group_write(&self, tenant: &Tenant, entity: usize) -> Result<(), ODataError> {
        if self.read_only.contains(&entity) {
            return Err(self.forbidden_entity(tenant, entity));
        }
        self.check_entity(tenant, entity)
    }

    /// An entity may have a text of its own for that.
    fn forbidden_entity(&self, tenant: &Tenant, entity: usize) -> ODataError {
        let entity = tenant.entity(entity);
        match entity.denial {
            Some(text) => self.coe0020(&text(&self.api_user)),
            None => self.forbidden(&entity.name),
        }
    }

    fn forbidden(&self, what: &str) -> ODataError {
        self.coe0020(&format!("No permission! You don't have permission to view the {what}."))
    }

    fn coe0020(&self, text: &str) -> ODataError {
        ODataError::new(self.status, "COE_GENERAL_FORBIDDEN", format!("[COE0020]{text}"))
    }
}
