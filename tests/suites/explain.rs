//! What a search would ask, and how the state of a person comes about.

use connector_core::object::{Attribute, AttributeDelta, Change, Presence, Value, special};
use connector_core::operation::{
    ExplainRequest, Explanation, FilterExplanation, ObjectExplanation, SaveAction, SaveExplanation, SaveMode,
    SaveRequest, Subject,
};
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

/// What was sent to write, as the tenant got it: method, address, and the body, which is as long as it was said to be.
fn written(tenant: &Tenant) -> Vec<(String, String, String)> {
    let requests = tenant.sandbox.requests().into_iter();
    let writes = requests.filter(|r| r.path.ends_with("/upsert") || r.path.ends_with("/updateStaticGroup"));
    let sent = writes.map(|request| {
        let body = request.body.map(|json| json.to_string()).unwrap_or_default();
        let length = request.headers.iter().find(|(name, _)| name == "content-length");
        let length = length.map_or(0, |(_, length)| length.parse().unwrap());
        assert_eq!(body.len(), length, "{body}");
        (request.method, format!("{}?{}", request.path, request.raw_query), body)
    });
    sent.collect()
}

async fn dry_run(tenant: &Tenant, request: &SaveRequest) -> Result<SaveExplanation> {
    match tenant.connector.explain(&Context::new(), &ExplainRequest::from(request.clone())).await? {
        Explanation::Save(explained) => Ok(explained),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_dry_run_prints_the_very_bytes_that_the_save_then_sends() {
    let tenant = Tenant::with_people(60).await;
    let groups = Change::Modify { add: vec!["3605".into()], remove: vec!["3604".into()] };
    let changes = vec![
        AttributeDelta::set("title", "CTO of \"Zoë\" / 🙂"),
        AttributeDelta::set("hireDate", Value::Date("2024-01-31".parse().unwrap())),
        AttributeDelta::set("manager", Value::reference("User", "jsmith")),
        AttributeDelta::clear("department"),
        AttributeDelta::set(special::ENABLE, false),
        AttributeDelta { name: "groups".into(), change: groups },
    ];
    let new = |name: &str| vec![AttributeDelta::set("username", name), AttributeDelta::set("status", "t")];
    for request in [
        SaveRequest::new("User", "cmueller", changes),
        SaveRequest::new("User", "new/one'", new("new.one")),
        SaveRequest::new(
            "DynamicGroup",
            "3605",
            vec![AttributeDelta::replace("members", vec!["wang.xm".into()])],
        ),
    ] {
        tenant.sandbox.clear_requests();
        let explained = dry_run(&tenant, &request).await.unwrap();
        assert_eq!(written(&tenant), [], "a dry run sends nothing");
        let outcome = tenant.connector.save(&Context::new(), &request).await.unwrap();
        let planned = explained
            .records
            .iter()
            .map(|record| (record.method.clone(), record.path.clone(), record.body.clone()));
        assert_eq!(planned.collect::<Vec<_>>(), written(&tenant));
        let keys =
            |entity: &str, key: &std::collections::BTreeMap<String, String>| (entity.to_owned(), key.clone());
        let parts: Vec<_> = outcome.parts.iter().map(|part| keys(&part.entity, &part.key)).collect();
        let records: Vec<_> =
            explained.records.iter().map(|record| keys(&record.entity, &record.key)).collect();
        assert_eq!((records, explained.action, explained.changed), (parts, outcome.action, outcome.changed));
        let again = dry_run(&tenant, &request).await.unwrap();
        assert_eq!((again.action, again.records.len()), (SaveAction::Unchanged, 0));
    }
}

#[tokio::test]
async fn a_dry_run_shows_no_password_and_refuses_what_the_save_would_refuse() {
    let tenant = Tenant::with_people(60).await;
    let secret = AttributeDelta::set(special::PASSWORD, Value::Secret("S3cret-of-Zoe".into()));
    let explained = dry_run(&tenant, &SaveRequest::new("User", "jsmith", vec![secret])).await.unwrap();
    assert!(!format!("{explained:?}").contains("S3cret"), "{explained:?}");
    assert_eq!(explained.records[0].redacted, ["password"]);
    assert!(explained.records[0].body.contains(r#""password":"[redacted]""#), "{explained:?}");
    let twice = SaveRequest::new("User", "jsmith", Vec::new()).with_mode(SaveMode::Create);
    assert_eq!(dry_run(&tenant, &twice).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
    let dynamic = AttributeDelta {
        name: "members".into(),
        change: Change::Modify { add: vec!["jsmith".into()], remove: vec![] },
    };
    let error = dry_run(&tenant, &SaveRequest::new("DynamicGroup", "3601", vec![dynamic])).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidAttribute);
}

/// A precondition: what somebody else changed meanwhile is not written over.
#[tokio::test]
async fn a_save_that_expects_something_else_writes_nothing() {
    let tenant = Tenant::with_people(60).await;
    let request = |expected: Vec<Attribute>| {
        SaveRequest::new("User", "jsmith", vec![AttributeDelta::set("title", "CTO")]).expecting(expected)
    };
    tenant.save("jsmith", &[("title", "CFO")]).await.unwrap();
    for (expected, differs) in [
        (vec![Attribute::single("title", "CEO"), Attribute::single("status", "active")], "title"),
        (vec![Attribute::single("title", "CFO"), Attribute::single(special::ENABLE, false)], special::ENABLE),
        (vec![Attribute::new("groups", Vec::new())], "groups"),
        // One that is named twice is not two.
        (vec![Attribute::new("groups", vec!["3604".into(), "3604".into()])], "groups"),
    ] {
        tenant.sandbox.clear_requests();
        let error = tenant.connector.save(&Context::new(), &request(expected)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PreconditionFailed, "{error}");
        assert_eq!(error.context().attributes, [differs.into()], "{error}");
        assert_eq!(written(&tenant), []);
    }
    let as_it_is = vec![Attribute::single("title", "CFO"), Attribute::single(special::ENABLE, true)];
    tenant.connector.save(&Context::new(), &request(as_it_is)).await.unwrap();
    assert_eq!(written(&tenant).len(), 1);
}
