//! What a search would ask, and how the state of a person comes about.

use connector_core::object::Presence;
use connector_core::operation::{ExplainRequest, Explanation, FilterExplanation, ObjectExplanation, Subject};
use connector_core::{Connector, Context, ErrorKind, Filter, Result};
use sandbox::{Access, Options};
use tests::Tenant;

async fn explain(tenant: &Tenant, subject: Subject) -> Result<Explanation> {
    let request = ExplainRequest { object_class: "User".into(), subject };
    tenant.connector.explain(&Context::new(), &request).await
}

async fn filter(tenant: &Tenant, text: &str) -> FilterExplanation {
    match explain(tenant, Subject::Filter(Filter::parse(text).unwrap())).await.unwrap() {
        Explanation::Filter(explained) => explained,
        other => panic!("{other:?}"),
    }
}

async fn person(tenant: &Tenant, uid: &str) -> ObjectExplanation {
    match explain(tenant, Subject::Uid(uid.into())).await.unwrap() {
        Explanation::Object(explained) => explained,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_filter_is_split_between_the_tenant_and_us() {
    let tenant = Tenant::with_people(20).await;
    let explained =
        filter(&tenant, "__ENABLE__ eq false and department eq 'Sales (3100)' and email eq 'x@y.example'")
            .await;
    assert_eq!(explained.at_target, ["status in 'f','F','d'", "department eq 'Sales (3100)'"]);
    let query = explained.query.unwrap();
    assert!(
        query.starts_with(
            "User?$filter=status in 'f','F','d' and department eq 'Sales (3100)'&$orderby=userId"
        ),
        "{query}"
    );
    let here: Vec<_> =
        explained.here.iter().map(|part| (part.filter.as_str(), part.reason.as_str())).collect();
    assert_eq!(here, [("email eq 'x@y.example'", "the tenant cannot filter by 'email'")]);
    assert_eq!(tenant.requests("/odata/v2/User?"), 0, "nothing is searched for");
}

#[tokio::test]
async fn each_reason_for_evaluating_here_is_said() {
    let tenant = Tenant::with_people(20).await;
    for (text, reason) in [
        ("not (department eq 'x')", "negated"),
        ("present(department)", "present"),
        ("department eq 'x' or email eq 'y'", "email"),
        ("lastName ge 'M'", "not known"),
    ] {
        let explained = filter(&tenant, text).await;
        assert!(explained.here[0].reason.contains(reason), "{text}: {:?}", explained.here);
    }
    let names: Vec<_> = (0..400).map(|number| format!("'department {number}'")).collect();
    let explained = filter(&tenant, &format!("department in ({})", names.join(","))).await;
    assert!(explained.here[0].reason.contains("too long"));
    let impossible = filter(&tenant, "status eq 'f' and status eq 't'").await;
    assert_eq!((impossible.query, impossible.at_target.len()), (None, 0));
}

/// What is explained is what a search then sends.
#[tokio::test]
async fn the_explained_query_is_the_one_that_is_sent() {
    let tenant = Tenant::with_people(20).await;
    let text = "startswith(lastName,'M') and not (city eq 'Berlin') and status eq 't'";
    let query = filter(&tenant, text).await.query.unwrap();
    tenant.search(text).await.unwrap();
    let sent = tenant.sandbox.requests().pop().unwrap();
    let condition = query.strip_prefix("User?$filter=").unwrap().split('&').next().unwrap();
    assert_eq!(sent.option("$filter"), Some(condition));
}

#[tokio::test]
async fn presence_and_enable_state_of_a_person_are_explained() {
    let tenant = Tenant::with_people(100).await;
    let active = person(&tenant, "jsmith").await;
    assert_eq!((active.presence, active.enabled), (Presence::Active, Some(true)));
    assert!(active.reasons[0].contains("status is t"), "{:?}", active.reasons);

    let inactive = person(&tenant, "gone.1").await;
    assert_eq!((inactive.presence, inactive.enabled), (Presence::Inactive, Some(false)));
    assert!(inactive.reasons[0].contains("KBA 2736579"));
    assert!(inactive.reasons.last().unwrap().contains("__ENABLE__ is false"));
    let lookup = tenant.get("gone.1").await.unwrap();
    assert_eq!(inactive.evidence, lookup.evidence, "the same evidence as that of get");

    let nobody = person(&tenant, "nobody").await;
    assert_eq!((nobody.presence, nobody.enabled), (Presence::NotFound, None));
    assert!(nobody.reasons[0].contains("no record"));
}

#[tokio::test]
async fn somebody_who_may_not_be_seen_is_explained_as_such() {
    let access = Access { population: Some("userId eq 'sfapi'".into()), ..Access::default() };
    let tenant = Tenant::start(Options { people: 100, access, ..Options::default() }).await;
    let hidden = person(&tenant, "jsmith").await;
    assert_eq!((hidden.presence, hidden.enabled), (Presence::NotPermitted, None));
    assert!(hidden.reasons[1].contains("target population"), "{:?}", hidden.reasons);
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_refused_with_the_name_of_the_attribute() {
    let tenant = Tenant::with_people(5).await;
    let filter = Filter::parse("color eq 'red'").unwrap();
    let error = explain(&tenant, Subject::Filter(filter)).await.unwrap_err();
    assert_eq!(
        (error.kind(), &error.context().attributes[0]),
        (ErrorKind::InvalidAttribute, &"color".into())
    );
}
