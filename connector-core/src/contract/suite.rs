//! What all cases work with: the connector under test, and the calls that they make again and again.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::StreamExt;

use super::check::{CaseResult, Stop, ensure, failed, same, skipped};
use super::fixture::{Fixture, NewObject};
use crate::connector::Connector;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::manifest::{DeleteMeaning, ObjectClassManifest};
use crate::object::{
    AttributeDelta, AttributeInfo, AttributeName, ConnectorObject, ObjectClass, ObjectClassInfo, Uid, special,
};
use crate::operation::{
    GetOutcome, GetRequest, Gone, ImportRequest, Item, ItemStream, ObjectId, Operation, SaveAction, SaveMode,
    SaveOutcome, SaveRequest, SearchRequest, Summary,
};

pub(super) struct Suite<'a> {
    pub fixture: &'a dyn Fixture,
    pub connector: Arc<dyn Connector>,
    pub class: ObjectClass,
    pub manifest: ObjectClassManifest,
    pub info: ObjectClassInfo,
    numbers: AtomicU32,
}

/// An object that the suite made.
pub(super) struct Created {
    pub uid: Uid,
    pub new: NewObject,
}

impl<'a> Suite<'a> {
    pub async fn prepare(fixture: &'a dyn Fixture) -> CaseResult<Self> {
        let (connector, class) = (fixture.connector(), fixture.object_class());
        let Some(manifest) = connector.manifest().object_class(&class).cloned() else {
            return failed(format!("the manifest has no object class '{class}'"));
        };
        let schema = connector.schema(&Context::new()).await?;
        let Some(info) = schema.object_class(&class).cloned() else {
            return failed(format!("the schema has no object class '{class}'"));
        };
        Ok(Self { fixture, connector, class, manifest, info, numbers: AtomicU32::new(1) })
    }

    /// Skips the case unless the class has the operations.
    pub fn needs(&self, operations: &[Operation]) -> CaseResult {
        match operations.iter().find(|operation| !self.manifest.operations.contains(operation)) {
            Some(missing) => skipped(format!("the manifest does not list {missing}")),
            None => Ok(()),
        }
    }

    /// Skips the case unless the class makes objects.
    pub fn needs_creation(&self) -> CaseResult {
        self.needs(&[Operation::Save])?;
        match self.manifest.save.create {
            true => Ok(()),
            false => skipped("the manifest says that no objects are made"),
        }
    }

    /// Skips the case unless the accounts have a status that can be read.
    pub fn needs_status(&self) -> CaseResult {
        self.needs(&[Operation::Save, Operation::Suspend, Operation::Resume])?;
        match self.info.attribute(&special::ENABLE.into()) {
            Some(info) if info.readable => Ok(()),
            _ => skipped("there is no attribute __ENABLE__"),
        }
    }

    pub fn deletes_for_good(&self) -> bool {
        self.manifest.delete == DeleteMeaning::Removes
    }

    pub fn id(&self, uid: &Uid) -> ObjectId {
        ObjectId::new(self.class.clone(), uid.clone())
    }

    pub fn readable(&self) -> impl Iterator<Item = &AttributeInfo> {
        self.info.attributes.iter().filter(|info| info.readable)
    }

    pub fn readable_names(&self) -> Vec<AttributeName> {
        self.readable().map(|info| info.name.clone()).collect()
    }

    pub fn new_object(&self) -> NewObject {
        self.fixture.new_object(self.numbers.fetch_add(1, Ordering::Relaxed))
    }

    pub fn create_request(&self, new: &NewObject) -> SaveRequest {
        let attributes = new.attributes.iter().cloned().map(AttributeDelta::from).collect();
        SaveRequest { uid: new.uid.clone(), ..SaveRequest::create(self.class.clone(), attributes) }
    }

    /// Creates an object that did not exist.
    pub async fn create(&self) -> CaseResult<Created> {
        self.create_with(Vec::new()).await
    }

    /// The same with other values for some attributes.
    pub async fn create_with(&self, deltas: Vec<AttributeDelta>) -> CaseResult<Created> {
        self.needs_creation()?;
        let new = self.new_object();
        let mut request = self.create_request(&new);
        request.attributes.retain(|given| deltas.iter().all(|delta| delta.name != given.name));
        request.attributes.extend(deltas);
        let outcome = self.save(&request).await?;
        same("the action of a create", outcome.action, SaveAction::Created)?;
        Ok(Created { uid: outcome.uid, new })
    }

    pub async fn save(&self, request: &SaveRequest) -> Result<SaveOutcome> {
        self.connector.save(&Context::new(), request).await
    }

    /// Changes an object that must be there.
    pub async fn update(&self, uid: &Uid, deltas: Vec<AttributeDelta>) -> Result<SaveOutcome> {
        self.save(&SaveRequest::new(self.class.clone(), uid.clone(), deltas).with_mode(SaveMode::Update))
            .await
    }

    pub async fn delete(&self, uid: &Uid) -> Result<SaveOutcome> {
        self.connector.delete(&Context::new(), &self.id(uid)).await
    }

    pub async fn suspend(&self, uid: &Uid) -> Result<SaveOutcome> {
        self.connector.suspend(&Context::new(), &self.id(uid)).await
    }

    pub async fn resume(&self, uid: &Uid) -> Result<SaveOutcome> {
        self.connector.resume(&Context::new(), &self.id(uid)).await
    }

    pub async fn get(&self, uid: &Uid, wanted: Option<Vec<AttributeName>>) -> Result<GetOutcome> {
        let request =
            GetRequest { attributes_to_get: wanted, ..GetRequest::new(self.class.clone(), uid.clone()) };
        self.connector.get(&Context::new(), &request).await
    }

    pub async fn get_by(&self, name: &AttributeName, value: &Uid) -> Result<GetOutcome> {
        let request = GetRequest::new(self.class.clone(), value.clone()).by(name.clone());
        self.connector.get(&Context::new(), &request).await
    }

    /// An object that must be there, with all that can be read.
    pub async fn object(&self, uid: &Uid) -> CaseResult<ConnectorObject> {
        let found = self.get(uid, Some(self.readable_names())).await?;
        ensure(found.presence.exists() == found.object.is_some(), || {
            format!("get of '{uid}' says {} and gives {:?}", found.presence, found.object)
        })?;
        found.object.ok_or_else(|| Stop::Failed(format!("get of '{uid}' says {}", found.presence)))
    }

    pub fn search_request(&self, filter: Option<Filter>) -> SearchRequest {
        SearchRequest { filter, ..SearchRequest::new(self.class.clone()) }
    }

    pub fn search_stream(&self, request: SearchRequest) -> ItemStream {
        self.connector.search(&Context::new(), request)
    }

    pub async fn search(&self, request: SearchRequest) -> CaseResult<Collected> {
        self.needs(&[Operation::Search])?;
        collect(self.search_stream(request)).await?.ok()
    }

    /// The uids of the objects that the connector finds.
    pub async fn found(&self, filter: Filter) -> CaseResult<BTreeSet<Uid>> {
        self.search(self.search_request(Some(filter))).await?.uids()
    }

    pub fn import_stream(&self) -> ItemStream {
        self.connector.import(&Context::new(), ImportRequest::new(self.class.clone()))
    }

    pub async fn import(&self, filter: Option<Filter>) -> CaseResult<Collected> {
        self.needs(&[Operation::Import])?;
        let attributes_to_get = Some(self.readable_names());
        let request = ImportRequest { filter, attributes_to_get, ..ImportRequest::new(self.class.clone()) };
        collect(self.connector.import(&Context::new(), request)).await?.ok()
    }

    /// Every object with all that can be read.
    pub async fn everything(&self) -> CaseResult<Vec<ConnectorObject>> {
        let collected = self.import(None).await?;
        collected.uids()?;
        Ok(collected.objects)
    }
}

/// What a stream brought.
pub(super) struct Collected {
    pub objects: Vec<ConnectorObject>,
    pub gone: Vec<Gone>,
    pub end: Result<Summary>,
}

impl Collected {
    pub fn ok(self) -> CaseResult<Self> {
        match self.end {
            Ok(_) => Ok(self),
            Err(error) => Err(error.into()),
        }
    }

    pub fn summary(&self) -> CaseResult<&Summary> {
        self.end.as_ref().map_err(|error| Stop::from(error.clone()))
    }

    /// The uids of the objects, each once.
    pub fn uids(&self) -> CaseResult<BTreeSet<Uid>> {
        let mut uids = BTreeSet::new();
        for object in &self.objects {
            ensure(uids.insert(object.uid.clone()), || format!("the object '{}' came twice", object.uid))?;
        }
        Ok(uids)
    }
}

/// Reads a stream to its end, which has to be one summary or one error and nothing after it.
pub(super) async fn collect(mut stream: ItemStream) -> CaseResult<Collected> {
    let (mut objects, mut gone) = (Vec::new(), Vec::new());
    let end = loop {
        match stream.next().await {
            Some(Ok(Item::Object(object))) => objects.push(object),
            Some(Ok(Item::End(summary))) => break Ok(summary),
            Some(Ok(Item::Gone(item))) => gone.push(item),
            Some(Ok(Item::Progress(_) | Item::Checkpoint(_))) => {}
            Some(Ok(Item::Problem(told))) => return Err(problem(&told.error)),
            Some(Err(error)) => break Err(error),
            None => return failed("the stream ended without a summary"),
        }
    };
    ensure(stream.next().await.is_none(), || "the stream goes on after its end".into())?;
    Ok(Collected { objects, gone, end })
}

fn problem(error: &Error) -> Stop {
    Stop::Failed(format!("a record could not be read: {error}"))
}
