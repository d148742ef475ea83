//! Lists of values have each code once, and say how old they are.

use std::collections::HashSet;

use super::cases;
use crate::context::Context;
use crate::contract::check::{CaseResult, ensure, refused, same, skipped};
use crate::contract::suite::Suite;
use crate::error::ErrorKind;
use crate::operation::{LookupRequest, Operation, ValueList};

cases!("lookup":
    each_list_of_the_manifest_has_each_code_once,
    a_list_that_does_not_exist_is_refused,
);

async fn each_list_of_the_manifest_has_each_code_once(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Lookup])?;
    let lists = suite.connector.manifest().lookups.clone();
    if lists.is_empty() {
        return skipped("the manifest names no list of values");
    }
    for list in lists.iter().filter(|list| !list.name.ends_with(':')) {
        let request = LookupRequest { max_age_ms: Some(0), ..LookupRequest::new(list.name.as_str()) };
        sound(&suite.connector.lookup(&Context::new(), &request).await?)?;
    }
    Ok(())
}

fn sound(list: &ValueList) -> CaseResult {
    let mut codes = HashSet::new();
    for value in &list.values {
        let (name, code) = (&list.name, &value.code);
        ensure(codes.insert(code), || format!("list '{name}' has the code '{code}' twice"))?;
        ensure(!value.label.is_empty(), || format!("'{code}' of list '{name}' has no label"))?;
        same("what the key ends with", value.key.ends_with(&format!("~{code}")), true)?;
    }
    Ok(())
}

async fn a_list_that_does_not_exist_is_refused(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Lookup])?;
    let result = suite.connector.lookup(&Context::new(), &LookupRequest::new("no-such-list")).await;
    refused("a list that does not exist", result, &[ErrorKind::InvalidRequest]).map(drop)
}
