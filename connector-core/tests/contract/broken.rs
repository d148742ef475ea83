//! Connectors with one defect each: the one in memory, spoiled.

use std::sync::Arc;

use async_trait::async_trait;
use connector_core::filter::{Comparison, Matching};
use connector_core::manifest::Manifest;
use connector_core::memory::MemoryConnector;
use connector_core::object::{
    Attribute, AttributeDelta, AttributeInfo, Presence, Schema, Value, ValueType, special,
};
use connector_core::operation::{
    ExplainRequest, Explanation, GetOutcome, GetRequest, ImportRequest, Item, ItemStream, LookupRequest,
    ObjectId, ResetPasswordRequest, SaveAction, SaveMode, SaveOutcome, SaveRequest, SearchRequest, Subject,
    SyncToken, TestReport, ValueList,
};
use connector_core::{Connector, Context, Error, ErrorKind, Filter, Result};
use futures_util::{FutureExt, StreamExt, future, stream};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Defect {
    IgnoresFilters,
    IgnoresCase,
    IgnoresNot,
    FindsNobodyByNonsense,
    ReadsAhead,
    ReadsOn,
    ReadsAtOnce,
    EndsTwice,
    NeverEnds,
    Repeats,
    SilentDelete,
    LosesWrites,
    WritesAlways,
    GetFails,
    HidesInactive,
    ResetRevives,
    ReturnsPassword,
    IgnoresWanted,
    AnonymousErrors,
    IgnoresContext,
    IgnoresOrder,
    IgnoresPage,
    Panics,
    IgnoresTokens,
    IgnoresTokenOnly,
    HidesGone,
    LosesPlace,
    IgnoresDays,
    IgnoresExpected,
    WritesDryRuns,
    PlansOtherwise,
    ShowsSecrets,
    InventsLists,
    HidesParts,
}

#[derive(Clone)]
pub struct Broken {
    pub inner: MemoryConnector,
    pub defect: Defect,
}

impl Broken {
    fn is(&self, defect: Defect) -> bool {
        self.defect == defect
    }

    fn context(&self, context: &Context) -> Context {
        if self.is(Defect::IgnoresContext) { Context::new() } else { context.clone() }
    }

    fn spoil_request(&self, mut request: SearchRequest) -> SearchRequest {
        match self.defect {
            Defect::IgnoresFilters => request.filter = None,
            Defect::IgnoresCase => request.filter = request.filter.map(without_case),
            Defect::IgnoresNot => request.filter = request.filter.map(without_not),
            Defect::FindsNobodyByNonsense => {
                request.filter = request.filter.map(|f| self.without_nonsense(f))
            }
            Defect::IgnoresWanted => request.attributes_to_get = None,
            Defect::IgnoresOrder => request.sort_keys.clear(),
            Defect::IgnoresPage => request.page = None,
            Defect::IgnoresDays => request.as_of = None,
            Defect::HidesInactive => {
                let active = Filter::equal(special::ENABLE, true);
                request.filter = Some(Filter::And(request.filter.into_iter().chain([active]).collect()));
            }
            _ => {}
        }
        request
    }

    /// A filter with a literal of another type is satisfied by nobody, and that is that.
    fn without_nonsense(&self, filter: Filter) -> Filter {
        let schema = self.inner.schema(&Context::new()).now_or_never().unwrap().unwrap();
        let info = schema.object_class(&"Person".into()).unwrap();
        let makes_sense = filter.literals().into_iter().all(|(name, literal)| {
            info.attribute(name).is_none_or(|info| literal.check(name, info.value_type, "").is_ok())
        });
        if makes_sense { filter } else { Filter::Or(vec![]) }
    }

    /// `again` is the same stream once more.
    fn spoil_stream(&self, stream: ItemStream, again: ItemStream) -> ItemStream {
        match self.defect {
            Defect::ReadsAhead => all_at_first(stream),
            Defect::ReadsAtOnce => stream::iter(read_now(stream)).boxed(),
            Defect::ReadsOn => reads_on(stream, again),
            Defect::EndsTwice => stream.flat_map(|item| stream::iter(twice_if_end(item))).boxed(),
            Defect::NeverEnds => stream.filter(|item| future::ready(!is_end(item))).boxed(),
            Defect::HidesGone => stream.filter(|item| future::ready(!is_gone(item))).boxed(),
            Defect::LosesPlace => stream.map(at_the_end_of_time).boxed(),
            Defect::Repeats => {
                let mut first = true;
                let copies = move |item: Result<Item>| {
                    let is_first = std::mem::take(&mut first) && item.is_ok();
                    stream::iter(if is_first { vec![item.clone(), item] } else { vec![item] })
                };
                stream.flat_map(copies).boxed()
            }
            _ => stream,
        }
    }
}

/// Another task reads everything again while the caller looks at the first item.
fn reads_on(stream: ItemStream, again: ItemStream) -> ItemStream {
    let mut again = Some(again);
    let begin = move |_: &Result<Item>| {
        if let Some(again) = again.take() {
            tokio::spawn(again.for_each(|_| future::ready(())));
        }
    };
    stream.inspect(begin).boxed()
}

fn all_at_first(stream: ItemStream) -> ItemStream {
    stream::once(stream.collect::<Vec<_>>()).flat_map(stream::iter).boxed()
}

fn read_now(stream: ItemStream) -> Vec<Result<Item>> {
    stream.collect().now_or_never().unwrap()
}

fn is_end(item: &Result<Item>) -> bool {
    matches!(item, Ok(Item::End(_)))
}

fn is_gone(item: &Result<Item>) -> bool {
    matches!(item, Ok(Item::Gone(_)))
}

/// A checkpoint that is further than the stream is.
fn at_the_end_of_time(item: Result<Item>) -> Result<Item> {
    item.map(|item| match item {
        Item::Checkpoint(token) => {
            let mut position: serde_json::Value = serde_json::from_str(token.as_str()).unwrap();
            position["after"] = "~".into();
            Item::Checkpoint(SyncToken::new(position.to_string()))
        }
        other => other,
    })
}

fn twice_if_end(item: Result<Item>) -> Vec<Result<Item>> {
    if is_end(&item) { vec![item.clone(), item] } else { vec![item] }
}

fn without_case(filter: Filter) -> Filter {
    match filter {
        Filter::Compare { attribute, comparison: Comparison::Equal, value: Value::String(text) } => {
            Filter::text(attribute, Matching::EqualsIgnoreCase, text)
        }
        other => other,
    }
}

fn without_not(filter: Filter) -> Filter {
    match filter {
        Filter::And(parts) => Filter::And(parts.into_iter().map(without_not).collect()),
        Filter::Or(parts) => Filter::Or(parts.into_iter().map(without_not).collect()),
        Filter::Not(part) => without_not(*part),
        leaf => leaf,
    }
}

fn exposed(value: &Value) -> Option<String> {
    match value {
        Value::Secret(secret) => Some(secret.expose().to_owned()),
        _ => None,
    }
}

fn anonymous(error: Error) -> Error {
    Error::new(error.kind(), error.message().to_owned())
}

#[async_trait]
impl Connector for Broken {
    fn manifest(&self) -> &Manifest {
        self.inner.manifest()
    }

    async fn test(&self, context: &Context) -> Result<TestReport> {
        assert!(!self.is(Defect::Panics), "the connector fell over");
        self.inner.test(&self.context(context)).await
    }

    async fn schema(&self, context: &Context) -> Result<Arc<Schema>> {
        let mut schema = self.inner.schema(&self.context(context)).await?;
        for info in
            Arc::make_mut(&mut schema).object_classes.iter_mut().flat_map(|class| &mut class.attributes)
        {
            match self.defect {
                Defect::InventsLists => info.value_list = Some("nonsense".to_owned()),
                Defect::HidesParts if info.value_type == ValueType::Complex => {
                    info.attributes = vec![AttributeInfo::new("other", ValueType::String)];
                }
                _ => {}
            }
        }
        Ok(schema)
    }

    async fn get(&self, context: &Context, request: &GetRequest) -> Result<GetOutcome> {
        let mut request = request.clone();
        if self.is(Defect::IgnoresDays) {
            request.as_of = None;
        }
        let mut found = self.inner.get(&self.context(context), &request).await?;
        if self.is(Defect::GetFails) && found.presence == Presence::NotFound {
            return Err(Error::not_found(&request.object_class, &request.uid));
        }
        if self.is(Defect::ReturnsPassword)
            && let Some(object) = &mut found.object
        {
            object.attributes.push(Attribute::single("hint", "C0ntract-Pa55word!"));
        }
        Ok(found)
    }

    fn search(&self, context: &Context, request: SearchRequest) -> ItemStream {
        let (context, request) = (self.context(context), self.spoil_request(request));
        let again = self.inner.search(&context, request.clone());
        self.spoil_stream(self.inner.search(&context, request), again)
    }

    fn import(&self, context: &Context, mut request: ImportRequest) -> ItemStream {
        let context = self.context(context);
        if self.is(Defect::IgnoresTokens) {
            request.sync_token = None;
        }
        if self.is(Defect::IgnoresDays) {
            request.as_of = None;
        }
        if self.is(Defect::IgnoresTokenOnly) {
            request.token_only = false;
        }
        let again = self.inner.import(&context, request.clone());
        self.spoil_stream(self.inner.import(&context, request), again)
    }

    async fn save(&self, context: &Context, request: &SaveRequest) -> Result<SaveOutcome> {
        let context = self.context(context);
        if self.is(Defect::LosesWrites) && request.mode == SaveMode::Update {
            let uid = request.uid.clone().unwrap();
            let changed = request.attributes.iter().map(|delta| delta.name.clone()).collect();
            let outcome = SaveOutcome::unchanged(uid, Presence::Active, vec![]);
            return Ok(SaveOutcome { action: SaveAction::Updated, changed, ..outcome });
        }
        let mut request = request.clone();
        match self.defect {
            Defect::IgnoresDays => request.effective_date = None,
            Defect::IgnoresExpected => request.expected.clear(),
            _ => {}
        }
        let mut outcome = self.inner.save(&context, &request).await;
        if self.is(Defect::AnonymousErrors) {
            outcome = outcome.map_err(anonymous);
        }
        if self.is(Defect::WritesAlways)
            && let Ok(SaveOutcome { action: action @ SaveAction::Unchanged, changed, unchanged, .. }) =
                &mut outcome
        {
            *action = SaveAction::Updated;
            changed.append(unchanged);
        }
        outcome
    }

    async fn delete(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        match self.inner.delete(&self.context(context), id).await {
            Err(error) if self.is(Defect::SilentDelete) && error.kind() == ErrorKind::NotFound => {
                Ok(SaveOutcome::unchanged(id.uid.clone(), Presence::NotFound, vec![]))
            }
            outcome => outcome,
        }
    }

    async fn suspend(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        self.inner.suspend(&self.context(context), id).await
    }

    async fn resume(&self, context: &Context, id: &ObjectId) -> Result<SaveOutcome> {
        self.inner.resume(&self.context(context), id).await
    }

    async fn reset_password(&self, context: &Context, request: &ResetPasswordRequest) -> Result<SaveOutcome> {
        let context = self.context(context);
        let outcome = self.inner.reset_password(&context, request).await?;
        if self.is(Defect::ResetRevives) {
            let enable = vec![AttributeDelta::set(special::ENABLE, true)];
            let revive = SaveRequest::new(request.object_class.clone(), request.uid.clone(), enable);
            self.inner.save(&context, &revive).await?;
        }
        Ok(outcome)
    }

    async fn lookup(&self, context: &Context, request: &LookupRequest) -> Result<ValueList> {
        self.inner.lookup(context, request).await
    }

    async fn explain(&self, context: &Context, request: &ExplainRequest) -> Result<Explanation> {
        let mut explained = self.inner.explain(context, request).await?;
        if let (Subject::Save(save), Explanation::Save(plan)) = (&request.subject, &mut explained) {
            let password = save.attributes.iter().flat_map(|delta| delta.change.values()).find_map(exposed);
            match self.defect {
                Defect::WritesDryRuns => {
                    self.inner.save(context, &save.request(request.object_class.clone())).await?;
                }
                Defect::PlansOtherwise => plan.records.clear(),
                Defect::ShowsSecrets => plan.records[0].body.extend(password),
                _ => {}
            }
        }
        Ok(explained)
    }
}
