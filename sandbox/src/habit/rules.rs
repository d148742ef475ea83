//! The business rules of entities other than `User`.

use crate::habit::user::{WHERE_REQUIRED, Writing};
use crate::odata::write::check::Checked;
use crate::odata::write::entity::Operation;
use crate::odata::write::result::RowError;
use crate::odata::write::upsert::Purge;
use crate::state::dates::{self, View};
use crate::state::model::Entity;
use crate::state::store::{Row, Value};

impl Writing<'_> {
    /// Even a deletion of an e-mail or phone names its flag (KBA 3386831).
    pub(crate) fn check_primary_flag(
        &self,
        checked: &Checked,
        operation: Operation,
        label: &str,
    ) -> Result<(), RowError> {
        let name = &self.tenant.entity(checked.entity).name;
        let flagged = matches!(name.as_str(), "PerEmail" | "PerPhone");
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

    /// All rules about what a record may say.
    pub(crate) fn check_rules(&mut self, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
        self.check_purge(checked)?;
        self.check_picklists(checked)?;
        self.check_manager(checked)?;
        self.check_codes(checked)?;
        self.check_owner(checked)?;
        self.check_one_primary(checked, row)
    }

    fn check_purge(&self, checked: &Checked) -> Result<(), RowError> {
        let entity = self.tenant.entity(checked.entity);
        let hris = ["Per", "Emp"].iter().any(|start| entity.name.starts_with(start));
        if hris && self.parameters.purge == Purge::Record && self.switches.record_purge_of_hris_is_error {
            return Err(RowError::validation(format!(
                "purgeType record is not supported by {}",
                entity.name
            )));
        }
        Ok(())
    }

    /// A job reports to a user, or to nobody by name (KBA 2203342).
    fn check_manager(&self, checked: &Checked) -> Result<(), RowError> {
        let manager = self.sent(checked, "managerId").and_then(Value::as_text);
        let users = self.tenant.model.entity("User");
        match (manager, users) {
            (Some(id), Some(users)) if !id.is_empty() && id != "NO_MANAGER" => {
                let found = self.tenant.table(users).find(id).map(|_| ());
                found.ok_or_else(|| RowError::business("Reports To is invalid."))
            }
            _ => Ok(()),
        }
    }

    /// Values of picklists that the tenant has must be among their options (KBA 2773713, 3283017): option ids
    /// for HRIS entities, external codes for the others.
    fn check_picklists(&self, checked: &Checked) -> Result<(), RowError> {
        let Some(options) = self.tenant.model.entity("PicklistOption") else { return Ok(()) };
        let Some(column) = self.tenant.entity(options).property("~picklist") else { return Ok(()) };
        let entity = self.tenant.entity(checked.entity);
        for (index, value) in &checked.cells {
            let property = &entity.properties[*index];
            let (Some(picklist), Some(text)) = (&property.picklist, value.as_text()) else { continue };
            let rows = self.tenant.table(options).equal(column, &Value::borrowed(picklist));
            let name = if entity.flags.updatable { "externalCode" } else { "id" };
            let fits = |row: &Row| match self.tenant.value(options, *row, name) {
                Value::Int(id) => id.to_string() == text,
                Value::Text(code) => code == text,
                _ => false,
            };
            if !rows.is_empty() && !text.is_empty() && !rows.iter().any(fits) {
                return Err(RowError::business(format!(
                    "The value {text} for field {} is not formatted correctly and cannot be displayed.",
                    property.name
                )));
            }
        }
        Ok(())
    }

    /// Codes of foundation objects must be valid on the first day of the slice (KBA 2892425).
    fn check_codes(&self, checked: &Checked) -> Result<(), RowError> {
        let entity = self.tenant.entity(checked.entity);
        let start = entity.dated.and_then(|(start, _)| {
            let place = entity.keys.iter().position(|key| *key == start)?;
            checked.key.split('\u{1f}').nth(place)?.parse().ok()
        });
        let Ok(view) = View::new(start.unwrap_or(self.now), None, None, None) else { return Ok(()) };
        for navigation in &entity.navigations {
            let target = self.tenant.entity(navigation.target);
            let Some([(from, to)]) = navigation.join.as_deref() else { continue };
            let value = checked.cells.iter().find(|(index, _)| index == from).map(|(_, value)| value);
            let Some(code) = value.and_then(Value::as_text).filter(|code| !code.is_empty()) else { continue };
            if !target.name.starts_with("FO") || navigation.many {
                continue;
            }
            let rows = self.tenant.table(navigation.target).equal(*to, &Value::borrowed(code));
            if !rows.iter().any(|row| view.shows(self.tenant, navigation.target, *row)) {
                let label = words(&entity.properties[*from].name);
                return Err(RowError::business(format!("{code} is an invalid external code for {label}")));
            }
        }
        Ok(())
    }

    /// Rows belong to a person or an employment that is there. The texts are unconfirmed.
    fn check_owner(&self, checked: &Checked) -> Result<(), RowError> {
        let name = self.tenant.entity(checked.entity).name.as_str();
        let (owner, column) = match name {
            "PerEmail" | "PerPhone" | "PerPersonal" | "EmpEmployment" => ("PerPerson", "personIdExternal"),
            "EmpJob" | "EmpJobRelationships" | "EmpEmploymentTermination" | "EmpGlobalAssignment" => {
                ("EmpEmployment", "userId")
            }
            _ => return Ok(()),
        };
        let Some(key) = self.key_part(checked, column) else { return Ok(()) };
        let Some(owner) = self.tenant.model.entity(owner) else { return Ok(()) };
        let Some(place) = self.tenant.entity(owner).property(column) else { return Ok(()) };
        if self.tenant.table(owner).equal(place, &Value::borrowed(&key)).is_empty() {
            return Err(RowError::business(format!("Invalid {column}: {key} does not exist.")));
        }
        Ok(())
    }

    /// A part of the key by its name, as text.
    pub(crate) fn key_part(&self, checked: &Checked, name: &str) -> Option<String> {
        let entity = self.tenant.entity(checked.entity);
        let column = entity.property(name)?;
        let place = entity.keys.iter().position(|key| *key == column)?;
        checked.key.split('\u{1f}').nth(place).map(str::to_owned)
    }

    /// At most one primary e-mail and phone a person; the setting that demotes the old one is a switch
    /// (entity sheet §7.13).
    fn check_one_primary(&mut self, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
        let entity = checked.entity;
        let name = self.tenant.entity(entity).name.clone();
        let promoted = self.sent(checked, "isPrimary") == Some(&Value::Bool(true));
        if !matches!(name.as_str(), "PerEmail" | "PerPhone")
            || !promoted
            || self.parameters.purge == Purge::Full
        {
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

    /// Required properties must have a value in the end, and a first `EmpJob` a manager (KBA 2203342).
    pub(crate) fn check_required_properties(
        &self,
        checked: &Checked,
        row: Row,
        is_new: bool,
    ) -> Result<(), RowError> {
        let entity = self.tenant.entity(checked.entity);
        let is_job = entity.name == "EmpJob";
        let missing: Vec<&str> = (0..entity.properties.len())
            .filter(|index| self.is_wanted(checked, *index) && self.lacks(checked, row, is_new, *index))
            .map(|index| entity.properties[index].name.as_str())
            .collect();
        if !missing.is_empty() {
            return Err(RowError::validation(format!(
                "Please add required properties in payload. Required properties {} are missing. {WHERE_REQUIRED}",
                missing.join(", ")
            )));
        }
        let first = is_new && dates::slices(self.tenant, checked.entity, row).len() == 1;
        if is_job && first && self.sent(checked, "managerId").is_none_or(|value| *value == Value::Null) {
            return Err(RowError::business("Reports To is invalid."));
        }
        Ok(())
    }

    /// Whether a property must have a value, and can be given one here. A link writes the column that its navigation
    /// is found by.
    fn is_wanted(&self, checked: &Checked, index: usize) -> bool {
        let entity = self.tenant.entity(checked.entity);
        let property = &entity.properties[index];
        let links = checked.links.iter().filter_map(|(link, _)| entity.navigations[*link].join.as_ref());
        let linked = links.flatten().any(|(from, _)| *from == index);
        let enforced = self.switches.enforce_required || is_reason(entity, index);
        let writable = property.flags.upsertable || property.flags.creatable;
        property.flags.required && enforced && writable && !entity.keys.contains(&index) && !linked
    }

    /// Whether a row ends up without a value, after all that a slice inherits. A reason, and what cannot be seen, must
    /// come each time.
    fn lacks(&self, checked: &Checked, row: Row, is_new: bool, index: usize) -> bool {
        let entity = self.tenant.entity(checked.entity);
        let each_time = !entity.properties[index].flags.visible || is_reason(entity, index);
        match checked.cells.iter().rev().find(|(column, _)| *column == index).map(|(_, value)| value) {
            Some(value) if *value == Value::Null => is_new || each_time || self.switches.null_clears,
            Some(value) => value.as_text() == Some(""),
            None => each_time || is_new && self.tenant.table(checked.entity).get(row, index) == Value::Null,
        }
    }
}

/// Whether a property is why a job changes: every change has its reason (entity sheet §7.12).
fn is_reason(entity: &Entity, index: usize) -> bool {
    entity.name.starts_with("Emp") && entity.properties[index].name == "eventReason"
}

/// `costCenter` as `Cost Center`.
fn words(name: &str) -> String {
    let mut out = String::new();
    for (index, letter) in name.chars().enumerate() {
        if index > 0 && letter.is_uppercase() {
            out.push(' ');
        }
        if index == 0 { out.extend(letter.to_uppercase()) } else { out.push(letter) }
    }
    out
}
