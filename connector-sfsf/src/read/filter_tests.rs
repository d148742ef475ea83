//! What goes to the tenant for which filter, and what stays here.

use connector_core::Filter;

use super::filter::{Population, Translation, translate};
use crate::class::Class as _;
use crate::class::user::User;
use crate::mapping::model::Model;
use crate::odata::edm::Edm;
use crate::odata::metadata::{EntityType, Property};

fn property(name: &str, edm: Edm, filterable: bool) -> Property {
    Property {
        name: name.to_owned(),
        edm,
        label: None,
        max_length: None,
        required: false,
        creatable: true,
        updatable: true,
        visible: name != "password",
        sortable: filterable,
        filterable,
        sensitive: false,
    }
}

/// The 13 filterable properties of the table of OpenIAM that are properties, and two that are not filterable.
fn model() -> Model {
    let texts = [
        "userId",
        "username",
        "status",
        "firstName",
        "lastName",
        "department",
        "division",
        "location",
        "jobCode",
    ];
    let mut properties: Vec<_> = texts.iter().map(|name| property(name, Edm::String, true)).collect();
    properties.push(property("lastModified", Edm::DateTime, true));
    properties.push(property("lastModifiedDateTime", Edm::DateTimeOffset, true));
    properties.push(property("email", Edm::String, false));
    properties.push(property("title", Edm::String, false));
    properties.push(property("password", Edm::String, false));
    let user =
        EntityType { name: "User".into(), keys: vec!["userId".into()], properties, navigations: vec![] };
    User.model(Some(&user)).unwrap()
}

const ALL: &str = "status in 't','f','T','F','e','d'";

fn translated(filter: &Filter) -> connector_core::Result<Translation> {
    let states = User.profile().state.unwrap().texts();
    translate(Some(filter), &model(), &Population { states, condition: None })
}

#[track_caller]
fn check(filter: &str, pushed: &str, residual: bool) {
    let translation = translated(&Filter::parse(filter).unwrap()).unwrap();
    let pushed = pushed.replace("ALL", ALL);
    assert_eq!(
        (translation.pushed.as_deref(), translation.residual),
        (Some(pushed.as_str()), residual),
        "{filter}"
    );
}

#[test]
fn the_filters_of_openiam_go_to_the_tenant() {
    check("username eq 'sfadmin'", "ALL and username eq 'sfadmin'", false);
    check("status eq 't'", "status in 't'", false);
    check(
        "lastModified ge '2022-01-01T00:00:00'",
        // What the clock of the tenant's server showed then depends on where it is, twelve hours behind at most.
        "ALL and lastModified ge datetime'2021-12-31T12:00:00'",
        false,
    );
    check("manager eq 'boss'", "ALL and manager/userId eq 'boss'", false);
    check("hr in ('a','b')", "ALL and hr/userId in 'a','b'", false);
}

#[test]
fn every_condition_on_the_status_becomes_a_list() {
    check("status eq 'f'", "status in 'f'", false);
    check("status eq 'inactive'", "status in 'f'", false);
    check("status ne 't'", "status in 'f','T','F','e','d'", false);
    check("not (status in ('t','T','e'))", "status in 'f','F','d'", false);
    check("__ENABLE__ eq true", "status in 't','T','e'", false);
    check("__ENABLE__ eq false and lastName eq 'x'", "status in 'f','F','d' and lastName eq 'x'", false);
    let nobody = translated(&Filter::parse("status eq 't' and status eq 'f'").unwrap());
    assert_eq!(nobody.unwrap().pushed, None);
}

#[test]
fn an_or_never_loses_the_list_of_statuses() {
    check("status eq 'f' or lastName eq 'x'", "ALL and (status in 'f' or lastName eq 'x')", false);
}

#[test]
fn what_the_tenant_cannot_filter_by_stays_here_and_is_said_to() {
    check("email eq 'a@b'", ALL, true);
    check("email eq 'a@b' and department eq 'IT'", "ALL and department eq 'IT'", true);
    check("email eq 'a@b' or department eq 'IT'", ALL, true);
}

#[test]
fn what_could_lose_somebody_stays_here() {
    check("not (department eq 'IT')", ALL, true);
    check("lastName gt 'M'", ALL, true);
    check("department eq null", ALL, true);
    check("startswith(lastName,'')", ALL, true);
    check("equals_ignore_case(lastName,'MÜLLER')", ALL, true);
}

#[test]
fn texts_go_along_in_quotes() {
    check("lastName eq 'O''Brien & söhne % + 🙂'", "ALL and lastName eq 'O''Brien & söhne % + 🙂'", false);
    check("startswith(lastName,'O''')", "ALL and startswith(lastName,'O''')", false);
    check("contains(lastName,'x')", "ALL and substringof('x',lastName)", false);
    check("equals_ignore_case(lastName,'Smith')", "ALL and tolower(lastName) eq 'smith'", false);
}

#[test]
fn bounds_on_times_are_widened_to_whole_seconds() {
    check(
        "lastModifiedDateTime gt '2022-01-01T00:00:00.5Z'",
        "ALL and lastModifiedDateTime ge datetimeoffset'2022-01-01T00:00:00Z'",
        false,
    );
    check(
        "lastModifiedDateTime lt '2022-01-01T01:00:00.5+01:00'",
        "ALL and lastModifiedDateTime le datetimeoffset'2022-01-01T00:00:01Z'",
        false,
    );
}

#[test]
fn special_names_stand_for_properties() {
    check("__UID__ eq 'x' and __NAME__ eq 'y'", "ALL and userId eq 'x' and username eq 'y'", false);
}

#[test]
fn a_condition_that_is_too_long_for_a_url_stays_here() {
    let ids: Vec<_> = (0..400).map(|n| format!("'person{n}'")).collect();
    check(&format!("userId in ({}) and lastName eq 'x'", ids.join(",")), "ALL and lastName eq 'x'", true);
}

#[test]
fn unknown_and_unreadable_attributes_are_refused_by_name() {
    for name in ["shoeSize", "password", "__PASSWORD__", "companyExitDate"] {
        let filter = Filter::equal(name, "x");
        let error = translated(&filter).unwrap_err();
        assert_eq!(error.context().attributes, vec![name.into()], "{error}");
    }
}
