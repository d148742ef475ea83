//! Picklists, groups, roles and event reasons: few rows, listed in `data/rows.tsv`.

use crate::people::derived::fill::Fill;

const ROWS: &str = include_str!("../../../data/rows.tsv");

/// The listed rows of an entity.
pub(super) fn rows(fill: &mut Fill<'_>, entity: &str) {
    for line in ROWS.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        if cells.next() != Some(entity) {
            continue;
        }
        fill.row();
        for (name, value) in cells.filter_map(|cell| cell.split_once('=')) {
            match name.strip_prefix('@') {
                Some(navigation) => fill.link(navigation, value),
                None => fill.parsed(name, value),
            }
        }
    }
}
