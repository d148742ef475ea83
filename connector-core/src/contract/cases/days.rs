//! Days in requests about objects that have none.

use chrono::NaiveDate;

use super::cases;
use crate::context::Context;
use crate::contract::check::{CaseResult, names_attribute, refused, same, skipped};
use crate::contract::suite::{Suite, collect};
use crate::error::ErrorKind;
use crate::object::AttributeDelta;
use crate::operation::{GetRequest, ImportRequest, Operation, SaveRequest};

cases!("days":
    a_class_without_days_is_not_read_as_of_a_day,
    a_class_without_days_is_not_changed_from_a_day_on,
);

fn needs_no_days(suite: &Suite<'_>) -> CaseResult {
    if suite.manifest.dated { skipped("the manifest says that the objects have days") } else { Ok(()) }
}

async fn a_class_without_days_is_not_read_as_of_a_day(suite: &Suite<'_>) -> CaseResult {
    needs_no_days(suite)?;
    suite.needs(&[Operation::Get, Operation::Search, Operation::Import])?;
    let (context, as_of) = (Context::new(), Some(NaiveDate::default()));
    let sent = suite.fixture.requests_sent();
    let get = GetRequest { as_of, ..GetRequest::new(suite.class.clone(), suite.fixture.unknown_uid()) };
    let get = suite.connector.get(&context, &get).await.map(drop);
    let search = crate::operation::SearchRequest { as_of, ..suite.search_request(None) };
    let search = collect(suite.search_stream(search)).await?.end.map(drop);
    let import = ImportRequest { as_of, ..ImportRequest::new(suite.class.clone()) };
    let import = collect(suite.connector.import(&context, import)).await?.end.map(drop);
    for (operation, result) in [("get", get), ("search", search), ("import", import)] {
        let error = refused(operation, result, &[ErrorKind::Unsupported])?;
        names_attribute(&error, &"as_of".into())?;
    }
    same("the requests sent", suite.fixture.requests_sent() - sent, 0)
}

async fn a_class_without_days_is_not_changed_from_a_day_on(suite: &Suite<'_>) -> CaseResult {
    needs_no_days(suite)?;
    let uid = suite.create().await?.uid;
    let before = suite.object(&uid).await?;
    let text = AttributeDelta::set(suite.fixture.text_attribute(), "contract dated");
    let request = SaveRequest::new(suite.class.clone(), uid.clone(), vec![text]);
    let request = SaveRequest { effective_date: Some(NaiveDate::default()), ..request };
    let error = refused("the save", suite.save(&request).await, &[ErrorKind::Unsupported])?;
    names_attribute(&error, &"effective_date".into())?;
    same("the object", suite.object(&uid).await?, before)
}
