//! How much may be made of an answer (docs/operations.md, Memory).

use std::fmt;

/// The most rows of a page: ten times the largest page that the tenant makes. Lists that are not paged have no such
/// limit but the memory that they take.
const MAX_ROWS: usize = 10_000;

/// The most fields of a record. `User` has some 140 properties and 90 navigations.
pub(super) const MAX_FIELDS: usize = 5_000;

/// The most bytes of a record. A person with all properties has some 4 kB, with everything expanded some 30.
const MAX_RECORD: usize = 16 << 20;

/// So many times its own size is made of a text at most, the text itself left out: it and what is made of it are four
/// times its size.
const MAX_MADE: usize = 3;

/// What is made of a small text is not worth a limit.
const SMALL: usize = 64 << 10;

/// What may be made of one text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    rows: usize,
    made: usize,
}

impl Default for Limits {
    /// Those of a text of no size.
    fn default() -> Self {
        Self::of_text(0)
    }
}

impl Limits {
    /// The limits of a list of this length that is not paged.
    pub fn of_text(length: usize) -> Self {
        Self { rows: usize::MAX, made: MAX_MADE * length.max(SMALL) }
    }

    /// The limits of a page of this length.
    pub fn of_page(length: usize) -> Self {
        Self { rows: MAX_ROWS, ..Self::of_text(length) }
    }

    /// What there is too much of, after so many rows, the last of which has this length.
    pub fn check(self, rows: usize, length: usize, made: usize) -> Option<Excess> {
        match () {
            () if rows > self.rows => Some(Excess::Rows),
            () if length > MAX_RECORD => Some(Excess::Record),
            () if made > self.made => Some(Excess::Made),
            () => None,
        }
    }
}

/// What there is too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excess {
    Rows,
    Fields,
    Record,
    Made,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows => write!(f, "a page of more than {MAX_ROWS} records"),
            Self::Fields => write!(f, "a record of more than {MAX_FIELDS} fields"),
            Self::Record => write!(f, "a record of more than {} MiB", MAX_RECORD >> 20),
            Self::Made => {
                write!(f, "records so small that they take more than {} times the memory", MAX_MADE + 1)
            }
        }
    }
}
