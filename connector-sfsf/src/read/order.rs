//! The order in which objects come.

use connector_core::operation::SortKey;
use connector_core::{Error, ErrorKind, Result};

use crate::mapping::attribute::Source;
use crate::mapping::model::Model;

/// The value of `$orderby`. The key comes last, so that equal records have an order too.
///
/// # Errors
///
/// A class that comes in the order of keys only; an attribute that the tenant cannot sort by.
pub(super) fn order(keys: &[SortKey], model: &Model) -> Result<String> {
    let (profile, mut parts) = (model.profile, Vec::new());
    if !profile.sorts && !keys.is_empty() {
        return Err(Error::unsupported(format!("{} comes in the order of ids", profile.name)));
    }
    for key in keys {
        let mapped = model.find(&key.attribute)?;
        let Source::Property { name, .. } = &mapped.source else { return Err(unsortable(key)) };
        if !mapped.info.sortable {
            return Err(unsortable(key));
        }
        parts.push(format!("{name} {}", if key.ascending { "asc" } else { "desc" }));
    }
    let key = profile.key.property;
    if !parts.iter().any(|part| part.split(' ').next() == Some(key)) {
        parts.push(key.to_owned());
    }
    Ok(parts.join(","))
}

fn unsortable(key: &SortKey) -> Error {
    let name = &key.attribute;
    Error::new(ErrorKind::InvalidRequest, format!("the tenant cannot sort by '{name}'"))
        .with_attributes([name.clone()])
        .with_advice("`schema` says which attributes are sortable")
}
