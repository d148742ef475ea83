//! From rows to people: what is known of them, and what is not.

use connector_core::object::{ConnectorObject, Value, special};
use connector_core::{ErrorKind, Filter, Result};

use super::filter::{Population, translate};
use super::query_plan::QueryPlan;
use crate::class::Class as _;
use crate::class::state::State;
use crate::class::user::User;
use crate::mapping::model::Model;
use crate::odata::edm::Edm;
use crate::odata::metadata::{EntityType, Property};
use crate::odata::row::{Origin, Row, rows, rows_of};
use crate::odata::zone::Zone;

fn model() -> Model {
    let types = [
        ("userId", Edm::String),
        ("username", Edm::String),
        ("status", Edm::String),
        ("department", Edm::String),
        ("totalTeamSize", Edm::Int64),
        ("salaryRate", Edm::Decimal),
        ("lastModified", Edm::DateTime),
    ];
    let property = |(name, edm): (&str, Edm)| Property {
        name: name.to_owned(),
        edm,
        label: None,
        max_length: None,
        required: false,
        creatable: true,
        updatable: true,
        visible: true,
        sortable: true,
        filterable: true,
        sensitive: false,
    };
    let properties = types.map(property).into();
    let navigations = vec!["manager".to_owned()];
    let user = EntityType { name: "User".into(), keys: Vec::new(), properties, navigations };
    User.model(Some(&user)).unwrap()
}

fn plan(wanted: &[&str]) -> QueryPlan {
    let wanted: Vec<_> = wanted.iter().map(|name| (*name).into()).collect();
    QueryPlan::new(&model(), Some(&wanted), None, &[]).unwrap()
}

fn read(plan: &QueryPlan, row: &Row) -> Result<ConnectorObject> {
    plan.read(row).map(|record| record.into_object())
}

fn names(object: &ConnectorObject) -> Vec<&str> {
    object.attributes.iter().map(|attribute| attribute.name.as_str()).collect()
}

/// A field that the role does not show is not in the answer (contradictions K4); one that is empty is null.
#[test]
fn what_did_not_come_is_left_out_and_named_once_and_what_is_empty_is_empty() {
    let plan = plan(&["department", "totalTeamSize", "manager"]);
    let rows = rows(&[
        r#"{"userId":"a","username":"a","status":"t","department":null,"totalTeamSize":"3","manager":null}"#,
        r#"{"userId":"b","username":"b","status":"t","totalTeamSize":null,"manager":{"userId":"a"}}"#,
        r#"{"userId":"c","username":"c","status":"t","totalTeamSize":null,"manager":{"userId":"NO_MANAGER"}}"#,
        r#"{"userId":"d","username":"d","status":"t","totalTeamSize":null}"#,
    ]);
    let people: Vec<_> = rows.iter().map(|row| read(&plan, row).unwrap()).collect();
    assert_eq!(names(&people[0]), ["department", "totalTeamSize", "manager"]);
    assert!(people[0].values("department").is_empty() && people[0].values("manager").is_empty());
    assert_eq!(names(&people[1]), ["totalTeamSize", "manager"]);
    assert_eq!(people[1].first("manager"), Some(&Value::reference("User", "a")));
    assert!(people[2].attribute("manager").unwrap().values.is_empty());
    assert_eq!(names(&people[3]), ["totalTeamSize"]);
    assert_eq!(plan.gaps().withheld(), ["department".into(), "manager".into()]);
}

#[test]
fn a_navigation_that_was_not_expanded_does_not_say_that_there_is_nobody() {
    let plan = plan(&["manager"]);
    let row = |manager: &str| {
        let row = format!(r#"{{"userId":"a","username":"a","status":"t","manager":{manager}}}"#);
        read(&plan, &rows(&[&row])[0])
    };
    for unknown in [r#"{"__deferred":{"uri":"User('a')/manager"}}"#, r#"{"__metadata":{"uri":"User('b')"}}"#]
    {
        assert_eq!(names(&row(unknown).unwrap()), [""; 0], "{unknown}");
    }
    for nobody in [r#"{"results":[]}"#, r#"{"userId":null}"#, "[]", "null"] {
        assert_eq!(names(&row(nobody).unwrap()), ["manager"], "{nobody}");
    }
    assert_eq!(row("5").unwrap_err().kind(), ErrorKind::TargetProtocol);
    assert_eq!(plan.gaps().withheld(), ["manager".into()]);
}

#[test]
fn a_status_that_is_not_one_of_the_six_is_neither_active_nor_inactive() {
    let plan = plan(&["status", special::ENABLE]);
    let enabled = |status: &str| {
        let row = format!(r#"{{"userId":"a","username":"a"{status}}}"#);
        let record = plan.read(&rows(&[&row])[0]).unwrap();
        let said = match &record.state {
            State::Known(value) => (Some(value.text), None),
            State::Other(text) => (None, Some(text.to_string())),
            State::Stateless | State::Untold => (None, None),
        };
        (said, record.into_object().attribute(special::ENABLE).map(|attribute| attribute.values.to_vec()))
    };
    assert_eq!(enabled(r#","status":"t""#), ((Some("t"), None), Some(vec![true.into()])));
    assert_eq!(enabled(r#","status":"f""#), ((Some("f"), None), Some(vec![false.into()])));
    for unknown in ["x", "v", "tf", "active", "é", "1"] {
        let status = format!(r#","status":"{unknown}""#);
        assert_eq!(enabled(&status), ((None, Some(unknown.to_owned())), None), "{unknown}");
    }
    for nothing in [r#","status":null"#, r#","status":"""#, ""] {
        assert_eq!(enabled(nothing), ((None, None), None), "{nothing}");
    }
}

#[test]
fn a_filter_on_enable_claims_nobody_whose_status_is_not_known() {
    let person = |status: &str| {
        let row = format!(r#"{{"userId":"a","username":"a","status":"{status}","department":"HR"}}"#);
        rows(&[&row]).remove(0)
    };
    for (filter, unknown, active) in [
        ("__ENABLE__ eq true", false, true),
        ("__ENABLE__ eq false", false, false),
        ("__ENABLE__ ne true", false, false),
        ("not (__ENABLE__ eq false)", false, true),
        ("not (__ENABLE__ eq true and department eq 'HR')", false, false),
        ("not (__ENABLE__ eq true and department eq 'IT')", true, true),
        ("not (not (__ENABLE__ eq true))", false, true),
        ("department eq 'HR' or __ENABLE__ eq true", true, true),
    ] {
        let filter = Filter::parse(filter).unwrap();
        let states = User.profile().state.unwrap().texts();
        let translation =
            translate(Some(&filter), &model(), &Population { states, condition: None }).unwrap();
        let plan = QueryPlan::new(&model(), None, Some(&filter), &[]).unwrap();
        let holds = |status: &str| {
            translation.filter.as_ref().unwrap().matches(&plan.read(&person(status)).unwrap().object)
        };
        assert_eq!((holds("x"), holds("t")), (unknown, active), "{filter}");
    }
}

#[test]
fn whoever_came_without_what_the_filter_decides_by_is_a_problem_and_has_not_left_it() {
    let filter = Filter::parse("not (department eq 'HR')").unwrap();
    let plan = QueryPlan::new(&model(), Some(&[]), Some(&filter), &[]).unwrap();
    let row = rows(&[r#"{"userId":"a","username":"a","status":"t"}"#]).remove(0);
    let error = plan.read(&row).unwrap_err();
    assert_eq!(error.context().uid, Some("a".into()));
    assert!(error.message().contains("without department"), "{error}");
}

/// A number that became another person.
#[test]
fn a_user_id_that_comes_as_a_number_keeps_its_digits() {
    let plan = plan(&[]);
    for digits in ["9223372036854775807", "9223372036854775808", "12345678901234567891", "100.0", "1e2", "-0"]
    {
        let row = format!(r#"{{"userId":{digits},"username":{digits},"status":"t"}}"#);
        let person = read(&plan, &rows(&[&row])[0]).unwrap();
        assert_eq!((person.uid.as_str(), person.name.as_str()), (digits, digits));
    }
}

#[test]
fn numbers_come_with_all_their_digits_however_they_are_written() {
    let plan = plan(&["salaryRate", "totalTeamSize"]);
    let digits = "12345678901234567.0123456789";
    for number in [digits.to_owned(), format!("\"{digits}\"")] {
        let row = format!(
            r#"{{"userId":"a","username":"a","status":"t","salaryRate":{number},"totalTeamSize":7}}"#
        );
        let person = read(&plan, &rows(&[&row])[0]).unwrap();
        assert_eq!(person.first("salaryRate").unwrap().to_string(), digits);
        assert_eq!(person.first("totalTeamSize"), Some(&Value::Integer(7)));
    }
    let row =
        r#"{"userId":"a","username":"a","status":"t","salaryRate":1,"totalTeamSize":9223372036854775808}"#;
    let error = read(&plan, &rows(&[row])[0]).unwrap_err();
    assert!(error.message().contains("totalTeamSize should be a whole number"), "{error}");
}

#[test]
fn a_time_without_an_offset_has_that_of_the_server_and_without_a_zone_it_is_said_once() {
    let row = r#"{"userId":"a","username":"a","status":"t","lastModified":"/Date(1609841783000)/"}"#;
    let modified = |plan: &QueryPlan, zone: Option<Zone>| {
        let rows = rows_of(&[row], Origin { zone, ..Origin::default() });
        read(plan, &rows[0]).unwrap().first("lastModified").unwrap().to_string()
    };
    let plan_of = |wanted: &str| plan(&[wanted]);
    let known = plan_of("lastModified");
    assert_eq!(modified(&known, Zone::parse("America/New_York")), "2021-01-05T10:16:23-05:00");
    assert_eq!(known.gaps().notices(), [""; 0]);
    let unknown = plan_of("lastModified");
    for _ in 0..2 {
        assert_eq!(modified(&unknown, None), "2021-01-05T10:16:23Z");
    }
    assert_eq!(unknown.gaps().notices().len(), 1);
    assert!(unknown.gaps().notices()[0].contains("lastModified; set tenant_time_zone"));
}
