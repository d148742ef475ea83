//! Groups, roles and permissions: as objects, as attributes of people, and what can be given and taken.

use std::collections::BTreeSet;

use connector_core::object::{AttributeDelta, AttributeName, Change, ConnectorObject, Value};
use connector_core::operation::{
    GetRequest, ImportRequest, Page, PageStart, SaveAction, SaveMode, SaveRequest, SearchRequest,
};
use connector_core::{Connector, Context, Effect, ErrorKind, Filter, Retry};
use sandbox::{Access, Options, Switches};
use serde_json::json;
use tests::{Canned, Found, Proxy, Script, Tenant, Trouble, collect};

const GROUP: &str = "DynamicGroup";
const ROLE: &str = "RBPRole";
const PERMISSION: &str = "RBPBasicPermission";

fn names(names: &[&str]) -> Option<Vec<AttributeName>> {
    Some(names.iter().map(|name| AttributeName::from(*name)).collect())
}

/// The uids in an attribute, sorted.
fn uids(object: &ConnectorObject, attribute: &str) -> Vec<String> {
    let mut uids: Vec<_> = object.values(attribute).iter().map(ToString::to_string).collect();
    uids.sort();
    uids
}

async fn search(tenant: &Tenant, class: &str, filter: &str, attributes: &[&str]) -> Found {
    let mut request = SearchRequest::new(class);
    request.filter = (!filter.is_empty()).then(|| Filter::parse(filter).unwrap());
    request.attributes_to_get = if attributes.is_empty() { None } else { names(attributes) };
    collect(tenant.connector.search(&Context::new(), request)).await.unwrap()
}

async fn person(tenant: &Tenant, uid: &str, attributes: &[&str]) -> ConnectorObject {
    let request = GetRequest { attributes_to_get: names(attributes), ..GetRequest::new("User", uid) };
    tenant.connector.get(&Context::new(), &request).await.unwrap().object.unwrap()
}

async fn import(tenant: &Tenant, attributes: &[&str]) -> Found {
    let request = ImportRequest { attributes_to_get: names(attributes), ..ImportRequest::new("User") };
    collect(tenant.connector.import(&Context::new(), request)).await.unwrap()
}

fn modify(name: &str, add: &[&str], remove: &[&str]) -> AttributeDelta {
    let values = |list: &[&str]| list.iter().map(|text| Value::from(*text)).collect();
    AttributeDelta { name: name.into(), change: Change::Modify { add: values(add), remove: values(remove) } }
}

async fn save(
    tenant: &Tenant,
    class: &str,
    uid: &str,
    deltas: Vec<AttributeDelta>,
) -> connector_core::Result<connector_core::operation::SaveOutcome> {
    tenant.connector.save(&Context::new(), &SaveRequest::new(class, uid, deltas)).await
}

async fn members(tenant: &Tenant, group: &str) -> Vec<String> {
    let request = GetRequest { attributes_to_get: names(&["members"]), ..GetRequest::new(GROUP, group) };
    uids(&tenant.connector.get(&Context::new(), &request).await.unwrap().object.unwrap(), "members")
}

#[tokio::test]
async fn groups_roles_and_permissions_are_objects_with_a_schema() {
    let tenant = Tenant::with_people(60).await;
    let schema = tenant.connector.schema(&Context::new()).await.unwrap();
    for class in [GROUP, ROLE, PERMISSION] {
        let info = schema.object_class(&class.into()).unwrap();
        let found = search(&tenant, class, "", &[]).await;
        assert!(!found.objects.is_empty() && found.problems.is_empty(), "{class}");
        for object in &found.objects {
            for attribute in &object.attributes {
                let info = info.attribute(&attribute.name).unwrap();
                assert!(info.returned_by_default, "{class} {}", attribute.name);
                assert!(attribute.values.iter().all(|value| value.value_type() == info.value_type));
            }
        }
    }
    let groups = search(&tenant, GROUP, "", &[]).await;
    let group = &groups.objects[4];
    assert_eq!((group.uid.as_str(), group.name.as_str()), ("3604", "Project Phoenix"));
    assert_eq!(group.first("staticGroup"), Some(&true.into()));
    assert!(group.values("userType").is_empty(), "the text null is no value");
    assert!(!groups.uids().contains(&"3606"), "a group of workflows is none of permissions");
    assert!(groups.objects.iter().any(|group| group.first("staticGroup") == Some(&false.into())));
    let aliased = search(&tenant, "__GROUP__", "", &[]).await;
    assert_eq!(aliased.objects.len(), groups.objects.len());
}

#[tokio::test]
async fn filters_names_and_pages_hold_for_entitlements_too() {
    let tenant = Tenant::with_people(60).await;
    assert_eq!(search(&tenant, GROUP, "staticGroup eq true", &[]).await.uids(), ["3604", "3605"]);
    let groups = search(&tenant, GROUP, "members eq 'ext.1' and staticGroup eq true", &["groupName"]).await;
    assert_eq!(groups.uids(), ["3605"]);
    assert!(groups.objects[0].attribute("members").is_none());
    assert_eq!(search(&tenant, ROLE, "permissions eq '90'", &[]).await.uids(), ["82"]);
    let by_name = GetRequest::new(ROLE, "HR Business Partner").by("__NAME__");
    let found = tenant.connector.get(&Context::new(), &by_name).await.unwrap();
    assert_eq!(found.object.unwrap().uid.as_str(), "85");
    let nothing = tenant.connector.get(&Context::new(), &GetRequest::new(ROLE, "1")).await.unwrap();
    assert!(!nothing.presence.exists() && nothing.object.is_none());

    let (mut cookie, mut paged) = (None, Vec::new());
    loop {
        let start = PageStart { cookie: cookie.take(), offset: None };
        let request = SearchRequest { page: Some(Page { size: 2, start }), ..SearchRequest::new(GROUP) };
        let found = collect(tenant.connector.search(&Context::new(), request)).await.unwrap();
        paged.extend(found.objects.iter().map(|group| group.uid.to_string()));
        cookie = found.summary.cookie;
        if cookie.is_none() {
            break;
        }
    }
    assert_eq!(paged, ["3600", "3601", "3602", "3603", "3604", "3605"]);
    let start = PageStart { cookie: None, offset: Some(3) };
    let request = SearchRequest { page: Some(Page { size: 2, start }), ..SearchRequest::new(GROUP) };
    let found = collect(tenant.connector.search(&Context::new(), request)).await.unwrap();
    assert_eq!(found.uids(), ["3602", "3603"]);

    let unknown = SearchRequest::new(GROUP).with_filter(Filter::parse("color eq 'red'").unwrap());
    let error = collect(tenant.connector.search(&Context::new(), unknown)).await.unwrap_err();
    assert_eq!(error.context().attributes, ["color".into()]);
}

#[tokio::test]
async fn a_role_says_what_it_permits_and_whom_it_is_granted_to() {
    let tenant = Tenant::with_people(20).await;
    let found = search(&tenant, ROLE, "", &["permissions", "groups"]).await;
    let role = found.objects.iter().find(|role| role.uid.as_str() == "85").unwrap();
    assert_eq!(
        (uids(role, "permissions"), uids(role, "groups")),
        (["60", "61", "80"].map(str::to_owned).to_vec(), vec!["3602".to_owned()],)
    );
    assert!(search(&tenant, ROLE, "", &[]).await.objects[0].attribute("permissions").is_none());
}

/// OIAM-7, OIAM-30: people together with their groups, roles and permissions, asked for by name.
#[tokio::test]
async fn people_come_with_their_groups_roles_and_permissions_when_asked_for() {
    let tenant = Tenant::with_people(60).await;
    let jane = person(&tenant, "jsmith", &["groups", "roles", "permissions", "lastName"]).await;
    assert!(uids(&jane, "groups").starts_with(&["3604".to_owned(), "3605".to_owned()]), "{jane:?}");
    assert!(uids(&jane, "roles").contains(&"83".to_owned()));
    assert!(
        BTreeSet::from_iter(uids(&jane, "permissions")).is_superset(&["61", "70"].map(str::to_owned).into())
    );
    // Whoever was suspended keeps what they had.
    assert!(uids(&person(&tenant, "gone.1", &["groups"]).await, "groups").contains(&"3604".to_owned()));
    tenant.sandbox.clear_requests();
    let plain = tenant.get("jsmith").await.unwrap().object.unwrap();
    assert!(plain.attribute("groups").is_none() && plain.attribute("roles").is_none());
    assert_eq!(tenant.requests("$batch"), 0, "what was not asked for costs nothing");
}

/// Both ways of finding groups give the same: by person for a few, by group for many.
#[tokio::test]
async fn an_import_and_a_look_up_agree_about_everybody() {
    let tenant = Tenant::with_people(300).await;
    let wanted = ["groups", "roles", "permissions"];
    let found = import(&tenant, &wanted).await;
    assert_eq!(found.objects.len(), 300);
    assert!(found.objects.iter().filter(|person| !person.values("groups").is_empty()).count() > 10);
    for imported in found.objects.iter().step_by(17) {
        let one = person(&tenant, imported.uid.as_str(), &wanted).await;
        for attribute in wanted {
            assert_eq!(uids(imported, attribute), uids(&one, attribute), "{} {attribute}", one.uid);
        }
    }
}

#[tokio::test]
async fn one_can_search_for_the_members_of_a_group_among_people() {
    let tenant = Tenant::with_people(60).await;
    let found = tenant.search("groups eq '3605'").await.unwrap();
    assert_eq!(found.uids(), ["ext.1", "jsmith"]);
    assert!(found.summary.residual && found.objects[0].attribute("groups").is_none());
}

/// Whoever the filter leaves out is not asked about.
#[tokio::test]
async fn only_those_who_are_found_are_asked_about() {
    let tenant = Tenant::with_people(400).await;
    tenant.sandbox.clear_requests();
    let request = SearchRequest {
        attributes_to_get: names(&["roles"]),
        ..SearchRequest::new("User").with_filter(Filter::parse("email eq 'jsmith@acme.example'").unwrap())
    };
    let found = collect(tenant.connector.search(&Context::new(), request)).await.unwrap();
    let batches: Vec<_> =
        tenant.sandbox.requests().into_iter().filter(|r| r.path.contains("$batch")).collect();
    let asked: usize = batches.iter().map(|batch| batch.parts.len()).sum();
    assert_eq!(asked, found.objects.len());
}

/// The requests of an import with groups, roles and permissions, page by page and batch by batch.
async fn requests_for(people: usize) -> u64 {
    let tenant = Tenant::with_people(people).await;
    let found = import(&tenant, &["groups", "roles", "permissions"]).await;
    assert_eq!(found.objects.len(), people);
    found.summary.cost.requests
}

/// What is common to everybody is read once: token, metadata, groups, their members, the permissions of roles.
/// Then there is one request for a page of 1,000 people and one for the roles of 180 of them.
#[tokio::test]
async fn the_number_of_requests_does_not_grow_with_every_person() {
    for people in [500_u64, 1000, 3000] {
        let requests = requests_for(usize::try_from(people).unwrap()).await;
        let pages = people.div_ceil(1000);
        let batches: u64 = (0..pages).map(|page| (people - page * 1000).min(1000).div_ceil(180)).sum();
        assert_eq!(requests, 5 + pages + batches, "{people} people");
    }
}

#[tokio::test]
async fn groups_alone_cost_the_same_for_any_number_of_people_beyond_their_pages() {
    for (people, pages) in [(1500, 2), (4000, 4)] {
        let tenant = Tenant::with_people(people).await;
        let found = import(&tenant, &["groups"]).await;
        assert_eq!(found.summary.cost.requests, 2 + pages + 2, "token, metadata, groups, members");
    }
}

#[tokio::test]
async fn what_passes_inside_a_batch_loses_nobodys_roles() {
    for trouble in [
        "throttle=0:/odata/v2/$batch*1",
        "throttle=0:/odata/v2/getUserRolesByUserId*1",
        "cut-after:/odata/v2/$batch*1",
        "truncate:/odata/v2/$batch*1",
        "expire-tokens:/odata/v2/getUserRolesByUserId*1",
    ] {
        let tenant = Tenant::with_people(120).await;
        tenant.fault(trouble);
        let found = import(&tenant, &["roles"]).await;
        assert_eq!(found.objects.len(), 120, "{trouble}");
        assert!(
            tenant.sandbox.requests().iter().any(|request| !request.faults.is_empty()
                || request.parts.iter().any(|part| !part.faults.is_empty())),
            "{trouble} happened"
        );
        let active = found.objects.iter().filter(|person| !person.values("roles").is_empty());
        assert_eq!(active.count(), 120, "everybody has the role of everybody: {trouble}");
    }
}

#[tokio::test]
async fn people_come_into_static_groups_and_leave_them_through_themselves() {
    let tenant = Tenant::with_people(60).await;
    let deltas = vec![modify("groups", &["3605"], &["3604"]), AttributeDelta::set("title", "CTO")];
    let outcome = save(&tenant, "User", "cmueller", deltas.clone()).await.unwrap();
    assert_eq!(outcome.action, SaveAction::Updated);
    let parts: Vec<_> =
        outcome.parts.iter().map(|part| (part.entity.as_str(), part.status.as_str())).collect();
    assert_eq!(
        parts,
        [("User", "UPSERTED"), ("DynamicGroup(3605)", "ADDED"), ("DynamicGroup(3604)", "REMOVED")]
    );
    assert!(members(&tenant, "3605").await.contains(&"cmueller".to_owned()));
    assert!(!members(&tenant, "3604").await.contains(&"cmueller".to_owned()));
    tenant.sandbox.clear_requests();
    let again = save(&tenant, "User", "cmueller", deltas).await.unwrap();
    assert_eq!(again.action, SaveAction::Unchanged);
    assert_eq!(tenant.requests("updateStaticGroup") + tenant.requests("/upsert"), 0);
}

#[tokio::test]
async fn members_of_static_groups_are_changed_through_the_group() {
    let tenant = Tenant::with_people(60).await;
    let deltas = || vec![modify("members", &["sfapi", "wang.xm", "jsmith"], &["ext.1"])];
    let outcome = save(&tenant, GROUP, "3605", deltas()).await.unwrap();
    assert_eq!((outcome.action, outcome.parts.len()), (SaveAction::Updated, 2));
    assert_eq!(members(&tenant, "3605").await, ["jsmith", "sfapi", "wang.xm"]);
    assert_eq!(save(&tenant, GROUP, "3605", deltas()).await.unwrap().action, SaveAction::Unchanged);
    let replace = AttributeDelta::replace("members", vec!["cmueller".into()]);
    save(&tenant, GROUP, "3605", vec![replace]).await.unwrap();
    assert_eq!(members(&tenant, "3605").await, ["cmueller"]);
}

#[tokio::test]
async fn what_successfactors_cannot_assign_is_refused_before_anything_is_written() {
    let tenant = Tenant::with_people(60).await;
    let before = tenant.sandbox.user("jsmith");
    let title = || AttributeDelta::set("title", "CEO");
    for (delta, attribute, word) in [
        (modify("roles", &["82"], &[]), "roles", "static group"),
        (modify("permissions", &["90"], &[]), "permissions", "static group"),
        (modify("groups", &["3601"], &[]), "groups", "condition"),
        (modify("groups", &["9999"], &[]), "groups", "DynamicGroup"),
        (modify("groups", &["none"], &[]), "groups", "DynamicGroup"),
    ] {
        let error = save(&tenant, "User", "jsmith", vec![title(), delta]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAttribute, "{error}");
        assert_eq!((error.effect(), &error.context().attributes[0]), (Effect::NotApplied, &attribute.into()));
        assert!(error.advice().unwrap().contains(word), "{error:?}");
    }
    assert_eq!(tenant.sandbox.user("jsmith"), before);
    assert_eq!(tenant.requests("updateStaticGroup"), 0);

    let dynamic = save(&tenant, GROUP, "3601", vec![modify("members", &["jsmith"], &[])]).await.unwrap_err();
    assert_eq!(dynamic.kind(), ErrorKind::InvalidAttribute);
    let missing = save(&tenant, GROUP, "9999", vec![modify("members", &["jsmith"], &[])]).await.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    let renamed =
        save(&tenant, GROUP, "3605", vec![AttributeDelta::set("groupName", "x")]).await.unwrap_err();
    assert_eq!(renamed.context().attributes, ["groupName".into()]);
    let request = SaveRequest::new(GROUP, "1", vec![]).with_mode(SaveMode::Create);
    let created = tenant.connector.save(&Context::new(), &request).await.unwrap_err();
    assert_eq!(created.kind(), ErrorKind::Unsupported);
}

/// The tenant passes over users that it does not know, and answers a success (docs/successfactors.md#static-groups).
#[tokio::test]
async fn a_member_who_does_not_exist_is_never_a_success() {
    let tenant = Tenant::with_people(60).await;
    let error =
        save(&tenant, GROUP, "3605", vec![modify("members", &["wang.xm", "ghost"], &[])]).await.unwrap_err();
    assert_eq!(error.effect(), Effect::Applied);
    assert!(error.to_string().contains("ghost") && !error.to_string().contains("wang.xm"), "{error}");
}

#[tokio::test]
async fn a_change_of_members_whose_answer_is_lost_is_read_back_and_not_repeated_blindly() {
    for (fault, sent) in [("cut-after", 1), ("cut-before", 2)] {
        let tenant = Tenant::with_people(60).await;
        tenant.fault(&format!("{fault}:GET /odata/v2/updateStaticGroup*1"));
        let delta = modify("members", &["wang.xm", "sfapi"], &[]);
        let outcome = save(&tenant, GROUP, "3605", vec![delta]).await.unwrap();
        assert_eq!(
            (outcome.action, tenant.requests("updateStaticGroup")),
            (SaveAction::Updated, sent),
            "{fault}"
        );
        assert_eq!(members(&tenant, "3605").await, ["ext.1", "jsmith", "sfapi", "wang.xm"]);
    }
}

#[tokio::test]
async fn the_words_of_a_tenant_are_keys_of_the_configuration() {
    let static_group_actions = ["insert", "delete"].map(str::to_owned);
    let switches = Switches { static_group_actions, static_group_returns_total: true, ..Switches::default() };
    let tenant = Tenant::start(Options { people: 60, switches, ..Options::default() }).await;
    let request = SaveRequest::new(GROUP, "3605", vec![modify("members", &["wang.xm"], &["ext.1"])]);
    let error = tenant.connector.save(&Context::new(), &request).await.unwrap_err();
    assert_eq!(error.effect(), Effect::NotApplied, "{error}");
    let own = tenant.with_keys(json!({"static_group_add": "insert", "static_group_remove": "delete"}));
    own.save(&Context::new(), &request).await.unwrap();
    assert_eq!(members(&tenant, "3605").await, ["jsmith", "wang.xm"]);
}

/// OIAM-38, OIAM-B7: without the permission, the error says what to grant, and people are read all the same.
#[tokio::test]
async fn a_missing_permission_for_groups_and_roles_names_what_to_grant() {
    let denied_entities = [GROUP, ROLE].map(str::to_owned).to_vec();
    let access = Access { denied_entities, ..Access::default() };
    let tenant = Tenant::start(Options { people: 30, access, ..Options::default() }).await;
    assert_eq!(tenant.import().await.unwrap().objects.len(), 30);
    for attribute in ["groups", "roles", "permissions"] {
        let request =
            GetRequest { attributes_to_get: names(&[attribute]), ..GetRequest::new("User", "sfapi") };
        let error = tenant.connector.get(&Context::new(), &request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{attribute}: {error}");
        assert!(error.advice().unwrap().contains("RBP Admin"), "{error:?}");
    }
    let error =
        collect(tenant.connector.search(&Context::new(), SearchRequest::new(GROUP))).await.unwrap_err();
    assert!(error.advice().unwrap().contains("RBP Admin"));
}

/// The forms of answers that nobody has confirmed (register 7 and 15).
#[tokio::test]
async fn every_form_of_a_functions_answer_is_understood() {
    let switches = Switches {
        function_collections_have_results: true,
        function_primitives_are_bare: true,
        function_entities_are_bare: true,
        batch_status: 202,
        ..Switches::default()
    };
    let tenant = Tenant::start(Options { people: 60, switches, ..Options::default() }).await;
    let jane = person(&tenant, "jsmith", &["groups", "roles"]).await;
    assert!(uids(&jane, "groups").contains(&"3605".to_owned()) && !uids(&jane, "roles").is_empty());
    let outcome = save(&tenant, "User", "jsmith", vec![modify("groups", &[], &["3605"])]).await.unwrap();
    assert_eq!(outcome.parts[0].status, "REMOVED");
}

/// People with ids so long that they take several addresses.
async fn many_people(tenant: &Tenant) -> Vec<String> {
    let people: Vec<String> = (0..40).map(|n| format!("{}.{n:03}", "somebody".repeat(10))).collect();
    for uid in &people {
        tenant.save(uid, &[("status", "t"), ("username", uid)]).await.unwrap();
    }
    people
}

#[tokio::test]
async fn a_group_change_of_which_a_part_was_made_says_how_much_and_that_it_may_be_said_again() {
    let tenant = Tenant::with_people(5).await;
    let people = many_people(&tenant).await;
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    for canned in [Canned::ThrottledLong, Canned::Forbidden403, Canned::Refused500, Canned::Empty500] {
        for (add, remove) in [(&people[..], &[][..]), (&[][..], &people[..])] {
            let before = members(&tenant, "3604").await.len();
            let trouble = Trouble::Answered(canned);
            let proxy = Proxy::start(&tenant.sandbox, Script::write(2, trouble, Some(trouble))).await;
            let connector = tenant.with_keys(json!({"url": proxy.url(), "max_attempts": 1}));
            let request = SaveRequest::new(GROUP, "3604", vec![modify("members", add, remove)]);
            let error = connector.save(&Context::new(), &request).await.unwrap_err();
            let changed = members(&tenant, "3604").await.len().abs_diff(before);
            assert!(changed > 0 && changed < people.len(), "{changed}");
            assert_eq!(
                (error.kind(), error.effect()),
                (ErrorKind::Partial, Effect::Applied),
                "{canned:?}: {error}"
            );
            assert!(error.retry() != Retry::Never);
            assert!(error.message().contains(&format!("{changed} of the 40 people")), "{error}");
            assert!(error.advice().unwrap().contains("say the same again"), "{error}");

            let outcome = tenant.connector.save(&Context::new(), &request).await.unwrap();
            assert_eq!(outcome.action, SaveAction::Updated);
            assert_eq!(members(&tenant, "3604").await.len().abs_diff(before), people.len());
        }
    }
}

/// Members are read apart from the groups, and one can look for a group by them all the same.
#[tokio::test]
async fn a_group_is_found_by_somebody_who_is_in_it() {
    let tenant = Tenant::with_people(60).await;
    let request = GetRequest::new(GROUP, "ext.1").by("members");
    let found = tenant.connector.get(&Context::new(), &request).await.unwrap();
    let groups = search(&tenant, GROUP, "members eq 'ext.1'", &[]).await;
    match groups.uids().as_slice() {
        [one] => assert_eq!(found.object.unwrap().uid.as_str(), *one),
        several => assert_eq!(names_of(&found.candidates), several),
    }
}

fn names_of(uids: &[connector_core::object::Uid]) -> Vec<&str> {
    uids.iter().map(connector_core::object::Uid::as_str).collect()
}

/// What another spelling of a number means is not guessed, and a removal that was not made is not called fine.
#[tokio::test]
async fn a_group_goes_by_its_id_as_it_is_shown() {
    let tenant = Tenant::with_people(60).await;
    for (add, remove) in [(vec![], vec!["03604"]), (vec!["03605"], vec![]), (vec!["+3605"], vec![])] {
        let delta = modify("groups", &add, &remove);
        let error = save(&tenant, "User", "cmueller", vec![delta]).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.effect()),
            (ErrorKind::InvalidAttribute, Effect::NotApplied),
            "{error}"
        );
    }
    assert_eq!(tenant.requests("updateStaticGroup"), 0);
    let alias = Change::Modify { add: vec![], remove: vec![Value::reference("__GROUP__", "3604")] };
    let delta = AttributeDelta { name: "groups".into(), change: alias };
    assert_eq!(save(&tenant, "User", "cmueller", vec![delta]).await.unwrap().action, SaveAction::Updated);
    assert!(!members(&tenant, "3604").await.contains(&"cmueller".to_owned()));
}

/// What can be known before is refused before, and not when the person has been made.
#[tokio::test]
async fn a_user_id_that_no_list_can_hold_is_refused_before_anything_is_written() {
    let tenant = Tenant::with_people(60).await;
    let deltas = ["username", "firstName", "lastName"].map(|name| AttributeDelta::set(name, "x1"));
    let deltas =
        deltas.into_iter().chain([AttributeDelta::set("status", "t"), modify("groups", &["3604"], &[])]);
    let error = save(&tenant, "User", "new,one", deltas.collect()).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::InvalidAttribute, Effect::NotApplied), "{error}");
    assert_eq!(tenant.requests("/upsert"), 0);
}
