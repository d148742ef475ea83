//! The links of one navigation, from rows to rows.

use std::collections::HashMap;

use crate::state::store::Row;

const NONE: Row = Row::MAX;

/// The links of one navigation property.
#[derive(Debug)]
pub(crate) enum Links {
    /// At most one for each row.
    One(Vec<Row>),
    /// Any number; few rows have any.
    Many(HashMap<Row, Vec<Row>>),
}

impl Links {
    pub(crate) fn new(many: bool) -> Self {
        if many { Self::Many(HashMap::new()) } else { Self::One(Vec::new()) }
    }

    /// The rows that `row` links to.
    pub(crate) fn targets(&self, row: Row) -> &[Row] {
        match self {
            Self::One(cells) => match cells.get(row as usize) {
                Some(target) if *target != NONE => std::slice::from_ref(target),
                _ => &[],
            },
            Self::Many(map) => map.get(&row).map_or(&[], Vec::as_slice),
        }
    }

    /// Replaces the links of `row`.
    pub(crate) fn set(&mut self, row: Row, targets: &[Row]) {
        match self {
            Self::One(cells) => {
                let index = row as usize;
                if index >= cells.len() {
                    cells.resize(index + 1, NONE);
                }
                cells[index] = targets.first().copied().unwrap_or(NONE);
            }
            Self::Many(map) if targets.is_empty() => {
                map.remove(&row);
            }
            Self::Many(map) => {
                map.insert(row, targets.to_vec());
            }
        }
    }

    /// The rows that link to `target`, found by a scan.
    pub(crate) fn sources(&self, target: Row) -> Vec<Row> {
        let mut rows: Vec<Row> = match self {
            Self::One(cells) => {
                cells.iter().zip(0..).filter(|(cell, _)| **cell == target).map(|(_, row)| row).collect()
            }
            Self::Many(map) => {
                map.iter().filter(|(_, list)| list.contains(&target)).map(|(row, _)| *row).collect()
            }
        };
        rows.sort_unstable();
        rows
    }

    /// All the links, read backwards.
    pub(crate) fn inverse(&self) -> HashMap<Row, Vec<Row>> {
        let mut inverse: HashMap<Row, Vec<Row>> = HashMap::new();
        match self {
            Self::One(cells) => {
                for (row, target) in cells.iter().enumerate().filter(|(_, target)| **target != NONE) {
                    inverse.entry(*target).or_default().push(Row::try_from(row).unwrap_or(NONE));
                }
            }
            Self::Many(map) => {
                for (row, target) in map.iter().flat_map(|(row, list)| list.iter().map(move |to| (row, to))) {
                    inverse.entry(*target).or_default().push(*row);
                }
            }
        }
        for rows in inverse.values_mut() {
            rows.sort_unstable();
        }
        inverse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_read_both_ways() {
        let mut one = Links::new(false);
        one.set(3, &[1]);
        one.set(2, &[1]);
        assert_eq!(one.targets(3), [1]);
        assert_eq!(one.targets(0), [] as [Row; 0]);
        assert_eq!(one.inverse().get(&1), Some(&vec![2, 3]));
        one.set(3, &[]);
        assert_eq!(one.targets(3), [] as [Row; 0]);
    }
}
