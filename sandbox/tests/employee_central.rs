//! What a reader of Employee Central meets: countries and languages, careers near today, global assignments, accounts,
//! heads of units, names in several languages, and what a hire needs.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Document;
use serde_json::{Value, json};
use support::{BEGUN, DAY, Fixture, millis, text};

fn today() -> i64 {
    BEGUN.timestamp_millis().div_euclid(DAY) * DAY
}

fn date(millis: i64) -> String {
    format!("/Date({millis})/")
}

fn row(uri: &str, fields: &Value) -> Value {
    let mut record = json!({"__metadata": {"uri": uri}});
    for (name, value) in fields.as_object().unwrap() {
        record[name] = value.clone();
    }
    record
}

async fn ok(fixture: &Fixture, body: &Value) {
    let rows = fixture.upsert(body).await;
    assert!(rows.iter().all(|row| row["status"] == "OK"), "{rows:?}");
}

async fn one(fixture: &Fixture, path: &str, expand: &str) -> Value {
    let query = [("$expand", expand)];
    let answer = fixture.get(path, if expand.is_empty() { &[] } else { &query[..] }).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()["d"].clone()
}

/// The smallest hire: a person with an id, an employment with a first day, a job with seven fields, a name (KBA 2619357).
async fn hire(fixture: &Fixture, person: &str, user: &str, start: i64) {
    let start = date(start);
    if fixture.get(&format!("PerPerson('{person}')"), &[]).await.status == 404 {
        ok(fixture, &row("PerPerson", &json!({"personIdExternal": person}))).await;
    }
    let employment = json!({"personIdExternal": person, "userId": user, "startDate": start});
    ok(fixture, &row("EmpEmployment", &employment)).await;
    let job = json!({"userId": user, "startDate": start, "eventReason": "HIRNEW", "company": "US01",
        "businessUnit": "BU2", "jobCode": "J21001", "managerId": "NO_MANAGER"});
    ok(fixture, &row("EmpJob", &job)).await;
    let names = json!({"personIdExternal": person, "startDate": start, "firstName": "Ada", "lastName": "Byron", "gender": "F"});
    ok(fixture, &row("PerPersonal", &names)).await;
}

/// KBA 2619357, and metadata of a live tenant, in which nothing more is required.
#[tokio::test]
async fn the_smallest_hire_is_taken() {
    let fixture = Fixture::standing(70).await;
    hire(&fixture, "p7100", "p7100", today()).await;
    let person =
        one(&fixture, "PerPerson('p7100')", "employmentNav/jobInfoNav,personEmpTerminationInfoNav").await;
    let employment = &person["employmentNav"]["results"][0];
    assert_eq!(employment["jobInfoNav"]["results"][0]["jobCode"], "J21001");
    assert_eq!(person["personEmpTerminationInfoNav"]["activeEmploymentsCount"], 1);
}

/// What the metadata requires is what a new row needs, and the other way round.
#[tokio::test]
async fn required_properties_are_those_of_the_metadata() {
    let fixture = Fixture::standing(70).await;
    hire(&fixture, "p7100", "p7100", today()).await;
    let text = fixture.raw("/odata/v2/$metadata").await.text;
    let document = Document::parse(&text).unwrap();
    let required = |entity: &str| -> Vec<String> {
        let kind = document
            .descendants()
            .find(|node| node.tag_name().name() == "EntityType" && node.attribute("Name") == Some(entity));
        let sap = "http://www.successfactors.com/edm/sap";
        let properties = kind.unwrap().children().filter(|node| node.tag_name().name() == "Property");
        properties
            .filter(|node| node.attribute((sap, "required")) == Some("true"))
            .filter(|node| node.attribute((sap, "upsertable")) == Some("true"))
            .map(|node| node.attribute("Name").unwrap().to_owned())
            .collect()
    };
    let start = date(today());
    let rows = [
        (
            "PerPersonal",
            json!({"personIdExternal": "p7100", "startDate": date(today() + DAY * 400),
            "firstName": "A", "lastName": "B"}),
        ),
        (
            "PerEmail",
            json!({"personIdExternal": "p7100", "emailType": "8448", "emailAddress": "a@b.example",
            "isPrimary": true}),
        ),
        (
            "EmpJob",
            json!({"userId": "p7100", "startDate": start, "seqNumber": "2", "eventReason": "DATACHG",
            "company": "US01", "businessUnit": "BU2", "jobCode": "J21001", "managerId": "NO_MANAGER"}),
        ),
        ("FOCostCenter", json!({"externalCode": "CC-NEW", "startDate": start, "status": "A"})),
        (
            "Position",
            json!({"code": "NEW", "effectiveStartDate": start, "positionTitle": "x", "effectiveStatus": "A"}),
        ),
    ];
    for (entity, fields) in &rows {
        let required = required(entity);
        // Values of the slice before would do for a job and a name: these have none, and are cleared.
        for name in required.iter().filter(|name| {
            ![
                "personIdExternal",
                "userId",
                "startDate",
                "emailType",
                "externalCode",
                "code",
                "effectiveStartDate",
                "seqNumber",
            ]
            .contains(&name.as_str())
        }) {
            let mut fields = fields.clone();
            assert!(!fields[name].is_null(), "{entity}/{name}");
            fields[name] = Value::Null;
            let answer = fixture.upsert(&row(entity, &fields)).await.remove(0);
            let message = answer["message"].as_str().unwrap_or_default();
            assert!(
                message.contains(&format!("Required properties {name} are missing")),
                "{entity}: {answer}"
            );
        }
        ok(&fixture, &row(entity, fields)).await;
    }
    // What is there already may not be cleared either.
    let cleared =
        json!({"personIdExternal": "p7100", "emailType": "8448", "emailAddress": null, "isPrimary": true});
    assert_eq!(fixture.upsert(&row("PerEmail", &cleared)).await[0]["status"], "ERROR");
}

/// As captured from a live tenant: countries are codes of three letters, languages are options (361 of 361 people).
/// `User` keeps words.
#[tokio::test]
async fn countries_are_codes_and_languages_are_options() {
    let fixture = Fixture::standing(300).await;
    let code = |row: &Value, name: &str| {
        let code = text(row, name);
        assert!(code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase()), "{name}: {row}");
    };
    for (set, name) in [
        ("PerPerson", "countryOfBirth"),
        ("PerPersonal", "nationality"),
        ("EmpJob", "countryOfCompany"),
        ("FOCompany", "country"),
        ("FOCorporateAddressDEFLT", "country"),
        ("Country", "code"),
    ] {
        let rows = fixture.all(set, &[]).await;
        assert!(rows.len() > 10, "{set}");
        rows.iter().for_each(|row| code(row, name));
    }
    let query = [("$expand", "nativePreferredLangNav,salutationNav,maritalStatusNav")];
    for name in fixture.all("PerPersonal", &query).await {
        assert_eq!(name["nativePreferredLang"], name["nativePreferredLangNav"]["id"], "{name}");
        assert_eq!(text(&name["nativePreferredLangNav"], "externalCode").len(), 2, "{name}");
    }
    let user = fixture.tenant.user("jsmith").unwrap();
    assert_eq!((&user["country"], &user["nationality"]), (&json!("United States"), &json!("United States")));
}

/// All nine codes of KBA 2505526, and `RNS`, which customers have besides.
#[tokio::test]
async fn people_are_in_every_employee_status() {
    let fixture = Fixture::standing(1000).await;
    let query = [("$expand", "emplStatusNav"), ("$select", "emplStatusNav/externalCode")];
    let jobs = fixture.all("EmpJob", &query).await;
    let statuses: BTreeSet<&str> =
        jobs.iter().map(|job| text(&job["emplStatusNav"], "externalCode")).collect();
    assert_eq!(statuses, ["A", "D", "F", "O", "P", "R", "RNS", "S", "T", "U"].into());
    let query = [("$expand", "emplStatusNav,eventNav,userNav"), ("$filter", "emplStatus eq '5540'")];
    let retired = fixture.get("EmpJob", &query).await.results().remove(0);
    assert_eq!(retired["userNav"]["status"], "f");
    // HRIS sync leaves them so.
    fixture.tenant.hris_sync();
    assert_eq!(fixture.tenant.user(text(&retired, "userId")).unwrap()["status"], "f");
    let query = [("$filter", "externalCode eq 'TERRETIR'"), ("$expand", "emplStatusNav")];
    let reason = fixture.get("FOEventReason", &query).await.results().remove(0);
    assert_eq!(reason["emplStatusNav"]["externalCode"], "R");
}

/// As captured: home employment, an assignment that ended, and one that was called off, in an order that means nothing;
/// one employment counts, and the last end is told all the same.
#[tokio::test]
async fn somebody_has_three_employments() {
    let fixture = Fixture::standing(300).await;
    let expand = "employmentNav/jobInfoNav/emplStatusNav,employmentNav/empGlobalAssignmentNav/assignmentTypeNav,\
        personEmpTerminationInfoNav";
    let people = fixture.all("PerPerson", &[("$expand", expand)]).await;
    let of = |person: &Value| person["employmentNav"]["results"].as_array().unwrap().clone();
    let three: Vec<&Value> = people.iter().filter(|person| of(person).len() == 3).collect();
    assert!(!three.is_empty());
    for person in three {
        let employments = of(person);
        let home = employments.iter().find(|one| one["assignmentClass"] == "ST").unwrap();
        assert_eq!((&home["userId"], &home["endDate"]), (&person["personIdExternal"], &Value::Null));
        let mut statuses = BTreeMap::new();
        for one in employments.iter().filter(|one| one["assignmentClass"] == "GA") {
            assert!(millis(one, "startDate") > millis(home, "startDate"), "{one}");
            assert_eq!((&one["originalStartDate"], &one["firstDateWorked"]), (&Value::Null, &Value::Null));
            assert_eq!(one["empGlobalAssignmentNav"]["assignmentTypeNav"]["externalCode"], "LONG");
            let job = &one["jobInfoNav"]["results"][0];
            let called_off = one["startDate"] == one["endDate"];
            statuses.insert(text(&job["emplStatusNav"], "externalCode").to_owned(), called_off);
        }
        assert_eq!(statuses, BTreeMap::from([("O".to_owned(), true), ("T".to_owned(), false)]));
        let info = &person["personEmpTerminationInfoNav"];
        assert_eq!(info["activeEmploymentsCount"], 1);
        let ends = employments.iter().filter(|one| one["startDate"] != one["endDate"]);
        assert_eq!(
            millis(info, "latestTerminationDate"),
            ends.filter_map(|one| millis(one, "endDate")).max()
        );
        // Coming back is a slice of the home employment.
        let query =
            [("$filter", &*format!("userId eq '{}'", text(home, "userId"))), ("fromDate", "1900-01-01")];
        let slices = fixture.get("EmpJob", &query).await.results();
        let reasons: BTreeSet<&str> = slices.iter().map(|slice| text(slice, "eventReason")).collect();
        assert_eq!(reasons, ["HIRNEW", "AWAYGA", "GAAssignPosition"].into());
    }
}

/// No employment begins before the one that was there first, and a rehire not before the last day.
#[tokio::test]
async fn second_employments_begin_after_the_first() {
    let fixture = Fixture::standing(1000).await;
    let query = [("fromDate", "1900-01-01"), ("$select", "personIdExternal,userId,startDate,endDate")];
    let mut people: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for one in fixture.all("EmpEmployment", &query).await {
        people.entry(text(&one, "personIdExternal").to_owned()).or_default().push(one);
    }
    let several = people.values().filter(|employments| employments.len() > 1);
    let mut seen = 0;
    for employments in several {
        let first = employments.iter().find(|one| one["userId"] == one["personIdExternal"]).unwrap();
        for other in employments.iter().filter(|one| one["userId"] != first["userId"]) {
            assert!(millis(other, "startDate") > millis(first, "startDate"), "{other} {first}");
            assert!(
                millis(first, "endDate").is_none_or(|end| millis(other, "startDate") > Some(end)),
                "{other}"
            );
            seen += 1;
        }
    }
    assert!(seen > 10);
}

/// Whatever day it is, people began, moved and left within the last weeks, and will within the next: what a client asks
/// that looks 30 days ahead (One Identity's script connector), and one that looks back.
#[tokio::test]
async fn people_begin_move_and_leave_around_today() {
    let fixture = Fixture::standing(500).await;
    let (now, range) = (today(), [("fromDate", "1900-01-01"), ("toDate", "9999-12-31")]);
    let near = |rows: &[Value], name: &str| {
        let days: Vec<i64> = rows.iter().filter_map(|row| Some((millis(row, name)? - now) / DAY)).collect();
        let count = |from: i64, to: i64| days.iter().filter(|day| (from..=to).contains(*day)).count();
        (count(-60, -1), count(1, 60))
    };
    let employments = fixture.all("EmpEmployment", &range).await;
    let jobs = fixture.all("EmpJob", &range).await;
    let moves: Vec<Value> = jobs.iter().filter(|job| job["eventReason"] == "TRANDEPT").cloned().collect();
    let positions = fixture.all("Position", &range).await;
    for (what, (past, future)) in [
        ("beginnings", near(&employments, "startDate")),
        ("ends", near(&employments, "endDate")),
        ("moves", near(&moves, "startDate")),
        ("positions", near(&positions, "effectiveStartDate")),
    ] {
        assert!(past > 1 && future > 1, "{what}: {past} and {future}");
    }
    // Pre-hires have any of three statuses, and neither name nor job before the day is asked for.
    let query = [range[0], range[1], ("$expand", "userNav,personNav/personalInfoNav,jobInfoNav")];
    let mut statuses = BTreeSet::new();
    for hire in fixture.all("EmpEmployment", &query).await {
        if millis(&hire, "startDate") > Some(now) {
            statuses.insert(text(&hire["userNav"], "status").to_owned());
            assert_eq!(hire["personNav"]["personalInfoNav"]["results"], json!([]), "{hire}");
            assert_eq!(hire["jobInfoNav"]["results"], json!([]), "{hire}");
        }
    }
    assert_eq!(statuses, ["e", "f", "t"].map(str::to_owned).into());
    // Whoever left is inactive, and whoever will leave is not.
    for one in fixture.all("EmpEmployment", &[("$expand", "userNav")]).await {
        if let Some(end) = millis(&one, "endDate") {
            assert_eq!(one["userNav"]["status"] == "f", end < now, "{one}");
        }
    }
}

/// Client: One Identity's script connector expands these.
#[tokio::test]
async fn units_have_heads_and_functions_have_parents() {
    let fixture = Fixture::standing(300).await;
    let query = [("$expand", "parentNav,headOfUnitNav")];
    let departments = fixture.all("FODepartment", &query).await;
    let sales = departments.iter().find(|one| one["externalCode"] == "3100").unwrap();
    assert_eq!(sales["parentNav"]["externalCode"], "1000");
    assert_eq!(sales["headOfUnit"], sales["headOfUnitNav"]["userId"]);
    assert_eq!(sales["headOfUnitNav"]["department"], "Sales (3100)", "{sales}");
    let query = [("$expand", "parentFunctionCodeNav")];
    let functions = fixture.all("FOJobFunction", &query).await;
    let above = functions.iter().filter(|one| !one["parentFunctionCodeNav"].is_null());
    assert!(
        above.clone().all(|one| one["parentFunctionCode"] == one["parentFunctionCodeNav"]["externalCode"])
    );
    assert!(above.count() > 5);
    // Codes of live tenants may end in blanks.
    let staff = functions.iter().find(|one| text(one, "externalCode").starts_with("ITS")).unwrap();
    let uri = text(&staff["__metadata"], "uri").split_once("/odata/v2/").unwrap().1.to_owned();
    assert_eq!(one(&fixture, &uri, "").await["externalCode"], "ITS   ");
    let query = [("$expand", "jobFunctionNav"), ("$top", "1")];
    assert!(fixture.get("FOJobCode", &query).await.results()[0]["jobFunctionNav"]["name"].is_string());
}

/// Live metadata: what employments and options have besides, and how long texts may be.
#[tokio::test]
async fn live_tenants_have_more_and_other_lengths() {
    let fixture = Fixture::standing(70).await;
    let employment = one(&fixture, "EmpEmployment(personIdExternal='jsmith',userId='jsmith')", "").await;
    assert_eq!(employment["assignmentIdExternal"], "jsmith");
    assert!(text(&employment, "employmentId").parse::<i64>().is_ok(), "{employment}");
    let option = one(&fixture, "PicklistOption(8448L)", "").await;
    assert_eq!((&option["mdfExternalCode"], &option["localeLabel"]), (&json!("B"), &json!("Business")));
    let metadata = fixture.raw("/odata/v2/$metadata").await.text;
    let document = Document::parse(&metadata).unwrap();
    let fact = |entity: &str, name: &str, fact: &str| {
        let named = |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute("Name") == Some(name);
        let mut types = document.descendants().filter(|node| node.tag_name().name() == "EntityType");
        let kind = types.find(|node| named(node, entity)).unwrap();
        let property = kind.children().find(|node| named(node, name)).unwrap_or_else(|| panic!("{name}"));
        property.attributes().find(|one| one.name() == fact).map(|one| one.value().to_owned())
    };
    for (entity, name, what, value) in [
        ("FODepartment", "createdBy", "MaxLength", "100"),
        ("FOCompany", "lastModifiedBy", "MaxLength", "100"),
        ("Position", "externalName_de_DE", "MaxLength", "255"),
        ("Position", "externalName_localized", "filterable", "false"),
        ("Position", "parentPosition", "upsertable", "true"),
        ("EmpEmployment", "hiringNotCompleted", "Nullable", "false"),
        ("EmpEmployment", "originalStartDate", "filterable", "true"),
    ] {
        assert_eq!(fact(entity, name, what).as_deref(), Some(value), "{entity}/{name}");
    }
}

/// A parent that is sent is written.
#[tokio::test]
async fn positions_move_below_another() {
    let fixture = Fixture::standing(70).await;
    let uri = "Position(code='P31001',effectiveStartDate=datetime'1990-01-01T00:00:00')";
    let parent = "Position(code='P32000',effectiveStartDate=datetime'1990-01-01T00:00:00')";
    let body = row(uri, &json!({"parentPosition": {"__metadata": {"uri": parent}}}));
    ok(&fixture, &body).await;
    assert_eq!(one(&fixture, uri, "parentPosition").await["parentPosition"]["code"], "P32000");
}

/// KBA 2857750, with its values before and after: `name_localized` is the name in the API user's language. A text in
/// one language changes that one alone.
#[tokio::test]
async fn localized_name_is_the_name() {
    let fixture = Fixture::standing(70).await;
    let uri = "FOBusinessUnit(externalCode='BU_X',startDate=datetime'1990-01-01T00:00:00')";
    let new = json!({"name_localized": "Unit X", "description_localized": "Described once", "status": "A"});
    ok(&fixture, &row(uri, &new)).await;
    let texts = |unit: &Value| -> BTreeMap<String, String> {
        let fields = unit.as_object().unwrap().iter();
        let texts = fields.filter(|(name, value)| {
            value.is_string() && (name.starts_with("name") || name.starts_with("description"))
        });
        texts.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
    };
    let mut expected = BTreeMap::new();
    for (base, value) in [("name", "Unit X"), ("description", "Described once")] {
        for end in ["", "_defaultValue", "_localized", "_en_US"] {
            expected.insert(format!("{base}{end}"), value.to_owned());
        }
    }
    assert_eq!(texts(&one(&fixture, uri, "").await), expected);
    ok(&fixture, &row(uri, &json!({"name_de_DE": "Einheit X"}))).await;
    expected.insert("name_de_DE".to_owned(), "Einheit X".to_owned());
    assert_eq!(texts(&one(&fixture, uri, "").await), expected);
    // The API user's own language is what it is shown.
    ok(&fixture, &row(uri, &json!({"name_en_US": "Unit Y"}))).await;
    expected.extend(
        [("name_en_US", "Unit Y"), ("name_localized", "Unit Y")].map(|(a, b)| (a.to_owned(), b.to_owned())),
    );
    assert_eq!(texts(&one(&fixture, uri, "").await), expected);
}

/// The language is the API user's own.
#[tokio::test]
async fn localized_name_is_in_the_language_of_the_api_user() {
    let fixture = Fixture::standing(70).await;
    ok(&fixture, &support::record("sfapi", &json!({"defaultLocale": "de_DE"}))).await;
    let uri = "FOBusinessUnit(externalCode='BU_X',startDate=datetime'1990-01-01T00:00:00')";
    ok(&fixture, &row(uri, &json!({"name_localized": "Einheit", "status": "A"}))).await;
    let unit = one(&fixture, uri, "").await;
    assert_eq!((&unit["name_de_DE"], &unit["name_en_US"]), (&json!("Einheit"), &Value::Null));
    assert_eq!((&unit["name"], &unit["name_defaultValue"]), (&json!("Einheit"), &json!("Einheit")));
}

/// A new employment is a standard one, as every employment of two live tenants is one or a global assignment, until it
/// is said to be that.
#[tokio::test]
async fn new_employments_have_a_class() {
    let fixture = Fixture::standing(70).await;
    hire(&fixture, "p1", "p1", today() - 100 * DAY).await;
    let home = one(&fixture, "EmpEmployment(personIdExternal='p1',userId='p1')", "").await;
    assert_eq!((&home["assignmentClass"], &home["hiringNotCompleted"]), (&json!("ST"), &json!(false)));
    assert_eq!(home["assignmentIdExternal"], "p1");
    hire(&fixture, "p1", "p1ga", today() - 10 * DAY).await;
    let start = date(today() - 10 * DAY);
    let away = json!({"personIdExternal": "p1", "userId": "p1ga", "assignmentType": "19001", "startDate": start,
        "plannedEndDate": date(today() + 100 * DAY)});
    ok(&fixture, &row("EmpGlobalAssignment", &away)).await;
    let host = one(&fixture, "EmpEmployment(personIdExternal='p1',userId='p1ga')", "").await;
    assert_eq!(host["assignmentClass"], "GA");
}

/// docs/successfactors.md#terminations: the end goes when somebody comes back to the same employment, and the
/// employment counts again.
#[tokio::test]
async fn rehire_takes_the_end_away() {
    let fixture = Fixture::standing(70).await;
    let path = "PerPerson('jsmith')";
    let end = json!({"personIdExternal": "jsmith", "userId": "jsmith", "endDate": date(today() - 30 * DAY),
        "eventReason": "TERVCOMP", "okToRehire": true});
    ok(&fixture, &row("EmpEmploymentTermination", &end)).await;
    let info =
        one(&fixture, path, "personEmpTerminationInfoNav").await["personEmpTerminationInfoNav"].clone();
    assert_eq!(info["activeEmploymentsCount"], 0);
    let back = json!({"userId": "jsmith", "startDate": date(today() - DAY), "eventReason": "REHREH"});
    ok(&fixture, &row("EmpJob", &back)).await;
    let info =
        one(&fixture, path, "personEmpTerminationInfoNav").await["personEmpTerminationInfoNav"].clone();
    assert_eq!((&info["activeEmploymentsCount"], &info["latestTerminationDate"]), (&json!(1), &Value::Null));
    let employment = one(&fixture, "EmpEmployment(personIdExternal='jsmith',userId='jsmith')", "").await;
    assert_eq!((&employment["endDate"], &employment["okToRehire"]), (&Value::Null, &Value::Null));
}

/// KBA 2511979: the slice of a termination has the next number where the day has a slice already.
#[tokio::test]
async fn termination_comes_last_on_its_day() {
    let fixture = Fixture::standing(70).await;
    let change =
        json!({"userId": "jsmith", "startDate": date(today()), "eventReason": "DATACHG", "notes": "x"});
    ok(&fixture, &row("EmpJob", &change)).await;
    let end = json!({"personIdExternal": "jsmith", "userId": "jsmith", "endDate": date(today() - DAY),
        "eventReason": "TERRETIR"});
    for _ in 0..2 {
        ok(&fixture, &row("EmpEmploymentTermination", &end)).await;
    }
    let query = [
        ("$filter", "userId eq 'jsmith'"),
        ("fromDate", "1900-01-01"),
        ("$orderby", "startDate,seqNumber"),
        ("$expand", "emplStatusNav"),
    ];
    let slices = fixture.get("EmpJob", &query).await.results();
    let last: Vec<(&str, &str)> = slices[slices.len() - 2..]
        .iter()
        .map(|slice| (text(slice, "seqNumber"), text(&slice["emplStatusNav"], "externalCode")))
        .collect();
    assert_eq!(last, [("1", "A"), ("2", "R")]);
}

async fn account(fixture: &Fixture, person: &str) -> Value {
    let path = format!("PersonKey('{person}')");
    one(fixture, &path, "userAccountNav").await["userAccountNav"].clone()
}

/// KBA 2722881: one account a person, active while any user is, with the name of the first. It follows whoever is
/// written, and says the same whether or not somebody asked before.
#[tokio::test]
async fn account_follows_the_users() {
    for asked_before in [true, false] {
        let fixture = Fixture::standing(300).await;
        let query = [("$filter", "assignmentClass eq 'ST' and endDate lt datetime'2026-01-01T00:00:00'")];
        let gone = fixture.get("EmpEmployment", &query).await.results().remove(0);
        let gone = text(&gone, "personIdExternal").to_owned();
        if asked_before {
            assert_eq!(account(&fixture, "jsmith").await["accountStatus"], "ACTIVE");
            assert_eq!(account(&fixture, &gone).await["accountStatus"], "INACTIVE");
        }
        ok(&fixture, &support::record("jsmith", &json!({"status": "f"}))).await;
        ok(
            &fixture,
            &support::record("cmueller", &json!({"username": "c.mueller", "email": "c@acme.example"})),
        )
        .await;
        ok(&fixture, &support::record("plain.new", &json!({"username": "plain.new", "status": "t"}))).await;
        hire(&fixture, "newp", "newu", today()).await;
        hire(&fixture, &gone, "back.again", today()).await;
        let state = async |person: &str| {
            let account = account(&fixture, person).await;
            (text(&account, "username").to_owned(), text(&account, "accountStatus").to_owned())
        };
        let pair = |name: &str, status: &str| (name.to_owned(), status.to_owned());
        assert_eq!(state("jsmith").await, pair("jsmith", "INACTIVE"), "{asked_before}");
        assert_eq!(state("cmueller").await, pair("c.mueller", "ACTIVE"), "{asked_before}");
        assert_eq!(state("plain.new").await, pair("plain.new", "ACTIVE"), "{asked_before}");
        assert_eq!(state("newp").await, pair("newu", "ACTIVE"), "{asked_before}");
        assert_eq!(state(&gone).await.1, "ACTIVE", "{asked_before}");
        let user = one(&fixture, "UserAccount('c.mueller')", "user").await;
        assert_eq!(user["user"]["results"][0]["userId"], "cmueller");
        assert_eq!(fixture.get("UserAccount('jürgen.müller')", &[]).await.status, 404);
    }
}

/// An answer depends on what was written, never on what was asked before.
#[tokio::test]
async fn answers_do_not_depend_on_earlier_questions() {
    let sets = [
        "PerPerson",
        "PersonKey",
        "PerPersonal",
        "PerEmail",
        "PerPhone",
        "Photo",
        "UserAccount",
        "EmpEmployment",
        "EmpJob",
        "EmpJobRelationships",
        "EmpEmploymentTermination",
        "PersonEmpTerminationInfo",
        "EmpGlobalAssignment",
        "FODepartment",
    ];
    let mut states = Vec::new();
    for asked_before in [true, false] {
        let fixture = Fixture::standing(150).await;
        if asked_before {
            for set in sets {
                fixture.get(set, &[("$top", "1")]).await;
            }
        }
        let boss = json!({"__metadata": {"uri": "User('cmueller')"}});
        let fields = json!({"firstName": "Other", "email": "other@acme.example", "businessPhone": "+9 1 2",
            "status": "f", "title": "Wizard", "department": "Sales (3100)", "hireDate": date(today()),
            "country": "Germany", "manager": boss});
        ok(&fixture, &support::record("jsmith", &fields)).await;
        ok(
            &fixture,
            &support::record("fresh", &json!({"username": "fresh", "status": "t", "firstName": "F"})),
        )
        .await;
        ok(&fixture, &support::record("fresh", &json!({"dateOfBirth": date(0), "country": "Germany"}))).await;
        hire(&fixture, "newp", "newu", today()).await;
        let end = json!({"personIdExternal": "wang.xm", "userId": "wang.xm", "endDate": date(today() - DAY),
            "eventReason": "TERVCOMP"});
        ok(&fixture, &row("EmpEmploymentTermination", &end)).await;
        assert!(fixture.tenant.purge("O'Brien.1"));
        let mut state = BTreeMap::new();
        for set in sets {
            for row in fixture.all(set, &[("fromDate", "1900-01-01")]).await {
                let uri = text(&row["__metadata"], "uri").split_once("/odata/v2/").unwrap().1.to_owned();
                // Time stamps are when each of the two was written.
                let row = row.as_object().unwrap().iter().filter(|(name, value)| {
                    !value.is_object() && !name.starts_with("lastModified") && !name.starts_with("created")
                });
                state.insert(
                    uri,
                    row.map(|(name, value)| (name.clone(), value.clone())).collect::<BTreeMap<_, _>>(),
                );
            }
        }
        states.push(state);
    }
    let (right, left) = (states.pop().unwrap(), states.pop().unwrap());
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (uri, row) in &left {
        assert_eq!(row, &right[uri], "{uri}");
    }
    assert!(!left.keys().any(|uri| uri.contains("O''Brien.1") || uri.contains("O%27%27Brien.1")));
}

/// Dates of the years 1 to 96 are parts of keys in a live tenant: they lead back to their rows.
#[tokio::test]
async fn names_of_the_year_three_lead_back_to_their_rows() {
    let fixture = Fixture::standing(300).await;
    let query = [("$filter", "startDate lt datetime'0100-01-01T00:00:00'")];
    let names = fixture.get("PerPersonal", &query).await.results();
    assert!(!names.is_empty());
    for name in names {
        let uri = text(&name["__metadata"], "uri").split_once("/odata/v2/").unwrap().1.to_owned();
        assert!(uri.contains("datetime'0003-01-01T00:00:00'"), "{uri}");
        assert_eq!(one(&fixture, &uri, "").await, name);
        ok(&fixture, &row(&uri, &json!({"preferredName": "P"}))).await;
        assert_eq!(one(&fixture, &uri, "").await["preferredName"], "P");
    }
}
