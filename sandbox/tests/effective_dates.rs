//! What days do to a query, and what a delta says and does not say (docs/successfactors.md#effective-dates,
//! docs/successfactors.md#deltas).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use serde_json::{Value, json};
use support::Fixture;

/// Milliseconds of a day's beginning, as `/Date(…)/` has them.
fn date(text: &str) -> String {
    let day = chrono::DateTime::parse_from_rfc3339(&format!("{text}T00:00:00Z")).unwrap();
    format!("/Date({})/", day.timestamp_millis())
}

async fn change(fixture: &Fixture, user: &str, day: &str, fields: Value) {
    let uri = format!("EmpJob(seqNumber=1L,startDate=datetime'{day}T00:00:00',userId='{user}')");
    let mut body = fields;
    body["__metadata"] = json!({"uri": uri});
    let rows = fixture.upsert(&body).await;
    assert_eq!(rows[0]["status"], "OK", "{rows:?}");
}

/// The slices of a user that a query shows, by their first days.
async fn days(fixture: &Fixture, filter: &str, dates: &[(&str, &str)]) -> Vec<Value> {
    let mut query = vec![("$filter", filter), ("$select", "startDate")];
    query.extend_from_slice(dates);
    fixture.get("EmpJob", &query).await.results().iter().map(|job| job["startDate"].clone()).collect()
}

/// KBA 2920680: a change of another slice returns today's. KBA 2554717: with a range from 1900, every slice of
/// who was touched comes back, however old its own stamp is.
#[tokio::test]
async fn a_delta_returns_other_slices_than_the_changed_one() {
    let fixture = Fixture::new(300).await;
    let user = "userId eq 'jsmith'";
    let before = days(&fixture, user, &[("fromDate", "1900-01-01")]).await;
    let today = days(&fixture, user, &[]).await;
    let ahead = json!({"eventReason": "TRANDEPT", "department": "3100"});
    change(&fixture, "jsmith", "2098-01-01", ahead).await;
    let now = chrono::Utc::now() - chrono::TimeDelta::hours(1);
    let filter =
        format!("{user} and lastModifiedDateTime ge datetimeoffset'{}'", now.format("%Y-%m-%dT%H:%M:%SZ"));
    assert_eq!(days(&fixture, &filter, &[]).await, today);
    let all = days(&fixture, &filter, &[("fromDate", "1900-01-01")]).await;
    assert_eq!(all.len(), before.len() + 1);
    assert!(before.iter().all(|day| all.contains(day)) && all.contains(&json!(date("2098-01-01"))));
    let others = filter.replace("jsmith", "cmueller");
    assert!(days(&fixture, &others, &[("fromDate", "1900-01-01")]).await.is_empty());
}

/// KBA 2148752: without dates a query sees today's slice; a change to come and a leaving to come are not there.
#[tokio::test]
async fn changes_to_come_are_not_seen_without_dates() {
    let fixture = Fixture::new(300).await;
    let user = "userId eq 'jsmith'";
    let today = days(&fixture, user, &[]).await;
    change(&fixture, "jsmith", "2098-01-01", json!({"eventReason": "TERVCOMP"})).await;
    assert_eq!(days(&fixture, user, &[]).await, today);
    let left = format!("{user} and emplStatus eq '5536'");
    assert!(days(&fixture, &left, &[]).await.is_empty());
    assert_eq!(days(&fixture, &left, &[("fromDate", "1900-01-01")]).await.len(), 1);
    assert_eq!(days(&fixture, &left, &[("asOfDate", "2099-01-01")]).await.len(), 1);
}

/// KBA 2853045: a range of days is for the top level; below a parent without slices children are today's, while
/// `asOfDate` is for every level.
#[tokio::test]
async fn a_range_of_days_does_not_reach_the_children() {
    let fixture = Fixture::new(300).await;
    let moved = json!({"eventReason": "TRANDEPT", "department": "3100"});
    change(&fixture, "jsmith", "2098-01-01", moved).await;
    let expanded = async |dates: &[(&str, &str)]| {
        let mut query = vec![("$expand", "jobInfoNav"), ("$filter", "userId eq 'jsmith'")];
        query.extend_from_slice(dates);
        let employment = fixture.get("EmpEmployment", &query).await.results().remove(0);
        let jobs = employment["jobInfoNav"]["results"].as_array().unwrap().clone();
        jobs.into_iter().map(|job| job["startDate"].clone()).collect::<Vec<_>>()
    };
    let today = days(&fixture, "userId eq 'jsmith'", &[]).await;
    assert_eq!(expanded(&[("fromDate", "1900-01-01"), ("toDate", "9999-12-31")]).await, today);
    assert_eq!(expanded(&[("asOfDate", "2099-01-01")]).await, [json!(date("2098-01-01"))]);
}
