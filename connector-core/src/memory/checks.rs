//! What may be asked about a class.

use super::model::Class;
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::object::{AttributeName, ValueType, special};

/// Refuses a filter on what cannot be looked at, or with what no such value compares with.
pub(super) fn check_filter(class: Class<'_>, filter: Option<&Filter>) -> Result<()> {
    let Some(filter) = filter else { return Ok(()) };
    filter.attributes().into_iter().try_for_each(|name| class.check_readable(name))?;
    filter.literals().into_iter().try_for_each(|(name, literal)| {
        let value_type =
            if name.is(special::UID) { ValueType::String } else { class.attribute(name)?.value_type };
        let refused = |error: Error| error.with_object(class.name(), None);
        literal.check(name, value_type, value_type.expected()).map_err(refused)
    })
}

/// Refuses attributes that do not exist. One that cannot be read may be asked for, in vain.
pub(super) fn check_wanted(class: Class<'_>, wanted: Option<&[AttributeName]>) -> Result<()> {
    let named = wanted.unwrap_or_default().iter().filter(|name| !name.is(special::UID));
    named.map(|name| class.attribute(name)).collect::<Result<Vec<_>>>().map(drop)
}
