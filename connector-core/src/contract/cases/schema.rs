//! The schema is sound, and objects are as it says.

use std::collections::HashSet;

use super::cases;
use crate::context::Context;
use crate::contract::check::{CaseResult, ensure, same};
use crate::contract::suite::Suite;
use crate::object::{Attribute, AttributeInfo, AttributeName, ConnectorObject, Value, ValueType, special};

cases!("schema":
    asking_twice_gives_the_same,
    it_has_the_classes_of_the_manifest,
    names_differ_by_more_than_case,
    flags_do_not_contradict_each_other,
    parts_are_of_complex_values,
    value_lists_are_in_the_manifest,
    objects_are_as_it_says,
);

async fn asking_twice_gives_the_same(suite: &Suite<'_>) -> CaseResult {
    let first = suite.connector.schema(&Context::new()).await?;
    let second = suite.connector.schema(&Context::new()).await?;
    ensure(first == second, || "two schemas differ".into())
}

async fn it_has_the_classes_of_the_manifest(suite: &Suite<'_>) -> CaseResult {
    let schema = suite.connector.schema(&Context::new()).await?;
    let in_schema: Vec<_> = schema.object_classes.iter().map(|class| (&class.name, &class.aliases)).collect();
    let manifest = suite.connector.manifest();
    let in_manifest: Vec<_> =
        manifest.object_classes.iter().map(|class| (&class.name, &class.aliases)).collect();
    same("the classes of the schema", in_schema, in_manifest)?;
    let by_class = [&suite.manifest.uid_attribute, &suite.manifest.name_attribute];
    for name in by_class.into_iter().flatten().filter(|name| !is_uid_or_name(name)) {
        ensure(suite.info.attribute(name).is_some(), || {
            format!("the schema lacks '{name}', which the manifest names")
        })?;
    }
    Ok(())
}

async fn names_differ_by_more_than_case(suite: &Suite<'_>) -> CaseResult {
    let schema = suite.connector.schema(&Context::new()).await?;
    let mut classes = HashSet::new();
    for class in &schema.object_classes {
        ensure(classes.insert(&class.name), || format!("there are two classes '{}'", class.name))?;
        let mut names = HashSet::new();
        for AttributeInfo { name, .. } in &class.attributes {
            ensure(names.insert(name), || format!("class '{}' has two attributes '{name}'", class.name))?;
        }
    }
    Ok(())
}

async fn flags_do_not_contradict_each_other(suite: &Suite<'_>) -> CaseResult {
    let schema = suite.connector.schema(&Context::new()).await?;
    for info in schema.object_classes.iter().flat_map(|class| &class.attributes) {
        let name = &info.name;
        ensure(info.creatable || !info.required, || format!("'{name}' is required and cannot be given"))?;
        ensure(info.readable || !info.returned_by_default, || format!("'{name}' comes but cannot be read"))?;
        ensure(info.value_type != ValueType::Secret || !info.readable, || {
            format!("the secret '{name}' can be read")
        })?;
    }
    Ok(())
}

async fn parts_are_of_complex_values(suite: &Suite<'_>) -> CaseResult {
    let schema = suite.connector.schema(&Context::new()).await?;
    for info in schema.object_classes.iter().flat_map(|class| &class.attributes) {
        let name = &info.name;
        ensure(info.attributes.is_empty() || info.value_type == ValueType::Complex, || {
            format!("'{name}' has parts and is of type {}", info.value_type)
        })?;
        let mut names = HashSet::new();
        for part in &info.attributes {
            ensure(names.insert(&part.name), || format!("'{name}' has two parts '{}'", part.name))?;
        }
    }
    Ok(())
}

async fn value_lists_are_in_the_manifest(suite: &Suite<'_>) -> CaseResult {
    let schema = suite.connector.schema(&Context::new()).await?;
    let lookups = &suite.connector.manifest().lookups;
    let is_listed = |list: &str| {
        lookups
            .iter()
            .any(|known| known.name == list || (known.name.ends_with(':') && list.starts_with(&known.name)))
    };
    for info in schema.object_classes.iter().flat_map(|class| &class.attributes) {
        let unlisted = info.value_list.as_deref().filter(|list| !is_listed(list));
        ensure(unlisted.is_none(), || {
            format!("'{}' takes from {unlisted:?}, which there is not", info.name)
        })?;
    }
    Ok(())
}

async fn objects_are_as_it_says(suite: &Suite<'_>) -> CaseResult {
    for object in suite.everything().await? {
        same("the class of an object", &object.object_class, &suite.info.name)?;
        for attribute in &object.attributes {
            is_as_it_says(suite, &object, attribute)?;
        }
    }
    Ok(())
}

fn is_as_it_says(suite: &Suite<'_>, object: &ConnectorObject, attribute: &Attribute) -> CaseResult {
    let place = || format!("'{}' of '{}'", attribute.name, object.uid);
    let Some(info) = suite.info.attribute(&attribute.name) else {
        return ensure(false, || format!("{} is not in the schema", place()));
    };
    ensure(info.multivalued || attribute.values.len() < 2, || format!("{} has several values", place()))?;
    for value in &attribute.values {
        same(&format!("the type of {}", place()), value.value_type(), info.value_type)?;
        let Value::Complex(parts) = value else { continue };
        let is_known = |part: &String| info.attributes.iter().any(|known| known.name.is(part));
        // Where no parts are described, there is nothing to keep to.
        let unknown = parts.keys().find(|part| !info.attributes.is_empty() && !is_known(part));
        ensure(unknown.is_none(), || {
            format!("{} has a part {unknown:?}, which is not in the schema", place())
        })?;
    }
    Ok(())
}

fn is_uid_or_name(name: &AttributeName) -> bool {
    name.is(special::UID) || name.is(special::NAME)
}
