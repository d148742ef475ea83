//! A tenant in trouble: what is repeated, what is not, and what the caller is told.

use std::time::Duration;

use connector_core::object::AttributeDelta;
use connector_core::operation::{GetRequest, ImportRequest, ResetPasswordRequest, SaveAction, SaveRequest};
use connector_core::{Connector, Context, Effect, ErrorKind, Retry};
use connector_sfsf::SuccessFactorsConnector;
use serde_json::json;
use tests::{Canned, Proxy, Script, Tenant, Trouble, collect};

const READS: &str = "GET /odata/v2/User?";
const WRITES: &str = "POST /odata/v2/upsert";

async fn with_person(uid: &str) -> Tenant {
    let tenant = Tenant::with_people(10).await;
    tenant.save(uid, &[("status", "t"), ("username", uid)]).await.unwrap();
    tenant
}

#[tokio::test]
async fn a_read_survives_what_passes() {
    for fault in [
        "throttle=0",
        "unavailable=0",
        "html=502",
        "html=503",
        "html=504",
        "cut-before",
        "cut-middle",
        "truncate",
    ] {
        let tenant = Tenant::with_people(10).await;
        tenant.fault(&format!("{fault}:{READS}*1"));
        let found = tenant.import().await.unwrap_or_else(|error| panic!("{fault}: {error}"));
        assert_eq!((found.objects.len(), found.summary.cost.retries), (10, 1), "{fault}");
    }
}

#[tokio::test]
async fn seven_troubles_have_seven_messages() {
    let cases = [
        ("throttle=300", ErrorKind::RateLimited, "300 s"),
        ("unavailable=300", ErrorKind::Unavailable, "generating its metadata"),
        ("html=502", ErrorKind::Unavailable, "HTTP 502 with a web page"),
        ("maintenance", ErrorKind::Unavailable, "HTTP 503"),
        ("truncate", ErrorKind::TargetProtocol, "not complete JSON"),
        ("cut-before", ErrorKind::ConnectionBroken, "connection to the tenant broke"),
        ("expire-tokens", ErrorKind::ServiceAuth, "access token"),
    ];
    let mut messages = Vec::new();
    for (fault, kind, text) in cases {
        let tenant = Tenant::with_people(10).await;
        let connector = tenant.with_keys(json!({"max_attempts": 1}));
        tenant.fault(&format!("{fault}:{READS}"));
        let error = collect(connector.import(&Context::new(), ImportRequest::new("User"))).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{fault}: {error}");
        assert!(error.to_string().contains(text), "{fault}: {error}");
        assert!(!error.to_string().contains("$filter") && !error.to_string().contains("<html"), "{error}");
        messages.push(error.message().to_owned());
    }
    messages.sort();
    messages.dedup();
    assert_eq!(messages.len(), 7);
}

#[tokio::test]
async fn a_wait_that_is_longer_than_allowed_is_reported_and_not_sat_out() {
    let tenant = Tenant::with_people(10).await;
    tenant.fault(&format!("throttle=1000000000:{READS}"));
    let error = tenant.import().await.unwrap_err();
    assert_eq!(error.retry(), Retry::Later { after: Some(Duration::from_secs(1_000_000_000)) });
    assert_eq!(tenant.requests("/odata/v2/User"), 2, "the metadata and one attempt");
}

#[tokio::test]
async fn an_outage_in_the_middle_of_an_import_loses_and_repeats_nobody() {
    let tenant = Tenant::with_people(3000).await;
    tenant.fault("cut-middle:skiptoken*1");
    tenant.fault("html=503:skiptoken*1");
    let found = tenant.import().await.unwrap();
    let mut uids = found.uids();
    uids.dedup();
    assert_eq!(uids.len(), 3000);
}

#[tokio::test]
async fn a_token_that_expires_in_the_middle_of_an_import_is_not_noticed() {
    let tenant = Tenant::with_people(3000).await;
    tenant.fault("expire-tokens:skiptoken*1");
    assert_eq!(tenant.import().await.unwrap().objects.len(), 3000);
    assert_eq!(tenant.requests("/oauth/token"), 2);
}

#[tokio::test]
async fn one_bad_record_does_not_spoil_its_page() {
    let tenant = Tenant::with_people(100).await;
    tenant.fault(&format!("bad-record:{READS}"));
    let found = tenant.import().await.unwrap();
    assert_eq!((found.objects.len(), found.problems.len(), found.summary.problems), (99, 1, 1));
}

#[tokio::test]
async fn a_next_page_elsewhere_or_in_circles_is_an_error_and_no_end() {
    // A link to another host is followed on the configured one, and the injected one never ends: by key everybody is read
    // before that is found out.
    for (fault, most) in [("foreign-next", 6), ("loop-next", 4)] {
        let tenant = Tenant::with_people(3000).await;
        tenant.fault(&format!("{fault}:{READS}"));
        let error = tenant.import().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{fault}");
        assert!(tenant.requests("/odata/v2/User") <= most, "{fault}");
    }
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_read_back_and_not_repeated() {
    let tenant = with_person("zoe").await;
    tenant.fault(&format!("cut-after:{WRITES}*1"));
    let outcome = tenant.save("zoe", &[("title", "CTO")]).await.unwrap();
    assert_eq!(outcome.action, SaveAction::Updated);
    assert!(outcome.notices.iter().any(|notice| notice.contains("the change had been made")));
    assert_eq!(tenant.requests("upsert"), 2, "the creation and one update");
}

#[tokio::test]
async fn a_write_that_never_arrived_is_read_back_and_sent_again() {
    let tenant = with_person("zoe").await;
    tenant.fault(&format!("cut-before:{WRITES}*1"));
    let outcome = tenant.save("zoe", &[("title", "CTO")]).await.unwrap();
    assert_eq!((outcome.action, tenant.requests("upsert")), (SaveAction::Updated, 3));
    assert!(outcome.notices.iter().any(|notice| notice.contains("sent again")), "{:?}", outcome.notices);
    assert_eq!(tenant.sandbox.user("zoe").unwrap()["title"], "CTO");
}

#[tokio::test]
async fn a_lost_answer_to_a_creation_does_not_create_twice() {
    let tenant = Tenant::with_people(10).await;
    tenant.fault(&format!("cut-after:{WRITES}*1"));
    let outcome = tenant.save("zoe", &[("status", "t"), ("username", "zoe")]).await.unwrap();
    assert_eq!((outcome.action, tenant.requests("upsert")), (SaveAction::Created, 1));
}

#[tokio::test]
async fn a_password_whose_answer_is_lost_is_reported_as_unknown() {
    let tenant = with_person("zoe").await;
    tenant.fault(&format!("cut-after:{WRITES}*1"));
    let error = tenant.save("zoe", &[("__PASSWORD__", "N3w-Pass-Phrase")]).await.unwrap_err();
    assert_eq!(error.effect(), Effect::Unknown);
    assert_eq!(tenant.requests("upsert"), 2, "nobody can see whether it was set, so it is not sent again");
}

/// A connector that reaches a tenant through a proxy, and the proxy.
async fn behind_a_proxy(tenant: &Tenant, script: Script) -> (SuccessFactorsConnector, Proxy) {
    let proxy = Proxy::start(&tenant.sandbox, script).await;
    (tenant.with_keys(json!({"url": proxy.url()})), proxy)
}

fn save(uid: &str, name: &str, value: &str) -> SaveRequest {
    SaveRequest::new("User", uid, vec![AttributeDelta::set(name, value)])
}

#[tokio::test]
async fn a_500_with_an_error_body_is_an_answer_and_not_a_lost_one() {
    // KBA 2994898
    let refused = Trouble::Answered(Canned::Refused500);
    let tenant = with_person("zoe").await;
    let (connector, proxy) = behind_a_proxy(&tenant, Script::write(1, refused, Some(refused))).await;
    let error = connector.save(&Context::new(), &save("zoe", "title", "CTO")).await.unwrap_err();
    assert_eq!((error.effect(), error.retry(), proxy.writes()), (Effect::NotApplied, Retry::Never, 1));
    let text = error.to_string();
    assert!(text.contains("Invalid property value") && !text.contains("lost"), "{text}");
    assert_eq!(error.target().unwrap().code.as_deref(), Some("COE0019"));

    let (connector, proxy) = behind_a_proxy(&tenant, Script::write(1, refused, Some(refused))).await;
    let request = ResetPasswordRequest {
        object_class: "User".into(),
        uid: "zoe".into(),
        new_password: "N3w-Pass-Phrase".into(),
    };
    let error = connector.reset_password(&Context::new(), &request).await.unwrap_err();
    assert_eq!((error.effect(), proxy.writes()), (Effect::NotApplied, 1), "{error}");
    let text = error.to_string();
    assert!(text.contains("Invalid property value") && !text.contains("may or may not"), "{text}");
}

#[tokio::test]
async fn a_label_that_a_picklist_does_not_have_is_refused_with_the_language_that_it_was_read_in() {
    let tenant = with_person("zoe").await;
    let api_user = tenant.sandbox.user_id().to_owned();
    tenant.connector.save(&Context::new(), &save(&api_user, "defaultLocale", "ja_JP")).await.unwrap();
    let refused = Trouble::Answered(Canned::RowLabel);
    let (connector, _proxy) = behind_a_proxy(&tenant, Script::write(1, refused, None)).await;
    let error = connector.save(&Context::new(), &save("zoe", "title", "Kaiser")).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::InvalidAttribute, Effect::NotApplied));
    assert!(error.advice().unwrap().starts_with("labels count in ja_JP, the language of"), "{error}");

    tenant.connector.save(&Context::new(), &save(&api_user, "defaultLocale", "")).await.unwrap();
    let (connector, _proxy) = behind_a_proxy(&tenant, Script::write(1, refused, None)).await;
    let error = connector.save(&Context::new(), &save("zoe", "title", "Kaiser")).await.unwrap_err();
    assert!(error.advice().unwrap().contains("(its defaultLocale)"), "nobody knows it: {error}");
}

#[tokio::test]
async fn a_500_without_an_error_body_is_settled_by_reading_back() {
    let tenant = with_person("zoe").await;
    for (canned, title) in [(Canned::Empty500, "CTO"), (Canned::Cut500, "CFO")] {
        let script = Script::write(1, Trouble::Hidden(canned), None);
        let (connector, proxy) = behind_a_proxy(&tenant, script).await;
        let outcome = connector.save(&Context::new(), &save("zoe", "title", title)).await.unwrap();
        let notices = outcome.notices;
        assert!(notices.iter().any(|notice| notice.contains("had been made")), "{notices:?}");
        assert_eq!(proxy.writes(), 1);
        assert_eq!(tenant.sandbox.user("zoe").unwrap()["title"], title);
    }
}

#[tokio::test]
async fn a_late_write_whose_repeat_is_refused_is_found_or_unknown() {
    let tenant = with_person("zoe").await;
    for refusal in [Canned::RowDuplicate, Canned::RowRefused, Canned::ThrottledLong, Canned::Forbidden403] {
        tenant.save("zoe", &[("title", "Old")]).await.unwrap();
        // It is made after everything.
        let script = |loss| Script::write(1, loss, Some(Trouble::Answered(refusal)));
        let (connector, proxy) = behind_a_proxy(&tenant, script(Trouble::VeryLate)).await;
        let error = connector.save(&Context::new(), &save("zoe", "title", "CTO")).await.unwrap_err();
        assert_eq!(error.effect(), Effect::Unknown, "{refusal:?}: {error}");
        assert!(error.retry() != Retry::Never && error.message().contains("may have been made"), "{error}");
        proxy.settle().await;
        assert_eq!(tenant.sandbox.user("zoe").unwrap()["title"], "CTO");
        // It is made after the first look, and before its repeat is refused.
        let (connector, _proxy) = behind_a_proxy(&tenant, script(Trouble::Late)).await;
        let outcome = connector.save(&Context::new(), &save("zoe", "title", "CFO")).await;
        let notices = outcome.unwrap_or_else(|error| panic!("{refusal:?}: {error}")).notices;
        assert!(notices.iter().any(|notice| notice.contains("made late")), "{notices:?}");
    }
}

#[tokio::test]
async fn an_attribute_that_was_cleared_and_could_not_be_checked_is_applied() {
    let tenant = with_person("zoe").await;
    for (canned, onwards) in
        [(Canned::Refused500, false), (Canned::Page502, true), (Canned::Forbidden403, true)]
    {
        tenant.save("zoe", &[("title", "CTO")]).await.unwrap();
        // Token, metadata, the person, the write, and the look whether the tenant did it.
        let script = Script::at(5, Trouble::Answered(canned), onwards);
        let (connector, _proxy) = behind_a_proxy(&tenant, script).await;
        let error = connector.save(&Context::new(), &save("zoe", "title", "")).await.unwrap_err();
        assert_eq!(error.effect(), Effect::Applied, "{canned:?}: {error}");
        assert!(error.retry() != Retry::Never, "{canned:?}: {error}");
        let message = error.message();
        assert!(message.contains("the change was made") && message.contains("title"), "{message}");
        assert!(tenant.sandbox.user("zoe").unwrap().get("title").is_none());
    }
}

#[tokio::test]
async fn metadata_that_are_cut_are_asked_for_again() {
    let tenant = with_person("zoe").await;
    let (connector, proxy) = behind_a_proxy(&tenant, Script::at(2, Trouble::Cut, false)).await;
    let found = connector.get(&Context::new(), &GetRequest::new("User", "zoe")).await.unwrap();
    assert!(found.object.is_some());
    assert_eq!(proxy.calls(), 5, "a token, metadata twice, a person, what employs them");
    drop(tenant);

    let tenant = Tenant::with_people(10).await;
    tenant.fault("truncate:/$metadata*1");
    assert_eq!(tenant.import().await.unwrap().objects.len(), 10);
}

#[tokio::test]
async fn a_throttled_write_is_repeated_since_it_was_not_made() {
    let tenant = with_person("zoe").await;
    tenant.fault(&format!("throttle=0:{WRITES}*1"));
    assert_eq!(tenant.save("zoe", &[("title", "CTO")]).await.unwrap().action, SaveAction::Updated);
}

#[tokio::test]
async fn a_deadlocked_or_conflicting_record_is_tried_again() {
    for fault in ["deadlock", "conflict"] {
        let tenant = with_person("zoe").await;
        tenant.fault(&format!("{fault}:{WRITES}*1"));
        let outcome =
            tenant.save("zoe", &[("title", "CTO")]).await.unwrap_or_else(|e| panic!("{fault}: {e}"));
        assert_eq!((outcome.action, tenant.requests("upsert")), (SaveAction::Updated, 3), "{fault}");
    }
}

#[tokio::test]
async fn a_failed_write_never_looks_like_a_success() {
    for fault in ["deadlock", "conflict", "html=502", "unavailable=300", "throttle=300", "truncate"] {
        let tenant = with_person("zoe").await;
        let connector = tenant.with_keys(json!({"max_attempts": 1}));
        let sent = tenant.requests("upsert");
        tenant.fault(&format!("{fault}:{WRITES}"));
        let result = connector.save(&Context::new(), &save("zoe", "title", "CTO")).await;
        assert!(tenant.requests("upsert") > sent, "{fault}: the write was sent");
        let is_made = tenant.sandbox.user("zoe").unwrap().get("title").is_some_and(|title| title == "CTO");
        match result {
            Ok(outcome) => assert!(is_made, "{fault}: {outcome:?}"),
            Err(error) => assert!(!is_made || error.effect() != Effect::NotApplied, "{fault}: {error}"),
        }
    }
}

#[tokio::test]
async fn a_deadline_is_kept_when_the_tenant_hangs() {
    let tenant = Tenant::with_people(10).await;
    tenant.fault(&format!("hang:{READS}"));
    let context = Context::new().with_timeout(Duration::from_millis(200));
    let result = collect(tenant.connector.import(&context, ImportRequest::new("User"))).await;
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_write_that_hangs_past_its_deadline_has_an_unknown_effect() {
    let tenant = with_person("zoe").await;
    tenant.fault(&format!("hang:{WRITES}"));
    let context = Context::new().with_timeout(Duration::from_millis(400));
    let error = tenant.connector.save(&context, &save("zoe", "title", "CTO")).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Timeout, Effect::Unknown));
}

#[tokio::test]
async fn cancelling_ends_a_call_that_hangs() {
    let tenant = Tenant::with_people(10).await;
    tenant.fault(&format!("hang:{READS}"));
    let context = Context::new();
    let token = context.cancellation().clone();
    let import = collect(tenant.connector.import(&context, ImportRequest::new("User")));
    let (result, ()) = tokio::join!(import, async { token.cancel() });
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Cancelled);
}
