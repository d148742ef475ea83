//! Find: an inactive person is not a missing person.

use std::io;

use connector_core::Filter;
use connector_core::object::ConnectorObject;
use connector_core::operation::{Problem, SearchRequest};
use connector_core::protocol::Call;

use crate::demo::stage::{Stage, Told, UID, USER, expect, is_enabled, wrong};
use crate::sink::EventSink;
use crate::stop::Stop;

/// Searches for her while she is suspended.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let request = SearchRequest::new(USER).with_filter(Filter::equal("username", UID));
    let mut found = Found(Vec::new());
    stage.session.stream(Call::Search(request), &mut found).await?;
    let [person] = found.0.as_slice() else {
        return Err(wrong(format!("the search should find one person and found {}", found.0.len())));
    };
    expect("her uid", person.uid.as_str(), UID)?;
    if is_enabled(person) {
        return Err(wrong("the search says that she is active"));
    }
    Ok(Told::line(format!("username eq '{UID}' finds her, and says that she is inactive."))
        .and("(Left to itself, SuccessFactors hides inactive people, and a host would create her again.)")
        .fact("count", 1)
        .fact("active", false))
}

struct Found(Vec<ConnectorObject>);

impl EventSink for Found {
    fn object(&mut self, object: ConnectorObject) -> io::Result<()> {
        self.0.push(object);
        Ok(())
    }

    fn problem(&mut self, _: Problem) -> io::Result<()> {
        Ok(())
    }
}
