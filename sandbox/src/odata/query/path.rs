//! Names and paths in query options.

use crate::error::ODataError;
use crate::state::condition::Path;
use crate::state::tenant::Tenant;

/// The columns of a path as `manager/userId`.
///
/// # Errors
///
/// COE0021 for a name that the entity does not have.
pub(crate) fn property(tenant: &Tenant, base: usize, text: &str) -> Result<Path, ODataError> {
    let mut entity = base;
    let mut steps = Vec::new();
    let mut names = text.split('/').peekable();
    while let Some(name) = names.next() {
        let hidden = tenant.rights.hides(entity, name);
        let unknown = || ODataError::property_not_found(&tenant.entity(entity).name, name);
        if names.peek().is_none() {
            let property = tenant.entity(entity).property(name).filter(|_| !hidden).ok_or_else(unknown)?;
            let kind = tenant.entity(entity).properties[property].kind;
            return Ok(Path { steps, entity, property, kind });
        }
        let navigation = tenant.entity(entity).navigation(name).filter(|_| !hidden).ok_or_else(unknown)?;
        steps.push((entity, navigation));
        entity = tenant.entity(entity).navigations[navigation].target;
    }
    Err(ODataError::property_not_found(&tenant.entity(base).name, text))
}
