//! Answers of function imports that list objects.

use connector_core::object::Uid;
use connector_core::{Error, ErrorKind, Result};

use crate::odata::page::Page;

/// The ids in a list. What the list is of may have gone away meanwhile: then it has nothing.
pub(super) fn uids(page: Result<Page>, property: &str) -> Result<Vec<Uid>, Error> {
    match page {
        Ok(page) => Ok(page.rows.iter().filter_map(|row| row.text_of(property)).map(Uid::new).collect()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
