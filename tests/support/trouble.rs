//! A connector that does, on request, what a carrier has to cope with.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use connector_core::manifest::Manifest;
use connector_core::memory::MemoryConnector;
use connector_core::object::Schema;
use connector_core::operation::{
    GetOutcome, GetRequest, ImportRequest, Item, ItemStream, ObjectId, Progress, ResetPasswordRequest,
    SaveOutcome, SaveRequest, SearchRequest, TestReport,
};
use connector_core::{Connector, Context, Provider, Result};
use futures_util::{StreamExt, stream};
use serde_json::{Map, Value as Json};

/// How many items endless streams were asked for, by all tests of this process that count them.
pub static ASKED: AtomicU64 = AtomicU64::new(0);

/// People in memory, and these uids for `get`: `panic`, `hang`. An import is endless; one without
/// attributes counts what it is asked for in [`ASKED`].
pub struct Troublesome;

impl Provider for Troublesome {
    fn manifest(&self) -> Manifest {
        MemoryConnector::new().manifest().clone()
    }

    fn open(&self, _: Map<String, Json>) -> Result<Arc<dyn Connector>> {
        Ok(Arc::new(Trouble(MemoryConnector::with_people(3))))
    }
}

struct Trouble(MemoryConnector);

#[async_trait]
impl Connector for Trouble {
    fn manifest(&self) -> &Manifest {
        self.0.manifest()
    }

    async fn test(&self, context: &Context) -> Result<TestReport> {
        self.0.test(context).await
    }

    async fn schema(&self, context: &Context) -> Result<Arc<Schema>> {
        self.0.schema(context).await
    }

    async fn get(&self, context: &Context, request: &GetRequest) -> Result<GetOutcome> {
        match request.uid.as_str() {
            "panic" => panic!("an injected panic"),
            "hang" => std::future::pending().await,
            _ => self.0.get(context, request).await,
        }
    }

    fn search(&self, context: &Context, request: SearchRequest) -> ItemStream {
        self.0.search(context, request)
    }

    fn import(&self, context: &Context, request: ImportRequest) -> ItemStream {
        let people: Vec<_> = futures_util::FutureExt::now_or_never(
            self.0.search(context, SearchRequest::new("Person")).collect::<Vec<_>>(),
        )
        .unwrap();
        let Some(Ok(person)) = people.into_iter().next() else { panic!("there is no person") };
        let counted = request.attributes_to_get.is_some_and(|wanted| wanted.is_empty());
        let started = stream::iter([Ok(Item::Progress(Progress::default()))]);
        let endless = stream::repeat_with(move || {
            if counted {
                ASKED.fetch_add(1, Ordering::Relaxed);
            }
            Ok(person.clone())
        });
        started.chain(endless).boxed()
    }

    async fn save(&self, context: &Context, request: &SaveRequest) -> Result<SaveOutcome> {
        self.0.save(context, request).await
    }

    async fn delete(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        self.0.delete(context, id).await
    }

    async fn suspend(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        self.0.suspend(context, id).await
    }

    async fn resume(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        self.0.resume(context, id).await
    }

    async fn reset_password(&self, context: &Context, request: &ResetPasswordRequest) -> Result<SaveOutcome> {
        self.0.reset_password(context, request).await
    }
}
