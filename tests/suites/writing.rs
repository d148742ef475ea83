//! Saving, suspending, resuming, deleting, resetting passwords.

use connector_core::object::{AttributeDelta, Presence};
use connector_core::operation::{
    ObjectId, ResetPasswordRequest, SaveAction, SaveMode, SaveOutcome, SaveRequest,
};
use connector_core::{Connector, Context, Credentials, Effect, ErrorKind, Result};
use futures_util::future::join_all;
use sandbox::{Options, Switches};
use tests::Tenant;

/// How many upserts the tenant has seen.
fn writes(tenant: &Tenant) -> usize {
    tenant.requests("/odata/v2/upsert")
}

async fn save_with_mode(tenant: &Tenant, uid: &str, mode: SaveMode) -> Result<SaveOutcome> {
    let deltas = vec![AttributeDelta::set("status", "t"), AttributeDelta::set("username", uid)];
    let request = SaveRequest::new("User", uid, deltas).with_mode(mode);
    tenant.connector.save(&Context::new(), &request).await
}

async fn reset(tenant: &Tenant, uid: &str, password: &str) -> Result<SaveOutcome> {
    let request =
        ResetPasswordRequest { object_class: "User".into(), uid: uid.into(), new_password: password.into() };
    tenant.connector.reset_password(&Context::new(), &request).await
}

/// Midnight in Berlin is the day before in UTC: whoever writes a day in another offset means it in that one.
#[tokio::test]
async fn a_day_stays_the_day_that_its_writer_sees_and_a_time_of_day_is_refused() {
    let tenant = Tenant::with_people(10).await;
    let status = [("status", "t"), ("username", "zoe")];
    for day in ["2024-03-05T00:00:00+09:00", "2024-03-05T00:00:00-11:00", "2024-03-05T00:00:00", "2024-03-05"]
    {
        tenant.save("zoe", &[status[0], status[1], ("hireDate", day)]).await.unwrap();
        assert_eq!(tenant.sandbox.user("zoe").unwrap()["hireDate"], 1_709_596_800_000_i64, "{day}");
    }
    let before = writes(&tenant);
    for time in ["2024-03-05T17:30:00+01:00", "2024-03-04T23:00:00Z"] {
        let error = tenant.save("zoe", &[("hireDate", time)]).await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::InvalidAttribute, Effect::NotApplied));
        assert!(
            error.message().contains("'hireDate' takes a date such as 2024-01-31, without a time of day"),
            "{error}"
        );
    }
    assert_eq!(writes(&tenant), before);
}

#[tokio::test]
async fn save_creates_and_updates_and_writes_nothing_when_all_is_so() {
    let tenant = Tenant::with_people(10).await;
    let attributes = [("status", "t"), ("username", "zoe"), ("firstName", "Zoë"), ("hireDate", "2024-01-31")];
    let created = tenant.save("zoe", &attributes).await.unwrap();
    assert_eq!((created.action, created.presence_before), (SaveAction::Created, Presence::NotFound));
    assert_eq!(created.parts[0].status, "UPSERTED");

    let again = tenant.save("zoe", &attributes).await.unwrap();
    assert_eq!((again.action, again.unchanged.len(), writes(&tenant)), (SaveAction::Unchanged, 4, 1));

    let updated = tenant.save("zoe", &[("firstName", "Zoë"), ("title", "CTO")]).await.unwrap();
    assert_eq!((updated.action, updated.changed), (SaveAction::Updated, vec!["title".into()]));
    let record = tenant.sandbox.requests().into_iter().rfind(|r| r.path.contains("upsert")).unwrap();
    let body = record.body.unwrap();
    assert!(body.get("firstName").is_none() && body["title"] == "CTO", "only what differs is sent: {body}");
    assert_eq!(tenant.sandbox.user("zoe").unwrap()["hireDate"], 1_706_659_200_000_i64);
}

#[tokio::test]
async fn an_inactive_person_stays_so_unless_the_request_says_otherwise() {
    let tenant = Tenant::with_people(10).await;
    save_with_mode(&tenant, "test01", SaveMode::Create).await.unwrap();
    tenant.suspend("test01").await.unwrap();

    let outcome = tenant.save("test01", &[("title", "CTO")]).await.unwrap();
    assert_eq!((outcome.action, outcome.presence), (SaveAction::Updated, Presence::Inactive));
    assert!(outcome.notices.iter().any(|notice| notice.contains("inactive, and stays so")));
    assert_eq!(tenant.sandbox.user("test01").unwrap()["status"], "f");

    let outcome = tenant.save("test01", &[("status", "f"), ("title", "CFO")]).await.unwrap();
    assert!(outcome.notices.is_empty(), "inactive was asked for: {:?}", outcome.notices);

    for revival in [("status", "t"), ("__ENABLE__", "true")] {
        let outcome = tenant.save("test01", &[revival]).await.unwrap();
        assert_eq!((outcome.action, outcome.presence_before), (SaveAction::Revived, Presence::Inactive));
        assert_eq!(tenant.sandbox.user("test01").unwrap()["status"], "t");
        tenant.suspend("test01").await.unwrap();
    }
}

#[tokio::test]
async fn create_only_reports_who_is_there_already_and_update_only_who_is_not() {
    let tenant = Tenant::with_people(10).await;
    let error = save_with_mode(&tenant, "nobody", SaveMode::Update).await.unwrap_err();
    assert_eq!((error.kind(), writes(&tenant)), (ErrorKind::NotFound, 0));
    save_with_mode(&tenant, "test01", SaveMode::Create).await.unwrap();
    tenant.suspend("test01").await.unwrap();
    let error = save_with_mode(&tenant, "test01", SaveMode::Create).await.unwrap_err();
    assert_eq!((error.kind(), writes(&tenant)), (ErrorKind::AlreadyExists, 2));
    assert!(error.to_string().contains("inactive"), "{error}");
}

#[tokio::test]
async fn suspend_and_resume_write_once_and_search_still_finds_the_person() {
    let tenant = Tenant::with_people(10).await;
    save_with_mode(&tenant, "zoe", SaveMode::Create).await.unwrap();
    let first = tenant.suspend("zoe").await.unwrap();
    let second = tenant.suspend("zoe").await.unwrap();
    assert_eq!(
        (first.action, second.action, writes(&tenant)),
        (SaveAction::Suspended, SaveAction::Unchanged, 2)
    );
    assert_eq!(tenant.search("username eq 'zoe'").await.unwrap().uids(), ["zoe"]);
    assert_eq!(tenant.get("zoe").await.unwrap().presence, Presence::Inactive);
    let first = tenant.resume("zoe").await.unwrap();
    let second = tenant.resume("zoe").await.unwrap();
    assert_eq!(
        (first.action, second.action, writes(&tenant)),
        (SaveAction::Revived, SaveAction::Unchanged, 3)
    );
}

#[tokio::test]
async fn externals_are_suspended_as_externals_and_onboarding_people_are_refused() {
    let tenant = Tenant::with_people(500).await;
    let external = tenant.search("status eq 'T'").await.unwrap().uids()[0].to_owned();
    assert_eq!(tenant.suspend(&external).await.unwrap().presence, Presence::Inactive);
    assert_eq!(tenant.sandbox.user(&external).unwrap()["status"], "F");
    let onboarding = tenant.search("status eq 'e'").await.unwrap().uids()[0].to_owned();
    let error = tenant.suspend(&onboarding).await.unwrap_err();
    // KBA 2994898
    assert_eq!((error.kind(), writes(&tenant)), (ErrorKind::InvalidAttribute, 1));
}

#[tokio::test]
async fn delete_makes_inactive_and_a_second_one_writes_nothing() {
    let tenant = Tenant::with_people(10).await;
    save_with_mode(&tenant, "zoe", SaveMode::Create).await.unwrap();
    let delete =
        async |uid: &str| tenant.connector.delete(&Context::new(), &ObjectId::new("User", uid)).await;
    assert_eq!(delete("zoe").await.unwrap().action, SaveAction::Suspended);
    assert_eq!(delete("zoe").await.unwrap().action, SaveAction::Unchanged);
    assert_eq!((delete("nobody").await.unwrap_err().kind(), writes(&tenant)), (ErrorKind::NotFound, 2));
    assert_eq!(tenant.sandbox.user("zoe").unwrap()["status"], "f");
}

/// KBA 2948448: where HR decides who is active, its next synchronization takes a suspension back, and that is seen.
#[tokio::test]
async fn a_suspension_that_hris_sync_reverts_is_seen_to_be_gone() {
    let tenant = Tenant::with_people(300).await;
    tenant.suspend("jsmith").await.unwrap();
    assert_eq!(tenant.get("jsmith").await.unwrap().presence, Presence::Inactive);
    tenant.sandbox.hris_sync();
    assert_eq!(tenant.get("jsmith").await.unwrap().presence, Presence::Active);
    // Nothing is remembered from before: it is done again, and not taken for done.
    let outcome = tenant.suspend("jsmith").await.unwrap();
    assert_eq!((outcome.action, outcome.presence_before), (SaveAction::Suspended, Presence::Active));
}

#[tokio::test]
async fn a_password_is_set_and_the_status_stays_as_it_is() {
    let tenant = Tenant::with_people(10).await;
    save_with_mode(&tenant, "zoe", SaveMode::Create).await.unwrap();
    tenant.suspend("zoe").await.unwrap();
    let outcome = reset(&tenant, "zoe", "N3w-Pass-Phrase").await.unwrap();
    assert_eq!((outcome.presence, outcome.changed), (Presence::Inactive, vec!["__PASSWORD__".into()]));
    assert!(tenant.sandbox.password_matches("zoe", "N3w-Pass-Phrase"));
    assert_eq!(tenant.sandbox.user("zoe").unwrap()["status"], "f");

    let error = reset(&tenant, "zoe", "x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PasswordPolicy);
    assert_eq!(error.context().attributes, vec!["__PASSWORD__".into()]);
    assert!(tenant.sandbox.password_matches("zoe", "N3w-Pass-Phrase"));

    let error = reset(&tenant, "nobody", "N3w-Pass-Phrase").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(tenant.sandbox.user("nobody").is_none(), "an upsert to nobody would have made somebody");
}

#[tokio::test]
async fn a_refused_record_under_http_200_is_an_error_that_names_the_attribute() {
    let tenant = Tenant::with_people(10).await;
    save_with_mode(&tenant, "zoe", SaveMode::Create).await.unwrap();
    save_with_mode(&tenant, "max", SaveMode::Create).await.unwrap();
    let fails = async |attribute: (&str, &str)| {
        let error = tenant.save("max", &[attribute]).await.unwrap_err();
        assert_eq!(error.effect(), Effect::NotApplied);
        assert_eq!(error.context().uid.as_ref().unwrap().as_str(), "max");
        (error.kind(), error.context().attributes.first().map(ToString::to_string).unwrap_or_default())
    };
    assert_eq!(fails(("username", "zoe")).await, (ErrorKind::AlreadyExists, "username".into()));
    assert_eq!(fails(("hr", "nobody")).await, (ErrorKind::InvalidAttribute, "hr".into()));
    let too_long = "x".repeat(300);
    assert_eq!(fails(("title", &too_long)).await, (ErrorKind::InvalidAttribute, "title".into()));
    let last = tenant
        .sandbox
        .requests()
        .into_iter()
        .rfind(|r| r.query.iter().any(|(n, _)| n == "processInactiveEmployees"));
    assert!(last.is_some());
    assert_eq!(tenant.sandbox.user("max").unwrap()["username"], "max");
}

#[tokio::test]
async fn the_failure_of_one_person_is_the_failure_of_that_person_only() {
    let tenant = Tenant::with_people(10).await;
    let saves = (0..10).map(|n| {
        let uid = format!("p{n}");
        // The sixth takes the name of the first.
        let username = if n == 5 { "p0".to_owned() } else { uid.clone() };
        let tenant = &tenant;
        async move { (n, tenant.save(&uid, &[("status", "t"), ("username", &username)]).await) }
    });
    let mut failed = Vec::new();
    for (n, result) in join_all(saves).await {
        if let Err(error) = result {
            failed.push((n, error.kind()));
        }
    }
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert_eq!(failed[0].1, ErrorKind::AlreadyExists);
}

#[tokio::test]
async fn wrong_names_and_values_are_refused_before_anything_is_sent() {
    let tenant = Tenant::with_people(10).await;
    let refused = async |name: &str, value: &str| {
        let error = tenant.save("sfapi", &[(name, value)]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAttribute, "{name}");
        assert_eq!(error.context().attributes, vec![name.into()], "{error}");
        error.to_string()
    };
    assert!(refused("shoeSize", "43").await.contains("no attribute 'shoeSize'"));
    assert!(refused("companyExitDate", "2024-01-31").await.contains("EmpEmployment.endDate"));
    assert!(refused("hireDate", "soon").await.contains("a date such as 2024-01-31"));
    assert!(refused("married", "perhaps").await.contains("true or false"));
    assert!(refused("lastModifiedDateTime", "2024-01-31T00:00:00Z").await.contains("read-only"));
    assert!(refused("status", "x").await.contains("not a status"));
    assert!(refused("userId", "other").await.contains("cannot be changed"));
    assert_eq!(writes(&tenant), 0);
}

#[tokio::test]
async fn contradictions_are_refused_and_agreement_is_not() {
    let tenant = Tenant::with_people(10).await;
    save_with_mode(&tenant, "zoe", SaveMode::Create).await.unwrap();
    for pair in [[("status", "t"), ("__ENABLE__", "false")], [("username", "a"), ("__NAME__", "b")]] {
        assert_eq!(
            tenant.save("zoe", &pair).await.unwrap_err().kind(),
            ErrorKind::InvalidAttribute,
            "{pair:?}"
        );
    }
    tenant
        .save("zoe", &[("status", "f"), ("__ENABLE__", "false"), ("title", "x"), ("jobTitle", "x")])
        .await
        .unwrap();
}

#[tokio::test]
async fn what_the_tenant_requires_of_a_new_person_is_named() {
    let tenant = Tenant::with_people(10).await;
    let error = tenant.save("zoe", &[("username", "zoe")]).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.context().attributes.as_slice()),
        (ErrorKind::InvalidAttribute, &["status".into()][..])
    );

    // KBA 3307746: the data model may require more than the metadata say.
    let required = ["userId", "username", "status", "department", "gender"].map(str::to_owned).to_vec();
    let switches = Switches { required_for_create: required, ..Switches::default() };
    let tenant = Tenant::start(Options { people: 5, switches, ..Options::default() }).await;
    let error =
        tenant.save("zoe", &[("username", "zoe"), ("status", "t"), ("title", "x")]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidAttribute);
    assert!(error.to_string().contains("department") && error.to_string().contains("gender"), "{error}");
    assert!(tenant.sandbox.user("zoe").is_none());
}

#[tokio::test]
async fn managers_are_linked_and_unlinked_and_never_created() {
    let tenant = Tenant::with_people(10).await;
    for uid in ["boss", "zoe"] {
        save_with_mode(&tenant, uid, SaveMode::Create).await.unwrap();
    }
    let outcome = tenant.save("zoe", &[("manager", "boss"), ("hr", "boss")]).await.unwrap();
    assert_eq!(outcome.changed.len(), 2);
    assert_eq!(tenant.save("zoe", &[("manager", "boss")]).await.unwrap().action, SaveAction::Unchanged);
    tenant.save("zoe", &[("manager", ""), ("hr", "")]).await.unwrap();
    let user = tenant.sandbox.user("zoe").unwrap();
    assert!(user.get("manager").is_none() && user.get("hr").is_none(), "{user:?}");
    assert_eq!(tenant.get("NO_MANAGER").await.unwrap().presence, Presence::NotFound);
    let error = tenant.save("zoe", &[("manager", "nobody")]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidAttribute, "{error}");
    assert!(tenant.sandbox.user("nobody").is_none());
}

#[tokio::test]
async fn a_cleared_attribute_is_gone_or_the_tenant_is_reported() {
    let tenant = Tenant::with_people(10).await;
    tenant.save("zoe", &[("status", "t"), ("username", "zoe"), ("title", "CTO")]).await.unwrap();
    tenant.save("zoe", &[("title", "")]).await.unwrap();
    assert!(tenant.sandbox.user("zoe").unwrap().get("title").is_none());

    // docs/successfactors.md#clearing-values: whether a null clears is unconfirmed.
    let switches = Switches { null_clears: false, ..Switches::default() };
    let tenant = Tenant::start(Options { people: 5, switches, ..Options::default() }).await;
    tenant.save("zoe", &[("status", "t"), ("username", "zoe"), ("title", "CTO")]).await.unwrap();
    let error = tenant.save("zoe", &[("title", ""), ("city", "Bonn")]).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::InvalidAttribute, Effect::Applied));
    assert_eq!(error.context().attributes, vec!["title".into()]);
}

/// Saves eight people at once, each with these credentials, and sees that the tenant gets them in turn.
async fn saves_go_in_turn(credentials: impl Fn(&Tenant, usize) -> Option<Credentials>) {
    let tenant = Tenant::with_people(10).await;
    tenant.fault("latency=20:POST /odata/v2/upsert");
    let saves = (0..8).map(|n| {
        let uid = format!("p{n}");
        let context = Context::new().with_credentials(credentials(&tenant, n));
        let attributes = [("status", "t"), ("username", uid.as_str()), ("manager", "sfapi")];
        let deltas = attributes.map(|(name, value)| AttributeDelta::set(name, value)).to_vec();
        let connector = &tenant.connector;
        async move { connector.save(&context, &SaveRequest::new("User", uid, deltas)).await }
    });
    assert!(join_all(saves).await.iter().all(Result::is_ok));
    let mut upserts: Vec<_> =
        tenant.sandbox.requests().into_iter().filter(|r| r.path.contains("upsert")).collect();
    upserts.sort_by_key(|request| request.at);
    assert_eq!(upserts.len(), 8);
    for pair in upserts.windows(2) {
        let end = pair[0].at + chrono::TimeDelta::from_std(pair[0].duration).unwrap();
        assert!(end <= pair[1].at + chrono::TimeDelta::milliseconds(5), "two writes overlap");
    }
}

// KBA 2741801: rows of a tenant deadlock when two writes touch the same manager.
#[tokio::test]
async fn writes_of_many_callers_go_one_at_a_time() {
    saves_go_in_turn(|_, _| None).await;
}

#[tokio::test]
async fn writes_with_different_credentials_go_one_at_a_time_too() {
    let own = |tenant: &Tenant, n: usize| {
        let keys =
            [("issuer", format!("host{n}")), ("private_key", tenant.sandbox.private_key_pem().to_owned())];
        Some(Credentials(keys.map(|(key, value)| (key.to_owned(), value.into())).into()))
    };
    saves_go_in_turn(own).await;
}
