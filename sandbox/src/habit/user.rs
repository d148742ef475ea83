//! Writing one user: the business rules, then the change (docs/successfactors.md#creating-and-changing-a-user).

use crate::error::ODataError;
use crate::habit::status;
use crate::odata::write::check::{Checked, Target, check};
use crate::odata::write::entity::UNCHANGED;
use crate::odata::write::parameters::Purge;
use crate::odata::write::payload::{Incoming, Record};
use crate::odata::write::required::WHERE_REQUIRED;
use crate::odata::write::result::{RowError, RowOk, RowResult};
use crate::odata::write::undo::Undo;
use crate::odata::write::writing::{Cell, Writing};
use crate::options::switches::Switches;
use crate::state::store::{Row, Value};
use crate::time;

/// Refuses external users altogether, where the tenant does so.
///
/// # Errors
///
/// COE0019 for status `e` or `d`.
pub(super) fn check_request(switches: &Switches, records: &[Record]) -> Result<(), ODataError> {
    if switches.external_status_is_global && records.iter().any(is_external) {
        return Err(ODataError::server_failure(
            "You are not allowed to add or update external users (status e and d) with the User API.",
        ));
    }
    Ok(())
}

fn is_external(record: &Record) -> bool {
    record.fields.iter().any(|(name, incoming)| {
        let text = if let Incoming::Scalar(scalar) = incoming { scalar.as_str() } else { None };
        name == "status" && matches!(text.and_then(status::letter), Some("e" | "d"))
    })
}

/// What one record is going to change.
struct Plan {
    cells: Vec<(usize, Value<'static>)>,
    links: Vec<(usize, Vec<Row>)>,
    password: Option<String>,
    inline: Vec<RowOk>,
}

impl Writing<'_> {
    /// Writes one user.
    pub(super) fn user(&mut self, checked: &Checked) -> RowResult {
        let row = self.tenant.table(checked.entity).find(&checked.key);
        self.check_status(checked, row)?;
        self.check_required_for_create(checked, row)?;
        self.check_username(checked, row)?;
        let plan = self.plan(checked, row)?;
        let key = format!("User/userId={}", checked.key);
        if let Some(row) = row
            && plan.password.is_none()
            && plan.inline.is_empty()
            && self.is_unchanged(checked.entity, row, &plan)
        {
            let message = self.switches.warn_unchanged.then(|| UNCHANGED.to_owned());
            return Ok(RowOk { key, edit_status: "UPSERTED", http_code: 200, message, inline: Vec::new() });
        }
        let existed = row.is_some();
        let row = match row {
            Some(row) => row,
            None => self.insert_with_person(checked.entity, &checked.key)?,
        };
        let inline = plan.inline.clone();
        self.apply(checked.entity, row, plan);
        let (edit_status, http_code) =
            if existed && self.switches.report_updated { ("UPDATED", 204) } else { ("UPSERTED", 200) };
        Ok(RowOk { key, edit_status, http_code, message: None, inline })
    }

    /// The rules about status: `e` and `d` are not for this entity (KBA 2994898), and inactive users need
    /// `processInactiveEmployees` (KBA 2430160, 2768078).
    fn check_status(&self, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
        let stored = row.map(|row| self.tenant.text(checked.entity, row, "status").to_owned());
        let sent = match self.sent(checked, "status").and_then(Value::as_text) {
            None => None,
            Some(text) => Some(
                status::letter(text).filter(|letter| !matches!(*letter, "e" | "d")).ok_or_else(|| {
                    RowError::business(format!(
                        "Invalid property value. Property name:status. Property value:{text}."
                    ))
                })?,
            ),
        };
        if matches!(stored.as_deref(), Some("e" | "d")) {
            return Err(RowError::business(
                "You are not allowed to add or update external users (status e and d) with the User API. Please \
                 use the ExternalLearner or ExternalUser entity instead.",
            ));
        }
        let inactive = |status: Option<&str>| matches!(status, Some("f" | "F"));
        let revives = self.switches.reactivation_needs_flag || !matches!(sent, Some("t" | "T"));
        let refused = match &stored {
            Some(stored) => inactive(Some(stored)) && revives,
            None => inactive(sent),
        };
        if refused && !self.parameters.process_inactive {
            return Err(RowError::business("Cannot upsert an inactive user.."));
        }
        Ok(())
    }

    fn check_required_for_create(&self, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
        if row.is_some() && self.parameters.purge == Purge::Incremental {
            return Ok(());
        }
        let key = self.tenant.entity(checked.entity).key;
        let missing: Vec<&str> = self
            .switches
            .required_for_create
            .iter()
            .map(String::as_str)
            .filter(|name| {
                let column = self.column(checked.entity, name);
                let empty = |value: Option<&Value<'_>>| {
                    value.is_none_or(|value| *value == Value::Null || value.as_text() == Some(""))
                };
                column.is_some_and(|column| column != key) && empty(self.sent(checked, name))
            })
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(RowError::validation(format!(
            "Please add required properties in payload. Required properties {} are missing. {WHERE_REQUIRED}",
            missing.join(", ")
        )))
    }

    /// User names are unique with their case, and inactive users keep theirs (KBA 3550451, 2217113).
    fn check_username(&mut self, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
        let Some(name) = self.sent(checked, "username").and_then(Value::as_text) else { return Ok(()) };
        let Some(column) = self.column(checked.entity, "username") else { return Ok(()) };
        let tenant = &mut *self.tenant;
        let Some(table) = tenant.tables[checked.entity].get() else { return Ok(()) };
        let owner = tenant.accounts.owner(table, column, name);
        match owner.filter(|owner| Some(*owner) != row) {
            None => Ok(()),
            Some(_) => Err(failed("DUPLICATE_USERNAME", &checked.key, "Duplicate Username", name)),
        }
    }

    fn plan(&mut self, checked: &Checked, row: Option<Row>) -> Result<Plan, RowError> {
        let password = self.password(checked)?;
        let mut plan = Plan { cells: self.cells(checked), links: Vec::new(), password, inline: Vec::new() };
        for (navigation, target) in &checked.links {
            let keys = match target {
                Target::Keys(keys) => keys.clone(),
                Target::Inline(records) => self.inline(records, &mut plan)?,
            };
            let targets = self.targets(checked, row, *navigation, &keys)?;
            plan.links.push((*navigation, targets));
        }
        if self.parameters.purge != Purge::Incremental {
            self.purge(checked, &mut plan);
        }
        Ok(plan)
    }

    fn cells(&self, checked: &Checked) -> Vec<(usize, Value<'static>)> {
        let entity = self.tenant.entity(checked.entity);
        let password = entity.property("password");
        let status_column = entity.property("status");
        let written = checked.cells.iter().filter(|(index, value)| {
            let ignored = *value == Value::Null
                && self.parameters.purge == Purge::Incremental
                && !self.switches.null_clears;
            *index != entity.key && Some(*index) != password && !ignored
        });
        written
            .map(|(index, value)| match value.as_text().and_then(status::letter) {
                Some(letter) if Some(*index) == status_column => (*index, Value::borrowed(letter)),
                _ => (*index, value.clone()),
            })
            .filter(|(index, value)| Some(*index) != status_column || *value != Value::Null)
            .collect()
    }

    /// The password policy; the real text of a refusal is unconfirmed (docs/successfactors.md#passwords).
    fn password(&self, checked: &Checked) -> Result<Option<String>, RowError> {
        let Some(text) = self.sent(checked, "password").and_then(Value::as_text) else { return Ok(None) };
        let long = text.chars().count() >= self.switches.password_min_length;
        let letters = text.chars().any(char::is_alphabetic);
        let digits = text.chars().any(|letter| letter.is_ascii_digit());
        if long && letters && digits {
            return Ok(Some(text.to_owned()));
        }
        Err(RowError::business(format!(
            "INVALID_PASSWORD : Failed to add/update user [{}] \"\" (N/A;N/A;N/A): The password does not meet the \
             password policy. It needs at least {} characters, with letters and digits.",
            checked.key, self.switches.password_min_length
        )))
    }

    /// Writes the entities that came along, and gives their keys (KBA 3307746).
    fn inline(&mut self, records: &[Record], plan: &mut Plan) -> Result<Vec<String>, RowError> {
        let mut keys = Vec::new();
        for record in records {
            let inner = check(self.tenant, record).map_err(RowError::from)?;
            let purge = std::mem::replace(&mut self.parameters.purge, Purge::Incremental);
            let written = self.user(&inner);
            self.parameters.purge = purge;
            plan.inline.push(written?);
            keys.push(inner.key);
        }
        Ok(keys)
    }

    /// The rows that a navigation is to lead to. To-many links are added to the old ones, unless the record
    /// is purged (KBA 2749477).
    fn targets(
        &self,
        checked: &Checked,
        row: Option<Row>,
        navigation: usize,
        keys: &[String],
    ) -> Result<Vec<Row>, RowError> {
        let model = &self.tenant.entity(checked.entity).navigations[navigation];
        let old = row.map(|row| self.tenant.follow(checked.entity, row, navigation)).unwrap_or_default();
        let mut targets =
            if model.many && self.parameters.purge == Purge::Incremental { old } else { Vec::new() };
        for key in keys {
            // NO_MANAGER is KBA 2887242; NO_HR its analogue.
            let nobody = matches!((model.name.as_str(), key.as_str()), ("hr", "NO_HR"))
                || (matches!(model.name.as_str(), "manager" | "secondManager") && key == "NO_MANAGER");
            if nobody {
                continue;
            }
            let target = self.tenant.table(model.target).find(key);
            let target = target.ok_or_else(|| unknown_target(&model.name, &checked.key, key))?;
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        Ok(targets)
    }

    /// Clears everything that the record does not have (KBA 2749477).
    fn purge(&self, checked: &Checked, plan: &mut Plan) {
        let entity = self.tenant.entity(checked.entity);
        for (index, property) in entity.properties.iter().enumerate() {
            let kept = index == entity.key || !property.flags.upsertable || property.name == "password";
            if !kept && !property.is_internal() && !plan.cells.iter().any(|(other, _)| *other == index) {
                plan.cells.push((index, Value::Null));
            }
        }
        for (index, navigation) in entity.navigations.iter().enumerate() {
            let sent = plan.links.iter().any(|(other, _)| *other == index);
            if navigation.inverse_of.is_none() && navigation.join.is_none() && !sent {
                plan.links.push((index, Vec::new()));
            }
        }
    }

    fn is_unchanged(&self, entity: usize, row: Row, plan: &Plan) -> bool {
        let table = self.tenant.table(entity);
        plan.cells.iter().all(|(index, value)| table.get(row, *index) == *value)
            && plan
                .links
                .iter()
                .all(|(index, targets)| table.links[*index].targets(row) == targets.as_slice())
    }

    /// A user without reports.
    pub(super) fn new_user(&mut self, entity: usize, key: &str) -> Row {
        let row = self.insert(entity, key);
        self.set_named(entity, row, "totalTeamSize", Value::Int(0));
        row
    }

    fn apply(&mut self, entity: usize, row: Row, plan: Plan) {
        for (property, value) in plan.cells {
            self.set(entity, row, property, value);
        }
        for (navigation, targets) in plan.links {
            self.set_links(entity, row, navigation, &targets);
        }
        if let Some(text) = plan.password {
            let old = self.tenant.accounts.set_password(row, &text);
            self.undo.push(Undo::Password { row, hash: old });
        }
        let names = ["firstName", "lastName"].map(|name| self.tenant.text(entity, row, name).to_owned());
        self.set_named(entity, row, "defaultFullName", Value::Text(names.join(" ").trim().to_owned().into()));
        self.stamp(entity, row);
    }

    /// Marks a user as changed now, and their account with them.
    pub(super) fn stamp(&mut self, entity: usize, row: Row) {
        let now = self.now.div_euclid(1000) * 1000;
        let local = time::to_local(now, self.switches.server_utc_offset_minutes);
        self.set_named(entity, row, "lastModified", Value::Time(local));
        for name in ["lastModifiedDateTime", "lastModifiedWithTZ", "sciLastModified"] {
            self.set_named(entity, row, name, Value::Time(now));
        }
        self.follow_account(entity, row);
    }

    /// Brings the number of reports up to date of those who lost or gained some.
    pub(super) fn count_teams(&mut self, navigation: Cell, old: &[Row], new: &[Row]) {
        let Cell { entity, index, .. } = navigation;
        if self.tenant.entity(entity).navigations[index].name == "manager" {
            old.iter().for_each(|boss| self.count_team(entity, *boss, -1));
            new.iter().for_each(|boss| self.count_team(entity, *boss, 1));
        }
    }

    fn count_team(&mut self, entity: usize, boss: Row, step: i64) {
        let size = match self.tenant.value(entity, boss, "totalTeamSize") {
            Value::Int(size) => size,
            _ => 0,
        };
        self.set_named(entity, boss, "totalTeamSize", Value::Int((size + step).max(0)));
    }
}

fn failed(code: &str, user: &str, reason: &str, value: &str) -> RowError {
    RowError::business(format!(
        "{code} : Failed to add/update user [{user}] \"\" (N/A;N/A;N/A): {reason} - \"{value}\"."
    ))
}

/// KBA 2178217 for HR; the others are written like it.
fn unknown_target(navigation: &str, user: &str, key: &str) -> RowError {
    let (code, reason) = match navigation {
        "hr" => ("INVALID_HR_ID".to_owned(), "Invalid HR Id".to_owned()),
        "manager" => ("INVALID_MANAGER_ID".to_owned(), "Invalid Manager Id".to_owned()),
        other => (format!("INVALID_{}_ID", other.to_uppercase()), format!("Invalid {other} Id")),
    };
    failed(&code, user, &reason, key)
}
