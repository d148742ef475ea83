//! Reading the entities of Employee Central, foundation, picklists, groups and roles.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sandbox::{Options, Switches};
use serde_json::{Value, json};
use support::{DAY, Fixture, millis, options, text};

async fn company(people: usize) -> Fixture {
    Fixture::new(people).await
}

/// docs/successfactors.md#key-predicates: key predicates of each kind, in answers and in requests.
#[tokio::test]
async fn keys_of_each_kind_lead_back_to_their_rows() {
    let fixture = company(1000).await;
    for set in [
        "PerPerson",
        "PerPersonal",
        "PerEmail",
        "PerPhone",
        "PersonKey",
        "EmpEmployment",
        "EmpJob",
        "EmpJobRelationships",
        "EmpEmploymentTermination",
        "PersonEmpTerminationInfo",
        "EmpGlobalAssignment",
        "UserAccount",
        "FOCompany",
        "FOBusinessUnit",
        "FODepartment",
        "FODivision",
        "FOLocation",
        "FOJobCode",
        "FOCostCenter",
        "FOEventReason",
        "FOCorporateAddressDEFLT",
        "FOPayGrade",
        "Position",
        "Picklist",
        "PicklistOption",
        "PicklistLabel",
        "PickListValueV2",
        "DynamicGroup",
        "DynamicGroupDefinition",
        "DGPeoplePool",
        "RBPRole",
        "RBPRule",
        "RBPBasicPermission",
        "Photo",
    ] {
        let row = fixture.get(set, &[("$top", "1")]).await.results().remove(0);
        let uri = text(&row["__metadata"], "uri").to_owned();
        assert_eq!(row["__metadata"]["type"], format!("SFOData.{set}"));
        let path = uri.strip_prefix(&fixture.tenant.base_url()).unwrap();
        let answer = fixture.raw(&format!("{path}?$format=json")).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        assert_eq!(answer.json()["d"], row, "{set}");
    }
    let uri = |row: &Value| text(&row["__metadata"], "uri").rsplit_once('/').unwrap().1.to_owned();
    let role = fixture.get("RBPRole(82L)", &[]).await.json()["d"].clone();
    assert_eq!((uri(&role), &role["roleId"]), ("RBPRole(82L)".to_owned(), &json!("82")));
    let job = fixture.get("EmpJob", &[("$top", "1")]).await.results().remove(0);
    let key = uri(&job);
    assert!(key.starts_with("EmpJob(seqNumber=") && key.contains("L,startDate=datetime'"), "{key}");
    // A blank after the comma, and an option id without its suffix, are taken too (KBA 3386831).
    let mail = fixture.get("PerEmail", &[("$top", "1")]).await.results().remove(0);
    let spaced = uri(&mail).replace(',', ", ");
    assert_eq!(fixture.get(&spaced, &[]).await.status, 200);
    assert_eq!(fixture.get("PicklistOption(8448)", &[]).await.status, 200);
    for (path, status) in [("EmpJob(userId='x')", 400), ("PerEmail('x')", 400), ("RBPRole(1L)", 404)] {
        assert_eq!(fixture.get(path, &[]).await.status, status, "{path}");
    }
}

/// docs/successfactors.md#employments: leavers, rehires under both options, future hires, conversions, global
/// assignments, concurrent jobs, contractors.
#[tokio::test]
async fn company_has_every_kind_of_career() {
    let fixture = company(3000).await;
    let query = [("fromDate", "1900-01-01"), ("$select", "eventReason,seqNumber")];
    let history = fixture.all("EmpJob", &query).await;
    let reasons: BTreeSet<&str> = history.iter().map(|job| text(job, "eventReason")).collect();
    for reason in ["HIRNEW", "REHREH", "TERVCOMP", "CONVEMP", "HIRGA", "TRANDEPT", "LOAUNP", "DATACHG"] {
        assert!(reasons.contains(reason), "{reason}");
    }
    assert!(history.iter().any(|job| job["seqNumber"] == "2"));
    let now = Utc::now().timestamp_millis();
    let query = [("$select", "userId,personIdExternal,startDate,endDate"), ("fromDate", "1900-01-01")];
    let employments = fixture.all("EmpEmployment", &query).await;
    assert!(employments.iter().any(|one| millis(one, "startDate") > Some(now)), "a future hire");
    assert!(employments.iter().any(|one| millis(one, "endDate") > Some(now)), "a future leaver");
    let mut by_person: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in &employments {
        by_person.entry(text(one, "personIdExternal")).or_default().push(text(one, "userId"));
    }
    assert!(by_person.values().filter(|users| users.len() > 1).count() > 5);
    let assignments = fixture.all("EmpGlobalAssignment", &[]).await;
    assert!(!assignments.is_empty());
    assert!(assignments.iter().all(|one| one["userId"] != one["personIdExternal"]));
    let people = fixture.all("PerPerson", &[("$select", "personIdExternal")]).await;
    assert!(people.iter().any(|one| !by_person.contains_key(text(one, "personIdExternal"))), "onboarding");
}

/// Slices of one employment touch and never overlap; the last one is open.
#[tokio::test]
async fn slices_follow_each_other() {
    let fixture = company(1500).await;
    let mut before: Option<Value> = None;
    let query = [
        ("fromDate", "1900-01-01"),
        ("$select", "userId,startDate,endDate,seqNumber"),
        ("$orderby", "userId,startDate,seqNumber"),
    ];
    for job in fixture.all("EmpJob", &query).await {
        if let Some(before) = before.filter(|before| before["userId"] == job["userId"]) {
            let (end, start) = (millis(&before, "endDate").unwrap(), millis(&job, "startDate").unwrap());
            let same_day = before["startDate"] == job["startDate"];
            assert_eq!(end, if same_day { start } else { start - DAY }, "{job}");
        }
        before = Some(job);
    }
}

/// docs/successfactors.md#effective-dates.
#[tokio::test]
async fn dates_choose_the_slices() {
    let fixture = company(1500).await;
    let today = fixture.all("EmpJob", &[("$select", "userId,startDate,endDate")]).await;
    let users: BTreeSet<&str> = today.iter().map(|job| text(job, "userId")).collect();
    assert_eq!(users.len(), today.len(), "one slice a user");
    let query = [("asOfDate", "2010-01-01"), ("$select", "userId,startDate,endDate")];
    let then = fixture.all("EmpJob", &query).await;
    let day = DateTime::parse_from_rfc3339("2010-01-01T00:00:00Z").unwrap().timestamp_millis();
    assert!(!then.is_empty() && then.len() < today.len());
    assert!(
        then.iter().all(|job| millis(job, "startDate") <= Some(day) && millis(job, "endDate") >= Some(day))
    );
    let range = [("fromDate", "2010-01-01"), ("toDate", "2012-12-31"), ("$select", "userId")];
    let range = fixture.get("EmpJob", &range).await.results().len();
    assert!(range > then.len());
    let query = [("fromDate", "1900-01-01"), ("$select", "userId,startDate")];
    let history = fixture.all("EmpJob", &query).await;
    let now = Utc::now().timestamp_millis();
    assert!(history.len() > today.len());
    assert!(history.iter().any(|job| millis(job, "startDate") > Some(now)));
    let both = fixture.get("EmpJob", &[("asOfDate", "2010-01-01"), ("toDate", "2012-01-01")]).await;
    assert_eq!(both.status, 400);
    assert_eq!(fixture.get("EmpJob", &[("asOfDate", "soon")]).await.status, 400);
}

/// KBA 2736579: what hides inactive users is the list of users itself; from another entity they are expanded whatever
/// their status.
#[tokio::test]
async fn users_expanded_from_another_entity_have_every_status() {
    let fixture = company(1500).await;
    let query = [("$expand", "userNav"), ("$select", "userId,userNav/userId,userNav/status")];
    let employments = fixture.get("EmpEmployment", &query).await.results();
    let statuses: BTreeSet<_> = employments.iter().map(|one| text(&one["userNav"], "status")).collect();
    assert!(statuses.contains("t") && statuses.contains("f"), "{statuses:?}");
    assert!(employments.iter().all(|one| one["userId"] == one["userNav"]["userId"]));
}

/// docs/successfactors.md#effective-dates: a dated child is as of its dated parent's first day, of today below a parent
/// without dates; `asOfDate` holds on all levels.
#[tokio::test]
async fn children_are_dated_by_their_parents() {
    let fixture = company(1500).await;
    let expand = ("$expand", "departmentNav");
    let old = fixture.get("EmpJob", &[("fromDate", "1900-01-01"), ("toDate", "2014-12-31"), expand]).await;
    let old = old.results();
    let jobs: Vec<&Value> = old.iter().filter(|job| job["departmentNav"].is_object()).collect();
    assert!(!jobs.is_empty());
    let change = DateTime::parse_from_rfc3339("2015-01-01T00:00:00Z").unwrap().timestamp_millis();
    for job in jobs {
        let named_old = text(&job["departmentNav"], "name").starts_with("Old ");
        assert_eq!(named_old, millis(job, "startDate").unwrap() < change);
    }
    let people = fixture.get("EmpEmployment", &[("$expand", "jobInfoNav"), ("$top", "300")]).await.results();
    assert!(people.iter().all(|one| one["jobInfoNav"]["results"].as_array().unwrap().len() <= 1));
    let query = [("$expand", "jobInfoNav/departmentNav"), ("$top", "300"), ("asOfDate", "2014-06-01")];
    let past = fixture.get("EmpEmployment", &query).await.results();
    let names = past.iter().flat_map(|one| one["jobInfoNav"]["results"].as_array().unwrap().iter());
    let mut names = names.filter_map(|job| job["departmentNav"]["name"].as_str()).peekable();
    assert!(names.peek().is_some());
    assert!(names.all(|name| name.starts_with("Old ")));
}

/// docs/successfactors.md#deltas (KBA 2920680): a change in any slice finds the owner, and today's slice comes back.
#[tokio::test]
async fn delta_filter_asks_all_slices() {
    let filter = "lastModifiedDateTime lt datetimeoffset'2020-01-01T00:00:00Z' and lastModifiedDateTime gt \
                  datetimeoffset'2024-06-01T00:00:00Z'";
    let fixture = company(1000).await;
    let rows = fixture.get("EmpJob", &[("$filter", filter)]).await.results();
    assert!(!rows.is_empty(), "two slices may meet the two conditions");
    let switches = Switches { delta_over_all_slices: false, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(1000) }).await;
    assert!(fixture.get("EmpJob", &[("$filter", filter)]).await.results().is_empty());
}

/// docs/successfactors.md#filters, docs/successfactors.md#select-and-expand: paths over several levels in filter,
/// select and expand; a filter selects base rows and does not trim what is expanded (KBA 2736579).
#[tokio::test]
async fn paths_lead_over_several_entities() {
    let fixture = company(1000).await;
    let query = [
        ("$filter", "employmentNav/jobInfoNav/department eq '4100'"),
        ("$select", "personIdExternal,emailNav/emailAddress,employmentNav/jobInfoNav/department"),
        ("$expand", "emailNav,employmentNav/jobInfoNav"),
    ];
    let people = fixture.get("PerPerson", &query).await.results();
    assert!(!people.is_empty());
    for person in &people {
        let jobs = person["employmentNav"]["results"].as_array().unwrap();
        let departments = jobs.iter().flat_map(|one| one["jobInfoNav"]["results"].as_array().unwrap());
        assert!(departments.into_iter().any(|job| job["department"] == "4100"));
        assert!(person["emailNav"]["results"][0]["emailAddress"].is_string());
        assert!(person.get("countryOfBirth").is_none());
    }
    let mails = [("$filter", "emailNav/isPrimary eq false"), ("$expand", "emailNav"), ("$top", "5")];
    let people = fixture.get("PerPerson", &mails).await.results();
    assert!(people.iter().all(|one| one["emailNav"]["results"].as_array().unwrap().len() == 2));
}

/// The chains that identity products read: user to account, user to job
/// (docs/successfactors.md#entities-of-employee-central, docs/successfactors.md#status-letters).
#[tokio::test]
async fn users_lead_to_accounts_and_jobs_on_demand() {
    let fixture = company(300).await;
    let plain = fixture.get("User('cmueller')", &[]).await.json()["d"].clone();
    assert!(plain.get("empInfo").is_none() && plain.get("personKeyNav").is_none());
    let query = [("$expand", "personKeyNav/userAccountNav,empInfo/jobInfoNav")];
    let user = fixture.get("User('cmueller')", &query).await.json()["d"].clone();
    assert_eq!(user["personKeyNav"]["userAccountNav"]["accountStatus"], "ACTIVE");
    assert_eq!(user["personKeyNav"]["userAccountNav"]["accountIsLocked"], "FALSE");
    assert_eq!(user["empInfo"]["jobInfoNav"]["results"][0]["userId"], "cmueller");
    assert_eq!(user["empInfo"]["userId"], "cmueller");
}

/// Issue 3: employments and phones come back in an order that is not sorted.
#[tokio::test]
async fn phones_are_not_sorted() {
    let fixture = company(1000).await;
    let people = fixture.get("PerPerson", &[("$expand", "phoneNav"), ("$top", "500")]).await.results();
    let kinds: BTreeSet<Vec<&str>> = people
        .iter()
        .map(|one| {
            one["phoneNav"]["results"].as_array().unwrap().iter().map(|one| text(one, "phoneType")).collect()
        })
        .collect();
    assert!(kinds.contains(&vec!["10605", "10606"]) && kinds.contains(&vec!["10606", "10605"]));
}

/// docs/successfactors.md#picklists: options by navigation, labels by locale, the bridge to the other kind.
#[tokio::test]
async fn picklists_are_read_by_navigation() {
    let fixture = company(100).await;
    let query = [("$expand", "picklistOptions/picklistLabels")];
    let list = fixture.get("Picklist('ecEmailType')", &query).await.json()["d"].clone();
    let options = list["picklistOptions"]["results"].as_array().unwrap();
    let business = options.iter().find(|option| option["id"] == "8448").unwrap();
    let labels = business["picklistLabels"]["results"].as_array().unwrap();
    assert!(labels.iter().any(|label| label["locale"] == "en_US" && label["label"] == "Business"));
    assert_eq!(business["minValue"], "-1.0");
    let value = fixture.get("PickListValueV2", &[("$filter", "optionId eq 8448")]).await.results();
    assert_eq!((value.len(), &value[0]["externalCode"]), (1, &json!("B")));
    let mails = fixture.get("PerEmail", &[("$expand", "emailTypeNav"), ("$top", "1")]).await.results();
    assert_eq!(mails[0]["emailTypeNav"]["externalCode"], "B");
}

/// docs/successfactors.md#foundation-objects: a code has many rows; the one of today comes without a date, and names
/// are translated.
#[tokio::test]
async fn foundation_objects_are_dated_and_translated() {
    let fixture = company(100).await;
    let filter = ("$filter", "externalCode eq '2100'");
    let today = fixture.get("FODepartment", &[filter]).await.results();
    assert_eq!(today.len(), 1);
    assert_eq!((text(&today[0], "name"), text(&today[0], "name_de_DE")), ("Engineering", "Entwicklung"));
    assert_eq!(fixture.get("FODepartment", &[filter, ("fromDate", "1900-01-01")]).await.results().len(), 2);
    let old = fixture.get("FODepartment", &[filter, ("asOfDate", "2000-01-01")]).await.results();
    assert_eq!(text(&old[0], "name"), "Old Engineering");
    let query = [("$expand", "addressNavDEFLT,companyFlxNav"), ("$top", "1")];
    let place = fixture.get("FOLocation", &query).await.results().remove(0);
    assert!(place["addressNavDEFLT"]["city"].is_string());
    assert!(place["addressNavDEFLT"]["addressId"].is_string());
    let position =
        fixture.get("Position", &[("$filter", "code eq 'P21001'"), ("$expand", "parentPosition")]).await;
    assert_eq!(position.results()[0]["parentPosition"]["code"], "P21000");
}

/// KBA 3741424: the limit of departments is 5, of all others 10.
#[tokio::test]
async fn departments_expand_less_deep() {
    let fixture = company(5).await;
    let path = |depth: usize| vec!["parentNav"; depth].join("/");
    assert_eq!(fixture.get("FODepartment", &[("$expand", &path(5))]).await.status, 200);
    let deep = fixture.get("FODepartment", &[("$expand", &path(6))]).await;
    assert_eq!(deep.code(), "COE_EXPAND_DEPTH_EXCEED_THRESHOLD");
    assert!(
        deep.message().contains("Expand depth 6 of parentNav/") && deep.message().contains("the limit 5.")
    );
    assert_eq!(fixture.get("FODivision", &[("$expand", &path(10))]).await.status, 200);
}

/// docs/successfactors.md#values-in-json: base64 with line breaks of CR and LF.
#[tokio::test]
async fn photos_are_base64_with_line_breaks() {
    let fixture = company(300).await;
    let photo = fixture.get("Photo", &[("$top", "1")]).await.results().remove(0);
    assert!(text(&photo, "photo").contains("\r\n"));
    assert_eq!(photo["photoType"], 1);
    assert!(photo["photoId"].is_string());
}

/// docs/successfactors.md#permission-groups, docs/successfactors.md#roles, and the captured role in
/// docs/successfactors.md#values-in-json.
#[tokio::test]
async fn groups_and_roles_show_their_parts() {
    let fixture = company(100).await;
    let role =
        fixture.get("RBPRole(82L)", &[("$expand", "permissions,rules/accessGroups")]).await.json()["d"]
            .clone();
    assert_eq!(role["userType"], "null");
    let permissions = role["permissions"]["results"].as_array().unwrap();
    assert!(permissions.iter().any(|one| one["permissionId"] == "60" && one["permissionLongValue"] == "-1"));
    assert_eq!(role["rules"]["results"][0]["accessGroups"]["results"][0]["groupID"], "3600");
    let query = [("$expand", "dgIncludePools/filters/expressions/values,dgIncludePools/filters/field")];
    let group = fixture.get("DynamicGroup(3600L)", &query).await.json()["d"].clone();
    let filter = &group["dgIncludePools"]["results"][0]["filters"]["results"][0];
    assert_eq!(filter["field"]["name"], "std_username");
    assert_eq!(filter["expressions"]["results"][0]["values"]["results"][0]["fieldValue"], "sfapi");
    let found = fixture
        .get("DynamicGroup", &[("$filter", "groupType eq 'permission' and staticGroup eq true")])
        .await;
    assert_eq!(found.results().len(), 2);
}

/// KBA 3678614: who left has no active employment and a date; who leaves today or later has one and none. Count and date
/// are independent all the same: who came back from a global assignment has both, as captured from a live tenant.
#[tokio::test]
async fn termination_info_counts_employments() {
    let fixture = company(1000).await;
    let query = [("$filter", "activeEmploymentsCount eq 0"), ("$top", "20")];
    let left = fixture.get("PersonEmpTerminationInfo", &query).await.results();
    assert!(!left.is_empty() && left.iter().all(|one| one["latestTerminationDate"].is_string()));
    let query = [("$filter", "activeEmploymentsCount gt 0"), ("$top", "20")];
    let there = fixture.get("PersonEmpTerminationInfo", &query).await.results();
    let now = Utc::now().timestamp_millis();
    assert!(there.iter().any(|one| one["latestTerminationDate"].is_null()));
    assert!(there.iter().all(|one| millis(one, "latestTerminationDate").is_none_or(|end| end < now)));
    let query = [("$filter", "activeEmploymentsCount gt 0 and latestTerminationDate ne null")];
    assert!(!fixture.get("PersonEmpTerminationInfo", &query).await.results().is_empty());
}

/// docs/successfactors.md#time-zones: `…On` is local time.
#[tokio::test]
async fn server_local_stamps_differ_from_utc() {
    let fixture = company(100).await;
    let person = fixture.get("PerPerson", &[("$top", "1")]).await.results().remove(0);
    let apart = millis(&person, "lastModifiedDateTime").unwrap() - millis(&person, "lastModifiedOn").unwrap();
    assert_eq!(apart, 5 * 3_600_000);
}

/// Cursor and snapshot pages of entities with keys of several parts.
#[tokio::test]
async fn pages_of_composite_keys_are_complete() {
    let fixture = Fixture::with(Options { page_size: 150, ..options(1000) }).await;
    for mode in ["cursor", "snapshot", "none"] {
        let mut keys = Vec::new();
        let mut path = format!("/odata/v2/EmpJob?$format=json&$select=userId&paging={mode}");
        loop {
            let answer = fixture.raw(&path).await;
            keys.extend(answer.results().iter().map(|row| text(&row["__metadata"], "uri").to_owned()));
            let body = answer.json();
            let Some(next) = body["d"]["__next"].as_str() else { break };
            next.strip_prefix(&fixture.tenant.base_url()).unwrap().clone_into(&mut path);
        }
        let count: usize = fixture.get("EmpJob/$count", &[]).await.text.parse().unwrap();
        let unique: BTreeSet<&String> = keys.iter().collect();
        assert_eq!((keys.len(), unique.len()), (count, count), "{mode}");
    }
}

/// docs/successfactors.md#formats: Atom speaks the same keys.
#[tokio::test]
async fn atom_has_composite_keys_and_dates() {
    let fixture = company(100).await;
    let text = fixture.raw("/odata/v2/PerPersonal?$top=1&$expand=personNav").await.text;
    let document = roxmltree::Document::parse(&text).unwrap();
    let entry = document.descendants().find(|node| node.tag_name().name() == "entry").unwrap();
    let id = entry.descendants().find(|node| node.tag_name().name() == "id").unwrap().text().unwrap();
    assert!(id.contains("PerPersonal(personIdExternal='") && id.contains("',startDate=datetime'"), "{id}");
    assert!(entry.descendants().any(|node| node.tag_name().name() == "inline"));
}

/// docs/successfactors.md#who-is-listed: terminated people are among the jobs unless the switch is on.
#[tokio::test]
async fn terminated_jobs_are_hidden_by_a_switch_only() {
    for hidden in [false, true] {
        let switches = Switches { hide_terminated_jobs: hidden, ..Switches::default() };
        let fixture = Fixture::with(Options { switches, ..options(300) }).await;
        let jobs = fixture.get("EmpJob", &[("$select", "emplStatus")]).await.results();
        assert_eq!(jobs.iter().any(|job| job["emplStatus"] == "5536"), !hidden);
        let named = fixture.get("EmpJob", &[("$filter", "emplStatus eq '5536'")]).await.results();
        assert!(!named.is_empty());
    }
}

/// KBA 2736579 and docs/successfactors.md#metadata: a property that is only for filters is not shown.
#[tokio::test]
async fn invisible_properties_are_neither_shown_nor_selected() {
    let fixture = company(100).await;
    let mail = fixture.get("PerEmail", &[("$top", "1")]).await.results().remove(0);
    assert!(mail.get("operation").is_none() && mail.get("includeAllRecords").is_none());
    assert_eq!(fixture.get("PerEmail", &[("$select", "operation")]).await.code(), "COE_PROPERTY_NOT_FOUND");
    let switchboard = fixture.raw("/odata/v2/$metadata").await.text;
    assert!(!switchboard.contains("Name=\"~"), "the sandbox's own columns stay inside");
}

/// docs/successfactors.md#future-hires: future hires need a range of days, unless the switch is off; pending hires are
/// marked (KBA 2886573); a filter on the pseudo property finds everything (docs/successfactors.md#metadata).
#[tokio::test]
async fn future_hires_need_a_range_of_days() {
    let count = async |fixture: &Fixture, query: &[(&str, &str)]| -> usize {
        fixture.get("EmpEmployment/$count", query).await.text.parse().unwrap()
    };
    let fixture = company(1000).await;
    let ahead = [("fromDate", "1900-01-01")];
    let pending = ("$filter", "hiringNotCompleted eq 'true'");
    assert!(count(&fixture, &ahead).await > count(&fixture, &[]).await);
    assert_eq!(count(&fixture, &[pending]).await, 0);
    assert!(count(&fixture, &[pending, ahead[0]]).await > 0);
    let all = count(&fixture, &[]).await;
    assert_eq!(count(&fixture, &[("$filter", "includeAllRecords eq true")]).await, all);
    let switches = Switches { hide_future_employments: false, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(1000) }).await;
    assert!(count(&fixture, &[pending]).await > 0);
}

/// docs/successfactors.md#effective-dates, and KBA 2291530: records of MDF are normal unless a workflow holds them,
/// which nothing does here.
#[tokio::test]
async fn pending_records_of_mdf_are_none() {
    let fixture = Fixture::new(70).await;
    let counted = async |entity: &str, status: &str| {
        let answer = fixture.get(&format!("{entity}/$count"), &[("recordStatus", status)]).await;
        assert_eq!(answer.status, 200, "{entity} {status}: {}", answer.text);
        answer.text.parse::<usize>().unwrap()
    };
    for entity in ["Position", "FODepartment", "PickListValueV2"] {
        assert!(counted(entity, "normal").await > 0, "{entity}");
        assert_eq!(counted(entity, "pending").await, 0, "{entity}");
        assert_eq!(counted(entity, "Pending").await, 0, "{entity}");
        assert!(fixture.get(entity, &[("recordStatus", "pending")]).await.results().is_empty());
    }
    // It says nothing of entities without workflows of MDF.
    assert!(counted("User", "pending").await > 0 && counted("EmpJob", "pending").await > 0);
    assert!(counted("Position", "somehow").await > 0);
    let switches = Switches { unknown_record_status_is_error: true, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(70) }).await;
    let answer = fixture.get("Position", &[("recordStatus", "somehow")]).await;
    assert_eq!((answer.status, answer.code()), (400, "COE_GENERAL_BAD_REQUEST".to_owned()));
    // A value of the system field, where the metadata shows it.
    let value = fixture.get("PickListValueV2", &[("$top", "1")]).await.results().remove(0);
    assert_eq!(value["mdfSystemRecordStatus"], "N");
}

/// docs/successfactors.md#employments: the users of one person are the same person from the start, not from the first
/// HRIS sync on.
#[tokio::test]
async fn one_person_has_one_name_from_the_start() {
    let fixture = Fixture::new(3000).await;
    let everybody = [("$filter", "status in 't','f','T','F','e','d'")];
    let users = fixture.all("User", &everybody).await.into_iter();
    let users: BTreeMap<String, Value> = users.map(|user| (text(&user, "userId").to_owned(), user)).collect();
    let mut second = 0;
    for employment in fixture.all("EmpEmployment", &[]).await {
        let [user, main] = ["userId", "personIdExternal"].map(|name| &users[text(&employment, name)]);
        if user["userId"] == main["userId"] {
            continue;
        }
        second += 1;
        for name in
            ["firstName", "lastName", "defaultFullName", "gender", "email", "dateOfBirth", "nationality"]
        {
            assert_eq!(user[name], main[name], "{name} of {} and {}", user["userId"], main["userId"]);
        }
        assert_ne!(user["username"], main["username"]);
    }
    assert!(second > 10, "{second}");
}
