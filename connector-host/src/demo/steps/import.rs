//! Import: everybody, as a stream.

use std::io;

use connector_core::object::ConnectorObject;
use connector_core::operation::{ImportRequest, Problem, Progress};
use connector_core::protocol::Call;
use indicatif::HumanCount;

use crate::demo::stage::{Colleague, Stage, Told, USER, expect, is_enabled, text};
use crate::output::counted;
use crate::progress::Counter;
use crate::sink::EventSink;
use crate::stop::Stop;

/// Reads everybody, counts the active ones, and remembers somebody who can be a manager.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let counter = Counter::new(stage.console, "importing", true);
    let mut census = Census { counter, active: 0, colleague: None };
    let summary = stage.session.stream(Call::Import(ImportRequest::new(USER)), &mut census).await?;
    let Census { counter, active, colleague } = census;
    expect("the number of people", counter.count(), summary.count)?;
    stage.colleague = colleague;
    let (seconds, pages) = (counter.elapsed().as_secs_f64(), summary.cost.requests);
    let (count, inactive) = (HumanCount(summary.count), HumanCount(summary.count - active));
    let pages = counted(pages, "request");
    Ok(Told::line(format!("{count} people in {seconds:.2} s, with {pages}."))
        .and(format!("{} are active and {inactive} inactive: nobody is left out.", HumanCount(active)))
        .fact("count", summary.count)
        .fact("active", active))
}

struct Census {
    counter: Counter,
    active: u64,
    colleague: Option<Colleague>,
}

impl EventSink for Census {
    fn object(&mut self, object: ConnectorObject) -> io::Result<()> {
        self.counter.record();
        if is_enabled(&object) {
            self.active += 1;
            if self.colleague.is_none() {
                self.colleague = colleague(&object);
            }
        }
        Ok(())
    }

    fn problem(&mut self, _: Problem) -> io::Result<()> {
        Ok(())
    }

    fn progress(&mut self, progress: Progress) -> io::Result<()> {
        self.counter.progress(progress);
        Ok(())
    }
}

/// Technical users have no title; a manager has one.
fn colleague(object: &ConnectorObject) -> Option<Colleague> {
    let (first, last) = (text(object, "firstName"), text(object, "lastName"));
    let person = !first.is_empty() && !last.is_empty() && !text(object, "title").is_empty();
    person.then(|| Colleague { uid: object.uid.clone(), full_name: format!("{first} {last}") })
}
