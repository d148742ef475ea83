//! Writing one user: the business rules, then the change (protocol sheet §5.5, entity sheet §7).

use std::collections::HashSet;

use crate::habit::status as user;
use crate::odata::write::check::{Checked, Target, check};
use crate::odata::write::result::{RowError, RowOk, RowResult};
use crate::odata::write::undo::Undo;
use crate::odata::write::upsert::{Parameters, Purge};
use crate::options::Switches;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;
use crate::time;

/// A reader of the message is sent to the dictionary (KBA 3307746).
pub(crate) const WHERE_REQUIRED: &str = "You can check which properties are required for an entity in Admin Center > OData \
    API Data Dictionary or the entity metadata.";
pub(crate) const UNCHANGED: &str =
    "[Warning!] This record was not saved because there were no new changes compared to the existing record.";

/// What a write is done with.
pub(crate) struct Writing<'a> {
    pub(crate) tenant: &'a mut Tenant,
    pub(crate) switches: &'a Switches,
    pub(crate) parameters: Parameters,
    /// The tenant's time in milliseconds.
    pub(crate) now: i64,
    /// How to take the changes back, in the order in which they were made.
    pub(crate) undo: Vec<Undo>,
    /// Owners whose other rows `purgeType=full` took away in this request.
    pub(crate) purged: HashSet<(usize, String)>,
}

/// What one record is going to change.
struct Plan {
    cells: Vec<(usize, Value<'static>)>,
    links: Vec<(usize, Vec<Row>)>,
    password: Option<String>,
    inline: Vec<RowOk>,
}

impl<'a> Writing<'a> {
    pub(crate) fn new(
        tenant: &'a mut Tenant,
        switches: &'a Switches,
        parameters: Parameters,
        now: i64,
    ) -> Self {
        Self { tenant, switches, parameters, now, undo: Vec::new(), purged: HashSet::new() }
    }
}

impl Writing<'_> {
    /// Writes one user.
    pub(crate) fn user(&mut self, checked: &Checked) -> RowResult {
        let row = self.tenant.table(checked.entity).find(&checked.key);
        self.check_status(checked, row)?;
        self.check_required(checked, row)?;
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

    pub(crate) fn is_user(&self, entity: usize) -> bool {
        self.tenant.entity(entity).name == "User"
    }

    pub(crate) fn column(&self, entity: usize, name: &str) -> Option<usize> {
        self.tenant.entity(entity).property(name)
    }

    pub(crate) fn sent<'c>(&self, checked: &'c Checked, name: &str) -> Option<&'c Value<'static>> {
        let column = self.column(checked.entity, name)?;
        checked.cells.iter().rev().find(|(index, _)| *index == column).map(|(_, value)| value)
    }

    /// The rules about status: `e` and `d` are not for this entity (KBA 2994898), and inactive users need
    /// `processInactiveEmployees` (KBA 2430160, 2768078).
    fn check_status(&self, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
        let stored = row.map(|row| self.tenant.text(checked.entity, row, "status").to_owned());
        let sent = match self.sent(checked, "status").and_then(Value::as_text) {
            None => None,
            Some(text) => {
                Some(user::letter(text).filter(|letter| !matches!(*letter, "e" | "d")).ok_or_else(|| {
                    RowError::business(format!(
                        "Invalid property value. Property name:status. Property value:{text}."
                    ))
                })?)
            }
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

    fn check_required(&self, checked: &Checked, row: Option<Row>) -> Result<(), RowError> {
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
        let status = entity.property("status");
        let written = checked.cells.iter().filter(|(index, value)| {
            let ignored = *value == Value::Null
                && self.parameters.purge == Purge::Incremental
                && !self.switches.null_clears;
            *index != entity.key && Some(*index) != password && !ignored
        });
        written
            .map(|(index, value)| match value.as_text().and_then(user::letter) {
                Some(letter) if Some(*index) == status => (*index, Value::borrowed(letter)),
                _ => (*index, value.clone()),
            })
            .filter(|(index, value)| Some(*index) != status || *value != Value::Null)
            .collect()
    }

    /// The password policy; the real text of a refusal is unconfirmed (entity sheet §7.5).
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
    fn inline(
        &mut self,
        records: &[crate::odata::write::payload::Record],
        plan: &mut Plan,
    ) -> Result<Vec<String>, RowError> {
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

    pub(crate) fn insert(&mut self, entity: usize, key: &str) -> Row {
        let row = self.tenant.table_mut(entity).insert(key);
        self.undo.push(Undo::Insert { entity, row });
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

    pub(crate) fn stamp(&mut self, entity: usize, row: Row) {
        let now = self.now.div_euclid(1000) * 1000;
        let local = time::to_local(now, self.switches.server_utc_offset_minutes);
        self.set_named(entity, row, "lastModified", Value::Time(local));
        for name in ["lastModifiedDateTime", "lastModifiedWithTZ", "sciLastModified"] {
            self.set_named(entity, row, name, Value::Time(now));
        }
        self.follow_account(entity, row);
    }

    pub(crate) fn set_named(&mut self, entity: usize, row: Row, name: &str, value: Value<'static>) {
        if let Some(property) = self.column(entity, name) {
            self.set(entity, row, property, value);
        }
    }

    pub(crate) fn set(&mut self, entity: usize, row: Row, property: usize, value: Value<'static>) {
        let old = self.tenant.table(entity).get(row, property).into_owned();
        if old == value {
            return;
        }
        self.renamed(entity, row, property, &old, &value);
        if self.is_user(entity) {
            self.tenant.origin.keep_cell(row, property, &old);
        }
        self.tenant.table_mut(entity).set(row, property, value);
        self.undo.push(Undo::Cell { entity, row, property, value: old });
    }

    pub(crate) fn renamed(
        &mut self,
        entity: usize,
        row: Row,
        property: usize,
        old: &Value<'_>,
        new: &Value<'_>,
    ) {
        if self.is_user(entity) && Some(property) == self.column(entity, "username") {
            let tenant = &mut *self.tenant;
            let Some(table) = tenant.tables[entity].get() else { return };
            tenant.accounts.rename(table, property, row, old.as_text(), new.as_text());
        }
    }

    pub(crate) fn set_links(&mut self, entity: usize, row: Row, navigation: usize, targets: &[Row]) {
        let old = self.tenant.table(entity).links[navigation].targets(row).to_vec();
        if old == targets {
            return;
        }
        if self.is_user(entity) {
            self.tenant.origin.keep_links(row, navigation, &old);
        }
        self.tenant.table_mut(entity).link(row, navigation, targets);
        if self.tenant.entity(entity).navigations[navigation].name == "manager" {
            old.iter().for_each(|boss| self.count_team(entity, *boss, -1));
            targets.iter().for_each(|boss| self.count_team(entity, *boss, 1));
        }
        self.undo.push(Undo::Links { entity, row, navigation, targets: old });
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
