//! Whether somebody is there: every answer that there is, each with what proves it, and the four questions
//! of OpenIAM's notes for which it has no answer.

use connector_core::object::{AttributeDelta, Presence, special};
use connector_core::operation::{GetOutcome, GetRequest, SaveAction, SaveMode, SaveRequest};
use connector_core::{Connector, Context, ErrorKind};
use sandbox::{Access, Options};
use serde_json::{Value as Json, json};
use tests::Tenant;

/// A tenant whose API user sees nobody but `sfapi` and `cmueller`.
async fn with_population() -> Tenant {
    let population = Some("userId eq 'sfapi' or userId eq 'cmueller'".to_owned());
    let access = Access { population, ..Access::default() };
    Tenant::start(Options { people: 200, access, ..Options::default() }).await
}

/// A person with a suspended user of this id.
async fn with_suspended(uid: &str) -> Tenant {
    let tenant = Tenant::with_people(20).await;
    tenant.save(uid, &[("status", "t"), ("username", uid), ("title", "CFO")]).await.unwrap();
    tenant.suspend(uid).await.unwrap();
    tenant
}

/// Writes a record of Employee Central, as the HR department does.
async fn hr_writes(tenant: &Tenant, uri: &str, values: Json) {
    let mut record = values;
    record["__metadata"] = json!({"uri": uri});
    let head = format!("Host: localhost\nAuthorization: Bearer {}", tenant.sandbox.access_token());
    let request =
        format!("POST /odata/v2/upsert?$format=json\n{head}\nContent-Type: application/json\n\n{record}");
    let (_, body) = tenant.sandbox.ask(request.as_bytes()).await.unwrap();
    let body = String::from_utf8(body).unwrap();
    assert!(body.contains("\"OK\""), "{uri}: {body}");
}

/// A person whose users begin on these days.
async fn hire(tenant: &Tenant, person: &str, users: &[(&str, i64)]) {
    let birth = json!({"dateOfBirth": "/Date(641779200000)/", "countryOfBirth": "Germany"});
    hr_writes(tenant, &format!("PerPerson('{person}')"), birth).await;
    for (user, day) in users {
        let start = format!("/Date({day})/");
        let uri = format!("EmpEmployment(personIdExternal='{person}',userId='{user}')");
        hr_writes(tenant, &uri, json!({"startDate": start, "firstDateWorked": start})).await;
    }
}

const PAST: i64 = 1_583_150_400_000;
const FAR_AHEAD: i64 = 4_070_908_800_000;

async fn by(tenant: &Tenant, attribute: &str, value: &str) -> connector_core::Result<GetOutcome> {
    tenant.connector.get(&Context::new(), &GetRequest::new("User", value).by(attribute)).await
}

fn evidence(lookup: &GetOutcome) -> Vec<(&str, &str)> {
    lookup.evidence.iter().map(|e| (e.query.as_str(), e.answer.as_str())).collect()
}

#[tokio::test]
async fn a_hire_of_a_later_day_begins_later_and_is_not_missing() {
    let tenant = Tenant::with_people(50).await;
    hire(&tenant, "p1", &[("later", FAR_AHEAD)]).await;
    tenant.suspend("later").await.unwrap();
    let lookup = tenant.get("later").await.unwrap();
    assert_eq!(lookup.presence, Presence::FutureOnly);
    assert!(lookup.presence.exists() && !lookup.presence.is_active());
    let last = evidence(&lookup).pop().unwrap();
    assert_eq!(
        last,
        (
            "EmpEmployment?$filter=userId eq 'later'&fromDate=1900-01-01&toDate=9999-12-31",
            "an employment that begins on 2099-01-01"
        )
    );
    tenant.save("later", &[("username", "the.later")]).await.unwrap();
    assert_eq!(by(&tenant, special::NAME, "the.later").await.unwrap().presence, Presence::FutureOnly);
    // Whoever began and left is inactive.
    hire(&tenant, "p2", &[("gone", PAST)]).await;
    tenant.suspend("gone").await.unwrap();
    assert_eq!(tenant.get("gone").await.unwrap().presence, Presence::Inactive);
}

#[tokio::test]
async fn a_tenant_without_employments_still_has_an_answer() {
    let access = Access { denied_entities: vec!["EmpEmployment".into()], ..Access::default() };
    let tenant = Tenant::start(Options { people: 5, access, ..Options::default() }).await;
    let lookup = tenant.get("nobody").await.unwrap();
    assert_eq!(lookup.presence, Presence::NotFound);
    let refusal = evidence(&lookup)[2].1;
    assert!(refusal.starts_with("refused: COE0020") && refusal.contains("HRIS OData API"), "{refusal}");
    let silent = tenant.with_keys(json!({"future_hires": "no"}));
    let lookup = silent.get(&Context::new(), &GetRequest::new("User", "nobody")).await.unwrap();
    assert_eq!(lookup.evidence.len(), 2, "the key of the configuration spares the request");
}

#[tokio::test]
async fn not_permitted_to_see_is_told_from_not_found() {
    let tenant = with_population().await;
    assert_eq!(tenant.get("cmueller").await.unwrap().presence, Presence::Active);
    let hidden = tenant.get("jsmith").await.unwrap();
    assert_eq!((hidden.presence, hidden.object.is_none()), (Presence::NotPermitted, true));
    let said = evidence(&hidden);
    assert_eq!(said[0].1, "nobody");
    assert_eq!(said[1].0, "User('jsmith')");
    assert!(said[1].1.starts_with("refused: COE0020"), "{said:?}");
    assert_eq!(tenant.get("no-such-person").await.unwrap().presence, Presence::NotFound);
}

#[tokio::test]
async fn nothing_is_written_to_somebody_who_may_not_be_seen() {
    let tenant = with_population().await;
    let before = tenant.sandbox.user("jsmith");
    for result in [
        tenant.save("jsmith", &[("status", "t"), ("title", "CEO")]).await,
        tenant.suspend("jsmith").await,
        tenant.resume("jsmith").await,
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{error}");
        assert!(error.advice().unwrap().contains("target population"));
    }
    assert_eq!(tenant.requests("/upsert"), 0);
    assert_eq!(tenant.sandbox.user("jsmith"), before);
}

#[tokio::test]
async fn a_person_is_found_by_name_and_a_twin_by_case_is_somebody_else() {
    let tenant = Tenant::with_people(100).await;
    for (name, uid) in [("jsmith", "jsmith"), ("JSmith", "JSmith"), ("jürgen.müller", "cmueller")] {
        let lookup = by(&tenant, special::NAME, name).await.unwrap();
        assert_eq!(lookup.object.unwrap().uid.as_str(), uid, "{name}");
    }
    let nobody = by(&tenant, special::NAME, "JSMITH").await.unwrap();
    assert_eq!((nobody.presence, nobody.object), (Presence::NotFound, None));
    assert_eq!(tenant.requests("User/$metadata"), 1);
}

#[tokio::test]
async fn a_suspended_person_is_found_by_name_too() {
    let tenant = with_suspended("test01").await;
    let lookup = by(&tenant, "username", "test01").await.unwrap();
    assert_eq!(lookup.presence, Presence::Inactive);
    assert_eq!(evidence(&lookup)[0].1, "test01, status f: inactive");
}

#[tokio::test]
async fn several_people_of_one_name_are_ambiguous_and_none_is_chosen() {
    let tenant = Tenant::with_people(30).await;
    for uid in ["a1", "a2"] {
        let person = [("status", "t"), ("username", uid), ("lastName", "Ambiguously")];
        tenant.save(uid, &person).await.unwrap();
    }
    tenant.suspend("a2").await.unwrap();
    let lookup = by(&tenant, "lastName", "Ambiguously").await.unwrap();
    assert_eq!((lookup.presence, lookup.object.is_none()), (Presence::Ambiguous, true));
    assert!(!lookup.presence.exists());
    assert_eq!(lookup.candidates, ["a1".into(), "a2".into()]);
    assert_eq!(evidence(&lookup)[0].1, "2 people: a1, status t: active; a2, status f: inactive");
}

/// A person who came back has a second user; the person's id alone does not say which is meant (KBA 3708971).
#[tokio::test]
async fn two_users_of_one_person_are_ambiguous() {
    let tenant = Tenant::with_people(50).await;
    hire(&tenant, "p9", &[("first9", PAST)]).await;
    let lookup = by(&tenant, "personIdExternal", "p9").await.unwrap();
    assert_eq!(lookup.object.unwrap().uid.as_str(), "first9");
    hire(&tenant, "p9", &[("second9", PAST)]).await;
    let lookup = by(&tenant, "personIdExternal", "p9").await.unwrap();
    assert_eq!(lookup.presence, Presence::Ambiguous);
    assert_eq!(lookup.candidates, ["first9".into(), "second9".into()]);
    assert_eq!(by(&tenant, "personIdExternal", "p0").await.unwrap().presence, Presence::NotFound);
}

#[tokio::test]
async fn what_would_read_everybody_is_no_look_up() {
    let tenant = Tenant::with_people(5).await;
    let error = by(&tenant, "email", "x@acme.example").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(tenant.requests("/odata/v2/User?"), 0);
}

#[tokio::test]
async fn a_field_that_the_role_lacks_is_refused_by_name_and_the_person_is_found_all_the_same() {
    let access = Access { hidden_fields: vec!["User/email".into()], ..Access::default() };
    let tenant = Tenant::start(Options { people: 100, access, ..Options::default() }).await;
    assert_eq!(tenant.get("jsmith").await.unwrap().presence, Presence::Active);
    let request =
        GetRequest { attributes_to_get: Some(vec!["email".into()]), ..GetRequest::new("User", "jsmith") };
    let error = tenant.connector.get(&Context::new(), &request).await.unwrap_err();
    assert_eq!(
        (error.kind(), &error.context().attributes[0]),
        (ErrorKind::InvalidAttribute, &"email".into())
    );
}

/// "I'm trying to get a user after sending SUSPEND, and got an empty value. Why can a user with status f not be
/// returned?" They can, by every way.
#[tokio::test]
async fn question_1_a_suspended_person_is_returned_and_said_to_be_inactive() {
    let tenant = with_suspended("test01").await;
    let lookup = tenant.get("test01").await.unwrap();
    assert_eq!(lookup.presence, Presence::Inactive);
    assert_eq!(lookup.object.as_ref().unwrap().first("status"), Some(&"f".into()));
    assert_eq!(evidence(&lookup)[0].1, "status f: inactive");
    assert_eq!(tenant.search("status eq 'f' and userId eq 'test01'").await.unwrap().uids(), ["test01"]);
}

/// "The target holds test01, suspended; the host does not know them and provisions a new test01. An error? Are
/// suspended users overridden?" An error for who wants a new person, and never a silent revival.
#[tokio::test]
async fn question_2_a_new_person_under_the_id_of_a_suspended_one_is_refused() {
    let tenant = with_suspended("test01").await;
    let deltas = vec![AttributeDelta::set("title", "Trainee"), AttributeDelta::set("status", "t")];
    let request = SaveRequest::new("User", "test01", deltas).with_mode(SaveMode::Create);
    let error = tenant.connector.save(&Context::new(), &request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert_eq!(tenant.sandbox.user("test01").unwrap()["title"], "CFO");
    let outcome = tenant.save("test01", &[("title", "Trainee")]).await.unwrap();
    assert_eq!((outcome.action, outcome.presence), (SaveAction::Updated, Presence::Inactive));
    let outcome = tenant.save("test01", &[("status", "t")]).await.unwrap();
    assert_eq!((outcome.action, outcome.presence_before), (SaveAction::Revived, Presence::Inactive));
}

/// "We cannot synchronize a suspended user; we do not know whether they are suspended or do not exist." The
/// import carries them with their status, and `get` tells the two apart.
#[tokio::test]
async fn question_3_an_import_carries_who_is_suspended_and_get_tells_them_from_the_missing() {
    let tenant = with_suspended("test01").await;
    let found = tenant.import().await.unwrap();
    let person = found.objects.iter().find(|person| person.uid.as_str() == "test01").unwrap();
    assert_eq!(person.first(special::ENABLE), Some(&false.into()));
    assert_eq!(tenant.get("test01").await.unwrap().presence, Presence::Inactive);
    assert_eq!(tenant.get("test02").await.unwrap().presence, Presence::NotFound);
}

/// "Different actions for: in both, in the host only, in SuccessFactors but disabled. Do we create users, or
/// delete them?" Each case has an answer of its own, and two more that nobody should take for "missing".
#[tokio::test]
async fn question_4_every_case_of_a_reconciliation_has_its_own_answer() {
    let tenant = with_suspended("suspended").await;
    tenant.save("both", &[("status", "t"), ("username", "both")]).await.unwrap();
    hire(&tenant, "p1", &[("later", FAR_AHEAD)]).await;
    tenant.suspend("later").await.unwrap();
    let presence = async |uid: &str| tenant.get(uid).await.unwrap().presence;
    assert_eq!(presence("both").await, Presence::Active);
    assert_eq!(presence("suspended").await, Presence::Inactive);
    assert_eq!(presence("later").await, Presence::FutureOnly);
    assert_eq!(presence("host-only").await, Presence::NotFound);
    assert_eq!(with_population().await.get("jsmith").await.unwrap().presence, Presence::NotPermitted);
}
