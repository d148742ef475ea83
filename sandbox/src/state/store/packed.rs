//! The cells of a column. Most columns have few distinct values, so that a cell is the number of its value, in one
//! byte or two; where nearly every cell has a value of its own, cells are held as they are.

use std::collections::HashMap;
use std::hash::Hash;

/// The cells of a column. A column without any value takes no room.
#[derive(Debug)]
pub(crate) struct Packed<T> {
    /// What a cell has that was never written.
    null: T,
    cells: Cells<T>,
}

#[derive(Debug)]
enum Cells<T> {
    Bytes(Vec<u8>, Values<T>),
    Words(Vec<u16>, Values<T>),
    Plain(Vec<T>),
}

/// The distinct values of a column, and the number of each. The first one is null.
#[derive(Debug, Default)]
struct Values<T> {
    list: Vec<T>,
    numbers: HashMap<T, u16>,
}

impl<T: Copy + Eq + Hash> Packed<T> {
    pub(super) fn new(null: T) -> Self {
        let values = Values { list: vec![null], numbers: HashMap::from([(null, 0)]) };
        Self { null, cells: Cells::Bytes(Vec::new(), values) }
    }

    /// A cell; null for one that was never written.
    pub(super) fn get(&self, row: usize) -> T {
        let value = match &self.cells {
            Cells::Bytes(cells, values) => {
                cells.get(row).and_then(|number| values.list.get(usize::from(*number)))
            }
            Cells::Words(cells, values) => {
                cells.get(row).and_then(|number| values.list.get(usize::from(*number)))
            }
            Cells::Plain(cells) => cells.get(row),
        };
        value.copied().unwrap_or(self.null)
    }

    pub(super) fn set(&mut self, row: usize, value: T) {
        if row >= self.len() && value == self.null {
            return;
        }
        if !self.put(row, value) {
            self.widen();
            self.set(row, value);
        }
    }

    /// Gives back the room that was taken ahead. Values that do not repeat are held as they are from now on.
    pub(super) fn shrink(&mut self) {
        if matches!(&self.cells, Cells::Words(cells, values) if values.list.len() > cells.len() / 2) {
            self.widen();
        }
        match &mut self.cells {
            Cells::Bytes(cells, _) => cells.shrink_to_fit(),
            Cells::Words(cells, _) => cells.shrink_to_fit(),
            Cells::Plain(cells) => cells.shrink_to_fit(),
        }
    }

    fn len(&self) -> usize {
        match &self.cells {
            Cells::Bytes(cells, _) => cells.len(),
            Cells::Words(cells, _) => cells.len(),
            Cells::Plain(cells) => cells.len(),
        }
    }

    /// Writes a cell; false if its value has no number, and there is none left.
    fn put(&mut self, row: usize, value: T) -> bool {
        match &mut self.cells {
            Cells::Bytes(cells, values) => {
                let Some(number) = values.number(value, usize::from(u8::MAX)) else { return false };
                let Ok(number) = u8::try_from(number) else { return false };
                place(cells, row, number, 0);
            }
            Cells::Words(cells, values) => {
                let Some(number) = values.number(value, usize::from(u16::MAX)) else { return false };
                place(cells, row, number, 0);
            }
            Cells::Plain(cells) => place(cells, row, value, self.null),
        }
        true
    }

    /// Takes the next larger form.
    fn widen(&mut self) {
        let cells = std::mem::replace(&mut self.cells, Cells::Plain(Vec::new()));
        self.cells = match cells {
            Cells::Bytes(cells, values) => Cells::Words(cells.into_iter().map(u16::from).collect(), values),
            Cells::Words(cells, values) => {
                let value = |number: u16| values.list.get(usize::from(number)).copied().unwrap_or(self.null);
                Cells::Plain(cells.into_iter().map(value).collect())
            }
            plain @ Cells::Plain(_) => plain,
        };
    }
}

impl<T: Copy + Eq + Hash> Values<T> {
    /// The number of a value, a new one unless that is above `limit`.
    fn number(&mut self, value: T, limit: usize) -> Option<u16> {
        if let Some(number) = self.numbers.get(&value) {
            return Some(*number);
        }
        let number = u16::try_from(self.list.len()).ok().filter(|number| usize::from(*number) <= limit)?;
        self.list.push(value);
        self.numbers.insert(value, number);
        Some(number)
    }
}

fn place<T: Copy>(cells: &mut Vec<T>, row: usize, value: T, null: T) {
    if row >= cells.len() {
        cells.resize(row + 1, null);
    }
    cells[row] = value;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Few values, some hundreds, and more than two bytes can number: each form gives back what was written.
    #[test]
    fn cells_keep_their_values_in_every_form() {
        for distinct in [3_i64, 300, 70_000, 200_000] {
            let mut column = Packed::new(i64::MIN);
            let value = |row: usize| i64::try_from(row).unwrap() % distinct * 7;
            for row in (0..200_000).filter(|row| row % 3 != 1) {
                column.set(row, value(row));
            }
            column.shrink();
            for row in 0..200_000 {
                assert_eq!(
                    column.get(row),
                    if row % 3 == 1 { i64::MIN } else { value(row) },
                    "{distinct} {row}"
                );
            }
            assert_eq!(column.get(200_001), i64::MIN);
            column.set(5, 1);
            column.set(6, i64::MIN);
            assert_eq!([5, 6].map(|row| column.get(row)), [1, i64::MIN]);
        }
    }

    #[test]
    fn few_values_take_few_bytes() {
        let filled = |distinct: usize| {
            let mut column = Packed::new(0_u32);
            (0..10_000).for_each(|row| column.set(row, u32::try_from(row % distinct + 1).unwrap()));
            column.shrink();
            column.cells
        };
        assert!(matches!(filled(200), Cells::Bytes(..)));
        assert!(matches!(filled(2000), Cells::Words(..)));
        assert!(matches!(filled(10_000), Cells::Plain(_)));
        let mut empty = Packed::new(0_u32);
        empty.set(1000, 0);
        assert_eq!(empty.len(), 0);
    }
}
