//! What OpenIAM does with its SuccessFactors connector, item by item: its connection items, its calls,
//! its forms of filters, and the four questions for which it has no answer.

use std::collections::{BTreeMap, BTreeSet};

use connector_core::object::{AttributeDelta, ConnectorObject, Presence, special};
use connector_core::operation::{
    GetRequest, ObjectId, ResetPasswordRequest, SaveAction, SaveMode, SaveRequest, SearchRequest,
};
use connector_core::{Connector, Context, Credentials, Effect, ErrorKind, Filter};
use connector_sfsf::Configuration;
use sandbox::{BaseProfile, Options, Profile, RecordedRequest, Switches};
use serde_json::{Map, Value as Json, json};
use tests::{Tenant, collect, connector};

const SAML_BEARER: &str = "urn:ietf:params:oauth:grant-type:saml2-bearer";

/// The seven connection items under the names that OpenIAM gives them.
fn connection_items(tenant: &Tenant) -> Map<String, Json> {
    let sandbox = &tenant.sandbox;
    let items = json!({
        "url": sandbox.base_url(),
        "company_id": sandbox.company_id(),
        "username": sandbox.user_id(),
        "client_id": sandbox.client_id(),
        "token_url": format!("{}/oauth/token", sandbox.base_url()),
        "private_key": sandbox.private_key_pem(),
        "grant_type": SAML_BEARER,
    });
    items.as_object().cloned().unwrap_or_default()
}

async fn with_suspended(uid: &str) -> Tenant {
    let tenant = Tenant::with_people(20).await;
    tenant.save(uid, &[("status", "t"), ("username", uid), ("title", "CFO")]).await.unwrap();
    tenant.suspend(uid).await.unwrap();
    tenant
}

/// The writes that the tenant has seen.
fn writes(tenant: &Tenant) -> Vec<RecordedRequest> {
    let requests = tenant.sandbox.requests().into_iter();
    requests.filter(|request| request.path.starts_with("/odata/") && request.method != "GET").collect()
}

#[tokio::test]
async fn the_seven_connection_items_open_a_connection() {
    let tenant = Tenant::with_people(5).await;
    let items = connection_items(&tenant);
    let connector = connector(items).unwrap();
    assert!(connector.test(&Context::new()).await.is_ok());

    let assertion = connector.assertion().unwrap();
    let sandbox = &tenant.sandbox;
    for item in [sandbox.user_id(), sandbox.client_id(), &format!("{}/oauth/token", sandbox.base_url())] {
        assert!(assertion.contains(item), "{item} is not in {assertion}");
    }
}

#[test]
fn the_sample_values_are_accepted_and_what_is_missing_is_named() {
    let samples = json!({
        "url": "https://apisalesdemo8.successfactors.com/",
        "company_id": "SFPART060810",
        "username": "sfadmin",
        "client_id": "NDJjMDlkYWE=",
        "token_url": "https://apisalesdemo8.successfactors.com/oauth/token",
        "private_key": "MIIEvQIBADANBg",
        "grant_type": SAML_BEARER,
    });
    let samples = samples.as_object().unwrap();
    assert!(Configuration::from_map(samples.clone()).is_ok());
    for item in ["url", "company_id", "username", "client_id", "private_key"] {
        let mut items = samples.clone();
        items.remove(item);
        let message = Configuration::from_map(items).unwrap_err().to_string();
        assert!(message.contains(item), "{item}: {message}");
    }
    for item in ["token_url", "grant_type"] {
        let mut items = samples.clone();
        items.remove(item);
        assert!(Configuration::from_map(items).is_ok(), "{item} has a default");
    }
}

#[tokio::test]
async fn the_token_comes_from_the_token_url_and_from_nowhere_else() {
    let (tenant, issuer) = (Tenant::with_people(2).await, Tenant::with_people(2).await);
    let mut items = connection_items(&tenant);
    items.insert("token_url".into(), format!("{}/oauth/token", issuer.sandbox.base_url()).into());
    // Whether its token is any good elsewhere is not the question here.
    let _ = connector(items).unwrap().test(&Context::new()).await;
    assert!(issuer.requests("/oauth/token") > 0);
    assert_eq!(tenant.requests("/oauth/token"), 0);
}

#[tokio::test]
async fn one_bearer_token_serves_all_calls_that_follow() {
    let tenant = Tenant::with_people(5).await;
    let connector = connector(connection_items(&tenant)).unwrap();
    let context = Context::new();
    connector.get(&context, &GetRequest::new("User", "sfapi")).await.unwrap();
    collect(connector.search(&context, SearchRequest::new("User"))).await.unwrap();
    let deltas = vec![AttributeDelta::set("status", "t"), AttributeDelta::set("username", "zoe")];
    connector.save(&context, &SaveRequest::new("User", "zoe", deltas)).await.unwrap();
    connector.suspend(&context, &ObjectId::new("User", "zoe")).await.unwrap();
    assert_eq!(tenant.requests("/oauth/token"), 1);
}

/// OpenIAM sends its connection items with every message.
#[tokio::test]
async fn the_connection_items_of_a_message_choose_the_tenant() {
    let (here, there) = (Tenant::with_people(5).await, Tenant::with_people(9).await);
    let allowed = here.with_keys(json!({"allow_hosts": [there.sandbox.base_url()]}));
    let items = connection_items(&there).into_iter();
    let items: BTreeMap<_, _> = items.map(|(key, value)| (key, value.as_str().unwrap().into())).collect();
    let elsewhere = Context::new().with_credentials(Some(Credentials(items)));
    let count = async |context: &Context| {
        collect(allowed.search(context, SearchRequest::new("User"))).await.unwrap().objects.len()
    };
    assert_eq!((count(&Context::new()).await, count(&elsewhere).await), (5, 9));
    assert_eq!(count(&Context::new()).await, 5);
}

#[tokio::test]
async fn fields_and_filter_of_one_call_go_together() {
    let tenant = Tenant::with_people(300).await;
    let request = SearchRequest {
        attributes_to_get: Some(vec!["firstName".into(), "email".into()]),
        ..SearchRequest::new("User").with_filter(Filter::parse("status eq 'f'").unwrap())
    };
    let found = collect(tenant.connector.search(&Context::new(), request)).await.unwrap();
    assert_eq!(found.objects.len(), tenant.sandbox.people_by_status()["f"]);
    for person in &found.objects {
        assert!(person.attributes.iter().all(|a| a.name.is("firstName") || a.name.is("email")));
    }
    let sent = tenant.sandbox.requests().pop().unwrap();
    assert_eq!(sent.option("$filter"), Some("status in 'f'"));
    assert!(!sent.option("$select").unwrap().contains("lastName"));
}

#[tokio::test]
async fn every_write_is_an_upsert_of_the_person() {
    let tenant = Tenant::with_people(5).await;
    let context = Context::new();
    tenant.save("zoe", &[("status", "t"), ("username", "zoe")]).await.unwrap();
    tenant.save("zoe", &[("title", "CTO")]).await.unwrap();
    tenant.suspend("zoe").await.unwrap();
    tenant.resume("zoe").await.unwrap();
    let reset = ResetPasswordRequest {
        object_class: "User".into(),
        uid: "zoe".into(),
        new_password: "N3w-Pass-Phrase".into(),
    };
    tenant.connector.reset_password(&context, &reset).await.unwrap();
    tenant.connector.delete(&context, &ObjectId::new("User", "zoe")).await.unwrap();
    let writes = writes(&tenant);
    assert_eq!(writes.len(), 6, "one request for each");
    for write in &writes {
        assert_eq!((write.method.as_str(), write.path.as_str()), ("POST", "/odata/v2/upsert"));
        let uri = write.body.as_ref().unwrap()["__metadata"]["uri"].as_str().unwrap().to_owned();
        assert!(uri.starts_with("User"), "{uri}");
    }
}

#[tokio::test]
async fn the_two_required_fields_make_a_person_where_the_tenant_wants_no_more() {
    let required = ["userId", "status"].map(str::to_owned).to_vec();
    let switches = Switches { required_for_create: required, ..Switches::default() };
    let tenant = Tenant::start(Options { people: 5, switches, ..Options::default() }).await;
    assert_eq!(tenant.save("zoe", &[("status", "t")]).await.unwrap().action, SaveAction::Created);
    let error = tenant.save("max", &[("title", "CTO")]).await.unwrap_err();
    assert_eq!(error.context().attributes, vec!["status".into()]);
}

#[tokio::test]
async fn a_filter_on_any_of_the_other_fields_never_reaches_the_tenant() {
    let profile =
        Profile { base: BaseProfile::Hub, with: vec!["companyExitDate".into()], ..Profile::default() };
    let tenant = Tenant::start(Options { people: 30, profile, ..Options::default() }).await;
    let fields = "addressLine1 addressLine2 addressLine3 businessPhone cellPhone citizenship city companyExitDate \
        country dateOfBirth dateOfPosition email empId fax gender hireDate homePhone jobTitle married mi \
        nationality ssn timeZone title password zipCode";
    for field in fields.split_whitespace() {
        tenant.sandbox.clear_requests();
        let value = match field {
            "companyExitDate" | "dateOfBirth" | "dateOfPosition" | "hireDate" => "'2024-01-31'",
            "married" => "true",
            _ => "'x'",
        };
        let result = tenant.search(&format!("{field} eq {value}")).await;
        for request in tenant.sandbox.requests() {
            assert!(!request.option("$filter").unwrap_or_default().contains(field), "{field}");
        }
        match result {
            Ok(found) => assert!(found.summary.residual, "{field} was evaluated here, and that is said"),
            Err(error) => assert_eq!(error.context().attributes, vec![field.into()], "{error}"),
        }
    }
    assert_eq!(fields.split_whitespace().count(), 26);
}

fn uids<'a>(people: impl IntoIterator<Item = &'a ConnectorObject>) -> BTreeSet<String> {
    people.into_iter().map(|person| person.uid.to_string()).collect()
}

#[tokio::test]
async fn each_form_of_filter_finds_exactly_whom_it_describes() {
    let tenant = Tenant::with_people(200).await;
    let everybody = tenant.import().await.unwrap().objects;
    let name = everybody[7].name.clone();
    let mut moments: Vec<_> =
        everybody.iter().filter_map(|p| p.first("lastModified")).map(ToString::to_string).collect();
    moments.sort_unstable();
    let middle = moments[moments.len() / 2].clone();
    let check = async |filter: String, is_meant: &dyn Fn(&ConnectorObject) -> bool| {
        let expected = uids(everybody.iter().filter(|person| is_meant(person)));
        assert!(!expected.is_empty() && expected.len() < everybody.len(), "{filter}");
        assert_eq!(uids(&tenant.search(&filter).await.unwrap().objects), expected, "{filter}");
    };
    check(format!("username eq '{name}'"), &|person| person.name == name).await;
    check("status eq 't'".to_owned(), &|person| person.first("status") == Some(&"t".into())).await;
    let since =
        |person: &ConnectorObject| person.first("lastModified").is_some_and(|at| at.to_string() >= middle);
    check(format!("lastModified ge '{middle}'"), &since).await;
}

/// The fields that hold a reference or a code: what is asked of the tenant, and who comes.
#[tokio::test]
async fn filters_on_hr_division_and_job_code_bring_exactly_their_people() {
    let tenant = Tenant::with_people(300).await;
    let everybody = tenant.import().await.unwrap().objects;
    for (field, in_the_query) in
        [("hr", "hr/userId eq"), ("division", "division eq"), ("jobCode", "jobCode eq")]
    {
        let held: BTreeSet<_> =
            everybody.iter().filter_map(|person| person.first(field)).map(ToString::to_string).collect();
        let value = held.iter().nth(held.len() / 2).unwrap();
        let has =
            |person: &&ConnectorObject| person.first(field).is_some_and(|held| held.to_string() == *value);
        let expected = uids(everybody.iter().filter(has));
        assert!(
            !expected.is_empty() && expected.len() < everybody.len(),
            "{field} {value}: {}",
            expected.len()
        );
        let found = tenant.search(&format!("{field} eq '{value}'")).await.unwrap();
        assert_eq!(uids(&found.objects), expected, "{field} eq '{value}'");
        let sent = tenant.sandbox.requests().pop().unwrap();
        assert!(
            sent.option("$filter").unwrap().contains(in_the_query),
            "{field}: {:?}",
            sent.option("$filter")
        );
        assert!(!found.summary.residual, "{field}");
    }
}

/// Questions 1 and 2: whether somebody exists is asked by a search, and the answer holds for the inactive.
#[tokio::test]
async fn a_search_before_a_save_finds_a_suspended_person_too() {
    let tenant = with_suspended("test01").await;
    for filter in ["username eq 'test01'", "userId eq 'test01'", "status eq 'f' and userId eq 'test01'"] {
        let found = tenant.search(filter).await.unwrap();
        assert_eq!(found.uids(), ["test01"], "{filter}");
        assert_eq!(found.objects[0].first("status"), Some(&"f".into()));
    }
    assert_eq!(tenant.search("userId eq 'test02'").await.unwrap().uids(), [""; 0]);
}

/// Question 2: a new person under the id of a suspended one.
#[tokio::test]
async fn a_creation_never_takes_a_suspended_record_over() {
    let tenant = with_suspended("test01").await;
    let (before, sent) = (tenant.sandbox.user("test01"), writes(&tenant).len());
    let deltas = [("status", "t"), ("username", "test01"), ("title", "Trainee")];
    let deltas = deltas.map(|(name, value)| AttributeDelta::set(name, value)).to_vec();
    let request = SaveRequest::new("User", "test01", deltas).with_mode(SaveMode::Create);
    let error = tenant.connector.save(&Context::new(), &request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert!(error.to_string().contains("inactive"), "{error}");
    assert_eq!((tenant.sandbox.user("test01"), writes(&tenant).len()), (before, sent));
}

/// Question 2 again, where the host did mean to revive the record.
#[tokio::test]
async fn a_save_that_revives_a_suspended_record_says_so_and_says_what_it_changed() {
    let tenant = with_suspended("test01").await;
    let outcome = tenant.save("test01", &[("status", "t"), ("title", "Trainee")]).await.unwrap();
    assert_eq!((outcome.action, outcome.presence_before), (SaveAction::Revived, Presence::Inactive));
    let changed: BTreeSet<_> = outcome.changed.iter().map(ToString::to_string).collect();
    assert_eq!(changed, ["status", "title"].map(str::to_owned).into());
    assert_eq!(tenant.sandbox.user("test01").unwrap()["status"], "t");
}

/// OpenIAM's Resume, on a tenant that does not let inactive people be written: nothing is taken for granted.
#[tokio::test]
async fn a_tenant_that_keeps_inactive_people_from_being_written_is_told_apart_and_a_profile_opens_it() {
    let switches = Switches {
        process_inactive_parameter: false,
        process_inactive_profile: "IDM".into(),
        ..Switches::default()
    };
    let tenant = Tenant::start(Options { people: 20, switches, ..Options::default() }).await;
    tenant.save("test01", &[("status", "t"), ("username", "test01")]).await.unwrap();
    tenant.suspend("test01").await.unwrap();
    let refused = [
        tenant.resume("test01").await.unwrap_err(),
        tenant.save("test01", &[("title", "CFO")]).await.unwrap_err(),
    ];
    for error in refused {
        assert_eq!((error.kind(), error.effect()), (ErrorKind::PermissionDenied, Effect::NotApplied));
        let advice = error.advice().unwrap_or_default();
        assert!(advice.contains("api_option_profile"), "{error}: {advice}");
    }
    assert_eq!(tenant.sandbox.user("test01").unwrap()["status"], "f");
    let with_profile = tenant.with_keys(json!({"api_option_profile": "IDM"}));
    let user = ObjectId::new("User", "test01");
    assert_eq!(with_profile.resume(&Context::new(), &user).await.unwrap().action, SaveAction::Revived);
    assert_eq!(tenant.sandbox.user("test01").unwrap()["status"], "t");
}

/// Question 3: a synchronization to the host carries the suspension.
#[tokio::test]
async fn an_import_carries_suspended_people_with_their_status() {
    let tenant = with_suspended("test01").await;
    let found = tenant.import().await.unwrap();
    let person = found.objects.iter().find(|person| person.uid.as_str() == "test01").unwrap();
    assert_eq!(person.first("status"), Some(&"f".into()));
    assert_eq!(person.first(special::ENABLE), Some(&false.into()));
}

/// Question 4: reconciliation acts differently on each of three cases.
#[tokio::test]
async fn reconciliation_tells_in_both_and_here_only_and_suspended_apart() {
    let tenant = with_suspended("suspended").await;
    tenant.save("both", &[("status", "t"), ("username", "both")]).await.unwrap();
    let presence = async |uid: &str| tenant.get(uid).await.unwrap().presence;
    assert_eq!(presence("both").await, Presence::Active);
    assert_eq!(presence("host-only").await, Presence::NotFound);
    assert_eq!(presence("suspended").await, Presence::Inactive);
}
