//! Groups: who is in them by their pools or their lists, and the function imports about them
//! (docs/successfactors.md#function-imports, docs/successfactors.md#permission-groups).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use sandbox::{Access, BaseProfile, Options, Profile, Switches};
use serde_json::{Value, json};
use support::{Answer, Fixture, options, record};

async fn switched(people: usize, switches: Switches) -> Fixture {
    Fixture::with(Options { switches, ..options(people) }).await
}

fn ids(answer: &Answer) -> Vec<String> {
    let json = answer.json();
    let list = json["d"].as_array().unwrap_or_else(|| json["d"]["results"].as_array().unwrap());
    list.iter().map(|one| one["userId"].as_str().unwrap().to_owned()).collect()
}

async fn members(fixture: &Fixture, group: &str, active: &str) -> Vec<String> {
    ids(&fixture.get("getUsersByDynamicGroup", &[("groupId", group), ("activeOnly", active)]).await)
}

async fn update(fixture: &Fixture, group: &str, action: &str, users: &str) -> Answer {
    let (action, users) = (format!("'{action}'"), format!("'{users}'"));
    let arguments = [("groupId", group), ("action", action.as_str()), ("userIds", users.as_str())];
    fixture.get("updateStaticGroup", &arguments).await
}

async fn group(fixture: &Fixture, id: &str) -> Value {
    fixture.get(&format!("DynamicGroup({id}L)"), &[]).await.json()["d"].clone()
}

/// A filter on one field as KBA 3341990 writes it.
fn filter(field: &str, tests: &[(&str, &str)]) -> Value {
    let expressions: Vec<Value> = tests
        .iter()
        .map(|(token, value)| {
            json!({"__metadata": {"uri": "DGExpression"},
                "operator": {"__metadata": {"uri": "DGFieldOperator"}, "token": token},
                "values": [{"__metadata": {"uri": "DGFieldValue"}, "fieldValue": value}]})
        })
        .collect();
    json!({"__metadata": {"uri": "DGFilter"}, "field": {"__metadata": {"uri": "DGField"}, "name": field},
        "expressions": expressions})
}

fn pool(filters: &[Value]) -> Value {
    json!({"__metadata": {"uri": "DGPeoplePool"}, "filters": filters})
}

/// Makes a group and gives its id.
async fn made(fixture: &Fixture, include: &[Value], exclude: &[Value]) -> String {
    let body = json!({"__metadata": {"uri": "DynamicGroup"}, "groupName": "Made", "groupType": "permission",
        "staticGroup": false, "dgIncludePools": include, "dgExcludePools": exclude});
    let row = fixture.upsert(&body).await.remove(0);
    assert_eq!(row["status"], "OK", "{row}");
    row["key"].as_str().unwrap().strip_prefix("DynamicGroup/groupID=").unwrap().to_owned()
}

/// Everybody whom a `$filter` finds, whatever the status.
async fn everybody(fixture: &Fixture, condition: &str) -> Vec<String> {
    fixture.find(&format!("{condition} and status in 't','f','T','F','e','d'")).await
}

/// Issue 3, item 4: the pools of a group decide; a pool holds by all of its filters, a filter by one value.
#[tokio::test]
async fn dynamic_groups_have_whom_their_pools_find() {
    let fixture = Fixture::new(300).await;
    let sales = everybody(&fixture, "department eq 'Sales (3100)'").await;
    assert!(!sales.is_empty());
    assert_eq!(members(&fixture, "3601", "false").await, sales);
    let active = fixture.find("department eq 'Sales (3100)'").await;
    assert!(active.len() < sales.len());
    assert_eq!(members(&fixture, "3601L", "true").await, active);
    let technology = "(department eq 'Engineering (2100)' or department eq 'Quality & Test (2200)' or department \
                      eq 'IT Services (2300)')";
    assert_eq!(members(&fixture, "3603l", "false").await, everybody(&fixture, technology).await);
    assert_eq!(members(&fixture, "3600", "true").await, ["sfapi", "v4admin"]);
}

/// Issue 3, item 4: include and exclude pools, `eq`, `ne` and `like`, fields of `User`; a field or an operator that
/// the tenant does not know finds nobody.
#[tokio::test]
async fn pools_include_and_exclude_by_fields() {
    let fixture = Fixture::new(300).await;
    let division = everybody(&fixture, "department eq 'Sales (3100)'").await.remove(0);
    let division = fixture.get(&format!("User('{division}')"), &[]).await.json()["d"].clone();
    let (division, location) = (
        division["division"].as_str().unwrap().to_owned(),
        division["location"].as_str().unwrap().to_owned(),
    );
    for (include, exclude, condition) in [
        (
            vec![pool(&[
                filter("std_division", &[("eq", &division)]),
                filter("std_location", &[("ne", &location)]),
            ])],
            vec![],
            format!("division eq '{division}' and location ne '{location}'"),
        ),
        (
            vec![pool(&[filter("std_division", &[("eq", &division)])])],
            vec![pool(&[filter("std_location", &[("eq", &location)])])],
            format!("division eq '{division}' and location ne '{location}'"),
        ),
        (
            vec![
                pool(&[filter("std_username", &[("eq", "jsmith")])]),
                pool(&[filter("std_department", &[("like", "Sales%")])]),
            ],
            vec![],
            "(username eq 'jsmith' or startswith(department,'Sales'))".to_owned(),
        ),
    ] {
        let id = made(&fixture, &include, &exclude).await;
        assert_eq!(
            members(&fixture, &id, "false").await,
            everybody(&fixture, &condition).await,
            "{condition}"
        );
    }
    for nobody in [
        vec![],
        vec![pool(&[filter("std_shoeSize", &[("eq", "44")])])],
        vec![pool(&[filter("std_department", &[("sounds", "Sales (3100)")])])],
        vec![pool(&[filter("std_department", &[])])],
    ] {
        let id = made(&fixture, &nobody, &[]).await;
        assert!(members(&fixture, &id, "false").await.is_empty(), "{nobody:?}");
    }
}

/// KBA 2875331: membership of a dynamic group changes with the attribute.
#[tokio::test]
async fn attributes_change_dynamic_membership() {
    let fixture = Fixture::new(300).await;
    let before = members(&fixture, "3601", "false").await;
    assert!(!before.contains(&"sfapi".to_owned()));
    fixture.upsert(&record("sfapi", &json!({"department": "Sales (3100)"}))).await;
    assert_eq!(members(&fixture, "3601", "false").await.len(), before.len() + 1);
    assert_eq!(group(&fixture, "3601").await["totalMemberCount"], before.len() + 1);
}

/// KBA 3341990 does not say which of the two names `std_username` is.
#[tokio::test]
async fn username_of_a_pool_is_the_user_id_by_a_switch() {
    for switch in [false, true] {
        let switches = Switches { group_username_is_user_id: switch, ..Switches::default() };
        let fixture = switched(70, switches).await;
        let id = made(&fixture, &[pool(&[filter("std_username", &[("eq", "jürgen.müller")])])], &[]).await;
        assert_eq!(members(&fixture, &id, "false").await.is_empty(), switch);
    }
}

/// docs/successfactors.md#function-imports: a bare array of members with their six properties; `$filter` and the like
/// change nothing.
#[tokio::test]
async fn members_are_a_bare_array_of_beans() {
    let fixture = Fixture::new(70).await;
    let query = [("groupId", "3604L"), ("$filter", "userId eq 'jsmith'"), ("paging", "cursor")];
    let answer = fixture.get("getUsersByDynamicGroup", &query).await;
    assert_eq!(ids(&answer), ["cmueller", "gone.1", "jsmith", "wang.xm"]);
    let first = answer.json()["d"][0].clone();
    let names: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["userId", "userName", "firstName", "lastName", "middleName", "personGUID"]);
    let person = fixture.get("PerPerson('cmueller')", &[]).await.json()["d"].clone();
    assert_eq!(first["personGUID"], person["perPersonUuid"]);
    assert_eq!((&first["userName"], &first["lastName"]), (&json!("jürgen.müller"), &json!("Müller")));
    let unknown = fixture.get("getUsersByDynamicGroup", &[("groupId", "1")]).await;
    assert_eq!(unknown.status, 404);
    assert_eq!(fixture.get("getUsersByDynamicGroup", &[]).await.status, 400);
}

/// docs/successfactors.md#permission-groups: id and name only, by type; the id is a text as all 64-bit numbers are.
#[tokio::test]
async fn groups_of_a_user_are_asked_by_type() {
    let fixture = Fixture::new(70).await;
    let query = [("userId", "'jsmith'"), ("groupSubType", "'permission'")];
    let groups = fixture.get("getDynamicGroupsByUser", &query).await.json();
    let list = groups["d"].as_array().unwrap();
    assert!(list.contains(&json!({"groupId": "3604", "groupName": "Project Phoenix"})), "{list:?}");
    assert!(list.contains(&json!({"groupId": "3605", "groupName": "VPN Users"})));
    let query = [("userId", "'jsmith'"), ("groupSubType", "'nothing'")];
    assert_eq!(fixture.get("getDynamicGroupsByUser", &query).await.json(), json!({"d": []}));
    assert_eq!(fixture.get("getDynamicGroupsByUser", &[("userId", "'nobody'")]).await.status, 404);
    let user = everybody(&fixture, "department eq 'Finance (4200)'").await.remove(0);
    let query = [("userId", format!("'{user}'")), ("groupSubType", "'workflow'".to_owned())];
    let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let groups = fixture.get("getDynamicGroupsByUser", &query).await.json();
    assert_eq!(groups["d"][0]["groupId"], "3606");
}

/// docs/successfactors.md#deactivating: a deactivated user keeps its groups; only `activeOnly` leaves it out.
#[tokio::test]
async fn deactivated_users_keep_their_groups() {
    let fixture = Fixture::new(70).await;
    fixture.upsert(&record("jsmith", &json!({"status": "f"}))).await;
    assert!(members(&fixture, "3604", "false").await.contains(&"jsmith".to_owned()));
    assert_eq!(members(&fixture, "3604", "true").await, ["cmueller", "wang.xm"]);
    let groups = fixture.get("getDynamicGroupsByUser", &[("userId", "'jsmith'")]).await.json();
    assert!(groups["d"].as_array().unwrap().iter().any(|one| one["groupId"] == "3604"));
    let shown = group(&fixture, "3604").await;
    assert_eq!((&shown["activeMembershipCount"], &shown["totalMemberCount"]), (&json!(2), &json!(4)));
}

/// docs/successfactors.md#static-groups: a GET that writes; the words are those of KBA 2956909, the number is of those
/// who came or went.
#[tokio::test]
async fn static_groups_are_updated_by_a_get() {
    let fixture = Fixture::new(70).await;
    let stamp = group(&fixture, "3604").await["lastModifiedDate"].clone();
    let added = update(&fixture, "3604L", "ADD", "sfapi, jsmith,nobody").await.json();
    assert_eq!(added, json!({"d": {"updateStaticGroup": 1}}));
    assert_eq!(members(&fixture, "3604", "false").await.len(), 5);
    assert_eq!(group(&fixture, "3604").await["totalMemberCount"], 5);
    let again = update(&fixture, "3604", "ADD", "sfapi").await.json();
    assert_eq!(again["d"]["updateStaticGroup"], 0);
    let removed = update(&fixture, "3604", "REMOVE", "sfapi,gone.1,ext.1").await.json();
    assert_eq!(removed["d"]["updateStaticGroup"], 2);
    assert_eq!(members(&fixture, "3604", "false").await, ["cmueller", "jsmith", "wang.xm"]);
    assert_eq!(group(&fixture, "3604").await["lastModifiedDate"], stamp);
    for (id, action, users) in
        [("3604", "add", "sfapi"), ("3604", "", "sfapi"), ("3604", "ADD", ""), ("3601", "ADD", "sfapi")]
    {
        assert_eq!(update(&fixture, id, action, users).await.status, 400, "{id} {action} {users}");
    }
    assert_eq!(update(&fixture, "1", "ADD", "sfapi").await.status, 404);
    assert_eq!(update(&fixture, "3604", "REMOVE", "cmueller,jsmith,wang.xm").await.status, 200);
    assert!(members(&fixture, "3604", "false").await.is_empty());
}

/// docs/successfactors.md#static-groups: words, number, unknown users and date are unconfirmed.
#[tokio::test]
async fn static_groups_differ_by_switches() {
    let switches = Switches {
        static_group_actions: ["Insert", "Delete"].map(str::to_owned),
        static_group_returns_total: true,
        static_group_unknown_user_is_error: true,
        static_group_update_is_dated: true,
        ..Switches::default()
    };
    let fixture = switched(70, switches).await;
    let stamp = group(&fixture, "3604").await["lastModifiedDate"].clone();
    assert_eq!(update(&fixture, "3604", "ADD", "sfapi").await.status, 400);
    assert_eq!(update(&fixture, "3604", "Insert", "sfapi,nobody").await.status, 400);
    assert_eq!(members(&fixture, "3604", "false").await.len(), 4);
    assert_eq!(update(&fixture, "3604", "Insert", "sfapi").await.json()["d"]["updateStaticGroup"], 5);
    assert_ne!(group(&fixture, "3604").await["lastModifiedDate"], stamp);
}

/// docs/successfactors.md#function-imports: a group with all its parts, by id, by name, by name and type.
#[tokio::test]
async fn expanded_groups_come_with_their_pools() {
    for base in [BaseProfile::Ten20, BaseProfile::Hub] {
        let profile = Profile { base, ..Profile::default() };
        let fixture = Fixture::with(Options { profile, ..options(70) }).await;
        let by_id =
            fixture.get("getExpandedDynamicGroupById", &[("groupId", "3601L")]).await.json()["d"].clone();
        assert_eq!(
            (&by_id["groupID"], &by_id["__metadata"]["type"]),
            (&json!("3601"), &json!("SFOData.DynamicGroup"))
        );
        let filter = &by_id["dgIncludePools"]["results"][0]["filters"]["results"][0];
        let expression = &filter["expressions"]["results"][0];
        assert_eq!(expression["operator"]["token"], "eq");
        assert_eq!(expression["values"]["results"][0]["fieldValue"], "Sales (3100)");
        let total = members(&fixture, "3601", "false").await.len();
        assert!(total > 0);
        assert_eq!(by_id["totalMemberCount"], total);
        let by_name = fixture.get("getExpandedDynamicGroupByName", &[("groupName", "'Sales'")]).await;
        assert_eq!(by_name.json()["d"], by_id);
        let query = [("groupName", "'Sales'"), ("groupType", "'permission'")];
        assert_eq!(fixture.get("getExpandedDynamicGroupByNameAndSubType", &query).await.json()["d"], by_id);
        let query = [("groupName", "'Sales'"), ("groupType", "'workflow'")];
        assert_eq!(fixture.get("getExpandedDynamicGroupByNameAndSubType", &query).await.status, 404);
    }
}

/// docs/successfactors.md#entities-of-groups-and-roles: the two counts are not filterable; lists and expansions show
/// them too.
#[tokio::test]
async fn lists_show_the_numbers_of_members() {
    let fixture = Fixture::new(300).await;
    for group in fixture.get("DynamicGroup", &[]).await.results() {
        let id = group["groupID"].as_str().unwrap();
        assert_eq!(group["totalMemberCount"], members(&fixture, id, "false").await.len());
        assert_eq!(group["activeMembershipCount"], members(&fixture, id, "true").await.len());
    }
    let rule = fixture.get("RBPRule(504L)", &[("$expand", "accessGroups")]).await.json()["d"].clone();
    assert_ne!(rule["accessGroups"]["results"][0]["totalMemberCount"], 0);
}

/// KBA 2676936: without the privilege, groups are COE0020 with a text of their own.
#[tokio::test]
async fn groups_need_a_privilege() {
    let access = Access { denied_entities: vec!["DynamicGroup".to_owned()], ..Access::default() };
    let fixture = Fixture::with(Options { access, ..options(70) }).await;
    let text = "[COE0020]User [sfapi] attempted to access dynamic group module [PERMISSION] without proper access \
                privilege.";
    for path in [
        "getUsersByDynamicGroup?groupId=3604",
        "getDynamicGroupsByUser?userId='jsmith'",
        "getExpandedDynamicGroupById?groupId=3604",
        "updateStaticGroup?groupId=3604&action='ADD'&userIds='sfapi'",
        "DynamicGroup?$top=1",
    ] {
        let answer = fixture.raw(&format!("/odata/v2/{path}&$format=json")).await;
        assert_eq!((answer.status, answer.message()), (403, text.to_owned()), "{path}");
    }
    let access = Access { read_only_entities: vec!["DynamicGroup".to_owned()], ..Access::default() };
    let fixture = Fixture::with(Options { access, ..options(70) }).await;
    assert_eq!(members(&fixture, "3604", "false").await.len(), 4);
    assert_eq!(update(&fixture, "3604", "ADD", "sfapi").await.message(), text);
}

/// Whether the target population binds the members of groups is unconfirmed.
#[tokio::test]
async fn population_binds_members_by_a_switch() {
    for (switch, count) in [(false, 4), (true, 3)] {
        let access = Access { population: Some("userId ne 'jsmith'".to_owned()), ..Access::default() };
        let switches = Switches { population_binds_groups: switch, ..Switches::default() };
        let fixture = Fixture::with(Options { access, switches, ..options(70) }).await;
        assert_eq!(members(&fixture, "3604", "false").await.len(), count);
    }
}

/// The payload of KBA 3341990 as it was published, with users of ours: `eq` is the only operator that a public source
/// shows, in the expressions and among the field's `allowedOperators`.
#[tokio::test]
async fn published_payload_makes_a_group() {
    let fixture = Fixture::new(300).await;
    let operator = json!({"__metadata": {"uri": "DGFieldOperator"}, "token": "eq"});
    let expression = |user: &str| {
        json!({"__metadata": {"uri": "DGExpression"}, "operator": operator,
            "values": [{"__metadata": {"uri": "DGFieldValue"}, "fieldValue": user}]})
    };
    let expressions = ["emoji.1", "jsmith", "wang.xm"].map(expression);
    let body = json!({"__metadata": {"uri": "DynamicGroup"}, "groupType": "permission", "dgIncludePools": [
        {"__metadata": {"uri": "DGPeoplePool"}, "peoplePoolId": "3600_1", "filters": [
            {"__metadata": {"uri": "DGFilter"},
            "expressions": expressions,
            "field": {"__metadata": {"uri": "DGField"}, "name": "std_username", "allowedOperators": operator}}]}]});
    let row = fixture.upsert(&body).await.remove(0);
    assert_eq!(row["status"], "OK", "{row}");
    let id = row["key"].as_str().unwrap().strip_prefix("DynamicGroup/groupID=").unwrap().to_owned();
    assert_eq!(members(&fixture, &id, "false").await, ["emoji.1", "jsmith", "wang.xm"]);
    // The group whose pool the payload names is another one.
    assert_eq!(members(&fixture, "3600", "true").await, ["sfapi", "v4admin"]);
    let expand = [("$expand", "dgIncludePools/filters/field/allowedOperators")];
    let group = fixture.get(&format!("DynamicGroup({id}L)"), &expand).await.json();
    let field = &group["d"]["dgIncludePools"]["results"][0]["filters"]["results"][0]["field"];
    assert_eq!(field["allowedOperators"]["results"][0]["token"], "eq", "{group}");
}
