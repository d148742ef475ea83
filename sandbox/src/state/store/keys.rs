//! Keys of one or more columns, and the order of rows that they make.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::state::model::EdmType;
use crate::state::store::{Row, Table, Value};

/// Stands between the parts of a key in its text form.
const SEPARATOR: char = '\u{1f}';

/// The text form of a key, from its values in the order of `$metadata`.
pub(crate) fn key_text(values: &[Value<'_>]) -> String {
    let mut out = String::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(SEPARATOR);
        }
        match value {
            Value::Text(text) | Value::Decimal(text) => out.push_str(text),
            Value::Int(number) | Value::Time(number) => out.push_str(&number.to_string()),
            _ => {}
        }
    }
    out
}

impl Table {
    /// The row with a key in its text form.
    pub(crate) fn find(&self, key: &str) -> Option<Row> {
        let place = match self.single_text() {
            Some(column) => self.order().binary_search_by(|row| self.text_at(*row, column).cmp(key)),
            None => {
                let values = self.sorted_values(&self.parse_key(key));
                self.order().binary_search_by(|row| self.compare(*row, &values))
            }
        };
        place.ok().map(|place| self.order()[place])
    }

    /// The key of a row in its text form.
    pub(crate) fn key_of(&self, row: Row) -> Cow<'_, str> {
        match self.single_text() {
            Some(column) => Cow::Borrowed(self.text_at(row, column)),
            None => {
                let values: Vec<Value<'_>> = self.keys.iter().map(|column| self.get(row, *column)).collect();
                Cow::Owned(key_text(&values))
            }
        }
    }

    /// How many rows are sorted up to and with a key, whether it is there or not.
    pub(crate) fn place_after(&self, key: &str) -> usize {
        let values = self.sorted_values(&self.parse_key(key));
        self.order().partition_point(|row| self.compare(*row, &values).is_le())
    }

    /// The rows whose `column` has a value. Texts are taken for numbers where the column holds those.
    pub(crate) fn equal(&self, column: usize, value: &Value<'_>) -> &[Row] {
        let value = coerce(value, self.kinds[column]);
        if value == Value::Null {
            return &[];
        }
        let rows = if self.sorted.first() == Some(&column) { self.order() } else { self.index(column) };
        let compare = |row: &Row| self.get(*row, column).rank(&value);
        let from = rows.partition_point(|row| compare(row).is_lt());
        let length = rows[from..].partition_point(|row| compare(row).is_eq());
        &rows[from..from + length]
    }

    pub(super) fn parse_key(&self, key: &str) -> Vec<Value<'static>> {
        let parts = key.split(SEPARATOR).chain(std::iter::repeat(""));
        let values = self.keys.iter().zip(parts);
        values.map(|(column, part)| from_text(part, self.kinds[*column])).collect()
    }

    pub(super) fn compare_rows(&self, left: Row, right: Row) -> Ordering {
        if let Some(column) = self.single_text() {
            return self.text_at(left, column).cmp(self.text_at(right, column));
        }
        let orders = self.sorted.iter().map(|column| self.get(left, *column).rank(&self.get(right, *column)));
        orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    fn compare(&self, row: Row, values: &[Value<'_>]) -> Ordering {
        let orders = self.sorted.iter().zip(values).map(|(column, value)| self.get(row, *column).rank(value));
        orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// The key column, where it is only one and a text.
    fn single_text(&self) -> Option<usize> {
        match self.keys[..] {
            [column] if self.kinds[column].is_text() && self.kinds[column] != EdmType::Decimal => {
                Some(column)
            }
            _ => None,
        }
    }

    fn text_at(&self, row: Row, column: usize) -> &str {
        self.text(row, column).map_or("", |(text, _)| text)
    }

    /// Values in the order of the keys, brought into the order of the rows.
    fn sorted_values(&self, values: &[Value<'static>]) -> Vec<Value<'static>> {
        let place = |column: &usize| self.keys.iter().position(|key| key == column);
        self.sorted.iter().filter_map(place).filter_map(|place| values.get(place).cloned()).collect()
    }
}

fn from_text(text: &str, kind: EdmType) -> Value<'static> {
    match kind {
        EdmType::Decimal => Value::Decimal(Cow::Owned(text.to_owned())),
        kind if kind.is_text() => Value::Text(Cow::Owned(text.to_owned())),
        EdmType::DateTime | EdmType::DateTimeOffset => text.parse().map_or(Value::Null, Value::Time),
        _ => text.parse().map_or(Value::Null, Value::Int),
    }
}

/// A value as the other end of a join holds it: option ids are texts here and numbers there.
fn coerce<'a>(value: &Value<'a>, kind: EdmType) -> Value<'a> {
    match value {
        Value::Text(text) if matches!(kind, EdmType::Int32 | EdmType::Int64) => {
            text.parse().map_or(Value::Null, Value::Int)
        }
        Value::Int(number) if kind == EdmType::Decimal => Value::Decimal(Cow::Owned(number.to_string())),
        Value::Int(number) if kind.is_text() => Value::Text(Cow::Owned(number.to_string())),
        Value::Text(text) if kind == EdmType::Decimal => Value::Decimal(text.clone()),
        other => other.clone(),
    }
}
