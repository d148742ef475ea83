//! Writes the rows of a derived entity by the names of their columns.

use std::collections::HashMap;

use crate::people::derived::{DAY, User};
use crate::state::store::{Row, Table, TextId, Value};
use crate::state::tenant::Tenant;
use crate::time;

/// Texts up to this many are kept once each; unique ones are not looked for.
const MAX_SHARED: usize = 200_000;

/// A table being filled.
pub(super) struct Fill<'a> {
    pub(super) tenant: &'a Tenant,
    entity: usize,
    table: Table,
    columns: HashMap<&'a str, usize>,
    shared: HashMap<String, TextId>,
    row: Row,
}

impl<'a> Fill<'a> {
    pub(super) fn new(tenant: &'a Tenant, entity: usize) -> Self {
        let model = tenant.entity(entity);
        let columns = model.properties.iter().enumerate().map(|(index, one)| (one.name.as_str(), index));
        let (table, columns) = (Table::new(model), columns.collect());
        Self { tenant, entity, table, columns, shared: HashMap::new(), row: 0 }
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.row = self.table.push_bare();
    }

    pub(super) fn set(&mut self, name: &str, value: Value<'_>) {
        if let Some(column) = self.columns.get(name) {
            self.table.set(self.row, *column, value);
        }
    }

    /// A text that few rows have, or only neighbors.
    pub(super) fn own(&mut self, name: &str, text: &str) {
        let Some(column) = self.columns.get(name).copied().filter(|_| !text.is_empty()) else { return };
        let before = self.row.checked_sub(1).map_or(0, |row| self.table.text_id(row, column));
        if before != 0 && self.table.texts.get(before).0 == text {
            self.table.set_text(self.row, column, before);
        } else {
            self.table.set(self.row, column, Value::borrowed(text));
        }
    }

    /// A text that many rows have.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let Some(column) = self.columns.get(name).copied().filter(|_| !text.is_empty()) else { return };
        if let Some(id) = self.shared.get(text) {
            self.table.set_text(self.row, column, *id);
            return;
        }
        let id = self.table.texts.add(text);
        if self.shared.len() < MAX_SHARED {
            self.shared.insert(text.to_owned(), id);
        }
        self.table.set_text(self.row, column, id);
    }

    pub(super) fn time(&mut self, name: &str, millis: i64) {
        self.set(name, Value::Time(millis));
    }

    pub(super) fn int(&mut self, name: &str, number: i64) {
        self.set(name, Value::Int(number));
    }

    pub(super) fn float(&mut self, name: &str, number: f64) {
        self.set(name, Value::Float(number));
    }

    pub(super) fn flag(&mut self, name: &str, flag: bool) {
        self.set(name, Value::Bool(flag));
    }

    /// When a row was made and changed; `…On` is in the server's local time (docs/successfactors.md#time-zones).
    pub(super) fn audit(&mut self, created: i64, modified: i64) {
        let offset = self.tenant.origin.utc_offset;
        for (name, millis) in [("created", created), ("lastModified", modified)] {
            self.time(&format!("{name}DateTime"), millis);
            self.time(&format!("{name}On"), time::to_local(millis, offset));
            self.text(&format!("{name}By"), "admin");
        }
    }

    /// The stamps of a user's own rows.
    pub(super) fn stamps(&mut self, user: &User<'_>) {
        let modified = user.time("lastModifiedDateTime").unwrap_or_default();
        let before = (modified - DAY).div_euclid(DAY) * DAY;
        let created = user.time("hireDate").unwrap_or(before).min(before) + 36_000_000;
        self.audit(created, modified);
    }

    /// A value as the tables in `data/` have it.
    pub(super) fn parsed(&mut self, name: &str, text: &str) {
        let Some(column) = self.columns.get(name).copied() else { return };
        let kind = self.tenant.entity(self.entity).properties[column].kind;
        match kind {
            kind if kind.is_text() => self.text(name, text),
            kind if kind.is_time() => self.time(name, super::day(text)),
            crate::state::model::EdmType::Boolean => self.flag(name, text == "true"),
            crate::state::model::EdmType::Double | crate::state::model::EdmType::Single => {
                self.float(name, text.parse().unwrap_or_default());
            }
            _ => self.int(name, text.parse().unwrap_or_default()),
        }
    }

    /// Links by the keys of their ends.
    pub(super) fn link(&mut self, name: &str, keys: &str) {
        let model = self.tenant.entity(self.entity);
        let Some(index) = model.navigation(name) else { return };
        let target = self.tenant.table(model.navigations[index].target);
        let ends: Vec<Row> = keys.split(',').filter_map(|key| target.find(key)).collect();
        self.table.link(self.row, index, &ends);
    }

    pub(super) fn finish(mut self) -> Table {
        self.table.sort();
        self.table.shrink();
        self.table.version = 0;
        self.table
    }
}
