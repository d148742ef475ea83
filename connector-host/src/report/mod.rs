//! `import --report FILE`: one page about a run, for people. It needs no network and no script.

mod chart;
mod page;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use connector_core::object::{ConnectorObject, ObjectClass};
use connector_core::operation::{Gone, Problem, Summary};

use crate::stop::Stop;

/// So many problems, and so many of those who are gone, are listed; more are counted.
const LISTED: usize = 200;
/// So many departments are told apart.
const DEPARTMENTS: usize = 5000;
/// The id of a record that cannot be read.
const UNKNOWN: &str = "unknown";
/// What has no value.
const NONE: &str = "(none)";

/// What a run brought, as far as the page shows it.
pub struct Report {
    object_class: ObjectClass,
    objects: u64,
    statuses: BTreeMap<String, u64>,
    departments: BTreeMap<String, u64>,
    problems: Listed,
    gone: Listed,
}

/// The first of many lines.
#[derive(Default)]
struct Listed {
    lines: Vec<(String, String)>,
    count: u64,
}

impl Listed {
    fn add(&mut self, line: impl FnOnce() -> (String, String)) {
        self.count += 1;
        if self.lines.len() < LISTED {
            self.lines.push(line());
        }
    }
}

impl Report {
    /// A report of imports of this class.
    pub fn new(object_class: &ObjectClass) -> Self {
        Self {
            object_class: object_class.clone(),
            objects: 0,
            statuses: BTreeMap::new(),
            departments: BTreeMap::new(),
            problems: Listed::default(),
            gone: Listed::default(),
        }
    }

    /// Counts an object.
    pub fn object(&mut self, object: &ConnectorObject) {
        self.objects += 1;
        count(&mut self.statuses, object, "status", usize::MAX);
        count(&mut self.departments, object, "department", DEPARTMENTS);
    }

    /// Lists what is wrong with a record.
    pub fn problem(&mut self, problem: &Problem) {
        self.problems.add(|| {
            let error = &problem.error;
            let uid = error.context().uid.as_ref().map(ToString::to_string);
            (uid.unwrap_or_else(|| UNKNOWN.to_owned()), error.message().to_owned())
        });
    }

    /// Lists somebody who is gone.
    pub fn gone(&mut self, gone: &Gone) {
        self.gone.add(|| (gone.uid.to_string(), gone.reason.as_str().replace('_', " ")));
    }

    /// The page, for a run that ended so, at this time.
    pub fn page(&self, ended: Result<&Summary, &Stop>, at: DateTime<Utc>) -> String {
        page::write(self, ended, at)
    }
}

fn count(counts: &mut BTreeMap<String, u64>, object: &ConnectorObject, name: &str, most: usize) {
    let Some(attribute) = object.attribute(name) else { return };
    let value = attribute.values.first().map_or_else(|| NONE.to_owned(), ToString::to_string);
    let has_room = counts.len() < most || counts.contains_key(&value);
    let bar = if has_room { value } else { "(others)".to_owned() };
    *counts.entry(bar).or_default() += 1;
}
