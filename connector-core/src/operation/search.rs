//! `search`: the objects that satisfy a filter, as a stream.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use futures_util::stream::BoxStream;
use serde::{Deserialize, Serialize};

use super::{Gone, ImportFigures, Problem, SyncToken};
use crate::error::Result;
use crate::filter::Filter;
use crate::object::day::{self, Day};
use crate::object::{AttributeName, ConnectorObject, ObjectClass};

/// Asks for the objects of a class that satisfy a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SearchRequest {
    /// The class.
    pub object_class: ObjectClass,
    /// The condition; every object if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// The attributes wanted; all that are returned by default if absent. Uid and name always come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes_to_get: Option<Vec<AttributeName>>,
    /// The order; the target's own if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort_keys: Vec<SortKey>,
    /// A part of the result; all of it, as a stream, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// The day as of which the objects are read, and the filter is evaluated; the target's today if absent. A class without days refuses it
    /// ([`dated`](crate::manifest::ObjectClassManifest::dated)).
    #[serde(default, with = "day", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Day>")]
    pub as_of: Option<NaiveDate>,
}

impl SearchRequest {
    /// Asks for every object of a class.
    ///
    /// # Examples
    ///
    /// ```
    /// use connector_core::memory::MemoryConnector;
    /// use connector_core::operation::{Item, SearchRequest};
    /// use connector_core::{Connector, Context, Filter};
    /// use futures_util::StreamExt;
    ///
    /// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
    /// let connector = MemoryConnector::with_people(120);
    /// let inactive = Filter::parse("__ENABLE__ eq false and startswith(login,'person1')")?;
    /// let mut items = connector.search(&Context::new(), SearchRequest::new("Person").with_filter(inactive));
    /// let mut names = Vec::new();
    /// while let Some(item) = items.next().await {
    ///     match item? {
    ///         Item::Object(person) => names.push(person.name),
    ///         Item::Problem(problem) => eprintln!("{}: {}", problem.kind, problem.error),
    ///         Item::End(summary) => assert_eq!(summary.count, 4),
    ///         _ => {}
    ///     }
    /// }
    /// assert_eq!(names, ["person10", "person100", "person110", "person120"]);
    /// # Ok::<_, Box<dyn std::error::Error>>(()) })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(object_class: impl Into<ObjectClass>) -> Self {
        Self {
            object_class: object_class.into(),
            filter: None,
            attributes_to_get: None,
            sort_keys: Vec::new(),
            page: None,
            as_of: None,
        }
    }

    /// Only the objects that satisfy this.
    #[must_use]
    pub fn with_filter(mut self, filter: Filter) -> Self {
        self.filter = Some(filter);
        self
    }
}

/// One key of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SortKey {
    /// The attribute.
    pub attribute: AttributeName,
    /// Smallest first.
    #[serde(default = "ascending")]
    pub ascending: bool,
}

fn ascending() -> bool {
    true
}

/// A part of a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Page {
    /// At most so many objects, one or more.
    pub size: u32,
    /// Where it begins.
    #[serde(flatten)]
    pub start: PageStart,
}

/// Where a page begins. A cookie wins over an offset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PageStart {
    /// The cookie that came with the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cookie: Option<String>,
    /// The place of the first object, counted from 1. Anything less means "the next page", as hosts
    /// that page by cookie send it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<i64>,
}

/// A stream of items. Nothing is asked of the target until the stream is polled; dropping it stops
/// the operation. It ends with exactly one [`Item::End`] or one error, and with nothing else.
pub type ItemStream = BoxStream<'static, Result<Item>>;

/// What a stream brings.
#[derive(Clone, Debug)]
pub enum Item {
    /// An object.
    Object(ConnectorObject),
    /// A record that could not be read, or not all of it. The stream goes on.
    Problem(Problem),
    /// How far the operation is.
    Progress(Progress),
    /// An object that the caller has to let go of. Only imports say so.
    Gone(Gone),
    /// Everything before this has been delivered: an import that begins with this token goes on here.
    Checkpoint(SyncToken),
    /// The end.
    End(Summary),
}

/// How far a stream is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Progress {
    /// Records read so far.
    pub fetched: u64,
    /// Records in all, where the target said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

/// How a stream ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Summary {
    /// Whether that was everything.
    pub status: StreamStatus,
    /// Objects delivered.
    pub count: u64,
    /// Problems told on the way: records that could not be read, or not all of them.
    pub problems: u64,
    /// Where the next page begins; absent on the last one, and without paging.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cookie: Option<String>,
    /// Objects after this page, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u64>,
    /// A part of the filter was evaluated here and not by the target.
    #[serde(default)]
    pub residual: bool,
    /// What it cost; absent where nobody counted.
    #[serde(default, skip_serializing_if = "Cost::is_unknown")]
    pub cost: Cost,
    /// Where the next import begins, so that only what has changed comes; absent where the target cannot tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sync_token: Option<SyncToken>,
    /// Attributes that were asked for and that records came without, with the number of those records: `{"email": 12}`.
    /// They are left out of those objects: whether they have a value is not known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub withheld: BTreeMap<AttributeName, u64>,
    /// What the caller should know besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// What an import did; absent of searches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<Box<ImportFigures>>,
}

impl Summary {
    /// A stream that ended so, before anything is counted.
    pub fn new(status: StreamStatus) -> Self {
        Self {
            status,
            count: 0,
            problems: 0,
            cookie: None,
            remaining: None,
            residual: false,
            cost: Cost::default(),
            sync_token: None,
            withheld: BTreeMap::new(),
            notices: Vec::new(),
            import: None,
        }
    }
}

/// Whether a stream brought everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StreamStatus {
    /// Everything that was asked for.
    Complete,
    /// The caller stopped it early.
    Stopped,
}

/// What an operation cost the target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Cost {
    /// Requests sent, repeats included.
    pub requests: u64,
    /// Repeats among them.
    pub retries: u64,
    /// Bytes of answers, after decompression.
    pub bytes: u64,
}

impl Cost {
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}
