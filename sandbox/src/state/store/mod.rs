//! The rows of one entity, held by column: compact, quick to scan, and described only by the model.

mod decimal;
mod index;
mod keys;
mod links;
mod packed;
mod stirred;
mod text;
mod value;

use std::borrow::Cow;
use std::collections::HashSet;

use crate::state::model::{EdmType, Entity};

pub(crate) use decimal::is_decimal;
use index::Indexes;
pub(crate) use keys::key_text;
pub(crate) use links::Links;
use packed::Packed;
use stirred::Stirred;
pub(crate) use stirred::stir;
pub(crate) use text::{TextId, Texts};
pub(crate) use value::Value;

/// The number of a row in a table.
pub(crate) type Row = u32;

/// No row, and no number.
const NULL: i64 = i64::MIN;

/// The cells of one property.
#[derive(Debug)]
pub(crate) enum Column {
    Texts(Packed<TextId>),
    /// Numbers, booleans and times; floating numbers by their bits.
    Bits(Packed<i64>),
}

/// The rows of an entity.
#[derive(Debug)]
pub(crate) struct Table {
    kinds: Vec<EdmType>,
    /// The key columns, in the order of `$metadata`.
    keys: Vec<usize>,
    /// The key columns in the order in which rows are sorted.
    sorted: Vec<usize>,
    pub(crate) texts: Texts,
    columns: Vec<Column>,
    /// One for each navigation of the entity; empty for inverse ones.
    pub(crate) links: Vec<Links>,
    indexes: Indexes,
    removed: HashSet<Row>,
    /// The number of the next row.
    next: Row,
    /// Rows in the order of their keys.
    order: Vec<Row>,
    stirred: Stirred,
    /// Grows with each change.
    pub(crate) version: u64,
}

impl Table {
    pub(crate) fn new(entity: &Entity) -> Self {
        let kinds: Vec<EdmType> = entity.properties.iter().map(|property| property.kind).collect();
        let columns = kinds
            .iter()
            .map(|kind| match kind {
                kind if kind.is_text() => Column::Texts(Packed::new(0)),
                _ => Column::Bits(Packed::new(NULL)),
            })
            .collect();
        let links = entity.navigations.iter().map(|navigation| Links::new(navigation.many)).collect();
        Self {
            indexes: Indexes::new(kinds.len()),
            removed: HashSet::new(),
            kinds,
            keys: entity.keys.clone(),
            sorted: entity.order.clone(),
            texts: Texts::new(),
            columns,
            links,
            next: 0,
            order: Vec::new(),
            stirred: Stirred::default(),
            version: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    pub(crate) fn order(&self) -> &[Row] {
        &self.order
    }

    /// Whether a row was not taken away.
    pub(crate) fn is_live(&self, row: Row) -> bool {
        !self.removed.contains(&row)
    }

    /// Adds an empty row. The caller knows that the key is new.
    pub(crate) fn insert(&mut self, key: &str) -> Row {
        let row = self.push(key);
        let place = self.order.partition_point(|other| self.compare_rows(*other, row).is_lt());
        self.order.insert(place, row);
        self.stirred.enter(row);
        row
    }

    /// Adds an empty row without sorting it in; [`Table::sort`] ends a series of these.
    pub(crate) fn push(&mut self, key: &str) -> Row {
        let row = self.next;
        self.next += 1;
        for (column, value) in self.keys.clone().into_iter().zip(self.parse_key(key)) {
            self.set(row, column, value);
        }
        row
    }

    /// Adds a row without even a key, which the caller writes; [`Table::sort`] ends a series of these.
    pub(crate) fn push_bare(&mut self) -> Row {
        self.next += 1;
        self.next - 1
    }

    /// Takes a row away. Its number is not used again, and its cells stay for [`Table::restore`].
    pub(crate) fn remove(&mut self, row: Row) {
        self.order.retain(|other| *other != row);
        self.stirred.leave(row);
        self.removed.insert(row);
        self.indexes.forget(row);
        self.version += 1;
    }

    /// Brings a row back that was taken away.
    pub(crate) fn restore(&mut self, row: Row) {
        self.removed.remove(&row);
        let place = self.order.partition_point(|other| self.compare_rows(*other, row).is_lt());
        self.order.insert(place, row);
        self.stirred.enter(row);
        self.indexes.clear();
        self.version += 1;
    }

    /// Sorts the rows that were pushed.
    pub(crate) fn sort(&mut self) {
        let mut order: Vec<Row> = (0..self.next).collect();
        order.sort_unstable_by(|left, right| self.compare_rows(*left, *right));
        self.order = order;
    }

    /// Gives back the room that was taken ahead of rows that did not come.
    pub(crate) fn shrink(&mut self) {
        self.texts.shrink();
        for column in &mut self.columns {
            match column {
                Column::Texts(cells) => cells.shrink(),
                Column::Bits(cells) => cells.shrink(),
            }
        }
    }

    pub(crate) fn get(&self, row: Row, property: usize) -> Value<'_> {
        match &self.columns[property] {
            Column::Texts(cells) => match cells.get(row as usize) {
                0 => Value::Null,
                id => from_text(self.kinds[property], self.texts.get(id).0),
            },
            Column::Bits(cells) => match cells.get(row as usize) {
                NULL => Value::Null,
                bits => from_bits(self.kinds[property], bits),
            },
        }
    }

    /// A text cell with its escape mark, for writing JSON quickly.
    pub(crate) fn text(&self, row: Row, property: usize) -> Option<(&str, bool)> {
        match &self.columns[property] {
            Column::Texts(cells) => match cells.get(row as usize) {
                0 => None,
                id => Some(self.texts.get(id)),
            },
            Column::Bits(_) => None,
        }
    }

    /// Writes a cell. A value of the wrong type is written as null.
    pub(crate) fn set(&mut self, row: Row, property: usize, value: Value<'_>) {
        self.version += 1;
        self.unindex(row, property);
        match (&self.columns[property], &value) {
            (Column::Texts(_), Value::Text(text) | Value::Decimal(text)) => {
                let id = self.texts.add(text);
                self.set_text(row, property, id);
            }
            (Column::Texts(_), _) => self.set_text(row, property, 0),
            (Column::Bits(_), _) => self.set_bits(row, property, to_bits(&value)),
        }
        self.reindex(row, property);
    }

    /// Replaces the links of a row.
    pub(crate) fn link(&mut self, row: Row, navigation: usize, targets: &[Row]) {
        self.version += 1;
        self.links[navigation].set(row, targets);
    }

    /// The number of a text cell's text; 0 for null.
    pub(crate) fn text_id(&self, row: Row, property: usize) -> TextId {
        match &self.columns[property] {
            Column::Texts(cells) => cells.get(row as usize),
            Column::Bits(_) => 0,
        }
    }

    /// Writes a text cell with a text that is in [`Table::texts`] already.
    pub(crate) fn set_text(&mut self, row: Row, property: usize, id: TextId) {
        if let Column::Texts(cells) = &mut self.columns[property] {
            cells.set(row as usize, id);
        }
    }

    fn set_bits(&mut self, row: Row, property: usize, bits: i64) {
        if let Column::Bits(cells) = &mut self.columns[property] {
            cells.set(row as usize, bits);
        }
    }
}

fn to_bits(value: &Value<'_>) -> i64 {
    match value {
        Value::Bool(flag) => i64::from(*flag),
        Value::Int(number) | Value::Time(number) => *number,
        Value::Float(number) => i64::from_ne_bytes(number.to_bits().to_ne_bytes()),
        Value::Null | Value::Text(_) | Value::Decimal(_) => NULL,
    }
}

fn from_text(kind: EdmType, text: &str) -> Value<'_> {
    match kind {
        EdmType::Decimal => Value::Decimal(Cow::Borrowed(text)),
        _ => Value::borrowed(text),
    }
}

fn from_bits<'a>(kind: EdmType, bits: i64) -> Value<'a> {
    match kind {
        EdmType::Boolean => Value::Bool(bits != 0),
        EdmType::Double | EdmType::Single => {
            Value::Float(f64::from_bits(u64::from_ne_bytes(bits.to_ne_bytes())))
        }
        EdmType::DateTime | EdmType::DateTimeOffset => Value::Time(bits),
        _ => Value::Int(bits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Profile;

    fn table() -> (Entity, Table) {
        let entity = crate::habit::model(&Profile::default()).unwrap().entities.remove(0);
        let table = Table::new(&entity);
        (entity, table)
    }

    #[test]
    fn rows_stay_in_key_order() {
        let (_, mut table) = table();
        for key in ["b", "a", "c", "B"] {
            table.insert(key);
        }
        let keys: Vec<_> = table.order().iter().map(|row| table.key_of(*row)).collect();
        assert_eq!(keys, ["B", "a", "b", "c"]);
    }

    #[test]
    fn cells_keep_type_and_null() {
        let (entity, mut table) = table();
        let row = table.insert("x");
        let born = entity.property("dateOfBirth").unwrap();
        let married = entity.property("married").unwrap();
        let rating = entity.property("potential").unwrap();
        assert_eq!(table.get(row, born), Value::Null);
        table.set(row, born, Value::Time(-1));
        table.set(row, married, Value::Bool(false));
        table.set(row, rating, Value::Float(2.5));
        assert_eq!(table.get(row, born), Value::Time(-1));
        assert_eq!(table.get(row, married), Value::Bool(false));
        assert_eq!(table.get(row, rating), Value::Float(2.5));
        table.set(row, married, Value::Null);
        assert_eq!(table.get(row, married), Value::Null);
    }
}
