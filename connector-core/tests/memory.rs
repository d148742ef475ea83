//! What is particular to the connector in memory. What it shares with every connector is in the contract.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use connector_core::memory::MemoryConnector;
use connector_core::object::{AttributeDelta, Presence, Text, Value, special};
use connector_core::operation::{
    GetRequest, Item, ObjectId, Page, PageStart, ResetPasswordRequest, SaveAction, SaveMode, SaveRequest,
    SearchRequest, SortKey, Summary,
};
use connector_core::{Connector, Context, Error, ErrorKind, Filter};
use futures_util::StreamExt;

fn create(attributes: Vec<AttributeDelta>) -> SaveRequest {
    SaveRequest::create("Person", attributes)
}

async fn collect(connector: &MemoryConnector, request: SearchRequest) -> Result<(Vec<Text>, Summary), Error> {
    let mut names = Vec::new();
    let mut stream = connector.search(&Context::new(), request);
    while let Some(item) = stream.next().await {
        match item? {
            Item::Object(object) => names.push(object.name),
            Item::End(summary) => return Ok((names, summary)),
            Item::Problem(_) | Item::Progress(_) | Item::Checkpoint(_) | Item::Gone(_) => {}
        }
    }
    panic!("the stream has no end");
}

async fn search(connector: &MemoryConnector, filter: &str) -> Result<Vec<Text>, Error> {
    let request = SearchRequest::new("__account__").with_filter(Filter::parse(filter).unwrap());
    Ok(collect(connector, request).await?.0)
}

#[tokio::test]
async fn the_people_are_the_same_every_time_and_every_tenth_is_inactive() {
    let (one, other) = (MemoryConnector::with_people(120), MemoryConnector::with_people(120));
    let filter = "__ENABLE__ eq false";
    assert_eq!(search(&one, filter).await.unwrap(), search(&other, filter).await.unwrap());
    assert_eq!(search(&one, filter).await.unwrap().len(), 12);
}

#[tokio::test]
async fn a_new_object_gets_its_uid_from_the_target_and_is_found_again_by_its_name() {
    let connector = MemoryConnector::new();
    let request = create(vec![AttributeDelta::set("__NAME__", "zoe")]);
    let created = connector.save(&Context::new(), &request).await.unwrap();
    assert_eq!((created.uid.as_str(), created.action), ("P000001", SaveAction::Created));
    let again =
        connector.save(&Context::new(), &request.clone().with_mode(SaveMode::CreateOrUpdate)).await.unwrap();
    assert_eq!((again.uid.as_str(), again.action), ("P000001", SaveAction::Unchanged));
    let with_uid = SaveRequest { uid: Some("mine".into()), ..request };
    let error = connector.save(&Context::new(), &with_uid).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.context().attributes[0].as_str()),
        (ErrorKind::InvalidAttribute, "__UID__")
    );
}

#[tokio::test]
async fn a_name_that_is_taken_cannot_be_given_again_until_it_is_free() {
    let connector = MemoryConnector::with_people(2);
    let rename =
        |uid: &str, name: &str| SaveRequest::new("Person", uid, vec![AttributeDelta::set("login", name)]);
    let error = connector.save(&Context::new(), &rename("P000002", "person1")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    connector.save(&Context::new(), &rename("P000001", "other")).await.unwrap();
    connector.save(&Context::new(), &rename("P000002", "person1")).await.unwrap();
    connector.delete(&Context::new(), &ObjectId::new("Person", "P000002")).await.unwrap();
    connector.save(&Context::new(), &rename("P000001", "person1")).await.unwrap();
}

#[tokio::test]
async fn a_value_of_the_wrong_type_or_number_is_refused() {
    let connector = MemoryConnector::with_people(1);
    let save = async |delta: AttributeDelta| {
        let request = SaveRequest::new("Person", "P000001", vec![delta]);
        connector.save(&Context::new(), &request).await.unwrap_err().to_string()
    };
    assert_eq!(save(AttributeDelta::set("floor", "top")).await, "'floor' takes a whole number");
    let two = vec![Value::from("a"), Value::from("b")];
    assert_eq!(save(AttributeDelta::replace("title", two)).await, "attribute 'title' takes one value only");
    assert_eq!(save(AttributeDelta::clear("login")).await, "attribute 'login' needs a value");
    assert_eq!(save(AttributeDelta::set("revision", 7)).await, "attribute 'revision' cannot be written");
}

#[tokio::test]
async fn every_write_that_changes_something_counts_as_a_revision() {
    let connector = MemoryConnector::with_people(1);
    let title = SaveRequest::new("Person", "P000001", vec![AttributeDelta::set("title", "Pilot")]);
    for expected in [SaveAction::Updated, SaveAction::Unchanged] {
        assert_eq!(connector.save(&Context::new(), &title).await.unwrap().action, expected);
    }
    let lookup = connector.get(&Context::new(), &GetRequest::new("Person", "P000001")).await.unwrap();
    assert_eq!(lookup.object.unwrap().first("revision"), Some(&Value::Integer(2)));
}

#[tokio::test]
async fn a_weak_password_names_the_policy_and_the_attribute() {
    let connector = MemoryConnector::with_people(1);
    let request = ResetPasswordRequest {
        object_class: "Person".into(),
        uid: "P000001".into(),
        new_password: "short".into(),
    };
    let error = connector.reset_password(&Context::new(), &request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PasswordPolicy);
    assert_eq!(error.context().attributes, [special::PASSWORD.into()]);
}

#[tokio::test]
async fn reading_stops_where_the_caller_stops() {
    let connector = MemoryConnector::with_people(500);
    let before = connector.requests_sent();
    let mut stream = connector.search(&Context::new(), SearchRequest::new("Person"));
    assert_eq!(connector.requests_sent(), before);
    assert!(stream.next().await.is_some());
    drop(stream);
    assert_eq!(connector.requests_sent(), before + 1);
}

#[tokio::test]
async fn an_order_may_have_several_keys() {
    let connector = MemoryConnector::with_people(30);
    let key = |name: &str, ascending| SortKey { attribute: name.into(), ascending };
    let request = SearchRequest {
        sort_keys: vec![key("remote", false), key("floor", true)],
        page: Some(Page { size: 2, start: PageStart::default() }),
        ..SearchRequest::new("Person")
    };
    let (names, summary) = collect(&connector, request).await.unwrap();
    assert_eq!(names, ["person12", "person24"]);
    assert_eq!(summary.cookie.as_deref(), Some("2"));
}

#[tokio::test]
async fn a_page_without_size_and_a_strange_cookie_are_refused() {
    let connector = MemoryConnector::with_people(1);
    for (size, cookie) in [(0, None), (1, Some("x".to_owned()))] {
        let page = Page { size, start: PageStart { cookie, offset: None } };
        let request = SearchRequest { page: Some(page), ..SearchRequest::new("Person") };
        assert_eq!(collect(&connector, request).await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
}

#[tokio::test]
async fn teams_have_no_status() {
    let connector = MemoryConnector::new();
    let request =
        SaveRequest { object_class: "Team".into(), ..create(vec![AttributeDelta::set("label", "A")]) };
    let team = connector.save(&Context::new(), &request).await.unwrap();
    assert_eq!(team.presence, Presence::Active);
    let error = connector.suspend(&Context::new(), &ObjectId::new("Team", team.uid)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}
