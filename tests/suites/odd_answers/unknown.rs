//! What a tenant does not say is not known, and is never taken for empty, for inactive, or for UTC.

use connector_core::object::{AttributeDelta, Change, Presence, special};
use connector_core::operation::{
    ExplainRequest, Explanation, GetRequest, ImportRequest, ObjectId, SaveAction, SaveRequest, SearchRequest,
    Subject,
};
use connector_core::{Connector, Context, ErrorKind, Filter};
use serde_json::{Value as Json, json};
use tests::collect;

use super::tenant::{Answer, Odd, PROPERTIES, metadata, page, refusal};

fn person(status: &str) -> Json {
    json!({"userId": "a", "username": "a", "status": status, "lastName": "Doe", "title": null,
        "lastModified": "/Date(1609841783000)/", "lastModifiedDateTime": "/Date(1609859783000+0000)/", "manager": null})
}

/// A tenant with one person, who has no employment.
async fn with(person: Json) -> Odd {
    Odd::people(move |asked| match asked {
        _ if asked.contains("EmpEmployment") => page(&[]).into(),
        _ if asked.starts_with("POST") => {
            json!({"d": [{"key": "a", "status": "OK", "editStatus": "UPSERTED", "httpCode": 200, "index": 0}]})
                .to_string()
                .into()
        }
        _ => page(std::slice::from_ref(&person)).into(),
    })
    .await
}

async fn written(tenant: &Odd, deltas: Vec<AttributeDelta>) -> connector_core::Result<Vec<String>> {
    let request = SaveRequest::new("User", "a", deltas);
    let outcome = tenant.connector().save(&Context::new(), &request).await?;
    assert_eq!(outcome.action, SaveAction::Updated);
    Ok(outcome.notices)
}

#[tokio::test]
async fn a_status_of_several_letters_or_an_unknown_one_is_neither_active_nor_inactive() {
    for status in ["tf", "x", "v", "active"] {
        let tenant = with(person(status)).await;
        let found = tenant.connector().get(&Context::new(), &GetRequest::new("User", "a")).await.unwrap();
        assert_eq!(found.presence, Presence::Unknown, "{status}");
        assert!(found.presence.exists() && !found.presence.is_active() && !found.presence.is_inactive());
        let person = found.object.unwrap();
        assert_eq!(person.first("status"), Some(&status.into()));
        assert_eq!(person.attribute(special::ENABLE), None);
        assert_eq!(found.evidence[0].answer, format!("status '{status}': in a state that is not known"));
        for filter in ["__ENABLE__ eq true", "__ENABLE__ eq false", "__ENABLE__ ne false"] {
            let search = SearchRequest::new("User").with_filter(Filter::parse(filter).unwrap());
            let found = collect(tenant.connector().search(&Context::new(), search)).await.unwrap();
            assert!(found.objects.is_empty() && found.problems.is_empty(), "{status} {filter}");
        }
        let everybody = tenant.connector().import(&Context::new(), ImportRequest::new("User"));
        let found = collect(everybody).await.unwrap();
        assert_eq!((found.objects.len(), found.summary.import.unwrap().inactive), (1, 0), "{status}");
        let request = ExplainRequest { object_class: "User".into(), subject: Subject::Uid("a".into()) };
        let explained = tenant.connector().explain(&Context::new(), &request).await.unwrap();
        let Explanation::Object(explained) = explained else { panic!("a person was asked about") };
        assert_eq!((explained.presence, explained.enabled), (Presence::Unknown, None));
        assert!(explained.reasons[0].contains(&format!("'{status}'")), "{:?}", explained.reasons);
    }
}

#[tokio::test]
async fn nobody_whose_status_is_not_known_is_switched_on_or_off_and_a_status_can_be_given() {
    let tenant = with(person("tf")).await;
    let id = ObjectId::new("User", "a");
    for result in [
        tenant.connector().suspend(&Context::new(), &id).await,
        tenant.connector().resume(&Context::new(), &id).await,
        tenant.connector().delete(&Context::new(), &id).await,
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAttribute, "{error}");
        assert!(error.message().contains("'tf'"), "{error}");
    }
    assert!(tenant.asked("POST").is_empty());
    let notices = written(&tenant, vec![AttributeDelta::set("status", "f")]).await.unwrap();
    assert!(!notices.iter().any(|notice| notice.contains("is inactive")), "{notices:?}");
    assert!(tenant.asked("POST")[0].contains(r#""status":"f""#));
}

#[tokio::test]
async fn an_attribute_that_did_not_come_is_left_out_and_named_once() {
    let mut without = person("t");
    without.as_object_mut().unwrap().retain(|name, _| !["title", "manager"].contains(&name.as_str()));
    let tenant = with(without).await;
    let found = tenant.connector().get(&Context::new(), &GetRequest::new("User", "a")).await.unwrap();
    let object = found.object.unwrap();
    assert!(object.attribute("title").is_none() && object.attribute("manager").is_none());
    assert_eq!(found.withheld, ["title".into(), "manager".into()]);
    let counted = [("title".into(), 1), ("manager".into(), 1)].into();
    let search = tenant.connector().search(&Context::new(), SearchRequest::new("User"));
    assert_eq!(collect(search).await.unwrap().summary.withheld, counted);
    let import = tenant.connector().import(&Context::new(), ImportRequest::new("User"));
    assert_eq!(collect(import).await.unwrap().summary.withheld, counted);
    let shown = with(person("t")).await;
    let found = shown.connector().get(&Context::new(), &GetRequest::new("User", "a")).await.unwrap();
    assert!(found.withheld.is_empty() && found.object.unwrap().attribute("title").unwrap().values.is_empty());
}

#[tokio::test]
async fn whoever_is_neither_active_nor_inactive_has_not_left_a_filter_that_asks() {
    let tenant = with(person("tf")).await;
    let filter = Some(Filter::parse("__ENABLE__ eq true").unwrap());
    let request = ImportRequest { filter, missing: vec!["a".into()], ..ImportRequest::new("User") };
    let found = collect(tenant.connector().import(&Context::new(), request.clone())).await.unwrap();
    assert_eq!((found.objects.len(), found.gone.len(), found.problems.len()), (0, 0, 0));
    let nobody = Odd::people(|asked| {
        page(&if asked.contains("userId eq 'a'") { vec![person("tf")] } else { vec![] }).into()
    });
    let found = collect(nobody.await.connector().import(&Context::new(), request)).await.unwrap();
    assert_eq!((found.objects.len(), found.gone.len()), (0, 0));
}

/// Whoever cannot be judged by a filter is no member that left: the host would let go of everybody.
#[tokio::test]
async fn a_filter_on_what_did_not_come_is_a_problem_of_the_record_and_nobody_is_gone() {
    let mut without = person("t");
    without.as_object_mut().unwrap().remove("title");
    let tenant = with(without).await;
    let filter = Some(Filter::parse("title eq 'CFO'").unwrap());
    let request = ImportRequest { filter, missing: vec!["a".into()], ..ImportRequest::new("User") };
    let found = collect(tenant.connector().import(&Context::new(), request)).await.unwrap();
    assert_eq!((found.objects.len(), found.gone.len(), found.problems.len()), (0, 0, 1));
    assert!(found.problems[0].message().contains("without title"), "{}", found.problems[0]);
}

#[tokio::test]
async fn what_is_not_shown_is_not_taken_for_cleared() {
    let mut without = person("t");
    without.as_object_mut().unwrap().remove("title");
    let tenant = with(without).await;
    let notices = written(&tenant, vec![AttributeDelta::clear("title")]).await.unwrap();
    assert!(tenant.asked("POST")[0].contains(r#""title":null"#), "{:?}", tenant.asked("POST"));
    assert!(notices.iter().any(|notice| notice.contains("does not show title")), "{notices:?}");
    let less = Change::Modify { add: Vec::new(), remove: vec!["CFO".into()] };
    let delta = AttributeDelta { name: "title".into(), change: less };
    let error = written(&tenant, vec![delta]).await.unwrap_err();
    assert_eq!((error.kind(), tenant.asked("POST").len()), (ErrorKind::InvalidAttribute, 1), "{error}");
    let shown = with(person("t")).await;
    let request = SaveRequest::new("User", "a", vec![AttributeDelta::clear("title")]);
    let outcome = shown.connector().save(&Context::new(), &request).await.unwrap();
    assert_eq!((outcome.action, shown.asked("POST").len()), (SaveAction::Unchanged, 0));
}

/// A pre-hire is in state t, f or e, as Microsoft's provisioning finds them.
#[tokio::test]
async fn whoever_begins_later_does_so_whatever_their_status() {
    for status in ["t", "f", "e", "d"] {
        let row = person(status);
        let tenant = Odd::people(move |asked| match asked.contains("EmpEmployment") {
            true => page(&[json!({"userId": "a", "startDate": "/Date(4070908800000)/"})]).into(),
            false => page(std::slice::from_ref(&row)).into(),
        })
        .await;
        let found = tenant.connector().get(&Context::new(), &GetRequest::new("User", "a")).await.unwrap();
        assert_eq!(found.presence, Presence::FutureOnly, "{status}");
        assert_eq!(found.evidence.last().unwrap().answer, "an employment that begins on 2099-01-01");
        assert_eq!(
            found.object.unwrap().first(special::ENABLE),
            Some(&(["t", "e"].contains(&status)).into())
        );
        let spared = tenant.with_keys(json!({"future_hires": "no"}));
        let found = spared.get(&Context::new(), &GetRequest::new("User", "a")).await.unwrap();
        assert_ne!(found.presence, Presence::FutureOnly);
        assert_eq!(tenant.asked("EmpEmployment").len(), 1);
    }
}

#[tokio::test]
async fn a_tenant_without_employments_is_asked_for_them_once() {
    let row = person("t");
    let tenant = Odd::people(move |asked| match asked.contains("EmpEmployment") {
        true => refusal("COE_ENTITY_NOT_FOUND", "[COE0007]Entity EmpEmployment is not found"),
        false => page(std::slice::from_ref(&row)).into(),
    })
    .await;
    let connector = tenant.connector();
    for _ in 0..3 {
        let found = connector.get(&Context::new(), &GetRequest::new("User", "a")).await.unwrap();
        assert_eq!(found.presence, Presence::Active);
        assert!(found.evidence[1].answer.starts_with("refused: COE0007"), "{:?}", found.evidence);
    }
    assert_eq!(tenant.asked("EmpEmployment").len(), 1);
}

#[tokio::test]
async fn links_that_are_not_in_the_metadata_and_not_there_are_gone_without() {
    let without_navigations = || metadata(PROPERTIES, "");
    for texts in [
        ["Invalid property names: User/manager.", "Invalid property names: User/hr."],
        ["Invalid navigation.", "Invalid navigation."],
        ["Invalid property names: User/hr, User/manager. Please check", ""],
    ] {
        let row = person("t");
        let tenant = Odd::with_metadata(without_navigations(), move |asked| match asked {
            _ if asked.contains("EmpEmployment") => page(&[]).into(),
            _ if asked.contains("$expand=manager") => {
                refusal("COE_PROPERTY_NOT_FOUND", &format!("[COE0021]{}", texts[0]))
            }
            _ if asked.contains("$expand=hr") => {
                refusal("COE_PROPERTY_NOT_FOUND", &format!("[COE0021]{}", texts[1]))
            }
            _ => page(std::slice::from_ref(&row)).into(),
        })
        .await;
        for by in [special::UID, "username"] {
            let request = GetRequest::new("User", "a").by(by);
            let found = tenant.connector().get(&Context::new(), &request).await.unwrap();
            assert_eq!(found.presence, Presence::Active, "{texts:?} {by}");
        }
        let search = tenant.connector().search(&Context::new(), SearchRequest::new("User"));
        assert_eq!(collect(search).await.unwrap().objects.len(), 1, "{texts:?}");
        let import = tenant.connector().import(&Context::new(), ImportRequest::new("User"));
        assert_eq!(collect(import).await.unwrap().objects.len(), 1, "{texts:?}");
    }
}

#[tokio::test]
async fn an_address_without_metadata_is_a_wrong_address_and_nobody_is_missing_for_it() {
    let tenant = Odd::start(|_| Answer::from("").status(404)).await;
    let error = tenant.connector().get(&Context::new(), &GetRequest::new("User", "a")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    assert!(error.message().contains("User/$metadata") && error.advice().is_some(), "{error}");
}

#[tokio::test]
async fn a_time_stamp_of_another_type_is_named_as_what_hinders_a_delta() {
    let properties: Vec<_> = PROPERTIES
        .iter()
        .map(|(name, edm)| (*name, if *name == "lastModifiedDateTime" { "DateTime" } else { *edm }))
        .collect();
    let tenant = Odd::with_metadata(metadata(&properties, ""), |_| page(&[]).into()).await;
    let request = ImportRequest::new("User").token_only();
    let error = collect(tenant.connector().import(&Context::new(), request)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.message().contains("is an Edm.DateTime"), "{error}");
}

/// The same instant in two properties of a tenant at GMT-5 (KBA 2933028).
#[tokio::test]
async fn a_time_without_an_offset_is_shown_in_the_zone_that_the_tenant_names_or_the_configured_one() {
    let named = |zone: &'static str| async move {
        let row = person("t");
        Odd::people(move |_| {
            let answer = Answer::from(page(std::slice::from_ref(&row)));
            if zone.is_empty() { answer } else { answer.header("sfodataservertimezone", zone) }
        })
        .await
    };
    let shown = async |tenant: &Odd, keys: Json| {
        let search = tenant.with_keys(keys).search(&Context::new(), SearchRequest::new("User"));
        let found = collect(search).await.unwrap();
        let person = &found.objects[0];
        let times =
            ["lastModified", "lastModifiedDateTime"].map(|name| person.first(name).unwrap().to_string());
        (times, found.summary.notices)
    };
    let absolute = "2021-01-05T15:16:23Z";
    let in_new_york = ["2021-01-05T10:16:23-05:00", absolute].map(str::to_owned);
    let tenant = named("America/New_York").await;
    assert_eq!(shown(&tenant, json!({})).await, (in_new_york.clone(), Vec::new()));
    for zone in ["", "Middle-earth"] {
        let tenant = named(zone).await;
        let (times, notices) = shown(&tenant, json!({})).await;
        assert_eq!(times, ["2021-01-05T10:16:23Z", absolute].map(str::to_owned));
        assert!(notices.len() == 1 && notices[0].contains("taken for UTC: lastModified"), "{notices:?}");
        let configured = shown(&tenant, json!({"tenant_time_zone": "America/New_York"})).await;
        assert_eq!(configured, (in_new_york.clone(), Vec::new()));
    }
    let filter = Filter::parse("lastModified ge '2021-01-05T15:16:23Z'").unwrap();
    let search = SearchRequest::new("User").with_filter(filter);
    let found = collect(tenant.connector().search(&Context::new(), search)).await.unwrap();
    assert_eq!(found.objects.len(), 1);
    let question = tenant.asked("lastModified ge").pop().unwrap();
    assert!(question.contains("datetime'2021-01-05T03:16:23'"), "{question}");
}

#[tokio::test]
async fn a_user_id_that_comes_as_a_number_is_the_uid_digit_by_digit() {
    let digits = "12345678901234567891";
    let row = format!(r#"{{"d":{{"results":[{{"userId":{digits},"username":"n","status":"t"}}]}}}}"#);
    let tenant = Odd::people(move |_| row.as_str().into()).await;
    let search = tenant.connector().search(&Context::new(), SearchRequest::new("User"));
    assert_eq!(collect(search).await.unwrap().uids(), [digits]);
}
