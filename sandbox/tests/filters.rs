//! `$filter`: operators, functions, literals, and what is refused.

use crate::support;

use sandbox::{Options, Switches};
use serde_json::json;
use support::{Fixture, options};

/// docs/successfactors.md#filters.
#[tokio::test]
async fn operators_and_functions_find_the_right_people() {
    let fixture = Fixture::new(100).await;
    for (filter, expected) in [
        ("userId in 'cmueller','jsmith'", vec!["cmueller", "jsmith"]),
        ("userId IN 'cmueller' and not (userId in 'jsmith')", vec!["cmueller"]),
        ("tolower(userId) like '%smith'", vec!["JSmith", "jsmith"]),
        ("startswith(userId,'emo') and endswith(userId,'.1')", vec!["emoji.1"]),
        ("substringof('Brien',lastName) and startswith(userId,'O')", vec!["O'Brien.1"]),
        ("toupper(userId) eq 'CMUELLER'", vec!["cmueller"]),
        ("trim(userId) eq 'cmueller' and length(userId) eq 8", vec!["cmueller"]),
        ("indexof(userId,'mueller') eq 1", vec!["cmueller"]),
        ("substring(userId,1) eq 'mueller'", vec!["cmueller"]),
        ("replace(userId,'mueller','x') eq 'cx'", vec!["cmueller"]),
        ("concat(userId,'!') eq 'cmueller!'", vec!["cmueller"]),
        ("length(userId) add 1 eq 9 and userId eq 'cmueller'", vec!["cmueller"]),
        ("'cmueller' eq userId", vec!["cmueller"]),
        ("userId ge 'cmu' and userId lt 'cmv'", vec!["cmueller"]),
        ("lastName eq 'O''Brien' and userId eq 'O''Brien.1'", vec!["O'Brien.1"]),
        ("lastModifiedDateTime eq null and userId ne 'cmueller'", vec!["v4admin"]),
    ] {
        assert_eq!(fixture.find(filter).await, expected, "{filter}");
    }
}

/// docs/successfactors.md#filters: paths through navigations select base entities.
#[tokio::test]
async fn navigation_paths_filter_on_the_other_end() {
    let fixture = Fixture::new(300).await;
    let some = fixture.get(
        "User",
        &[("$filter", "manager/manager/userId ne null"), ("$expand", "manager/manager"), ("$top", "1")],
    );
    let user = some.await.results().remove(0);
    let quoted = |id: &serde_json::Value| id.as_str().unwrap().replace('\'', "''");
    let (id, boss) = (user["userId"].as_str().unwrap(), quoted(&user["manager"]["userId"]));
    let top = quoted(&user["manager"]["manager"]["userId"]);
    assert!(fixture.find(&format!("manager/userId eq '{boss}'")).await.contains(&id.to_owned()));
    assert!(fixture.find(&format!("manager/manager/userId in '{top}'")).await.contains(&id.to_owned()));
    let matrix = fixture.find("matrixManager/userId ne null").await;
    assert!(!matrix.is_empty());
    // A to-many navigation passes if any of its ends does.
    let stored = fixture.tenant.user(&matrix[0]).unwrap();
    let end = quoted(&stored["matrixManager"][0]);
    assert!(fixture.find(&format!("matrixManager/userId eq '{end}'")).await.contains(&matrix[0]));
}

/// KBA 2933028, 3575859 and 2554717: literals of time, and the server's local time.
#[tokio::test]
async fn time_literals_are_local_unless_they_say_otherwise() {
    let fixture = Fixture::new(100).await;
    let millis = fixture.tenant.user("cmueller").unwrap()["lastModifiedDateTime"].as_i64().unwrap();
    let utc = chrono::DateTime::from_timestamp_millis(millis).unwrap();
    let local = utc - chrono::TimeDelta::hours(5);
    let text = |time: chrono::DateTime<chrono::Utc>| time.format("%Y-%m-%dT%H:%M:%S").to_string();
    for filter in [
        format!("lastModifiedDateTime eq datetimeoffset'{}Z'", text(utc)),
        format!("lastModifiedDateTime eq datetimeoffset'{}-05:00'", text(local)),
        format!("lastModifiedDateTime eq datetime'{}'", text(local)),
        format!("lastModified eq datetime'{}'", text(local)),
        format!("lastModified eq datetimeoffset'{}Z'", text(utc)),
        format!("lastModifiedDateTime ge '{}' and userId eq 'cmueller'", &text(local)[..10]),
    ] {
        assert!(fixture.find(&filter).await.contains(&"cmueller".to_owned()), "{filter}");
    }
    assert_eq!(fixture.find("lastModifiedDateTime gt datetimeoffset'9998-01-01'").await.len(), 0);
}

/// docs/successfactors.md#filters: what is not filterable, unknown, or no filter at all.
#[tokio::test]
async fn wrong_filters_are_refused_with_their_codes() {
    let fixture = Fixture::new(10).await;
    for (filter, code, text) in [
        ("email eq 'x'", "COE_BAD_PROPERTY_EXPRESSION", "[COE0003]email is not filterable"),
        ("tolower(empId) eq 'x'", "COE_BAD_PROPERTY_EXPRESSION", "[COE0003]empId is not filterable"),
        ("manager/email eq 'x'", "COE_BAD_PROPERTY_EXPRESSION", "[COE0003]manager/email is not filterable"),
        ("directReports/userId eq 'x'", "COE_BAD_PROPERTY_EXPRESSION", "[COE0003]"),
        ("jobTitle eq 'x'", "COE_PROPERTY_NOT_FOUND", "[COE0021]Invalid property names: User/jobTitle."),
        ("boss/userId eq 'x'", "COE_PROPERTY_NOT_FOUND", "[COE0021]Invalid property names: User/boss."),
        ("status in ('t','f')", "COE_GENERAL_BAD_REQUEST", "[COE0018]"),
        ("userId eq", "COE_GENERAL_BAD_REQUEST", "[COE0018]"),
        ("userId eq 'x", "COE_GENERAL_BAD_REQUEST", "[COE0018]"),
        ("nosuch(userId) eq 'x'", "COE_GENERAL_BAD_REQUEST", "[COE0018]"),
        ("length(userId,userId) eq 1", "COE_GENERAL_BAD_REQUEST", "[COE0018]"),
        ("userId like tolower('x')", "COE_GENERAL_BAD_REQUEST", "[COE0018]"),
        ("lastModified gt 'yesterday'", "COE_INVALID_PROPERTY_VALUE", "Invalid property value."),
    ] {
        let answer = fixture.get("User", &[("$filter", filter)]).await;
        assert_eq!((answer.status, answer.code()), (400, code.to_owned()), "{filter}");
        assert!(answer.message().starts_with(text), "{filter}: {}", answer.message());
    }
}

/// docs/successfactors.md#filters: whether live tenants refuse to filter on `email` is open.
#[tokio::test]
async fn filterable_can_be_switched_off() {
    let switches = Switches { enforce_filterable: false, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(100) }).await;
    assert_eq!(fixture.find("email eq 'wang.xm@acme.example'").await, ["wang.xm"]);
    assert_eq!(
        fixture.find("dateOfBirth lt datetime'1949-01-01T00:00:00' and userId eq 'cmueller'").await,
        ["cmueller"]
    );
    assert_eq!(fixture.find("totalTeamSize ge 0L and userId eq 'sfapi'").await, ["sfapi"]);
    assert_eq!(fixture.find("matrixManaged eq false and userId eq 'wang.xm'").await.len(), 1);
}

/// Register: case of texts, and nulls under `ne`.
#[tokio::test]
async fn case_and_null_rules_are_switchable() {
    let fixture = Fixture::new(100).await;
    assert!(fixture.find("lastName eq 'o''brien' and userId eq 'O''Brien.1'").await.is_empty());
    assert_eq!(fixture.find("department ne 'x' and userId eq 'v4admin'").await, ["v4admin"]);
    let switches = Switches { case_insensitive_filter: true, null_matches_ne: false, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(100) }).await;
    assert_eq!(fixture.find("lastName eq 'o''brien' and userId eq 'O''Brien.1'").await.len(), 1);
    assert!(fixture.find("department ne 'x' and userId eq 'v4admin'").await.is_empty());
}

/// docs/successfactors.md#long-addresses: the front end answers 414 to what is too long, in HTML; a batch has room.
#[tokio::test]
async fn long_addresses_are_refused_by_the_front_end() {
    let filter = format!("userId in {}'sfapi'", "'nobody',".repeat(900));
    let fixture = Fixture::new(70).await;
    let answer = fixture.get("User", &[("$filter", &filter)]).await;
    assert_eq!((answer.status, answer.header("content-type")), (414, "text/html;charset=utf-8"));
    let switches = Switches { max_url_bytes: 0, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(70) }).await;
    assert_eq!(fixture.find(&filter).await, ["sfapi"]);
}

/// docs/successfactors.md#values-in-json: an `Edm.Decimal` is a text in JSON and a number everywhere else.
#[tokio::test]
async fn decimals_compare_by_their_value() {
    let fixture = Fixture::new(70).await;
    let rows: Vec<serde_json::Value> = [("P21001", "10"), ("P21002", "9.5"), ("P22001", "-0.25")]
        .iter()
        .map(|(code, share)| {
            let uri = format!("Position(code='{code}',effectiveStartDate=datetime'1990-01-01T00:00:00')");
            json!({"__metadata": {"uri": uri}, "targetFTE": share})
        })
        .collect();
    for row in fixture.upsert(&json!(rows)).await {
        assert_eq!(row["status"], "OK", "{row}");
    }
    let codes = async |options: &[(&str, &str)]| {
        let answer = fixture.get("Position", options).await;
        assert_eq!(answer.status, 200, "{options:?}: {}", answer.text);
        let codes = answer.results().into_iter().map(|row| row["code"].as_str().unwrap().to_owned());
        codes.collect::<Vec<String>>()
    };
    for (filter, expected) in [
        ("targetFTE gt 2M", vec!["P21001", "P21002"]),
        ("targetFTE ge 9.50 and targetFTE lt 10.0M", vec!["P21002"]),
        ("targetFTE le -0.2500M", vec!["P22001"]),
        ("targetFTE in 10.00M,9.500", vec!["P21001", "P21002"]),
        ("targetFTE mul 2 gt 15", vec!["P21001", "P21002"]),
        ("2 lt targetFTE", vec!["P21001", "P21002"]),
        ("targetFTE eq '10.0'", vec!["P21001"]),
    ] {
        assert_eq!(codes(&[("$filter", filter)]).await, expected, "{filter}");
    }
    let sorted = codes(&[("$orderby", "targetFTE desc")]).await;
    assert_eq!(
        (&sorted[..2], sorted.last().unwrap().as_str()),
        (&["P21001".into(), "P21002".into()][..], "P22001")
    );
    for wrong in ["targetFTE gt 'many'", "targetFTE eq 'NaN'"] {
        assert_eq!(fixture.get("Position", &[("$filter", wrong)]).await.code(), "COE_INVALID_PROPERTY_VALUE");
    }
    assert_eq!(fixture.get("FOCorporateAddressDEFLT(700.0M)", &[]).await.status, 200);
    assert_eq!(fixture.get("FOCorporateAddressDEFLT('seven')", &[]).await.status, 400);
}

/// OData V2 promotes whole numbers to broken ones; beyond 2^53 they are still told apart.
#[tokio::test]
async fn whole_numbers_compare_with_broken_ones() {
    let fixture = Fixture::new(70).await;
    let counted = async |filter: &str| {
        let answer = fixture.get("PerPerson", &[("$filter", filter)]).await;
        assert_eq!(answer.status, 200, "{filter}: {}", answer.text);
        answer.results().len()
    };
    assert!(counted("personId gt 1000.5").await > 0);
    assert_eq!(counted("personId eq 1000.5").await, 0);
    assert_eq!(counted("personId gt 9007199254740993L and personId lt 9007199254740993.5").await, 0);
    let answer = fixture.get("PerPerson", &[("$filter", "personId gt 'x'")]).await;
    assert_eq!(answer.code(), "COE_INVALID_PROPERTY_VALUE");
}
