//! A connector whose target is a table in memory.
//!
//! It is as real as a connector can be without a network: the contract suite passes, and what the
//! manifest says is true. It shows that the SPI is not shaped like one product, it lets a host be
//! tested without a target, and it is the shortest example of how a connector is written.
//!
//! Unlike many a target it makes up the uids itself, removes what is deleted and pages by offset.

mod changes;
mod explain;
mod get;
mod import;
mod lookup;
mod model;
mod people;
mod plan;
mod save;
mod search;
mod status;
mod store;

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt, stream};

use crate::connector::Connector;
use crate::context::Context;
use crate::error::Result;
use crate::manifest::Manifest;
use crate::object::Schema;
use crate::operation::{
    Check, CheckOutcome, ExplainRequest, Explanation, GetOutcome, GetRequest, ImportRequest, ItemStream,
    LookupRequest, ObjectId, Operation, ResetPasswordRequest, SaveOutcome, SaveRequest, SearchRequest,
    TestReport, ValueList,
};
use import::Import;
use model::Model;
use search::Scan;
use store::Store;

/// How many records come with one request to the table.
pub const PAGE_SIZE: usize = 50;

/// A connector to a table in memory. Clones share the table.
///
/// ```
/// # use connector_core::{Connector as _, Context, memory::MemoryConnector, operation::GetRequest};
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let connector = MemoryConnector::with_people(3);
/// let found = connector.get(&Context::new(), &GetRequest::new("Person", "P000001")).await?;
/// assert_eq!(found.object.map(|person| person.name).as_deref(), Some("person1"));
/// # Ok::<_, Box<dyn std::error::Error>>(()) })?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct MemoryConnector(Arc<Target>);

/// The table and what is known about it.
#[derive(Default)]
struct Target {
    model: Model,
    store: Store,
}

impl MemoryConnector {
    /// A connector to an empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// A connector to a table with so many people, the same ones every time.
    pub fn with_people(count: u32) -> Self {
        let connector = Self::new();
        people::fill(&connector.0, count);
        connector
    }

    /// How often the table was asked or changed: once for each page, look-up and write.
    pub fn requests_sent(&self) -> u64 {
        self.0.store.requests()
    }
}

#[async_trait]
impl Connector for MemoryConnector {
    fn manifest(&self) -> &Manifest {
        &self.0.model.manifest
    }

    async fn test(&self, context: &Context) -> Result<TestReport> {
        context.check()?;
        let count = self.0.store.count();
        let check =
            Check { name: "table".into(), outcome: CheckOutcome::Ok, detail: format!("{count} objects") };
        Ok(TestReport { checks: vec![check] })
    }

    async fn schema(&self, context: &Context) -> Result<Arc<Schema>> {
        context.check()?;
        Ok(Arc::clone(&self.0.model.schema))
    }

    async fn get(&self, context: &Context, request: &GetRequest) -> Result<GetOutcome> {
        context.check()?;
        get::run(&self.0, request)
    }

    fn search(&self, context: &Context, request: SearchRequest) -> ItemStream {
        let (target, context) = (Arc::clone(&self.0), context.clone());
        later(move || Scan::begin(target, context, request).map(Scan::into_stream))
    }

    fn import(&self, context: &Context, request: ImportRequest) -> ItemStream {
        let (target, context) = (Arc::clone(&self.0), context.clone());
        later(move || Import::begin(target, context, request).map(Import::into_stream))
    }

    async fn save(&self, context: &Context, request: &SaveRequest) -> Result<SaveOutcome> {
        context.check()?;
        save::run(&self.0, request)
    }

    async fn delete(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        context.check()?;
        status::delete(&self.0, id)
    }

    async fn suspend(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        context.check()?;
        status::set_enabled(&self.0, id, Operation::Suspend, false)
    }

    async fn resume(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        context.check()?;
        status::set_enabled(&self.0, id, Operation::Resume, true)
    }

    async fn reset_password(&self, context: &Context, request: &ResetPasswordRequest) -> Result<SaveOutcome> {
        context.check()?;
        status::reset_password(&self.0, request)
    }

    async fn lookup(&self, context: &Context, request: &LookupRequest) -> Result<ValueList> {
        context.check()?;
        lookup::run(&self.0, request)
    }

    async fn explain(&self, context: &Context, request: &ExplainRequest) -> Result<Explanation> {
        context.check()?;
        explain::run(&self.0, request)
    }
}

/// Nothing happens before the stream is polled.
fn later(begin: impl FnOnce() -> Result<ItemStream> + Send + 'static) -> ItemStream {
    let begin = async move { begin() };
    stream::once(begin)
        .flat_map(|begun| match begun {
            Ok(items) => items,
            Err(error) => stream::iter([Err(error)]).boxed(),
        })
        .boxed()
}
