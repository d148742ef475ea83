//! Lists of values: foundation objects, picklists, and the people who lead others.

use std::collections::BTreeSet;

use connector_core::operation::{ListValue, LookupRequest, ValueList, ValueStatus};
use connector_core::{Connector, Context, ErrorKind};
use connector_sfsf::SuccessFactorsConnector;
use sandbox::{Access, Options};
use serde_json::json;
use tests::Tenant;

async fn lookup(connector: &SuccessFactorsConnector, name: &str) -> connector_core::Result<ValueList> {
    connector.lookup(&Context::new(), &LookupRequest::new(name)).await
}

async fn list(tenant: &Tenant, name: &str) -> Vec<ListValue> {
    lookup(&tenant.connector, name).await.unwrap().values
}

fn with<'a>(values: &'a [ListValue], code: &str) -> &'a ListValue {
    values.iter().find(|value| value.code == code).unwrap_or_else(|| panic!("no {code} in {values:?}"))
}

#[tokio::test]
async fn every_list_of_the_manifest_has_values() {
    let tenant = Tenant::with_people(200).await;
    for list in connector_sfsf::manifest().lookups {
        let name = if list.name.ends_with(':') { "picklist:ecEmailType" } else { list.name.as_str() };
        let values = lookup(&tenant.connector, name).await.unwrap().values;
        assert!(!values.is_empty(), "{name}");
        let codes: BTreeSet<_> = values.iter().map(|value| &value.code).collect();
        assert_eq!(codes.len(), values.len(), "{name} has each code once");
    }
}

/// OIM-69, OIM-70, OIM-76 to OIM-79, OIM-81: the lists of Oracle's product, by the codes and labels that the tenant has.
#[tokio::test]
async fn each_list_has_the_codes_and_labels_of_the_tenant() {
    let tenant = Tenant::with_people(30).await;
    let expected: [(&str, &[(&str, &str)]); 7] = [
        ("divisions", &[("100", "Operations"), ("200", "Technology"), ("400", "Corporate")]),
        (
            "departments",
            &[("2100", "Engineering"), ("4300", "Legal / \"Compliance\""), ("5200", "Production")],
        ),
        ("business_units", &[("BU1", "Operations"), ("BU2", "Technology"), ("BU3", "Commercial")]),
        ("legal_entities", &[("US01", "ACME United States"), ("DE01", "ACME Germany")]),
        ("event_reasons", &[("HIRNEW", "New Hire"), ("TERINV", "Dismissal"), ("DATACHG", "Data Change")]),
        ("job_codes", &[("J21001", "Senior Engineer"), ("J43001", "Lawyer"), ("J52002", "Machine Operator")]),
        ("locations", &[("US1", "Palo Alto"), ("DE2", "Köln"), ("FR1", "Lyon")]),
    ];
    for (name, pairs) in expected {
        let values = list(&tenant, name).await;
        for (code, label) in pairs {
            let value = with(&values, code);
            assert_eq!((value.label.as_str(), value.status), (*label, ValueStatus::Active), "{name} {code}");
        }
    }
}

#[tokio::test]
async fn a_department_has_a_label_in_every_language_of_the_tenant() {
    let tenant = Tenant::with_people(60).await;
    let departments = list(&tenant, "departments").await;
    let management = with(&departments, "1000");
    assert_eq!((management.label.as_str(), management.status), ("Management", ValueStatus::Active));
    assert_eq!(management.labels["de_DE"], "Geschäftsführung");
    assert_eq!(management.labels["fr_FR"], "Direction");
    assert!(management.labels.keys().all(|locale| locale.contains('_')), "{:?}", management.labels);
    let request = tenant.sandbox.requests().pop().unwrap();
    let columns = request.option("$select").unwrap().to_owned();
    assert!(!columns.contains("description") && columns.contains("name_de_DE"), "{columns}");
}

/// OIM-25, OIM-27, OIM-30, OIM-31: what Oracle calls job levels are the job codes, all of them.
#[tokio::test]
async fn job_codes_come_with_keys_of_the_instance() {
    let tenant = Tenant::with_people(60).await;
    let connector = tenant.with_keys(json!({"instance_key": "101", "page_size": 5}));
    let jobs = lookup(&connector, "job_codes").await.unwrap().values;
    assert!(jobs.len() > 5, "more than one page");
    for job in &jobs {
        assert_eq!(job.key, format!("101~{}", job.code));
        assert_eq!(job.decode, format!("SuccessFactors~{}", job.label));
        assert!(job.label != job.code, "{job:?}");
    }
    let named = tenant.with_keys(json!({"instance_name": "Emea"}));
    let job = lookup(&named, "job_codes").await.unwrap().values.remove(0);
    assert!(job.key.starts_with("ACME~") && job.decode.starts_with("Emea~"), "{job:?}");
}

/// OIM-25, OIM-28, OIM-29: supervisors and HR representatives by their user ids.
#[tokio::test]
async fn managers_and_hr_are_the_people_whom_somebody_has() {
    let tenant = Tenant::with_people(300).await;
    let connector = tenant.with_keys(json!({"instance_key": "121", "page_size": 100}));
    for (name, attribute) in [("managers", "manager"), ("hr", "hr")] {
        let values = lookup(&connector, name).await.unwrap().values;
        let listed: BTreeSet<_> = values.iter().map(|value| value.code.clone()).collect();
        let everybody = tenant.import().await.unwrap().objects;
        let held = everybody.iter().flat_map(|person| person.values(attribute)).map(ToString::to_string);
        assert_eq!(listed, held.collect(), "{name}");
        for value in &values {
            assert_eq!(value.key, format!("121~{}", value.code));
            let person = tenant.sandbox.user(&value.code).unwrap();
            let inactive = ["f", "F", "d"].contains(&person["status"].as_str().unwrap());
            assert_eq!(value.status == ValueStatus::Inactive, inactive, "{value:?}");
        }
    }
}

#[tokio::test]
async fn a_picklist_has_codes_ids_and_labels_by_locale() {
    let tenant = Tenant::with_people(10).await;
    let values = list(&tenant, "picklist:ecEmailType").await;
    let business = with(&values, "B");
    assert_eq!((business.id.as_deref(), business.label.as_str()), (Some("8448"), "Business"));
    assert_eq!(business.labels["de_DE"], "Geschäftlich");
    assert!(list(&tenant, "picklists").await.iter().any(|picklist| picklist.code == "ecEmailType"));
}

/// A tenant that has moved its picklists to the second kind (docs/successfactors.md#picklists).
#[tokio::test]
async fn a_picklist_of_the_second_kind_is_found_too() {
    let tenant = Tenant::with_people(10).await;
    let first = list(&tenant, "picklist:ecPhoneType").await;
    let access = Access { denied_entities: vec!["PicklistOption".into()], ..Access::default() };
    let second = Tenant::start(Options { people: 10, access, ..Options::default() }).await;
    let again = list(&second, "picklist:ecPhoneType").await;
    assert!(second.requests("PickListValueV2") > 0);
    assert_eq!(first, again);
}

#[tokio::test]
async fn a_list_is_kept_for_a_while_and_says_its_age() {
    let tenant = Tenant::with_people(60).await;
    assert_eq!(lookup(&tenant.connector, "divisions").await.unwrap().age_ms, 0);
    let sent = tenant.sandbox.requests().len();
    let kept = lookup(&tenant.connector, "divisions").await.unwrap();
    assert_eq!(tenant.sandbox.requests().len(), sent, "the second answer is from memory");
    assert!(!kept.values.is_empty());
    let fresh = LookupRequest { max_age_ms: Some(0), ..LookupRequest::new("divisions") };
    assert_eq!(tenant.connector.lookup(&Context::new(), &fresh).await.unwrap().age_ms, 0);
    assert!(tenant.sandbox.requests().len() > sent, "no age at all asks anew");
    let forgetful = tenant.with_keys(json!({"lookup_age": 0}));
    for _ in 0..2 {
        lookup(&forgetful, "divisions").await.unwrap();
    }
    assert_eq!(tenant.requests("/FODivision"), 2 + 4, "metadata once for each connector, rows four times");
}

#[tokio::test]
async fn what_is_no_list_or_may_not_be_seen_is_an_error_and_never_an_empty_list() {
    let tenant = Tenant::with_people(5).await;
    for name in ["colors", "picklist:", "picklist:noSuchList"] {
        let error = lookup(&tenant.connector, name).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}: {error}");
    }
    let access = Access { denied_entities: vec!["FODepartment".into()], ..Access::default() };
    let limited = Tenant::start(Options { people: 5, access, ..Options::default() }).await;
    let error = lookup(&limited.connector, "departments").await.unwrap_err();
    assert!([ErrorKind::PermissionDenied, ErrorKind::Unsupported].contains(&error.kind()), "{error}");
}

#[tokio::test]
async fn a_list_that_is_sent_in_circles_ends_with_an_error() {
    let tenant = Tenant::with_people(30).await;
    let paged = tenant.with_keys(json!({"page_size": 10}));
    tenant.fault("loop-next:/odata/v2/User");
    let error = lookup(&paged, "managers").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{error}");
}
