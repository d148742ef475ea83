//! The primary flag of e-mails and phones.

use crate::odata::write::check::Checked;
use crate::odata::write::parameters::Purge;
use crate::odata::write::result::RowError;
use crate::odata::write::writing::{Operation, Writing};
use crate::state::store::{Row, Value};

/// The entities that have it.
const FLAGGED: [&str; 2] = ["PerEmail", "PerPhone"];

/// Those that give up being primary come first, so that a promotion and a demotion may stand in one request in any
/// order.
pub(super) fn demotes(writing: &Writing<'_>, checked: &Checked) -> bool {
    writing.sent(checked, "isPrimary") == Some(&Value::Bool(false))
}

impl Writing<'_> {
    /// Even a deletion of an e-mail or phone names its flag (KBA 3386831).
    pub(super) fn check_primary_flag(
        &self,
        checked: &Checked,
        operation: Operation,
        label: &str,
    ) -> Result<(), RowError> {
        let name = &self.tenant.entity(checked.entity).name;
        let flagged = FLAGGED.contains(&name.as_str());
        let sent = matches!(self.sent(checked, "isPrimary"), Some(Value::Bool(_)));
        if !flagged || sent || operation == Operation::Write {
            return Ok(());
        }
        let record = label.replace(',', ", ");
        Err(RowError::business(format!(
            "isPrimary contains an invalid flag for boolean field. Only ‘Y‘/’Yes‘/’T‘/’True‘/’1’ or \
             ‘N‘/’No‘/’F‘/’False‘/’0’ are supported.\n Failed record info: {{{name}/operation=DELETE, {record}}}. \n  \
             for Key {label}"
        )))
    }

    /// At most one primary e-mail and phone a person; the setting that demotes the old one is a switch
    /// (docs/successfactors.md#e-mail-and-phone).
    pub(super) fn check_one_primary(&mut self, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
        let entity = checked.entity;
        let name = self.tenant.entity(entity).name.clone();
        let promoted = self.sent(checked, "isPrimary") == Some(&Value::Bool(true));
        if !FLAGGED.contains(&name.as_str()) || !promoted || self.parameters.purge == Purge::Full {
            return Ok(());
        }
        let (Some(person), Some(flag)) =
            (self.column(entity, "personIdExternal"), self.column(entity, "isPrimary"))
        else {
            return Ok(());
        };
        let key = self.key_part(checked, "personIdExternal").unwrap_or_default();
        let table = self.tenant.table(entity);
        let others = table.equal(person, &Value::Text(key.clone().into())).iter().copied();
        let primary: Vec<Row> = others
            .filter(|other| Some(*other) != row && table.get(*other, flag) == Value::Bool(true))
            .collect();
        if primary.is_empty() {
            return Ok(());
        }
        if self.switches.primary_demotes_others {
            primary.into_iter().for_each(|other| self.set(entity, other, flag, Value::Bool(false)));
            return Ok(());
        }
        Err(RowError::business(format!(
            "Only one primary record is allowed for {name} of person {key}; another one is primary already."
        )))
    }
}
