//! People to fill the table with, the same ones every time.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate};

use super::model::PERSON;
use super::{Target, save};
use crate::object::{Attribute, AttributeDelta, Value, Values, special};
use crate::operation::SaveRequest;

const FIRST_NAMES: [&str; 7] = ["Ada", "Zoë", "Jürgen", "Aoife", "Mei", "Kofi", "O'Neil"];
const TITLES: [&str; 4] = ["Engineer", "Head of R&D", "100% Sales", "engineer"];
const SKILLS: [&str; 4] = ["rust", "sql", "c++", "日本語"];

pub(super) fn fill(target: &Target, count: u32) {
    for number in 1..=count {
        let attributes = person(number).into_iter().map(AttributeDelta::from).collect();
        let request = SaveRequest::create(PERSON, attributes);
        let outcome = save::run(target, &request);
        debug_assert!(outcome.is_ok(), "{outcome:?}");
    }
}

fn person(number: u32) -> Vec<Attribute> {
    let pick = |from: &[&'static str]| from[number as usize % from.len()];
    let mut attributes = vec![
        Attribute::single("login", format!("person{number}")),
        Attribute::single("displayName", format!("{} {number}", pick(&FIRST_NAMES))),
        Attribute::single("title", pick(&TITLES)),
        Attribute::new(
            "skills",
            SKILLS.iter().take(number as usize % 4).map(|skill| Value::from(*skill)).collect::<Values>(),
        ),
        Attribute::single("floor", i64::from(number % 12) - 2),
        Attribute::single("salary", Value::decimal((40_000 + number * 7).into())),
        Attribute::single("remote", number.is_multiple_of(3)),
        Attribute::single("notes", format!("note {number}")),
        Attribute::single(special::ENABLE, !number.is_multiple_of(10)),
    ];
    let hired = NaiveDate::from_ymd_opt(2015, 1, 1)
        .and_then(|day| day.checked_add_days(Days::new((number % 3000).into())));
    attributes.extend(hired.map(|day| Attribute::single("hiredOn", Value::Date(day))));
    let badge = DateTime::from_timestamp(1_600_000_000 + i64::from(number) * 3601, 0);
    attributes
        .extend(badge.map(|time| Attribute::single("badgeIssuedAt", Value::DateTime(time.fixed_offset()))));
    if number > 1 {
        attributes.push(Attribute::single("manager", format!("P{:06}", number / 5 + 1)));
    }
    if number.is_multiple_of(2) {
        let city = BTreeMap::from([("city".to_owned(), vec![Value::from("Zürich")])]);
        attributes.push(Attribute::single("address", Value::complex(city)));
    }
    attributes
}
