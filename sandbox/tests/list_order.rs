//! The order of lists: people and employments come in no order, and every page of a list keeps to it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use sandbox::{ListOrder, Options, Switches};
use serde_json::{Value, json};
use support::{Fixture, options};

async fn with(list_order: ListOrder) -> Fixture {
    let switches = Switches { list_order, ..Switches::default() };
    Fixture::with(Options { switches, ..options(300) }).await
}

fn ids(rows: &[Value], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].as_str().unwrap().to_owned()).collect()
}

/// All pages by the links to the next.
async fn pages(fixture: &Fixture, path: &str, name: &str) -> Vec<String> {
    let mut path = format!("/odata/v2/{path}");
    let mut found = Vec::new();
    loop {
        let answer = fixture.raw(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        found.extend(ids(&answer.results(), name));
        match answer.json()["d"]["__next"].as_str() {
            Some(next) => path = format!("/odata/v2{}", next.split_once("/odata/v2").unwrap().1),
            None => return found,
        }
    }
}

/// As captured from a live tenant: 361 people sorted by nothing. What is asked to be sorted is.
#[tokio::test]
async fn lists_of_people_have_no_order_unless_asked() {
    let fixture = Fixture::new(300).await;
    for (set, name) in [("PerPerson", "personIdExternal"), ("EmpJob", "userId"), ("EmpEmployment", "userId")]
    {
        let plain = ids(&fixture.get(set, &[]).await.results(), name);
        assert!(!plain.is_sorted(), "{set}");
        let asked = ids(&fixture.get(set, &[("$orderby", name)]).await.results(), name);
        assert!(asked.is_sorted(), "{set}");
        let mut plain = plain;
        plain.sort();
        assert_eq!(plain, asked, "{set}");
    }
    assert!(fixture.find("status in 't','f'").await.is_sorted());
}

/// Pages of every kind have everybody once, with and without a filter.
#[tokio::test]
async fn pages_without_order_have_everybody_once() {
    let fixture = Fixture::new(300).await;
    let mut all = ids(&fixture.get("PerPerson", &[]).await.results(), "personIdExternal");
    all.sort();
    for options in ["", "&paging=snapshot", "&paging=cursor", "&$filter=personIdExternal%20ne%20'x'"] {
        let path = format!("PerPerson?$format=json&customPageSize=40{options}");
        let mut found = pages(&fixture, &path, "personIdExternal").await;
        let first = found.clone();
        found.sort();
        assert_eq!(found, all, "{options}");
        assert_eq!(pages(&fixture, &path, "personIdExternal").await, first, "{options}");
    }
    let by_skip: Vec<String> = {
        let mut found = Vec::new();
        for skip in (0..all.len()).step_by(50) {
            let query = [("$skip", skip.to_string()), ("$top", "50".to_owned())];
            let query = query.each_ref().map(|(name, value)| (*name, value.as_str()));
            found.extend(ids(&fixture.get("PerPerson", &query).await.results(), "personIdExternal"));
        }
        found.sort();
        found
    };
    assert_eq!(by_skip, all);
}

/// Somebody who comes moves nobody else.
#[tokio::test]
async fn a_new_person_moves_no_other() {
    let fixture = Fixture::new(300).await;
    let before = ids(&fixture.get("PerPerson", &[]).await.results(), "personIdExternal");
    let person = json!({"__metadata": {"uri": "PerPerson('aaa.new')"}, "dateOfBirth": "/Date(0)/"});
    assert_eq!(fixture.upsert(&person).await[0]["status"], "OK");
    let after = ids(&fixture.get("PerPerson", &[]).await.results(), "personIdExternal");
    let rest: Vec<String> = after.iter().filter(|id| *id != "aaa.new").cloned().collect();
    assert_eq!((after.len(), rest), (before.len() + 1, before));
}

#[tokio::test]
async fn order_of_lists_is_a_switch() {
    let fixture = with(ListOrder::ByKey).await;
    assert!(ids(&fixture.get("PerPerson", &[]).await.results(), "personIdExternal").is_sorted());
    let fixture = with(ListOrder::None).await;
    assert!(!fixture.find("status in 't','f'").await.is_sorted());
}

/// What the metadata require is enforced unless it is switched off.
#[tokio::test]
async fn required_properties_are_a_switch() {
    let bare = json!({"__metadata": {"uri": "FOCostCenter(externalCode='X',startDate=datetime'2026-01-01T00:00:00')"}});
    for enforced in [true, false] {
        let switches = Switches { enforce_required: enforced, ..Switches::default() };
        let fixture = Fixture::with(Options { switches, ..options(70) }).await;
        assert_eq!(fixture.upsert(&bare).await[0]["status"] == "ERROR", enforced);
    }
}

/// What is required is configuration, and the metadata say it.
#[tokio::test]
async fn profile_decides_what_is_required() {
    let profile = sandbox::Profile {
        required: vec!["EmpJob/position".to_owned()],
        optional: vec!["EmpJob/businessUnit".to_owned()],
        ..sandbox::Profile::default()
    };
    let fixture = Fixture::with(Options { profile, ..options(70) }).await;
    let text = fixture.raw("/odata/v2/EmpJob/$metadata").await.text;
    let flag = |name: &str| {
        let rest = text.split(&format!("Name=\"{name}\"")).nth(1).unwrap();
        rest.split('>').next().unwrap().contains("required=\"true\"")
    };
    assert_eq!((flag("position"), flag("businessUnit"), flag("company")), (true, false, true));
}
