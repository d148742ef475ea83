//! `$select` and `$expand`: which properties and navigations an answer has.

use crate::error::ODataError;
use crate::state::model::Entity;
use crate::state::tenant::Tenant;

/// The limit of `$expand` where the entity has none of its own (KBA 3741424).
const MAX_EXPAND_DEPTH: usize = 10;

/// What is shown of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) entity: usize,
    /// Properties, by index.
    pub(crate) properties: Vec<usize>,
    pub(crate) navigations: Vec<NavigationShape>,
}

/// What is shown of a navigation: its address, or the entities at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NavigationShape {
    pub(crate) navigation: usize,
    pub(crate) expanded: Option<Shape>,
}

impl Shape {
    /// Binds `$select` and `$expand`.
    ///
    /// # Errors
    ///
    /// COE0003 for expanding a plain property or selecting through a navigation that is not expanded,
    /// COE0021 for unknown names, COE0046 for too deep an expansion.
    pub(crate) fn new(
        tenant: &Tenant,
        entity: usize,
        select: Option<&str>,
        expand: Option<&str>,
    ) -> Result<Self, ODataError> {
        let select = paths(select);
        let expand = paths(expand);
        let limit = tenant.entity(entity).traits.depth.unwrap_or(MAX_EXPAND_DEPTH);
        if let Some(deep) = expand.iter().find(|path| path.len() > limit) {
            return Err(too_deep(deep, limit));
        }
        build(tenant, entity, &borrow(&select), &borrow(&expand))
    }
}

type PathSlice<'a> = &'a [&'a str];

fn paths(text: Option<&str>) -> Vec<Vec<&str>> {
    let parts = text.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.split('/').collect()).collect()
}

fn borrow<'a>(paths: &'a [Vec<&'a str>]) -> Vec<PathSlice<'a>> {
    paths.iter().map(Vec::as_slice).collect()
}

fn too_deep(path: &[&str], limit: usize) -> ODataError {
    ODataError::new(
        axum::http::StatusCode::BAD_REQUEST,
        "COE_EXPAND_DEPTH_EXCEED_THRESHOLD",
        format!("[COE0046] Expand depth {} of {} exceeds the limit {limit}.", path.len(), path.join("/")),
    )
}

fn build(
    tenant: &Tenant,
    entity: usize,
    select: &[PathSlice<'_>],
    expand: &[PathSlice<'_>],
) -> Result<Shape, ODataError> {
    let model = tenant.entity(entity);
    let everything = select.is_empty() || select.iter().any(|path| path == &["*"]);
    let hides = |name: &str| tenant.rights.hides(entity, name);
    if let Some(name) = expand.iter().chain(select).filter_map(|path| path.first()).find(|name| hides(name)) {
        return Err(ODataError::property_not_found(&model.name, name));
    }
    check_expand(model, expand)?;
    check_select(model, select, expand)?;
    let shown = |name: &str| everything || select.iter().any(|path| path == &[name]);
    let properties = model
        .properties
        .iter()
        .enumerate()
        .filter(|(_, property)| property.flags.visible && shown(&property.name) && !hides(&property.name))
        .map(|(index, _)| index)
        .collect();
    let mut navigations = Vec::new();
    for (index, navigation) in model.navigations.iter().enumerate() {
        let inner_select = below(select, &navigation.name);
        let is_expanded = expand.iter().any(|path| path.first() == Some(&navigation.name.as_str()));
        let is_quiet = navigation.flags.quiet && everything && !is_expanded;
        let is_shown = shown(&navigation.name) || !inner_select.is_empty();
        if is_quiet || !is_shown || hides(&navigation.name) {
            continue;
        }
        let expanded = if is_expanded {
            // What the role does not have is not to be had by another way either.
            tenant.rights.check_entity(tenant, navigation.target)?;
            let inner = if shown(&navigation.name) && !everything { Vec::new() } else { inner_select };
            Some(build(tenant, navigation.target, &inner, &below(expand, &navigation.name))?)
        } else {
            None
        };
        navigations.push(NavigationShape { navigation: index, expanded });
    }
    Ok(Shape { entity, properties, navigations })
}

/// The rests of the paths that go through a navigation.
fn below<'a>(paths: &[PathSlice<'a>], name: &str) -> Vec<PathSlice<'a>> {
    paths.iter().filter(|path| path.first() == Some(&name) && path.len() > 1).map(|path| &path[1..]).collect()
}

fn check_expand(model: &Entity, expand: &[PathSlice<'_>]) -> Result<(), ODataError> {
    for name in expand.iter().filter_map(|path| path.first()) {
        if model.navigation(name).is_some() {
            continue;
        }
        if model.property(name).is_some() {
            return Err(ODataError::property_expression(&format!(
                "Bad property expression: {name}; cannot expand non-navigation property: {}/{name}",
                model.name
            )));
        }
        return Err(ODataError::property_not_found(&model.name, name));
    }
    Ok(())
}

fn check_select(
    model: &Entity,
    select: &[PathSlice<'_>],
    expand: &[PathSlice<'_>],
) -> Result<(), ODataError> {
    for path in select {
        let Some(name) = path.first() else { continue };
        let property = model.property(name).map(|index| &model.properties[index]);
        let known = *name == "*"
            || model.navigation(name).is_some()
            || (path.len() == 1 && property.is_some_and(|property| property.flags.visible));
        if !known {
            return Err(ODataError::property_not_found(&model.name, name));
        }
        if path.len() > 1 && !expand.iter().any(|other| other.first() == Some(name)) {
            return Err(ODataError::property_expression(&format!(
                "Bad property expression: {}; the navigation {name} is not expanded",
                path.join("/")
            )));
        }
    }
    Ok(())
}
