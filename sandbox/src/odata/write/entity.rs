//! Writing a row of any entity: the rules, the row or its time slice, then what follows from it.

use serde_json::Value as Json;

use crate::odata::write::check::{Checked, Target, check_inline};
use crate::odata::write::parameters::Purge;
use crate::odata::write::payload::{Incoming, Record};
use crate::odata::write::result::{RowError, RowOk, RowResult};
use crate::odata::write::writing::{Operation, Writing};
use crate::state::model::{EdmType, Entity};
use crate::state::store::{Row, Value, key_text};
use crate::time;

/// What a row says that nothing changed.
pub(crate) const UNCHANGED: &str =
    "[Warning!] This record was not saved because there were no new changes compared to the existing record.";

impl Writing<'_> {
    /// Writes one record of any entity.
    pub(crate) fn record(&mut self, checked: &Checked) -> RowResult {
        let row = self.tenant.table(checked.entity).find(&checked.key);
        self.tenant.rights.check_write(self.tenant, checked.entity, &checked.key, row)?;
        let habits = self.habits;
        habits.record(self, checked).unwrap_or_else(|| self.entity(checked))
    }

    fn entity(&mut self, checked: &Checked) -> RowResult {
        let mut checked = checked.clone();
        if checked.key.is_empty() {
            checked.key = self.new_key(checked.entity);
        }
        let label = self.result_key(checked.entity, &checked.key);
        self.written(&checked, label.clone())
            .map_err(|error| RowError { key: error.key.or(Some(label)), ..error })
    }

    fn written(&mut self, checked: &Checked, label: String) -> RowResult {
        let row = self.tenant.table(checked.entity).find(&checked.key);
        let operation = self.operation(checked)?;
        let habits = self.habits;
        habits.check_operation(self, checked, operation, &label)?;
        let mut ok =
            RowOk { key: label, edit_status: "UPSERTED", http_code: 200, message: None, inline: Vec::new() };
        match (operation, row) {
            (Operation::Write, _) => {}
            (_, None) => {
                return Err(RowError::business("The record to be deleted or delimited does not exist."));
            }
            (Operation::Delete, Some(row)) => {
                self.delete(checked.entity, row);
                return Ok(ok);
            }
            (Operation::Delimit, Some(row)) => {
                self.delimit(checked, row);
                return Ok(ok);
            }
        }
        habits.check(self, checked, row)?;
        self.purge_others(checked);
        let mark = self.undo.len();
        let is_new = row.is_none();
        let row = row.unwrap_or_else(|| self.new_slice(checked));
        self.check_required(checked, row, is_new)?;
        habits.check_row(self, checked, row, is_new)?;
        self.write_cells(checked, row);
        self.translate(checked, row);
        self.write_links(checked, row, &mut ok)?;
        if self.undo.len() == mark && ok.inline.is_empty() {
            ok.message = self.switches.warn_unchanged.then(|| UNCHANGED.to_owned());
            return Ok(ok);
        }
        habits.follow_up(self, checked, row, is_new)?;
        self.stamp_entity(checked.entity, row, is_new);
        if !is_new && self.switches.report_updated {
            (ok.edit_status, ok.http_code) = ("UPDATED", 204);
        }
        Ok(ok)
    }

    fn operation(&self, checked: &Checked) -> Result<Operation, RowError> {
        match self.sent(checked, "operation").and_then(Value::as_text) {
            None | Some("") => Ok(Operation::Write),
            Some(text) if text.eq_ignore_ascii_case("DELETE") => Ok(Operation::Delete),
            Some(text) if text.eq_ignore_ascii_case("DELIMIT") => Ok(Operation::Delimit),
            Some(text) => Err(RowError::validation(format!(
                "Invalid property value. Property name:operation. Property value:{text}."
            ))),
        }
    }

    fn write_cells(&mut self, checked: &Checked, row: Row) {
        let entity = self.tenant.entity(checked.entity);
        let ignored: Vec<usize> = entity
            .keys
            .iter()
            .copied()
            .chain(entity.property("operation"))
            .chain(entity.dated.map(|(_, end)| end))
            .collect();
        let cleared: Vec<usize> = if self.clears_rest(entity) {
            let left_out = |index: &usize| !checked.cells.iter().any(|(sent, _)| sent == index);
            let properties = entity.properties.iter().enumerate().filter(|(_, one)| one.flags.upsertable);
            properties.map(|(index, _)| index).filter(left_out).collect()
        } else {
            Vec::new()
        };
        let null_clears = self.switches.null_clears;
        for column in cleared.into_iter().filter(|column| !ignored.contains(column)) {
            self.set(checked.entity, row, column, Value::Null);
        }
        for (column, value) in checked.cells.iter().filter(|(column, _)| !ignored.contains(column)) {
            if *value != Value::Null || null_clears {
                self.set(checked.entity, row, *column, value.clone());
            }
        }
    }

    /// `purgeType=record` is for MDF entities and `User` (KBA 2749477).
    fn clears_rest(&self, entity: &Entity) -> bool {
        self.parameters.purge == Purge::Record && entity.flags.updatable
    }

    fn write_links(&mut self, checked: &Checked, row: Row, ok: &mut RowOk) -> Result<(), RowError> {
        for (navigation, target) in &checked.links {
            let keys = match target {
                Target::Keys(keys) => keys.clone(),
                Target::Inline(records) => {
                    self.write_inline(checked.entity, row, *navigation, records, ok)?
                }
            };
            self.connect(checked.entity, row, *navigation, &keys)?;
        }
        Ok(())
    }

    /// Points a navigation at rows: stored links, or the column that the other end is found by.
    fn connect(
        &mut self,
        entity: usize,
        row: Row,
        navigation: usize,
        keys: &[String],
    ) -> Result<(), RowError> {
        let model = self.tenant.entity(entity).navigations[navigation].clone();
        let mut ends = Vec::new();
        for key in keys {
            let end = self.tenant.table(model.target).find(key);
            ends.push(end.ok_or_else(|| RowError::business(format!("{} {key} does not exist", model.name)))?);
        }
        match (model.join, model.inverse_of) {
            (Some(join), _) if !model.many => {
                for (from, to) in join {
                    let value = ends.first().map_or(Value::Null, |end| {
                        self.tenant.table(model.target).get(*end, to).into_owned()
                    });
                    if !self.tenant.entity(entity).keys.contains(&from) {
                        self.set(entity, row, from, value);
                    }
                }
            }
            (None, None) => {
                // Pools are replaced as a whole (KBA 3341990), other to-many links are added (KBA 2657419).
                let replaced = self.tenant.entity(entity).traits.replaced || !model.many;
                if !replaced && self.parameters.purge == Purge::Incremental {
                    let old = self.tenant.follow(entity, row, navigation);
                    ends.splice(0..0, old.into_iter().filter(|end| !ends.contains(end)).collect::<Vec<_>>());
                }
                self.set_links(entity, row, navigation, &ends);
            }
            _ => {}
        }
        Ok(())
    }

    /// Writes the entities that came along. They take from their owner what they are found by.
    fn write_inline(
        &mut self,
        entity: usize,
        row: Row,
        navigation: usize,
        records: &[Record],
        ok: &mut RowOk,
    ) -> Result<Vec<String>, RowError> {
        let model = self.tenant.entity(entity).navigations[navigation].clone();
        let mut keys = Vec::new();
        for record in records {
            let mut record = record.clone();
            for (from, to) in model.join.iter().flatten() {
                let property = &self.tenant.entity(model.target).properties[*to];
                let given = record.fields.iter().any(|(name, _)| *name == property.name)
                    || record.address.as_ref().is_some_and(|address| address.key.is_some());
                if !given && !property.is_internal() {
                    let value = json(&self.tenant.table(entity).get(row, *from));
                    record.fields.push((property.name.clone(), Incoming::Scalar(value)));
                }
            }
            let mut inner = check_inline(self.tenant, &record, model.target)?;
            if inner.key.is_empty() || self.is_of_another(entity, row, navigation, &inner) {
                inner.key = self.new_key(inner.entity);
            }
            ok.inline.push(self.record(&inner)?);
            keys.push(inner.key);
        }
        Ok(keys)
    }

    /// Whether a part of a group's pools has the key of a part of another one: a group that is made of what was read
    /// of another one gets pools of its own (KBA 3341990).
    fn is_of_another(&self, entity: usize, row: Row, navigation: usize, inner: &Checked) -> bool {
        let end = self.tenant.table(inner.entity).find(&inner.key);
        self.tenant.entity(inner.entity).traits.part
            && end.is_some_and(|end| !self.tenant.follow(entity, row, navigation).contains(&end))
    }

    /// A key for a row that came without: the next number, or a text made of it.
    fn new_key(&self, entity: usize) -> String {
        let model = self.tenant.entity(entity);
        let table = self.tenant.table(entity);
        let last = table.order().iter().filter_map(|row| match table.get(*row, model.key) {
            Value::Int(number) => Some(number),
            Value::Text(text) | Value::Decimal(text) => {
                text.trim_start_matches(char::is_alphabetic).parse().ok()
            }
            _ => None,
        });
        let next = last.max().unwrap_or(0_i64).saturating_add(1);
        match model.properties[model.key].kind {
            EdmType::String => format!("{}{next}", model.traits.numbered.as_deref().unwrap_or_default()),
            _ => key_text(&[Value::Int(next)]),
        }
    }

    /// `PerEmail/emailType=8448,PerEmail/personIdExternal=jdoe`; dates with the server's distance from UTC
    /// (KBA 3286759).
    fn result_key(&self, entity: usize, key: &str) -> String {
        let model = self.tenant.entity(entity);
        let minutes = self.switches.server_utc_offset_minutes;
        let sign = if minutes < 0 { '-' } else { '+' };
        let zone = format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
        let parts = model.keys.iter().zip(key.split('\u{1f}')).map(|(column, part)| {
            let property = &model.properties[*column];
            let part = match part.parse() {
                Ok(millis) if property.kind.is_time() => format!("{}{zone}", time::iso(millis, false)),
                _ => part.to_owned(),
            };
            format!("{}/{}={part}", model.name, property.name)
        });
        parts.collect::<Vec<_>>().join(",")
    }
}

fn json(value: &Value<'_>) -> Json {
    match value {
        Value::Text(text) | Value::Decimal(text) => Json::from(text.as_ref()),
        Value::Int(number) => Json::from(*number),
        Value::Time(millis) => Json::from(format!("/Date({millis})/")),
        Value::Bool(flag) => Json::from(*flag),
        Value::Float(number) => Json::from(*number),
        Value::Null => Json::Null,
    }
}
