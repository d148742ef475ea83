//! A tenant in trouble: what is repeated, what is not, and what the caller is told.

use std::time::Duration;

use connector_core::operation::{ImportRequest, SaveAction};
use connector_core::{Connector, Context, Effect, ErrorKind, Retry};
use serde_json::json;
use tests::{Tenant, collect};

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
    for fault in ["foreign-next", "loop-next"] {
        let tenant = Tenant::with_people(3000).await;
        tenant.fault(&format!("{fault}:{READS}"));
        let error = tenant.import().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{fault}");
        assert!(tenant.requests("/odata/v2/User") <= 4, "{fault}");
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
        let request = connector_core::operation::SaveRequest::new(
            "User",
            "zoe",
            vec![connector_core::object::AttributeDelta::set("title", "CTO")],
        );
        let result = connector.save(&Context::new(), &request).await;
        assert!(tenant.requests("upsert") > sent, "{fault}: the write was sent");
        let is_made = tenant.sandbox.user("zoe").unwrap()["title"] == "CTO";
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
    let request = connector_core::operation::SaveRequest::new(
        "User",
        "zoe",
        vec![connector_core::object::AttributeDelta::set("title", "CTO")],
    );
    let error = tenant.connector.save(&context, &request).await.unwrap_err();
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
