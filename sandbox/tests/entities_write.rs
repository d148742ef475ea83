//! Upserts of the entities of Employee Central, foundation, groups and roles.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use sandbox::{Options, Switches};
use serde_json::{Value, json};
use support::{Answer, Fixture, options};

fn row(uri: &str, fields: &Value) -> Value {
    let mut record = json!({"__metadata": {"uri": uri}});
    for (name, value) in fields.as_object().unwrap() {
        record[name] = value.clone();
    }
    record
}

fn mail(kind: &str, person: &str, fields: &Value) -> Value {
    row(&format!("PerEmail(emailType='{kind}',personIdExternal='{person}')"), fields)
}

fn date(text: &str) -> String {
    let day = chrono::DateTime::parse_from_rfc3339(&format!("{text}T00:00:00Z")).unwrap();
    format!("/Date({})/", day.timestamp_millis())
}

fn job(user: &str, day: &str, fields: &Value) -> Value {
    row(&format!("EmpJob(seqNumber=1L,startDate=datetime'{day}T00:00:00',userId='{user}')"), fields)
}

async fn ok(fixture: &Fixture, body: &Value) -> Vec<Value> {
    let rows = fixture.upsert(body).await;
    assert!(rows.iter().all(|row| row["status"] == "OK"), "{rows:?}");
    rows
}

async fn refused(fixture: &Fixture, body: &Value, text: &str) -> Value {
    let mut rows = fixture.upsert(body).await;
    let row = rows.remove(0);
    assert_eq!(row["status"], "ERROR", "{row}");
    assert!(row["message"].as_str().unwrap().contains(text), "{row}");
    row
}

async fn one(fixture: &Fixture, path: &str) -> Value {
    let answer: Answer = fixture.get(path, &[]).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()["d"].clone()
}

async fn history(fixture: &Fixture, user: &str) -> Vec<Value> {
    let filter = format!("userId eq '{user}'");
    let query =
        [("$filter", filter.as_str()), ("fromDate", "1900-01-01"), ("$orderby", "startDate,seqNumber")];
    fixture.get("EmpJob", &query).await.results()
}

async fn with(switches: Switches) -> Fixture {
    Fixture::with(Options { switches, ..options(300) }).await
}

/// docs/successfactors.md#e-mail-and-phone: promote one and demote the other in the same payload, in any order; the
/// result's key names entity and property (KBA 3286759).
#[tokio::test]
async fn primary_mail_moves_in_one_payload() {
    let fixture = Fixture::new(300).await;
    let new = json!({"emailAddress": "new@acme.example", "isPrimary": true});
    let rows = ok(
        &fixture,
        &json!([mail("8450", "jsmith", &new), mail("8448", "jsmith", &json!({"isPrimary": false}))]),
    )
    .await;
    assert_eq!(rows[0]["key"], "PerEmail/emailType=8450,PerEmail/personIdExternal=jsmith");
    assert_eq!((&rows[0]["index"], &rows[1]["index"]), (&json!(0), &json!(1)));
    let stored = one(&fixture, "PerEmail(emailType='8448',personIdExternal='jsmith')").await;
    assert_eq!(stored["isPrimary"], false);
    // HRIS sync carries the primary one to the user (KBA 3308618).
    assert_eq!(fixture.tenant.user("jsmith").unwrap()["email"], "new@acme.example");
}

/// docs/successfactors.md#e-mail-and-phone: a second primary is an error, unless the setting is on that demotes the
/// first.
#[tokio::test]
async fn second_primary_is_refused_unless_switched() {
    let second = mail("8450", "jsmith", &json!({"emailAddress": "x@acme.example", "isPrimary": true}));
    let fixture = Fixture::new(300).await;
    refused(&fixture, &second, "Only one primary").await;
    assert_eq!(fixture.get("PerEmail(emailType='8450',personIdExternal='jsmith')", &[]).await.status, 404);
    let fixture = with(Switches { primary_demotes_others: true, ..Switches::default() }).await;
    ok(&fixture, &second).await;
    let old = one(&fixture, "PerEmail(emailType='8448',personIdExternal='jsmith')").await;
    assert_eq!(old["isPrimary"], false);
}

/// KBA 3386831: a deletion needs the flag, and says so with the key of the record.
#[tokio::test]
async fn deleting_a_mail_needs_its_flag() {
    let fixture = Fixture::new(300).await;
    let failed = refused(
        &fixture,
        &json!([mail("8448", "jsmith", &json!({"operation": "DELETE"}))]),
        "isPrimary contains",
    )
    .await;
    assert_eq!(failed["httpCode"], 500);
    assert_eq!(failed["key"], "PerEmail/emailType=8448,PerEmail/personIdExternal=jsmith");
    assert!(failed["message"].as_str().unwrap().contains("Failed record info: {PerEmail/operation=DELETE, PerEmail/emailType=8448, PerEmail/personIdExternal=jsmith}"));
    ok(&fixture, &json!([mail("8448", "jsmith", &json!({"operation": "DELETE", "isPrimary": true}))])).await;
    assert_eq!(fixture.get("PerEmail(emailType='8448',personIdExternal='jsmith')", &[]).await.status, 404);
}

/// docs/successfactors.md#time-slices: a new day is a new slice that takes over; event and status follow from the
/// reason.
#[tokio::test]
async fn a_new_day_is_a_new_slice() {
    let fixture = Fixture::new(300).await;
    let before = history(&fixture, "jsmith").await;
    let rows =
        ok(&fixture, &job("jsmith", "2026-02-01", &json!({"eventReason": "TRANDEPT", "department": "3100"})))
            .await;
    assert!(
        rows[0]["key"].as_str().unwrap().contains("EmpJob/startDate=2026-02-01T00:00:00.000-05:00"),
        "{rows:?}"
    );
    let after = history(&fixture, "jsmith").await;
    assert_eq!(after.len(), before.len() + 1);
    let slice = after.iter().find(|slice| slice["startDate"] == date("2026-02-01")).unwrap();
    let old = after.iter().rfind(|slice| slice["endDate"] == date("2026-01-31")).unwrap();
    assert_eq!(
        (&slice["department"], &slice["event"], &slice["emplStatus"]),
        (&json!("3100"), &json!("5574"), &json!("5533"))
    );
    assert_eq!(slice["jobCode"], old["jobCode"]);
    assert_ne!(old["department"], slice["department"]);
    // The same key edits the slice; the same again changes nothing.
    let edit = job("jsmith", "2026-02-01", &json!({"eventReason": "TRANDEPT", "notes": "moved"}));
    ok(&fixture, &edit).await;
    assert_eq!(history(&fixture, "jsmith").await.len(), after.len());
    let again = ok(&fixture, &edit).await;
    assert!(again[0]["message"].as_str().unwrap().starts_with("[Warning!]"));
}

/// KBA 3134548: deleting a slice, with its reason; the one before goes on.
#[tokio::test]
async fn a_deleted_slice_leaves_no_gap() {
    let fixture = Fixture::new(300).await;
    let before = history(&fixture, "jsmith").await;
    ok(&fixture, &job("jsmith", "2026-02-01", &json!({"eventReason": "DATACHG"}))).await;
    ok(&fixture, &job("jsmith", "2026-02-01", &json!({"operation": "DELETE", "eventReason": "DATACHG"})))
        .await;
    let ends = |slices: &[Value]| slices.iter().map(|slice| slice["endDate"].clone()).collect::<Vec<_>>();
    assert_eq!(ends(&history(&fixture, "jsmith").await), ends(&before));
    refused(
        &fixture,
        &job("jsmith", "2026-02-01", &json!({"operation": "DELETE", "eventReason": "DATACHG"})),
        "does not exist",
    )
    .await;
}

/// KBA 3286759: `operation` DELIMIT ends a dated record.
#[tokio::test]
async fn delimit_ends_a_record() {
    let fixture = Fixture::new(300).await;
    let relation = fixture.get("EmpJobRelationships", &[("$top", "1")]).await.results().remove(0);
    let uri = relation["__metadata"]["uri"].as_str().unwrap().to_owned();
    ok(&fixture, &row(&uri, &json!({"operation": "DELIMIT", "endDate": date("2026-03-31")}))).await;
    let path = uri.split_once("/odata/v2/").unwrap().1;
    assert_eq!(one(&fixture, path).await["endDate"], date("2026-03-31"));
}

/// KBA 2892425, 3283017, 2203342 and KBA 3307746: what a record may say.
#[tokio::test]
async fn wrong_codes_options_and_gaps_are_refused() {
    let fixture = Fixture::new(300).await;
    let bad = |fields: Value| job("jsmith", "2026-02-01", &fields);
    refused(
        &fixture,
        &bad(json!({"eventReason": "DATACHG", "costCenter": "none"})),
        "none is an invalid external code for Cost Center with the index 0",
    )
    .await;
    refused(
        &fixture,
        &bad(json!({"eventReason": "NOPE"})),
        "NOPE is an invalid external code for Event Reason",
    )
    .await;
    refused(&fixture, &bad(json!({"department": "3100"})), "Required properties eventReason are missing")
        .await;
    refused(
        &fixture,
        &bad(json!({"eventReason": "DATACHG", "employeeClass": "12345"})),
        "The value 12345 for field employeeClass",
    )
    .await;
    let early = job("jsmith", "1985-01-01", &json!({"eventReason": "DATACHG", "department": "3100"}));
    refused(&fixture, &early, "3100 is an invalid external code for Department").await;
    refused(
        &fixture,
        &mail("8450", "nobody", &json!({"emailAddress": "x", "isPrimary": false})),
        "nobody does not exist",
    )
    .await;
    refused(&fixture, &mail("8450", "cmueller", &json!({"isPrimary": false})), "emailAddress").await;
    assert_eq!(
        history(&fixture, "jsmith")
            .await
            .iter()
            .filter(|slice| slice["startDate"] == date("2026-02-01"))
            .count(),
        0
    );
    let long = json!([mail("8450", "jsmith", &json!({"emailAddress": "x".repeat(101), "isPrimary": false}))]);
    assert_eq!(fixture.upsert_with("", &long).await.code(), "COE_PROPERTY_EXCEED_MAX_LENGTH");
    let event = fixture.upsert_with("", &bad(json!({"eventReason": "DATACHG", "emplStatus": "5536"}))).await;
    assert_eq!(event.code(), "COE_PROPERTY_NOT_EDITABLE");
}

/// docs/successfactors.md#verbs: sets that are read-only refuse upserts; HRIS sets take nothing else.
#[tokio::test]
async fn verbs_follow_the_flags_of_the_set() {
    let fixture = Fixture::new(300).await;
    let refusal = fixture.upsert_with("", &row("PersonKey('jsmith')", &json!({}))).await;
    assert_eq!((refusal.status, refusal.message().contains("PersonKey is not upsertable")), (400, true));
    let send = async |method: reqwest::Method, path: &str, body: Value| {
        let url = format!("{}/odata/v2/{path}", fixture.tenant.base_url());
        let request = fixture.http.request(method, url).bearer_auth(&fixture.token);
        let request = request.header("content-type", "application/json").header("accept", "application/json");
        Answer::of(request.body(body.to_string()).send().await.unwrap()).await
    };
    let body =
        json!({"emailType": "8450", "personIdExternal": "jsmith", "emailAddress": "x", "isPrimary": false});
    assert_eq!(send(reqwest::Method::POST, "PerEmail", body).await.status, 405);
    let center =
        json!({"externalCode": "CC-X", "startDate": date("2026-01-01"), "name": "New", "status": "A"});
    assert_eq!(send(reqwest::Method::POST, "FOCostCenter", center).await.status, 201);
    let path = "FOCostCenter(externalCode='CC-X',startDate=datetime'2026-01-01T00:00:00')";
    let merge = reqwest::Method::from_bytes(b"MERGE").unwrap();
    assert_eq!(send(merge, path, json!({"name": "Newer"})).await.status, 200);
    assert_eq!(one(&fixture, path).await["name"], "Newer");
    assert_eq!(send(reqwest::Method::DELETE, path, json!(null)).await.status, 200);
    assert_eq!(fixture.get(path, &[]).await.status, 404);
    assert_eq!(send(reqwest::Method::DELETE, "PerPerson('jsmith')", json!(null)).await.status, 405);
}

/// docs/successfactors.md#terminations: a termination ends employment and job, and the user is inactive once it is
/// past.
#[tokio::test]
async fn termination_reaches_employment_job_and_user() {
    let fixture = Fixture::new(300).await;
    let leave = |day: &str| {
        let uri = format!(
            "EmpEmploymentTermination(endDate=datetime'{day}T00:00:00',personIdExternal='jsmith',userId='jsmith')"
        );
        row(&uri, &json!({"eventReason": "TERVCOMP", "okToRehire": true}))
    };
    let without = row(
        "EmpEmploymentTermination(endDate=datetime'2026-03-31T00:00:00',personIdExternal='jsmith',userId='jsmith')",
        &json!({}),
    );
    refused(&fixture, &without, "eventReason").await;
    ok(&fixture, &leave("2026-03-31")).await;
    let employment = one(&fixture, "EmpEmployment(personIdExternal='jsmith',userId='jsmith')").await;
    assert_eq!(
        (&employment["endDate"], &employment["okToRehire"]),
        (&json!(date("2026-03-31")), &json!(true))
    );
    let slice = history(&fixture, "jsmith").await.pop().unwrap();
    assert_eq!(
        (&slice["startDate"], &slice["emplStatus"], &slice["event"]),
        (&json!(date("2026-04-01")), &json!("5536"), &json!("5572"))
    );
    let info = one(&fixture, "PersonEmpTerminationInfo('jsmith')").await;
    assert_eq!(
        (&info["activeEmploymentsCount"], &info["latestTerminationDate"]),
        (&json!(0), &json!(date("2026-03-31")))
    );
    assert_eq!(fixture.tenant.user("jsmith").unwrap()["status"], "f");
    // Rehire, same employment.
    ok(&fixture, &job("jsmith", "2026-06-01", &json!({"eventReason": "REHREH"}))).await;
    assert_eq!(fixture.tenant.user("jsmith").unwrap()["status"], "t");
}

/// KBA 2948448: HRIS sync puts a status back that was written to the user.
#[tokio::test]
async fn hris_sync_overwrites_a_status() {
    let fixture = Fixture::new(300).await;
    ok(&fixture, &support::record("jsmith", &json!({"status": "f"}))).await;
    assert_eq!(fixture.tenant.user("jsmith").unwrap()["status"], "f");
    assert!(fixture.tenant.hris_sync() > 200);
    assert_eq!(fixture.tenant.user("jsmith").unwrap()["status"], "t");
    ok(&fixture, &support::record("jsmith", &json!({"status": "f"}))).await;
    let url = format!("{}/sandbox/hris-sync", fixture.tenant.base_url());
    let answer = Answer::of(fixture.http.post(url).send().await.unwrap()).await;
    assert!(answer.json()["employments"].as_u64() > Some(200));
    assert_eq!(fixture.tenant.user("jsmith").unwrap()["status"], "t");
}

/// HRIS sync of a tenant in which nobody wrote anything changes nobody who has one employment; a transfer
/// reaches the user's department and manager (docs/successfactors.md#hris-sync).
#[tokio::test]
async fn hris_sync_agrees_with_what_was_made() {
    let fixture = Fixture::new(300).await;
    let query = [("$expand", "personKeyNav"), ("$select", "userId,personKeyNav/personIdExternal")];
    let users = fixture.get("User", &query).await.results();
    let ids = users.iter().filter(|user| user["personKeyNav"]["personIdExternal"] == user["userId"]);
    let ids: Vec<&str> = ids.map(|user| user["userId"].as_str().unwrap()).collect();
    let state = || ids.iter().map(|id| fixture.tenant.user(id)).collect::<Vec<_>>();
    let before = state();
    assert!(before.len() > 200);
    fixture.tenant.hris_sync();
    assert_eq!(state(), before);
    let fields = json!({"eventReason": "TRANDEPT", "department": "3100", "managerId": "cmueller"});
    ok(&fixture, &job("jsmith", "2026-02-01", &fields)).await;
    let user = fixture.tenant.user("jsmith").unwrap();
    assert_eq!((&user["department"], &user["manager"]), (&json!("Sales (3100)"), &json!(["cmueller"])));
}

/// KBA 2948448: the daily job, with the first request of a new day of the tenant's clock.
#[tokio::test]
async fn daily_sync_follows_the_clock() {
    let clock = std::sync::Arc::new(sandbox::ShiftedClock::default());
    let switches = Switches { hris_sync_daily: true, ..Switches::default() };
    let fixture = Fixture::with(Options { clock: clock.clone(), switches, ..options(300) }).await;
    ok(&fixture, &support::record("jsmith", &json!({"status": "f"}))).await;
    one(&fixture, "User('jsmith')").await;
    assert_eq!(fixture.tenant.user("jsmith").unwrap()["status"], "f");
    clock.advance(chrono::TimeDelta::hours(25));
    let url = format!("{}/odata/v2/User('jsmith')?$format=json", fixture.tenant.base_url());
    let request = fixture.http.get(url).bearer_auth(fixture.tenant.access_token());
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert_eq!(answer.json()["d"]["status"], "t");
}

/// KBA 3075524: a new user is a person, unless the id is another person's.
#[tokio::test]
async fn new_users_are_new_people() {
    let fixture = Fixture::new(300).await;
    let body = |id: &str| support::record(id, &json!({"username": id, "status": "t"}));
    ok(&fixture, &body("early")).await;
    assert_eq!(one(&fixture, "PerPerson('early')").await["personIdExternal"], "early");
    ok(&fixture, &body("late")).await;
    assert_eq!(one(&fixture, "PerPerson('late')").await["personIdExternal"], "late");
    ok(
        &fixture,
        &row("PerPerson('taken')", &json!({"dateOfBirth": date("1990-05-05"), "countryOfBirth": "DEU"})),
    )
    .await;
    refused(&fixture, &body("taken"), "can not get personId. with the index 0").await;
}

/// docs/successfactors.md#terminations: the order of a hire, and a second employment with a new userId for the same
/// person; the user appears by itself (KBA 3708971).
#[tokio::test]
async fn hire_and_second_employment_make_users() {
    let fixture = Fixture::new(300).await;
    ok(
        &fixture,
        &row("PerPerson('p1')", &json!({"dateOfBirth": date("1990-05-05"), "countryOfBirth": "DEU"})),
    )
    .await;
    for user in ["u1", "u2"] {
        ok(
            &fixture,
            &row(
                &format!("EmpEmployment(personIdExternal='p1',userId='{user}')"),
                &json!({"startDate": date("2026-01-01"), "firstDateWorked": date("2026-01-01")}),
            ),
        )
        .await;
        let first = json!({"eventReason": "HIRNEW", "company": "US01", "businessUnit": "BU2", "jobCode": "J21001", "managerId": "cmueller"});
        let unled =
            json!({"eventReason": "HIRNEW", "company": "US01", "businessUnit": "BU2", "jobCode": "J21001"});
        refused(&fixture, &job(user, "2026-01-01", &unled), "Reports To is invalid.").await;
        ok(&fixture, &job(user, "2026-01-01", &first)).await;
    }
    let names = json!({"firstName": "Ada", "lastName": "Byron", "nationality": "DEU", "nativePreferredLang": "10222"});
    let uri = "PerPersonal(personIdExternal='p1',startDate=datetime'2026-01-01T00:00:00')";
    ok(&fixture, &row(uri, &names)).await;
    assert_eq!(fixture.tenant.people(), 302);
    let query = [
        ("$expand", "personKeyNav,empInfo/jobInfoNav"),
        ("$select", "userId,status,personKeyNav/personIdExternal,empInfo/jobInfoNav/department"),
    ];
    let user = fixture.get("User('u2')", &query).await.json()["d"].clone();
    assert_eq!((&user["status"], &user["personKeyNav"]["personIdExternal"]), (&json!("t"), &json!("p1")));
    let info = fixture.get("PerPerson('p1')", &[("$expand", "employmentNav")]).await.json()["d"].clone();
    assert_eq!(info["employmentNav"]["results"].as_array().unwrap().len(), 2);
}

/// KBA 2481544: entities that come along are written too, and found by their owner.
#[tokio::test]
async fn inline_entities_are_written_along() {
    let fixture = Fixture::new(300).await;
    let mut body =
        row("EmpEmployment(personIdExternal='jsmith',userId='jsmith')", &json!({"prevEmployeeId": "old"}));
    body["jobInfoNav"] =
        json!({"results": [{"startDate": date("2026-02-01"), "eventReason": "DATACHG", "seqNumber": "1"}]});
    let rows = ok(&fixture, &body).await;
    assert_eq!(rows[0]["inlineResults"][0]["status"], "OK");
    assert!(history(&fixture, "jsmith").await.iter().any(|slice| slice["startDate"] == date("2026-02-01")));
    // A failure inside takes the owner back.
    body["prevEmployeeId"] = "other".into();
    body["jobInfoNav"]["results"][0]["department"] = "none".into();
    refused(&fixture, &body, "none is an invalid external code for Department").await;
    assert_eq!(
        one(&fixture, "EmpEmployment(personIdExternal='jsmith',userId='jsmith')").await["prevEmployeeId"],
        "old"
    );
}

/// docs/successfactors.md#upsert-parameters: `full` deletes all other slices, and is all or nothing (KBA 2545933);
/// isolated records stand alone (KBA 2936182).
#[tokio::test]
async fn full_purge_replaces_the_history() {
    let fixture = Fixture::new(300).await;
    ok(&fixture, &job("jsmith", "2026-02-01", &json!({"eventReason": "DATACHG"}))).await;
    let only = json!({"eventReason": "HIRNEW", "company": "US01", "businessUnit": "BU2", "jobCode": "J21001", "managerId": "NO_MANAGER"});
    let bad = job("cmueller", "2026-02-01", &json!({"eventReason": "NOPE"}));
    let body = json!([job("jsmith", "2026-01-01", &only), bad]);
    let count = history(&fixture, "jsmith").await.len();
    let rows = fixture.upsert_with("&purgeType=full", &body).await.json()["d"].clone();
    assert_eq!((&rows[0]["editStatus"], &rows[1]["status"]), (&json!("ACCEPTED"), &json!("ERROR")));
    assert_eq!(history(&fixture, "jsmith").await.len(), count);
    let rows =
        fixture.upsert_with("&purgeType=full&strictTransactionIsolate=true", &body).await.json()["d"].clone();
    assert_eq!(rows[0]["editStatus"], "UPSERTED");
    let slices = history(&fixture, "jsmith").await;
    assert_eq!((slices.len(), &slices[0]["startDate"]), (1, &json!(date("2026-01-01"))));
}

/// KBA 3341990 and its sample: a group with its pools is made without a key, and replaced with one.
#[tokio::test]
async fn groups_are_made_and_replaced_with_their_pools() {
    let fixture = Fixture::new(300).await;
    let pool = |user: &str| {
        json!({"__metadata": {"uri": "DGPeoplePool"}, "filters": {"__metadata": {"uri": "DGFilter"},
            "field": {"__metadata": {"uri": "DGField"}, "name": "std_username"},
            "expressions": [{"__metadata": {"uri": "DGExpression"},
                "operator": {"__metadata": {"uri": "DGFieldOperator"}, "token": "eq", "label": "="},
                "values": {"__metadata": {"uri": "DGFieldValue"}, "fieldValue": user}}]}})
    };
    let body = json!({"__metadata": {"uri": "DynamicGroup"}, "groupName": "New", "groupType": "permission", "staticGroup": false, "dgIncludePools": [pool("jsmith")]});
    let rows = ok(&fixture, &body).await;
    let id = rows[0]["key"].as_str().unwrap().strip_prefix("DynamicGroup/groupID=").unwrap().to_owned();
    let read = async || {
        let query = [("$expand", "dgIncludePools/filters/expressions/values,dgIncludePools/filters/field")];
        fixture.get(&format!("DynamicGroup({id}L)"), &query).await.json()["d"]["dgIncludePools"]["results"]
            .clone()
    };
    assert_eq!(
        read().await[0]["filters"]["results"][0]["expressions"]["results"][0]["values"]["results"][0]["fieldValue"],
        "jsmith"
    );
    let body = json!({"__metadata": {"uri": "DynamicGroup"}, "groupID": id, "groupName": "New", "groupType": "permission", "dgIncludePools": [pool("cmueller")]});
    ok(&fixture, &body).await;
    let pools = read().await;
    assert_eq!(pools.as_array().unwrap().len(), 1);
    assert_eq!(
        pools[0]["filters"]["results"][0]["expressions"]["results"][0]["values"]["results"][0]["fieldValue"],
        "cmueller"
    );
}

/// docs/successfactors.md#roles: rules grant roles to groups; links are added (KBA 2657419).
#[tokio::test]
async fn rules_link_groups_and_roles() {
    let fixture = Fixture::new(300).await;
    let link = |uri: &str| json!({"__metadata": {"uri": uri}});
    let mut body = row("RBPRule(504L)", &json!({"status": 1}));
    body["accessGroups"] = json!([link("DynamicGroup(3601L)")]);
    ok(&fixture, &body).await;
    let rule = fixture.get("RBPRule(504L)", &[("$expand", "accessGroups,roles")]).await.json()["d"].clone();
    assert_eq!(rule["accessGroups"]["results"].as_array().unwrap().len(), 2);
    assert_eq!(rule["roles"]["roleId"], "85");
    let role = json!({"__metadata": {"uri": "RBPRole"}, "roleName": "Auditor", "permissions": [link("RBPBasicPermission(4L)")]});
    let rows = ok(&fixture, &role).await;
    assert_eq!(rows[0]["key"], "RBPRole/roleId=86");
}

/// docs/successfactors.md#verbs: foundation objects and positions, dated, and `purgeType=record` clears (KBA 2749477).
#[tokio::test]
async fn positions_take_slices_and_record_purge() {
    let fixture = Fixture::new(300).await;
    let uri = |day: &str| format!("Position(code='P21001',effectiveStartDate=datetime'{day}T00:00:00')");
    ok(&fixture, &row(&uri("2026-02-01"), &json!({"positionTitle": "Wizard"}))).await;
    let slice = one(&fixture, &uri("2026-02-01")).await;
    assert_eq!((&slice["positionTitle"], &slice["department"]), (&json!("Wizard"), &json!("2100")));
    assert_eq!(one(&fixture, &uri("1990-01-01")).await["effectiveEndDate"], date("2026-01-31"));
    let body = row(&uri("2026-02-01"), &json!({"positionTitle": "Wizard", "effectiveStatus": "A"}));
    let answer = fixture.upsert_with("&purgeType=record", &body).await;
    assert_eq!(answer.json()["d"][0]["status"], "OK", "{}", answer.text);
    assert_eq!(one(&fixture, &uri("2026-02-01")).await["department"], Value::Null);
}

/// docs/successfactors.md#deltas: whether a child's change moves the person is a switch.
#[tokio::test]
async fn child_changes_touch_the_person_by_a_switch_only() {
    for touches in [false, true] {
        let fixture = with(Switches { child_change_touches_person: touches, ..Switches::default() }).await;
        let before = one(&fixture, "PerPerson('jsmith')").await;
        ok(&fixture, &mail("8448", "jsmith", &json!({"emailAddress": "n@acme.example"}))).await;
        let after = one(&fixture, "PerPerson('jsmith')").await;
        assert_eq!(before["lastModifiedDateTime"] != after["lastModifiedDateTime"], touches);
    }
}

/// docs/successfactors.md#upsert-parameters: sources disagree about `record` on HRIS entities.
#[tokio::test]
async fn record_purge_of_hris_entities_is_a_switch() {
    for refuses in [false, true] {
        let fixture = with(Switches { record_purge_of_hris_is_error: refuses, ..Switches::default() }).await;
        let body =
            json!([mail("8448", "jsmith", &json!({"isPrimary": true, "emailAddress": "n@acme.example"}))]);
        let answer = fixture.upsert_with("&purgeType=record", &body).await;
        assert_eq!(answer.json()["d"][0]["status"] == "ERROR", refuses, "{}", answer.text);
    }
}

/// KBA 2203342: a manager must be a user, or nobody by name.
#[tokio::test]
async fn managers_of_jobs_must_exist() {
    let fixture = Fixture::new(300).await;
    let body =
        |manager: &str| job("jsmith", "2026-02-01", &json!({"eventReason": "DATACHG", "managerId": manager}));
    refused(&fixture, &body("nobody"), "Reports To is invalid.").await;
    ok(&fixture, &body("NO_MANAGER")).await;
    let query = [("$expand", "managerUserNav"), ("$filter", "userId eq 'jsmith'")];
    assert_eq!(fixture.get("EmpJob", &query).await.results()[0]["managerUserNav"], Value::Null);
}

/// KBA 3307746: Atom upserts of entities with keys of several parts.
#[tokio::test]
async fn atom_upserts_reach_any_entity() {
    let fixture = Fixture::new(300).await;
    let body = "<entry xmlns=\"http://www.w3.org/2005/Atom\" xmlns:m=\"u:m\" xmlns:d=\"u:d\">\
        <id>PerPhone(personIdExternal='jsmith',phoneType='10607')</id><content type=\"application/xml\"><m:properties>\
        <d:phoneNumber>123</d:phoneNumber><d:isPrimary>false</d:isPrimary></m:properties></content></entry>";
    let url = format!("{}/odata/v2/upsert?$format=json", fixture.tenant.base_url());
    let request = fixture.http.post(url).bearer_auth(&fixture.token);
    let request = request.header("content-type", "application/atom+xml").body(body);
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert_eq!(answer.json()["d"][0]["status"], "OK", "{}", answer.text);
    let phone = one(&fixture, "PerPhone(personIdExternal='jsmith',phoneType='10607')").await;
    assert_eq!(phone["phoneNumber"], "123");
}
