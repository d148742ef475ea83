//! The queries that Microsoft documents for its provisioning of Employee Central, their syntax repaired, and what they
//! find when people leave ("How Microsoft Entra provisioning integrates with SAP SuccessFactors").

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::sync::Arc;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use sandbox::{Clock as _, Options, ShiftedClock};
use serde_json::{Value, json};
use support::{Fixture, options};

/// Every navigation of the three queries.
const EXPAND: &str = "employmentNav/userNav,employmentNav/jobInfoNav,personalInfoNav,personEmpTerminationInfoNav,\
    phoneNav,phoneNav/phoneTypeNav,emailNav,employmentNav/jobInfoNav/businessUnitNav,\
    employmentNav/jobInfoNav/companyNav,employmentNav/jobInfoNav/companyNav/countryOfRegistrationNav,\
    employmentNav/jobInfoNav/costCenterNav,employmentNav/jobInfoNav/divisionNav,\
    employmentNav/jobInfoNav/departmentNav,employmentNav/jobInfoNav/jobCodeNav,employmentNav/jobInfoNav/locationNav,\
    employmentNav/jobInfoNav/locationNav/addressNavDEFLT,\
    employmentNav/jobInfoNav/payGradeNav,employmentNav/empGlobalAssignmentNav,\
    employmentNav/empGlobalAssignmentNav/assignmentTypeNav,employmentNav/jobInfoNav/emplStatusNav,\
    employmentNav/jobInfoNav/employmentTypeNav,employmentNav/jobInfoNav/employeeClassNav,\
    employmentNav/jobInfoNav/eventReasonNav";
const DELTA_EXPAND: &str = "employmentNav/userNav,employmentNav/jobInfoNav,personalInfoNav,\
    personEmpTerminationInfoNav,phoneNav,emailNav,employmentNav/userNav/manager/empInfo,\
    employmentNav/jobInfoNav/companyNav,employmentNav/jobInfoNav/departmentNav,employmentNav/jobInfoNav/locationNav,\
    employmentNav/jobInfoNav/locationNav/addressNavDEFLT,\
    employmentNav/jobInfoNav/locationNav/addressNavDEFLT/stateNav";

struct Tenant {
    fixture: Fixture,
    clock: Arc<ShiftedClock>,
}

impl Tenant {
    async fn start() -> Self {
        let clock = Arc::new(ShiftedClock::default());
        Self { fixture: Fixture::with(Options { clock: clock.clone(), ..options(300) }).await, clock }
    }

    /// Noon some days ahead.
    fn noon(&mut self, days: i64) {
        let now = self.clock.now();
        let noon = now.with_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap()).unwrap();
        self.clock.advance(noon + TimeDelta::days(days) - now);
        self.fixture.token = self.fixture.tenant.access_token();
    }

    fn day(&self, days: i64) -> DateTime<Utc> {
        (self.clock.now() + TimeDelta::days(days)).with_time(NaiveTime::MIN).unwrap()
    }

    async fn terminate(&self, user: &str, days: i64) {
        let end = format!("/Date({})/", self.day(days).timestamp_millis());
        let body = json!({"__metadata": {"uri": "EmpEmploymentTermination"}, "personIdExternal": user,
            "userId": user, "endDate": end, "eventReason": "TERVCOMP"});
        assert_eq!(self.fixture.upsert(&body).await[0]["status"], "OK");
    }

    /// The clauses of the delta of the last day that find a person, and how many people the whole delta finds.
    async fn found_by(&self, person: &str) -> Vec<&'static str> {
        let now = self.clock.now();
        let clauses = clauses(now - TimeDelta::days(1), now, self.day(-1));
        let mut found = Vec::new();
        for (name, clause) in &clauses {
            let filter = format!("personIdExternal eq '{person}' and ({clause})");
            let answer = self.fixture.get("PerPerson", &[("$filter", &filter)]).await;
            assert_eq!(answer.status, 200, "{filter}: {}", answer.text);
            if !answer.results().is_empty() {
                found.push(*name);
            }
        }
        let all = delta(&clauses);
        let query = [("$filter", all.as_str()), ("$expand", DELTA_EXPAND), ("customPageSize", "100")];
        let answer = self.fixture.get("PerPerson", &query).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let is_there = answer.results().iter().any(|one| one["personIdExternal"] == person);
        assert_eq!(is_there, !found.is_empty(), "{found:?}");
        found
    }

    async fn info(&self, person: &str) -> Value {
        let query = [("$expand", "personEmpTerminationInfoNav")];
        let answer = self.fixture.get(&format!("PerPerson('{person}')"), &query).await;
        answer.json()["d"]["personEmpTerminationInfoNav"].clone()
    }
}

/// The conditions of the delta, by what they are about.
fn clauses(from: DateTime<Utc>, to: DateTime<Utc>, day: DateTime<Utc>) -> Vec<(&'static str, String)> {
    let literal = |time: DateTime<Utc>| {
        format!("datetimeoffset'{}'", time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
    };
    let (from, to) = (literal(from), literal(to));
    let within = |path: &str| format!("({path} ge {from} and {path} le {to})");
    let current = |path: &str| {
        let now = format!("{path}/startDate le {to} and ({path}/endDate ge {to} or {path}/endDate eq null)");
        format!("({} and ({now}))", within(&format!("{path}/lastModifiedDateTime")))
    };
    let ended = "personEmpTerminationInfoNav/latestTerminationDate";
    let last = literal(day + TimeDelta::days(1) - TimeDelta::seconds(1));
    vec![
        ("person changed", within("lastModifiedDateTime")),
        ("name began", within("personalInfoNav/startDate")),
        ("name changed", current("personalInfoNav")),
        ("employment began", within("employmentNav/startDate")),
        ("employment changed", current("employmentNav")),
        ("job began", within("employmentNav/jobInfoNav/startDate")),
        ("job changed", current("employmentNav/jobInfoNav")),
        ("phone changed", within("phoneNav/lastModifiedDateTime")),
        ("mail changed", within("emailNav/lastModifiedDateTime")),
        ("employment ended", format!("({ended} ge {} and {ended} le {last})", literal(day))),
        ("user changed", within("employmentNav/userNav/lastModifiedDateTime")),
    ]
}

fn delta(clauses: &[(&'static str, String)]) -> String {
    let clauses: Vec<&str> = clauses.iter().map(|(_, clause)| clause.as_str()).collect();
    format!("(personEmpTerminationInfoNav/activeEmploymentsCount ne null) and ({})", clauses.join(" or "))
}

/// The full sync, the validation of one person, the delta as a list and as a count, and a pre-hire's query.
#[tokio::test]
async fn documented_queries_are_answered() {
    let tenant = Tenant::start().await;
    let now = tenant.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let full = format!(
        "(personEmpTerminationInfoNav/activeEmploymentsCount ne null) and (lastModifiedDateTime le \
         datetimeoffset'{now}')"
    );
    let query = [("$filter", full.as_str()), ("$expand", EXPAND), ("customPageSize", "100")];
    let answer = tenant.fixture.get("PerPerson", &query).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let people = answer.results();
    assert_eq!(people.len(), 100);
    // What the default mapping reads: codes of countries of two letters, and what kind of employment it is.
    let jobs: Vec<Value> = people
        .iter()
        .flat_map(|one| one["employmentNav"]["results"].as_array().unwrap().clone())
        .flat_map(|one| one["jobInfoNav"]["results"].as_array().unwrap().clone())
        .collect();
    assert!(jobs.len() > 80);
    for job in &jobs {
        let country = &job["companyNav"]["countryOfRegistrationNav"]["twoCharCountryCode"];
        assert_eq!(country.as_str().map(str::len), Some(2), "{job}");
        assert!(job["employmentTypeNav"]["externalCode"].is_string(), "{job}");
        assert!(job["payGradeNav"]["name"].is_string(), "{job}");
        assert_eq!(job["locationNav"]["addressNavDEFLT"]["country"], job["countryOfCompany"], "{job}");
    }
    let query = [("$filter", "(personIdExternal in 'jsmith')"), ("$expand", EXPAND)];
    assert_eq!(tenant.fixture.get("PerPerson", &query).await.results().len(), 1);
    let all = delta(&clauses(tenant.day(-1), tenant.clock.now(), tenant.day(-1)));
    let query = [("$filter", all.as_str()), ("$expand", DELTA_EXPAND), ("customPageSize", "100")];
    for path in ["PerPerson", "PerPerson/$count"] {
        let answer = tenant.fixture.get(path, &query).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }
    let filter = "(personIdExternal in 'jsmith' and employmentNav/userNav/status in 't','f','e')";
    let query = [("$filter", filter), ("asOfDate", "2026-06-01"), ("$expand", DELTA_EXPAND)];
    assert_eq!(tenant.fixture.get("PerPerson", &query).await.status, 200);
}

/// States of American offices are options of a picklist.
#[tokio::test]
async fn states_of_addresses_have_codes() {
    let tenant = Tenant::start().await;
    let query = [("$filter", "externalCode eq 'US2'"), ("$expand", "addressNavDEFLT/stateNav")];
    let place = tenant.fixture.get("FOLocation", &query).await.results().remove(0);
    assert_eq!(place["addressNavDEFLT"]["stateNav"]["externalCode"], "TX", "{place}");
}

/// A termination that is entered for a later day is found at once, by the employment that changed, and once more when
/// the day has come. The employment and the slice of the job bear the time of the entry, as captured from a live tenant.
#[tokio::test]
async fn termination_dated_later_is_found_when_entered_and_when_due() {
    let mut tenant = Tenant::start().await;
    tenant.noon(1);
    assert_eq!(tenant.found_by("jsmith").await, [] as [&str; 0]);
    tenant.terminate("jsmith", 20).await;
    assert_eq!(tenant.found_by("jsmith").await, ["employment changed"]);
    let entered = tenant.clock.now().timestamp_millis();
    let query = [("$filter", "userId eq 'jsmith'"), ("fromDate", "1900-01-01"), ("$orderby", "startDate")];
    let slice = tenant.fixture.get("EmpJob", &query).await.results().pop().unwrap();
    for name in ["createdDateTime", "lastModifiedDateTime"] {
        let text = slice[name].as_str().unwrap_or_else(|| panic!("{name}: {slice}"));
        let at: i64 = text.trim_start_matches("/Date(").split('+').next().unwrap().parse().unwrap();
        assert!((entered - 10_000..=entered).contains(&at), "{name}: {slice}");
    }
    tenant.noon(10);
    assert_eq!(tenant.found_by("jsmith").await, [] as [&str; 0]);
    tenant.noon(11);
    let found = tenant.found_by("jsmith").await;
    assert_eq!(found, ["job began", "employment ended"]);
}

/// A termination for today is due tomorrow; it still counts today (KBA 3678614).
#[tokio::test]
async fn termination_dated_today_is_found_tomorrow() {
    let mut tenant = Tenant::start().await;
    tenant.noon(1);
    tenant.terminate("cmueller", 0).await;
    let info = tenant.info("cmueller").await;
    assert_eq!((&info["activeEmploymentsCount"], &info["latestTerminationDate"]), (&json!(1), &Value::Null));
    let last = format!("/Date({})/", tenant.day(0).timestamp_millis());
    tenant.noon(1);
    let found = tenant.found_by("cmueller").await;
    assert!(["job began", "employment ended"].iter().all(|clause| found.contains(clause)), "{found:?}");
    let info = tenant.info("cmueller").await;
    assert_eq!((&info["activeEmploymentsCount"], &info["latestTerminationDate"]), (&json!(0), &json!(last)));
}

/// A termination for yesterday is found at once.
#[tokio::test]
async fn termination_dated_yesterday_is_found_at_once() {
    let mut tenant = Tenant::start().await;
    tenant.noon(1);
    tenant.terminate("jsmith", -1).await;
    let found = tenant.found_by("jsmith").await;
    for clause in ["job began", "job changed", "employment ended"] {
        assert!(found.contains(&clause), "{found:?}");
    }
    tenant.noon(3);
    assert_eq!(tenant.found_by("jsmith").await, [] as [&str; 0]);
}
