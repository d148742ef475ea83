//! How many fields a tenant has, and what becomes of an import when it has fewer than were asked for. No run ends for
//! a field; what it went without is said once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use connector_core::object::{AttributeName, ConnectorObject};
use connector_core::operation::{ImportRequest, Item, StreamStatus, Summary};
use connector_core::{Connector, Context, ErrorKind, Filter};
use futures_util::StreamExt;
use sandbox::{BaseProfile, Options, Profile};
use serde_json::json;
use tests::{Found, Tenant, collect};

/// Properties that nobody is shown.
const HIDDEN: [&str; 1] = ["password"];

async fn hub() -> Tenant {
    let profile = Profile { base: BaseProfile::Hub, ..Profile::default() };
    Tenant::start(Options { people: 60, profile, ..Options::default() }).await
}

/// Every attribute that the connector knows of `User`, from the tenant that has them all, without references and
/// what is ours.
async fn full_width() -> Vec<AttributeName> {
    let schema = hub().await.connector.schema(&Context::new()).await.unwrap();
    let user = schema.object_class(&"User".into()).unwrap();
    let names = user.attributes.iter().filter(|info| info.referenced_object_class.is_none());
    let names = names.map(|info| info.name.clone()).filter(|name| !name.as_str().starts_with("__"));
    let ours = ["personKind", "groups", "roles", "permissions"];
    names.filter(|name| !ours.contains(&name.as_str())).collect()
}

/// The properties of `User` in the metadata that SAP publishes, if they are here.
fn published() -> Option<BTreeSet<String>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("SFSF_SHARED_DATA").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join("edmx/PLTUserManagement.edmx")).ok()?;
    let entity = text.split("<EntityType ").find(|part| part.starts_with("Name=\"User\""))?;
    let entity = entity.split("</EntityType>").next()?;
    let properties = entity.split("<Property ").skip(1);
    let name = |property: &str| property.split("Name=\"").nth(1)?.split('"').next().map(str::to_owned);
    Some(properties.filter_map(name).collect())
}

fn request(names: &[AttributeName]) -> ImportRequest {
    ImportRequest { attributes_to_get: Some(names.to_vec()), ..ImportRequest::new("User") }
}

async fn import(tenant: &Tenant, names: &[AttributeName]) -> Found {
    collect(tenant.connector.import(&Context::new(), request(names))).await.unwrap()
}

fn missing(summary: &Summary) -> Vec<&str> {
    let figures = summary.import.as_ref().unwrap();
    figures.missing_attributes.iter().map(AttributeName::as_str).collect()
}

fn columns(object: &ConnectorObject) -> BTreeSet<&str> {
    object.attributes.iter().map(|attribute| attribute.name.as_str()).collect()
}

#[tokio::test]
async fn the_full_width_of_the_published_metadata_is_imported() {
    let names: Vec<AttributeName> = match published() {
        Some(published) => published.iter().map(|name| AttributeName::from(name.as_str())).collect(),
        None => {
            tests::skip::missing("published metadata");
            full_width().await
        }
    };
    assert_eq!(names.len(), 138);
    let found = import(&hub().await, &names).await;
    assert_eq!((found.objects.len(), found.problems.len()), (60, 0));
    assert_eq!(found.summary.status, StreamStatus::Complete);
    assert_eq!(missing(&found.summary), [""; 0]);
    let shown = names.iter().map(AttributeName::as_str).filter(|name| !HIDDEN.contains(name));
    assert_eq!(columns(&found.objects[0]), shown.collect());
}

#[tokio::test]
async fn a_tenant_that_lacks_58_of_138_fields_brings_everybody_and_says_each_of_them_once() {
    let names = full_width().await;
    let tenant = Tenant::with_people(60).await;
    let found = import(&tenant, &names).await;
    assert_eq!((found.objects.len(), found.problems.len()), (60, 0));
    let metadata = tenant.sandbox.requests().iter().filter(|sent| sent.path.contains("$metadata")).count();
    assert_eq!(metadata, 1);
    let missing = missing(&found.summary);
    let each: BTreeSet<&str> = missing.iter().copied().collect();
    assert_eq!(each.len(), missing.len(), "{missing:?}");
    // The 58th is jobTitle, for which title stands in.
    assert_eq!(missing.len(), 57, "{missing:?}");
    let wanted = names.iter().map(AttributeName::as_str);
    let rest = wanted.filter(|name| !each.contains(name) && !HIDDEN.contains(name));
    assert_eq!(columns(&found.objects[0]), rest.collect());
    assert!(columns(&found.objects[0]).contains("jobTitle"));
}

#[tokio::test]
async fn a_field_that_is_rejected_midway_costs_the_rest_of_the_run_that_field_only() {
    for paging in ["snapshot", "key"] {
        let tenant = Tenant::with_people(60).await;
        let connector = tenant.with_keys(json!({"paging": paging, "page_size": 20}));
        let mut stream = connector.import(&Context::new(), ImportRequest::new("User"));
        let (mut people, mut summary) = (Vec::new(), None);
        while let Some(item) = stream.next().await {
            match item.unwrap() {
                Item::Object(object) => people.push(object),
                Item::Checkpoint(_) if people.len() == 20 => {
                    tenant.fault("reject-property=fax:/odata/v2/User");
                }
                Item::End(end) => summary = Some(end),
                Item::Problem(problem) => panic!("{}", problem.error),
                _ => {}
            }
        }
        let uids: BTreeSet<&str> = people.iter().map(|person| person.uid.as_str()).collect();
        assert_eq!((people.len(), uids.len()), (60, 60), "{paging}");
        assert_eq!(missing(&summary.unwrap()), ["fax"], "{paging}");
        let with: Vec<bool> = people.iter().map(|person| columns(person).contains("fax")).collect();
        assert_eq!(with, [[true; 20].as_slice(), &[false; 40]].concat(), "{paging}");
        let others = |person: &ConnectorObject| {
            columns(person).into_iter().filter(|name| *name != "fax").map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(others(&people[0]), others(&people[59]), "{paging}");
        let refused = tenant.sandbox.requests().iter().filter(|sent| sent.status == 400).count();
        assert!((1..=2).contains(&refused), "{paging}: the field was asked for {refused} times in vain");
    }
}

#[tokio::test]
async fn a_filter_by_a_field_that_the_tenant_lacks_is_an_error_and_not_a_wrong_answer() {
    let tenant = Tenant::with_people(10).await;
    let filter = Filter::parse("salary eq '1'").unwrap();
    let request = ImportRequest { filter: Some(filter), ..ImportRequest::new("User") };
    let error = collect(tenant.connector.import(&Context::new(), request)).await.unwrap_err();
    assert_eq!((error.kind(), error.context().attributes.len()), (ErrorKind::InvalidAttribute, 1));
}
