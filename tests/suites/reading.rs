//! Looking people up, searching and importing.

use connector_core::object::{Presence, Value};
use connector_core::operation::{
    GetRequest, ImportRequest, Item, Page, PageStart, SearchRequest, SortKey, StreamStatus,
};
use connector_core::{Connector, Context, ErrorKind, Filter};
use futures_util::StreamExt;
use sandbox::{BaseProfile, Options, Profile, Switches};
use serde_json::json;
use tests::{Tenant, collect};

/// Somebody with this status.
async fn somebody(tenant: &Tenant, status: &str) -> String {
    let found = tenant.search(&format!("status eq '{status}'")).await.unwrap();
    found.objects.first().expect("there is somebody").uid.to_string()
}

#[tokio::test]
async fn import_brings_everybody_once_whatever_their_status() {
    let tenant = Tenant::with_people(2500).await;
    let found = tenant.import().await.unwrap();
    assert_eq!((found.objects.len(), found.summary.count, found.problems.len()), (2500, 2500, 0));
    let mut uids = found.uids();
    uids.dedup();
    assert_eq!(uids.len(), 2500);
    assert_eq!(found.summary.status, StreamStatus::Complete);
    assert_eq!(tenant.requests("/odata/v2/User"), 3 + 1, "three pages and the metadata");
}

#[tokio::test]
async fn import_reports_how_far_it_is() {
    let tenant = Tenant::with_people(1200).await;
    let mut stream = tenant.connector.import(&Context::new(), ImportRequest::new("User"));
    let mut reports = Vec::new();
    while let Some(item) = stream.next().await {
        if let Item::Progress(progress) = item.unwrap() {
            reports.push((progress.fetched, progress.total));
        }
    }
    assert_eq!(reports, [(1000, Some(1200)), (1200, Some(1200))]);
}

#[tokio::test]
async fn each_status_is_found_exactly() {
    let tenant = Tenant::with_people(2000).await;
    for (status, count) in tenant.sandbox.people_by_status() {
        let found = tenant.search(&format!("status eq '{status}'")).await.unwrap();
        assert_eq!(found.objects.len(), count, "{status}");
        assert!(found.objects.iter().all(|person| person.first("status") == Some(&status.as_str().into())));
    }
}

#[tokio::test]
async fn get_tells_active_inactive_external_onboarding_and_nobody_apart() {
    let tenant = Tenant::with_people(1000).await;
    let expected = [
        ("t", Presence::Active),
        ("f", Presence::Inactive),
        ("T", Presence::Active),
        ("F", Presence::Inactive),
        ("e", Presence::Active),
        ("d", Presence::Inactive),
    ];
    for (status, presence) in expected {
        let uid = somebody(&tenant, status).await;
        let lookup = tenant.get(&uid).await.unwrap();
        assert_eq!((lookup.presence, lookup.object.unwrap().uid.as_str()), (presence, uid.as_str()));
    }
    let lookup = tenant.get("no'body").await.unwrap();
    assert_eq!((lookup.presence, lookup.object), (Presence::NotFound, None));
    let queries: Vec<_> = lookup.evidence.iter().map(|e| (e.query.as_str(), e.answer.as_str())).collect();
    assert_eq!(
        queries,
        [
            ("User?$filter=status in 't','f','T','F','e','d' and userId eq 'no''body'", "nobody"),
            ("User('no''body')", "not found"),
            (
                "EmpEmployment?$filter=userId eq 'no''body'&fromDate=1900-01-01&toDate=9999-12-31",
                "no employment"
            ),
        ]
    );
}

#[tokio::test]
async fn user_ids_that_differ_by_case_are_two_people() {
    let tenant = Tenant::with_people(10).await;
    for (uid, title) in [("Twin", "A"), ("tWIN", "B")] {
        tenant.save(uid, &[("status", "t"), ("username", uid), ("title", title)]).await.unwrap();
    }
    let title = async |uid: &str| tenant.get(uid).await.unwrap().object.unwrap().first("title").cloned();
    assert_eq!((title("Twin").await, title("tWIN").await), (Some("A".into()), Some("B".into())));
    assert_eq!(tenant.get("twin").await.unwrap().presence, Presence::NotFound);
}

#[tokio::test]
async fn a_tenant_that_compares_without_case_changes_no_result() {
    // docs/successfactors.md#filters: whether texts compare with case is unconfirmed.
    let switches = Switches { case_insensitive_filter: true, ..Switches::default() };
    let tenant = Tenant::start(Options { people: 10, switches, ..Options::default() }).await;
    tenant.save("Twin", &[("status", "t"), ("username", "Twin"), ("lastName", "Smith")]).await.unwrap();
    tenant.save("tWIN", &[("status", "t"), ("username", "tWIN"), ("lastName", "SMITH")]).await.unwrap();
    assert_eq!(tenant.search("lastName eq 'Smith'").await.unwrap().uids(), ["Twin"]);
    assert_eq!(tenant.search("userId eq 'tWIN'").await.unwrap().uids(), ["tWIN"]);
}

#[tokio::test]
async fn what_the_tenant_cannot_filter_by_is_filtered_here_and_said_to_be() {
    let tenant = Tenant::with_people(300).await;
    let person =
        tenant.import().await.unwrap().objects.into_iter().find(|p| p.first("email").is_some()).unwrap();
    let email = person.first("email").unwrap().to_string();
    let found = tenant.search(&format!("email eq '{email}'")).await.unwrap();
    assert!(found.objects.iter().all(|p| p.first("email").unwrap().to_string() == email));
    assert!(found.uids().contains(&person.uid.as_str()) && found.summary.residual);
    let sent = tenant.sandbox.requests().pop().unwrap();
    assert!(sent.query.iter().any(|(name, value)| name == "$filter" && !value.contains("email")));
}

#[tokio::test]
async fn a_filter_never_brings_what_was_not_asked_for() {
    let tenant = Tenant::with_people(200).await;
    let request = SearchRequest {
        attributes_to_get: Some(vec!["title".into()]),
        ..SearchRequest::new("User").with_filter(Filter::parse("lastName ne 'x' and email ne null").unwrap())
    };
    let found = collect(tenant.connector.search(&Context::new(), request).boxed()).await.unwrap();
    assert!(!found.objects.is_empty());
    for person in &found.objects {
        let names: Vec<_> = person.attributes.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, ["title"]);
    }
}

#[tokio::test]
async fn the_attributes_wanted_decide_what_is_asked_of_the_tenant() {
    let tenant = Tenant::with_people(10).await;
    let request = GetRequest {
        attributes_to_get: Some(vec!["firstName".into(), "manager".into(), "__PASSWORD__".into()]),
        ..GetRequest::new("User", "sfapi")
    };
    let object = tenant.connector.get(&Context::new(), &request).await.unwrap().object.unwrap();
    assert!(object.attribute("password").is_none() && object.attribute("firstName").is_some());
    let of_user = |path: &str| path.ends_with("/User");
    let sent = tenant.sandbox.requests().into_iter().rfind(|request| of_user(&request.path)).unwrap();
    let option = |name: &str| sent.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut selected: Vec<_> = option("$select").unwrap().split(',').collect();
    selected.sort_unstable();
    assert_eq!(selected, ["firstName", "manager/userId", "status", "userId", "username"]);
    assert_eq!(option("$expand"), Some("manager"));
    assert!(!sent.raw_query.contains("password"));
}

#[tokio::test]
async fn managers_come_as_references_inactive_ones_too() {
    let tenant = Tenant::with_people(50).await;
    tenant.save("boss", &[("status", "t"), ("username", "boss")]).await.unwrap();
    tenant.save("report", &[("status", "t"), ("username", "report"), ("manager", "boss")]).await.unwrap();
    tenant.suspend("boss").await.unwrap();
    // KBA 3436023: expansions from a key predicate show active people only.
    let report = tenant.get("report").await.unwrap().object.unwrap();
    assert_eq!(report.first("manager").map(ToString::to_string).as_deref(), Some("boss"));
    assert_eq!(tenant.search("manager eq 'boss'").await.unwrap().uids(), ["report"]);
}

#[tokio::test]
async fn values_with_anything_in_them_survive_filter_save_and_read() {
    let tenant = Tenant::with_people(10).await;
    let nasty = ["O'Brien", "100% + 1 & 2", "Jürgen Größe", "🙂 李小龍", "a\"b\\c/d?e#f", "''", "x  y"];
    for (n, value) in nasty.iter().enumerate() {
        let uid = format!("nasty{n}");
        tenant.save(&uid, &[("status", "t"), ("username", &uid), ("lastName", value)]).await.unwrap();
        let read = tenant.get(&uid).await.unwrap().object.unwrap();
        assert_eq!(read.first("lastName"), Some(&Value::from(*value)), "{value}");
        let filter = Filter::equal("lastName", *value);
        let request = SearchRequest::new("User").with_filter(filter);
        let found = collect(tenant.connector.search(&Context::new(), request)).await.unwrap();
        assert_eq!(found.uids(), [uid.as_str()], "{value}");
    }
}

#[tokio::test]
async fn stopping_early_asks_for_nothing_more() {
    let tenant = Tenant::with_people(5000).await;
    let mut stream = tenant.connector.import(&Context::new(), ImportRequest::new("User"));
    let mut objects = 0;
    while objects < 10 {
        if let Item::Object(_) = stream.next().await.unwrap().unwrap() {
            objects += 1;
        }
    }
    drop(stream);
    tenant.get("sfapi").await.unwrap();
    let pages = tenant.sandbox.requests().iter().filter(|r| r.records == 1000).count();
    assert_eq!(pages, 1);
}

#[tokio::test]
async fn pages_by_offset_and_by_cookie_bring_everybody_once() {
    let tenant = Tenant::with_people(250).await;
    let everybody = tenant.import().await.unwrap();
    for filter in [None, Some(Filter::parse("email ne null or status eq 'f'").unwrap())] {
        let whole =
            collect(tenant.connector.search(
                &Context::new(),
                SearchRequest { filter: filter.clone(), ..SearchRequest::new("User") },
            ));
        let whole = whole.await.unwrap();
        for by_cookie in [false, true] {
            let (mut seen, mut offset, mut cookie) = (Vec::new(), 1, None);
            loop {
                let start = if by_cookie {
                    PageStart { cookie: cookie.take(), offset: Some(-1) }
                } else {
                    PageStart { cookie: None, offset: Some(offset) }
                };
                let request = SearchRequest {
                    filter: filter.clone(),
                    page: Some(Page { size: 60, start }),
                    ..SearchRequest::new("User")
                };
                let page = collect(tenant.connector.search(&Context::new(), request)).await.unwrap();
                assert!(page.objects.len() <= 60);
                seen.extend(page.objects.iter().map(|object| object.uid.to_string()));
                offset += i64::try_from(page.objects.len()).unwrap();
                cookie = page.summary.cookie;
                if page.summary.remaining == Some(0) {
                    break;
                }
            }
            seen.sort_unstable();
            assert_eq!(seen, whole.uids(), "cookie: {by_cookie}");
        }
    }
    assert_eq!(everybody.objects.len(), 250);
}

#[tokio::test]
async fn a_foreign_or_broken_cookie_is_refused() {
    let tenant = Tenant::with_people(100).await;
    let page = |cookie: Option<String>, filter: &str| SearchRequest {
        filter: Some(Filter::parse(filter).unwrap()),
        page: Some(Page { size: 10, start: PageStart { cookie, offset: None } }),
        ..SearchRequest::new("User")
    };
    let first = collect(tenant.connector.search(&Context::new(), page(None, "status eq 't'"))).await.unwrap();
    for (cookie, filter) in [(first.summary.cookie, "status eq 'f'"), (Some("x".into()), "status eq 't'")] {
        let result = collect(tenant.connector.search(&Context::new(), page(cookie, filter))).await;
        assert_eq!(result.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
}

#[tokio::test]
async fn sorting_is_done_by_the_tenant_or_refused() {
    let tenant = Tenant::with_people(100).await;
    let by = |name: &str| SearchRequest {
        sort_keys: vec![SortKey { attribute: name.into(), ascending: false }],
        ..SearchRequest::new("User")
    };
    let found = collect(tenant.connector.search(&Context::new(), by("userId"))).await.unwrap();
    let uids: Vec<_> = found.objects.iter().map(|o| o.uid.as_str().to_owned()).collect();
    let mut sorted = uids.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(uids, sorted);
    let error = collect(tenant.connector.search(&Context::new(), by("email"))).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.context().attributes.as_slice()),
        (ErrorKind::InvalidRequest, &["email".into()][..])
    );
}

#[tokio::test]
async fn the_schema_is_that_of_the_tenant() {
    let tenant = Tenant::with_people(2).await;
    let schema = tenant.connector.schema(&Context::new()).await.unwrap();
    let user = schema.object_class(&"__ACCOUNT__".into()).unwrap();
    let info = |name: &str| user.attribute(&name.into());
    // The traps of the field table of OpenIAM: docs/successfactors.md#properties-of-user.
    assert!(info("companyExitDate").is_none());
    assert_eq!(info("jobTitle").unwrap().native_name.as_deref(), Some("title"));
    let password = info("password").unwrap();
    assert!(!password.readable && password.creatable && password.updatable && password.sensitive);
    for name in ["lastModified", "lastModifiedDateTime"] {
        let info = info(name).unwrap();
        assert!(info.readable && info.filterable && !info.creatable && !info.updatable, "{name}");
    }
    for name in ["manager", "hr"] {
        let info = info(name).unwrap();
        assert!(info.filterable && info.referenced_object_class == Some("User".into()), "{name}");
    }
    for name in ["email", "empId", "hireDate", "title"] {
        assert!(!info(name).unwrap().filterable, "{name}");
    }
    let required: Vec<_> = user.attributes.iter().filter(|i| i.required).map(|i| i.name.as_str()).collect();
    assert_eq!(required, ["userId", "status"]);
    assert!(!info("ssn").unwrap().returned_by_default && info("ssn").unwrap().sensitive);
}

/// The 39 fields of the table of OpenIAM, but for companyExitDate, with what it says of filtering.
#[tokio::test]
async fn the_fields_of_openiam_are_there_with_their_filterability() {
    let profile =
        Profile { base: BaseProfile::Hub, with: vec!["companyExitDate".into()], ..Profile::default() };
    let tenant = Tenant::start(Options { people: 2, profile, ..Options::default() }).await;
    let schema = tenant.connector.schema(&Context::new()).await.unwrap();
    let user = schema.object_class(&"User".into()).unwrap();
    let filterable = "department division firstName jobCode lastModified lastModifiedDateTime lastName location \
        manager hr userId status username";
    let others = "addressLine1 addressLine2 addressLine3 businessPhone cellPhone citizenship city companyExitDate \
        country dateOfBirth dateOfPosition email empId fax gender hireDate homePhone jobTitle married mi \
        nationality ssn timeZone title password zipCode";
    for (names, expected) in [(filterable, true), (others, false)] {
        for name in names.split_whitespace() {
            let info = user.attribute(&name.into()).unwrap_or_else(|| panic!("{name} is missing"));
            assert_eq!(info.filterable, expected, "{name}");
        }
    }
    assert_eq!(filterable.split_whitespace().count() + others.split_whitespace().count(), 39);
}

#[tokio::test]
async fn the_stand_in_for_job_title_reads_and_writes_the_title() {
    let tenant = Tenant::with_people(5).await;
    tenant.save("jt", &[("status", "t"), ("username", "jt"), ("jobTitle", "Engineer")]).await.unwrap();
    let request =
        GetRequest { attributes_to_get: Some(vec!["jobTitle".into()]), ..GetRequest::new("User", "jt") };
    let object = tenant.connector.get(&Context::new(), &request).await.unwrap().object.unwrap();
    assert_eq!(object.first("jobTitle"), Some(&"Engineer".into()));
    assert_eq!(tenant.sandbox.user("jt").unwrap()["title"], "Engineer");
}

#[tokio::test]
async fn the_pseudo_user_without_timestamps_does_no_harm() {
    // docs/successfactors.md#pseudo-users.
    let tenant = Tenant::with_people(20).await;
    let lookup = tenant.get("v4admin").await.unwrap();
    assert_eq!(lookup.object.unwrap().values("lastModifiedDateTime"), []);
    let found = tenant.search("lastModifiedDateTime ge '1990-01-01T00:00:00Z'").await.unwrap();
    assert_eq!(found.objects.len(), 19);
}

#[tokio::test]
async fn the_delta_filter_of_openiam_finds_who_was_changed() {
    let tenant = Tenant::with_people(50).await;
    let before = tenant.search("lastModifiedDateTime ge '2099-01-01T00:00:00'").await.unwrap();
    assert_eq!(before.objects.len(), 0);
    let everybody = tenant.search("lastModified ge '1990-01-01T00:00:00'").await.unwrap();
    assert_eq!(everybody.objects.len(), 49);
    let times: Vec<_> = everybody.objects.iter().filter_map(|o| o.first("lastModified")).collect();
    let middle = times[times.len() / 2].to_string();
    let late = tenant.search(&format!("lastModified ge '{middle}'")).await.unwrap();
    let expected =
        everybody.objects.iter().filter(|o| o.first("lastModified").unwrap().to_string() >= middle);
    assert_eq!(late.objects.len(), expected.count());
}

#[tokio::test]
async fn a_property_that_the_tenant_dropped_is_left_out_and_the_read_goes_on() {
    let tenant = Tenant::with_people(5).await;
    tenant.get("sfapi").await.unwrap();
    // The same tenant after an administrator took a field away: the cached metadata are stale.
    let profile = Profile { without: vec!["fax".into()], ..Profile::default() };
    let key = tenant.sandbox.private_key_pem().to_owned();
    let listen = tenant.sandbox.address();
    let Tenant { sandbox, connector } = tenant;
    sandbox.stop().await;
    let options = Options { people: 5, listen, profile, private_key_pem: Some(key), ..Options::default() };
    let tenant = Tenant { sandbox: sandbox::Sandbox::start(options).await.unwrap(), connector };
    let object = tenant.get("sfapi").await.unwrap().object.unwrap();
    assert!(object.attribute("fax").is_none());
    assert_eq!(tenant.import().await.unwrap().objects.len(), 5);
}

#[tokio::test]
async fn statuses_of_the_configuration_limit_who_exists_for_a_search() {
    let tenant = Tenant::with_people(500).await;
    let employees = tenant.with_keys(json!({"statuses": "t,f"}));
    let found = collect(employees.import(&Context::new(), ImportRequest::new("User"))).await.unwrap();
    let counts = tenant.sandbox.people_by_status();
    assert_eq!(found.objects.len(), counts["t"] + counts["f"]);
}
