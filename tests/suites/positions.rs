//! Positions: a class that is dated, is only read, and hides nothing.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use connector_core::object::{AttributeName, ConnectorObject, Presence, Uid, Value, special};
use connector_core::operation::{
    ExplainRequest, GetOutcome, GetRequest, GoneReason, ImportMode, ImportRequest, LookupRequest,
    SaveRequest, SearchRequest, SortKey, Subject, SyncToken,
};
use connector_core::{Connector, Context, ErrorKind, Filter, Result};
use connector_sfsf::SuccessFactorsConnector;
use sandbox::{Access, FixedClock, Options, Sandbox, Switches};
use serde_json::{Value as Json, json};
use tests::{Canned, Found, Proxy, Script, Tenant, Trouble, collect, connector, keys};

const POSITION: &str = "Position";

/// A tenant whose clock stands still until it is moved, with pages of 20.
struct World {
    tenant: Tenant,
    clock: Arc<FixedClock>,
}

fn noon() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn names(uids: &[Uid]) -> Vec<&str> {
    uids.iter().map(Uid::as_str).collect()
}

impl World {
    async fn new() -> Self {
        Self::with(Access::default()).await
    }

    async fn with(access: Access) -> Self {
        let clock = Arc::new(FixedClock::new(noon()));
        // Its clock moves by weeks, and the token stays good.
        let switches = Switches { token_lifetime_seconds: 1 << 33, ..Switches::default() };
        let clock_of_tenant = Arc::clone(&clock) as _;
        let options = Options { people: 20, access, clock: clock_of_tenant, switches, ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let connector = Self::connector(&sandbox, &sandbox.base_url());
        Self { tenant: Tenant { sandbox, connector }, clock }
    }

    fn connector(sandbox: &Sandbox, url: &str) -> SuccessFactorsConnector {
        let mut keys = keys(sandbox);
        // The assertion would be signed by our clock.
        keys.retain(|key, _| key == "first_retry_wait");
        keys.insert("url".into(), json!(url));
        keys.insert("access_token".into(), json!(sandbox.access_token()));
        keys.insert("page_size".into(), json!(20));
        connector(keys).unwrap()
    }

    /// Writes a slice of a position, as the HR department does.
    async fn hr_writes(&self, code: &str, first: &str, values: Json) {
        let mut record = values;
        let uri = format!("Position(code='{code}',effectiveStartDate=datetime'{first}T00:00:00')");
        record["__metadata"] = json!({"uri": uri});
        let token = self.tenant.sandbox.access_token();
        let head = format!("Host: localhost\nAuthorization: Bearer {token}\nContent-Type: application/json");
        let request = format!("POST /odata/v2/upsert?$format=json\n{head}\n\n{record}");
        let (_, body) = self.tenant.sandbox.ask(request.as_bytes()).await.unwrap();
        let body = String::from_utf8(body).unwrap();
        assert!(body.contains("\"OK\""), "{uri}: {body}");
    }

    async fn get(&self, request: GetRequest) -> GetOutcome {
        self.tenant.connector.get(&Context::new(), &request).await.unwrap()
    }

    async fn presence(&self, uid: &str) -> Presence {
        self.get(GetRequest::new(POSITION, uid)).await.presence
    }

    async fn search(&self, filter: &str) -> Found {
        let filter = Filter::parse(filter).unwrap();
        self.found(SearchRequest::new(POSITION).with_filter(filter)).await.unwrap()
    }

    async fn found(&self, request: SearchRequest) -> Result<Found> {
        collect(self.tenant.connector.search(&Context::new(), request)).await
    }

    async fn import(&self, request: ImportRequest) -> Result<Found> {
        collect(self.tenant.connector.import(&Context::new(), request)).await
    }

    async fn since(&self, token: &SyncToken) -> Found {
        let request = ImportRequest { sync_token: Some(token.clone()), ..ImportRequest::new(POSITION) };
        self.import(request).await.unwrap()
    }

    /// A token for whatever changes from now on. What began today comes once more.
    async fn token(&self) -> SyncToken {
        self.clock.advance(TimeDelta::days(1));
        let found = self.import(ImportRequest::new(POSITION)).await.unwrap();
        self.clock.advance(TimeDelta::hours(1));
        found.summary.sync_token.unwrap()
    }
}

/// Whether a text is what an attribute says.
fn says(object: &ConnectorObject, attribute: &str) -> Option<String> {
    object.first(attribute).map(Value::to_string)
}

#[tokio::test]
async fn a_position_is_found_by_its_code_and_by_its_name() {
    let world = World::new().await;
    let outcome = world.get(GetRequest::new(POSITION, "P21001")).await;
    let position = outcome.object.unwrap();
    assert_eq!((outcome.presence, position.uid.as_str()), (Presence::Active, "P21001"));
    assert_eq!(says(&position, "department").as_deref(), Some("2100"));
    assert_eq!(position.first("parentPosition"), Some(&Value::reference(POSITION, "P21000")));
    assert!(position.first(special::ENABLE).is_none(), "a position is no account");

    world.hr_writes("P21001", "1990-01-01", json!({"externalName_defaultValue": "The Oracle"})).await;
    let by_name = world.get(GetRequest::new(POSITION, "The Oracle").by(special::NAME)).await;
    assert_eq!(by_name.object.unwrap().name.as_str(), "The Oracle");
    assert_eq!(world.search("__NAME__ eq 'The Oracle'").await.uids(), ["P21001"]);

    let top = world.get(GetRequest::new(POSITION, "P21000")).await.object.unwrap();
    assert_eq!(top.attribute("parentPosition").unwrap().values.len(), 0);
    assert_eq!(world.presence("p21001").await, Presence::NotFound, "a code in other case");
    assert_eq!(world.presence("O'Brien").await, Presence::NotFound);
}

#[tokio::test]
async fn a_position_without_a_name_is_called_by_its_code() {
    let world = World::new().await;
    world.hr_writes("P21001", "1990-01-01", json!({"externalName_defaultValue": ""})).await;
    let position = world.get(GetRequest::new(POSITION, "P21001")).await.object.unwrap();
    assert_eq!(position.name.as_str(), "P21001");
    assert_eq!(world.search("__NAME__ eq 'P21001'").await.uids(), ["P21001"]);
    let by_name = world.get(GetRequest::new(POSITION, "P21001").by(special::NAME)).await;
    assert_eq!(by_name.presence, Presence::Active);
    assert_eq!(world.search("startswith(__NAME__,'P2100')").await.uids(), ["P21001"]);

    let hidden =
        Access { hidden_fields: vec!["Position/externalName_defaultValue".into()], ..Access::default() };
    let world = World::with(hidden).await;
    let position = world.get(GetRequest::new(POSITION, "P21001")).await.object.unwrap();
    assert_eq!(position.name.as_str(), "P21001");
    assert_eq!(world.search("__NAME__ in ('P21001','P21002')").await.uids(), ["P21001", "P21002"]);
    assert!(world.import(ImportRequest::new(POSITION)).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn what_a_tenant_does_not_show_of_positions_is_missing_and_breaks_nothing() {
    let fields = ["parentPosition", "effectiveStatus"].map(|name| format!("Position/{name}"));
    let world = World::with(Access { hidden_fields: fields.into(), ..Access::default() }).await;
    let token = world.token().await;
    assert_eq!(world.presence("P21001").await, Presence::Unknown, "without its status");
    assert!(world.since(&token).await.objects.is_empty());

    let stamp = vec!["Position/lastModifiedDateTime".into()];
    let world = World::with(Access { hidden_fields: stamp, ..Access::default() }).await;
    let all = world.import(ImportRequest::new(POSITION)).await.unwrap();
    assert!(all.objects.len() > 40 && all.summary.sync_token.is_none(), "no delta of this tenant");
}

#[tokio::test]
async fn active_inactive_and_unknown_positions_are_told_apart_and_all_of_them_come() {
    let world = World::new().await;
    world.hr_writes("P21001", "1990-01-01", json!({"effectiveStatus": "I"})).await;
    world.hr_writes("P21002", "1990-01-01", json!({"effectiveStatus": "X"})).await;
    assert_eq!(world.presence("P21000").await, Presence::Active);
    assert_eq!(world.presence("P21001").await, Presence::Inactive);
    assert_eq!(world.presence("P21002").await, Presence::Unknown, "a state that nobody knows");

    let all = world.import(ImportRequest::new(POSITION)).await.unwrap();
    let all = all.uids();
    assert!(["P21000", "P21001", "P21002"].iter().all(|uid| all.contains(uid)), "{all:?}");
    assert_eq!(world.search("effectiveStatus eq 'I'").await.uids(), ["P21001"]);
    let not_active = world.search("not (effectiveStatus eq 'A')").await;
    assert_eq!(not_active.uids(), ["P21001", "P21002"]);
    let some = world.search("effectiveStatus eq 'I' or code eq 'P21002'").await;
    assert_eq!(some.uids(), ["P21001", "P21002"]);
    let request =
        SearchRequest::new(POSITION).with_filter(Filter::parse("effectiveStatus eq 'gone'").unwrap());
    assert_eq!(world.found(request).await.unwrap_err().kind(), ErrorKind::InvalidAttribute);
}

#[tokio::test]
async fn positions_are_searched_by_the_tenant_and_come_in_the_order_asked_for() {
    let world = World::new().await;
    let found = world.search("department eq '2100' and effectiveStatus eq 'A'").await;
    assert!(found.uids().len() > 2 && found.uids().contains(&"P21001"), "{:?}", found.uids());
    assert!(!found.summary.residual, "the tenant evaluates all of it");
    assert_eq!(world.search("code in ('P21001','P22001')").await.uids(), ["P21001", "P22001"]);
    assert_eq!(world.search("parentPosition eq 'P21000' and startswith(code,'P')").await.uids(), ["P21001"]);

    let order = SortKey { attribute: "code".into(), ascending: false };
    let request = SearchRequest { sort_keys: vec![order], ..SearchRequest::new(POSITION) };
    let found = world.found(request).await.unwrap();
    let uids: Vec<_> = found.objects.iter().map(|object| object.uid.as_str()).collect();
    let mut sorted = found.uids();
    sorted.reverse();
    assert_eq!(uids, sorted);
    assert!(uids.len() > 40);
}

#[tokio::test]
async fn an_import_pages_through_all_positions_and_goes_on_from_where_it_stood() {
    let world = World::new().await;
    let all = world.import(ImportRequest::new(POSITION)).await.unwrap();
    let count = all.objects.len();
    assert!(count > 40 && all.checkpoints.len() > 1, "{count}, {}", all.checkpoints.len());
    assert!(all.problems.is_empty() && all.summary.sync_token.is_some());
    assert_eq!(all.summary.import.as_ref().unwrap().mode, ImportMode::Full);

    let token = all.checkpoints[0].clone();
    let request = ImportRequest { sync_token: Some(token), ..ImportRequest::new(POSITION) };
    let rest = world.import(request).await.unwrap();
    assert!(rest.summary.import.as_ref().unwrap().resumed);
    assert!(!rest.objects.is_empty() && rest.objects.len() < count, "{}", rest.objects.len());
    let uids = all.uids();
    assert!(rest.uids().iter().all(|uid| uids.contains(uid)));
    let first: Vec<_> = uids.iter().filter(|uid| !rest.uids().contains(uid)).collect();
    assert_eq!(first.len() + rest.objects.len(), count);
}

#[tokio::test]
async fn a_delta_brings_the_position_that_changed() {
    let world = World::new().await;
    let token = world.token().await;
    assert!(world.since(&token).await.objects.is_empty());
    world.hr_writes("P21001", "1990-01-01", json!({"positionTitle": "Wizard"})).await;
    let delta = world.since(&token).await;
    assert_eq!(delta.uids(), ["P21001"]);
    assert_eq!(says(&delta.objects[0], "positionTitle").as_deref(), Some("Wizard"));
    assert_eq!(delta.summary.import.unwrap().mode, ImportMode::Delta);
}

/// docs/successfactors.md#deltas: the stamp is that of the entry, and the slice begins weeks later.
#[tokio::test]
async fn a_delta_brings_a_slice_that_was_entered_ahead_on_the_day_on_which_it_begins() {
    let world = World::new().await;
    world.hr_writes("P21001", "2026-12-10", json!({"positionTitle": "Wizard"})).await;
    world.clock.advance(TimeDelta::days(7));
    let token = world.token().await;
    assert!(!world.since(&token).await.uids().contains(&"P21001"));
    world.clock.advance(TimeDelta::days(14));
    let delta = world.since(&token).await;
    let wizard = delta.objects.iter().find(|object| object.uid.as_str() == "P21001").unwrap();
    assert_eq!(says(wizard, "positionTitle").as_deref(), Some("Wizard"));
}

/// What was entered about the past has a stamp of its own; today's slice keeps its old one.
#[tokio::test]
async fn a_delta_brings_a_position_of_which_another_slice_was_changed() {
    let world = World::new().await;
    world.hr_writes("P21001", "2026-02-01", json!({"positionTitle": "Wizard"})).await;
    world.clock.advance(TimeDelta::days(1));
    let token = world.token().await;
    world.hr_writes("P21001", "1990-01-01", json!({"positionTitle": "Apprentice"})).await;
    let delta = world.since(&token).await;
    assert_eq!(delta.uids(), ["P21001"]);
    assert_eq!(says(&delta.objects[0], "positionTitle").as_deref(), Some("Wizard"), "today's");
}

#[tokio::test]
async fn what_is_not_there_or_left_the_filter_is_said_to_be_gone() {
    let world = World::new().await;
    world.hr_writes("P21001", "1990-01-01", json!({"effectiveStatus": "I"})).await;
    let known = |filter: Option<&str>| ImportRequest {
        filter: filter.map(|filter| Filter::parse(filter).unwrap()),
        missing: vec!["P21001".into(), "P21002".into(), "P99999".into()],
        ..ImportRequest::new(POSITION)
    };
    let found = world.import(known(None)).await.unwrap();
    let gone: Vec<_> = found.gone.iter().map(|gone| gone.uid.clone()).collect();
    assert_eq!(names(&gone), ["P99999"]);
    let found = world.import(known(Some("effectiveStatus eq 'A'"))).await.unwrap();
    let left: Vec<_> = found.gone.iter().filter(|gone| gone.reason == GoneReason::LeftFilter).collect();
    assert_eq!((left.len(), left[0].uid.as_str(), found.gone.len()), (1, "P21001", 2));
}

#[tokio::test]
async fn a_position_is_read_as_of_a_day_of_the_past_and_of_the_future() {
    let world = World::new().await;
    world.hr_writes("P21001", "2026-02-01", json!({"positionTitle": "Wizard"})).await;
    world
        .hr_writes("P21001", "2027-02-01", json!({"positionTitle": "Archmage", "effectiveStatus": "I"}))
        .await;
    let as_of = async |text: Option<&str>| {
        let as_of = text.map(day);
        let outcome = world.get(GetRequest { as_of, ..GetRequest::new(POSITION, "P21001") }).await;
        let title = says(outcome.object.as_ref().unwrap(), "positionTitle").unwrap();
        let filter = Filter::parse(&format!("positionTitle eq '{title}' and code eq 'P21001'")).unwrap();
        let request = SearchRequest { as_of, ..SearchRequest::new(POSITION).with_filter(filter) };
        assert_eq!(world.found(request).await.unwrap().uids(), ["P21001"], "{text:?}");
        let request = ImportRequest { as_of, ..ImportRequest::new(POSITION) };
        let imported = world.import(request).await.unwrap();
        let one: Vec<_> = imported.objects.iter().filter(|one| one.uid.as_str() == "P21001").collect();
        assert_eq!((one.len(), says(one[0], "positionTitle")), (1, Some(title.clone())), "{text:?}");
        assert_eq!(imported.summary.sync_token.is_some(), as_of.is_none());
        (title, outcome.presence)
    };
    let (before, presence) = as_of(Some("2026-01-31")).await;
    assert!(before != "Wizard" && presence == Presence::Active, "{before}");
    assert_eq!(as_of(None).await, ("Wizard".to_owned(), Presence::Active));
    assert_eq!(as_of(Some("2027-02-01")).await, ("Archmage".to_owned(), Presence::Inactive));
    let ahead = GetRequest { as_of: Some(day("1899-12-31")), ..GetRequest::new(POSITION, "P21001") };
    assert_eq!(world.get(ahead).await.presence, Presence::NotFound);
}

#[tokio::test]
async fn a_tenant_that_denies_positions_has_no_such_class_and_says_what_to_grant() {
    let world = World::with(Access { denied_entities: vec![POSITION.into()], ..Access::default() }).await;
    let schema = world.tenant.connector.schema(&Context::new()).await.unwrap();
    let classes: Vec<_> = schema.object_classes.iter().map(|class| class.name.as_str()).collect();
    assert_eq!(classes, ["User", "DynamicGroup", "RBPRole", "RBPBasicPermission"]);
    let search = world.found(SearchRequest::new(POSITION)).await.map(drop);
    let import = world.import(ImportRequest::new(POSITION)).await.map(drop);
    let request = GetRequest::new(POSITION, "P21001");
    let get = world.tenant.connector.get(&Context::new(), &request).await.map(drop);
    for refused in [search, import, get] {
        let error = refused.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{error}");
        assert!(error.advice().unwrap().contains("Admin access to MDF OData API"), "{error}");
    }
    assert!(!world.tenant.import().await.unwrap().objects.is_empty(), "people are there all the same");
}

/// The second call of a schema is for the metadata of positions.
#[tokio::test]
async fn a_tenant_without_positions_has_the_other_classes_and_one_that_is_busy_is_asked_again() {
    let world = World::new().await;
    let others = Trouble::Rewritten("EntityType Name=\"Position\"", "EntityType Name=\"Post\"");
    let refused = [Trouble::Answered(Canned::Bad400), Trouble::Answered(Canned::Forbidden403), others];
    for trouble in refused {
        let proxy = Proxy::start(&world.tenant.sandbox, Script::at(2, trouble, true)).await;
        let connector = World::connector(&world.tenant.sandbox, &proxy.url());
        let schema = connector.schema(&Context::new()).await.unwrap();
        assert_eq!(schema.object_classes.len(), 4, "{trouble:?}");
    }
    let busy = Script::at(2, Trouble::Answered(Canned::Busy503), true);
    let proxy = Proxy::start(&world.tenant.sandbox, busy).await;
    let connector = World::connector(&world.tenant.sandbox, &proxy.url());
    let error = connector.schema(&Context::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable, "nobody knows whether there are positions");
}

/// Each list that the schema names for an attribute holds the codes that positions have.
#[tokio::test]
async fn the_schema_names_the_lists_that_codes_come_from() {
    let world = World::new().await;
    let connector = &world.tenant.connector;
    let schema = connector.schema(&Context::new()).await.unwrap();
    let attributes = &schema.object_class(&POSITION.into()).unwrap().attributes;
    let listed: Vec<_> =
        attributes.iter().filter_map(|info| Some((&info.name, info.value_list.as_ref()?))).collect();
    assert!(listed.len() > 5, "{listed:?}");
    let request = SearchRequest {
        attributes_to_get: Some(listed.iter().map(|(name, _)| (*name).clone()).collect()),
        ..SearchRequest::new(POSITION)
    };
    let positions = collect(connector.search(&Context::new(), request)).await.unwrap().objects;
    for (name, list) in listed {
        let values =
            connector.lookup(&Context::new(), &LookupRequest::new(list.as_str())).await.unwrap().values;
        let codes: Vec<_> = values.iter().map(|value| value.code.as_str()).collect();
        let unlisted =
            positions.iter().flat_map(|position| position.values(name.as_str())).map(ToString::to_string);
        let unlisted: Vec<_> = unlisted.filter(|code| !codes.contains(&code.as_str())).collect();
        assert_eq!(unlisted, [""; 0], "{name} of {list}");
    }
}

#[tokio::test]
async fn positions_are_only_read_and_explained() {
    let world = World::new().await;
    let schema = world.tenant.connector.schema(&Context::new()).await.unwrap();
    let class = schema.object_classes.iter().find(|class| class.name.as_str() == POSITION).unwrap();
    let writable = class.attributes.iter().filter(|info| info.creatable || info.updatable || info.required);
    assert_eq!(writable.map(|info| &info.name).collect::<Vec<_>>(), Vec::<&AttributeName>::new());
    let save = SaveRequest::new(POSITION, "P21001", Vec::new());
    let error = world.tenant.connector.save(&Context::new(), &save).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);

    let request = ExplainRequest { object_class: POSITION.into(), subject: Subject::Uid("P21001".into()) };
    let explained = world.tenant.connector.explain(&Context::new(), &request).await.unwrap();
    // No account: neither enabled nor not.
    assert!(format!("{explained:?}").contains("enabled: None"), "{explained:?}");

    world.hr_writes("P21001", "1990-01-01", json!({"effectiveStatus": "X"})).await;
    let request = ExplainRequest { object_class: POSITION.into(), subject: Subject::Uid("P21001".into()) };
    let explained = world.tenant.connector.explain(&Context::new(), &request).await.unwrap();
    let said = format!("{explained:?}");
    assert!(said.contains("which is neither A nor I") && said.contains("Unknown"), "{said}");
}
