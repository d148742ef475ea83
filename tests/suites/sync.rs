//! Imports since an earlier one, checkpoints, and people who are gone.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use connector_core::object::Uid;
use connector_core::operation::{
    GoneReason, ImportMode, ImportRequest, Item, SearchRequest, SkipReason, SyncToken,
};
use connector_core::protocol::{Call, Request};
use connector_core::{Connector, Context, ErrorKind, Filter, Result};
use connector_sfsf::SuccessFactorsConnector;
use futures_util::StreamExt;
use sandbox::{FixedClock, Options, Sandbox, Switches};
use serde_json::json;
use tests::{Found, Proxy, Script, Tenant, Trouble, collect, connector, keys};

/// A tenant whose clock stands still until it is moved.
struct World {
    tenant: Tenant,
    clock: Arc<FixedClock>,
}

fn noon() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

impl World {
    async fn new(people: usize) -> Self {
        let clock = Arc::new(FixedClock::new(noon()));
        // Its clock moves by years, and the token stays good.
        let switches = Switches { token_lifetime_seconds: 1 << 33, ..Switches::default() };
        let options = Options { people, clock: Arc::clone(&clock) as _, switches, ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let connector = Self::connector(&sandbox, &sandbox.base_url());
        Self { tenant: Tenant { sandbox, connector }, clock }
    }

    fn connector(sandbox: &Sandbox, url: &str) -> SuccessFactorsConnector {
        let mut keys = keys(sandbox);
        // The assertion is signed by our clock.
        keys.retain(|key, _| key == "first_retry_wait");
        keys.insert("url".into(), json!(url));
        keys.insert("access_token".into(), json!(sandbox.access_token()));
        keys.insert("page_size".into(), json!(10));
        connector(keys).unwrap()
    }

    /// The same, asked by a proxy.
    fn by(mut self, proxy: &Proxy) -> Self {
        self.tenant.connector = Self::connector(&self.tenant.sandbox, &proxy.url());
        self
    }

    fn pass(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    async fn import(&self, token: Option<&SyncToken>) -> Found {
        let request = ImportRequest { sync_token: token.cloned(), ..ImportRequest::new("User") };
        self.run(request).await.unwrap()
    }

    async fn run(&self, request: ImportRequest) -> Result<Found> {
        collect(self.tenant.connector.import(&Context::new(), request)).await
    }

    /// A token for whatever changes from now on.
    async fn token(&self) -> SyncToken {
        let token = self.import(None).await.summary.sync_token.unwrap();
        self.pass(3600);
        token
    }

    async fn hire(&self, uid: &str) {
        self.tenant.save(uid, &[("status", "t"), ("username", uid)]).await.unwrap();
    }

    async fn edit(&self, uid: &str, title: &str) {
        self.tenant.save(uid, &[("title", title)]).await.unwrap();
    }
}

/// Without those who have no time stamp and always come.
fn changed(found: &Found) -> Vec<&str> {
    found.uids().into_iter().filter(|uid| *uid != "v4admin").collect()
}

#[tokio::test]
async fn a_delta_brings_who_changed_and_who_is_new_and_nobody_else() {
    let world = World::new(50).await;
    world.hire("ada").await;
    let token = world.token().await;
    world.edit("ada", "Countess").await;
    world.hire("zoe").await;
    world.pass(3600);
    let delta = world.import(Some(&token)).await;
    assert_eq!(changed(&delta), ["ada", "zoe"]);
    let figures = delta.summary.import.unwrap();
    assert_eq!((figures.mode, figures.resumed, figures.seen), (ImportMode::Delta, false, 3));
    let next = world.import(delta.summary.sync_token.as_ref()).await;
    assert_eq!(changed(&next), Vec::<&str>::new());
}

#[tokio::test]
async fn a_token_for_now_costs_one_request_and_a_delta_with_it_brings_what_changed_since() {
    let world = World::new(50).await;
    world.hire("ada").await;
    world.hire("bob").await;
    world.pass(3600);
    let now = async || {
        let found = world.run(ImportRequest::new("User").token_only()).await.unwrap();
        assert!(found.objects.is_empty() && found.checkpoints.is_empty());
        (found.summary.sync_token.unwrap(), found.summary.cost.requests, found.summary.import.unwrap().mode)
    };
    // The tenant's metadata are read once.
    now().await;
    world.edit("bob", "Builder").await;
    world.tenant.sandbox.clear_requests();
    let (token, requests, mode) = now().await;
    assert_eq!((requests, mode), (1, ImportMode::TokenOnly));
    let sent = world.tenant.sandbox.requests();
    assert_eq!(sent.len(), 1, "{sent:?}");

    assert_eq!(changed(&world.import(Some(&token)).await), ["bob"], "he is within the overlap");
    world.pass(3600);
    world.edit("ada", "Countess").await;
    world.pass(3600);
    let delta = world.import(Some(&token)).await;
    assert_eq!(changed(&delta), ["ada", "bob"]);
    let (token, ..) = now().await;
    assert_eq!(changed(&world.import(Some(&token)).await), Vec::<&str>::new());
}

#[tokio::test]
async fn a_token_for_now_goes_by_the_clock_of_the_tenant() {
    for shift in [TimeDelta::days(365), TimeDelta::days(-300)] {
        let world = World::new(30).await;
        world.clock.advance(shift);
        world.hire("ada").await;
        world.hire("bob").await;
        world.pass(3600);
        let now = world.run(ImportRequest::new("User").token_only()).await.unwrap();
        world.pass(3600);
        world.edit("ada", "Countess").await;
        assert_eq!(changed(&world.import(now.summary.sync_token.as_ref()).await), ["ada"]);
    }
}

#[tokio::test]
async fn a_token_for_now_is_good_for_its_filter_and_tells_who_left_it() {
    let world = World::new(30).await;
    world.hire("ada").await;
    world.edit("ada", "Countess").await;
    let filter = Some(Filter::parse("title eq 'Countess'").unwrap());
    let request = ImportRequest { filter, ..ImportRequest::new("User") };
    let token = world.run(request.clone().token_only()).await.unwrap().summary.sync_token.unwrap();
    world.pass(3600);
    world.edit("ada", "Builder").await;
    let delta = world.run(request.since(token.clone())).await.unwrap();
    assert!(delta.gone.iter().any(|gone| gone.uid.as_str() == "ada"), "{:?}", delta.gone);
    let error = world.run(ImportRequest::new("User").since(token)).await.unwrap_err();
    assert!(error.to_string().contains("another filter"), "{error}");
}

#[tokio::test]
async fn a_token_for_now_is_refused_where_there_is_no_delta() {
    let profile = sandbox::Profile { without: vec!["lastModifiedDateTime".into()], ..Default::default() };
    let tenant = Tenant::start(Options { people: 10, profile, ..Options::default() }).await;
    let request = ImportRequest::new("User").token_only();
    let error = collect(tenant.connector.import(&Context::new(), request.clone())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");

    let world = World::new(10).await;
    let filter = Filter::parse("groups eq '1'").ok();
    let error = world.run(ImportRequest { filter, ..request }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");

    let event = dispatched(world, ImportRequest::new("RBPBasicPermission").token_only()).await;
    assert!(event.contains("without sync tokens"), "{event}");
}

/// The first event of an import, as a carrier would send it.
async fn dispatched(world: World, import: ImportRequest) -> String {
    let connector: Arc<dyn Connector> = Arc::new(world.tenant.connector);
    let request = Request::new(1, Call::Import(import));
    let mut events = connector_core::Dispatcher::new(connector).dispatch(request, Default::default());
    serde_json::to_string(&events.next().await.unwrap()).unwrap()
}

#[tokio::test]
async fn whoever_became_inactive_comes_as_such() {
    let world = World::new(30).await;
    world.hire("ada").await;
    let token = world.token().await;
    world.tenant.suspend("ada").await.unwrap();
    let delta = world.import(Some(&token)).await;
    let ada = delta.objects.iter().find(|object| object.uid.as_str() == "ada").unwrap();
    assert_eq!(ada.values("__ENABLE__"), [false.into()]);
    assert!(delta.summary.import.unwrap().inactive >= 1);
}

#[tokio::test]
async fn what_was_committed_after_it_was_stamped_comes_with_the_overlap() {
    let world = World::new(30).await;
    world.hire("ada").await;
    world.pass(3600);
    let token = world.import(None).await.summary.sync_token.unwrap();
    // Stamped nine minutes ago, and visible only now (KBA 2767376).
    world.pass(-540);
    world.edit("ada", "Countess").await;
    world.pass(600);
    assert_eq!(changed(&world.import(Some(&token)).await), ["ada"]);
    let narrow = {
        let mut keys = serde_json::Map::new();
        keys.insert("url".into(), json!(world.tenant.sandbox.base_url()));
        keys.insert("access_token".into(), json!(world.tenant.sandbox.access_token()));
        keys.insert("sync_overlap".into(), json!(60));
        connector(keys).unwrap()
    };
    let request = ImportRequest::new("User").since(token);
    let found = collect(narrow.import(&Context::new(), request)).await.unwrap();
    assert!(changed(&found).is_empty(), "an overlap of a minute is too short for it");
}

#[tokio::test]
async fn equal_time_stamps_at_the_edges_of_pages_lose_nobody() {
    let world = World::new(30).await;
    let token = world.token().await;
    let new: Vec<_> = (0..35).map(|number| format!("new{number:02}")).collect();
    for uid in &new {
        world.hire(uid).await;
    }
    let delta = world.import(Some(&token)).await;
    assert_eq!(changed(&delta), new, "all of the same second, in pages of ten");
    assert_eq!(delta.checkpoints.len(), 4);
}

#[tokio::test]
async fn people_without_a_time_stamp_come_with_every_delta() {
    let world = World::new(30).await;
    let token = world.token().await;
    assert_eq!(world.import(Some(&token)).await.uids(), ["v4admin"]);
    let mut keys = serde_json::Map::new();
    keys.insert("url".into(), json!(world.tenant.sandbox.base_url()));
    keys.insert("access_token".into(), json!(world.tenant.sandbox.access_token()));
    keys.insert("sync_null_timestamps".into(), json!("no"));
    let without = connector(keys).unwrap();
    let found = collect(without.import(&Context::new(), ImportRequest::new("User").since(token))).await;
    assert!(found.unwrap().objects.is_empty());
}

#[tokio::test]
async fn a_delta_goes_by_the_clock_of_the_tenant() {
    // The tenant is a year ahead of this machine, or behind it.
    for shift in [TimeDelta::days(365), TimeDelta::days(-300)] {
        let world = World::new(30).await;
        world.clock.advance(shift);
        world.hire("ada").await;
        let token = world.token().await;
        world.edit("ada", "Countess").await;
        assert_eq!(changed(&world.import(Some(&token)).await), ["ada"]);
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_loses_nobody() {
    let world = World::new(30).await;
    world.hire("ada").await;
    world.pass(86_400);
    let token = world.import(None).await.summary.sync_token.unwrap();
    world.pass(-43_200);
    world.edit("ada", "Countess").await;
    assert_eq!(changed(&world.import(Some(&token)).await), ["ada"]);
}

#[tokio::test]
async fn whoever_leaves_the_filter_is_gone_and_whoever_enters_it_comes() {
    let world = World::new(30).await;
    for (uid, title) in [("ada", "Countess"), ("bob", "Builder")] {
        world.hire(uid).await;
        world.edit(uid, title).await;
    }
    let filter = Filter::parse("title eq 'Countess'").unwrap();
    let request = ImportRequest { filter: Some(filter), ..ImportRequest::new("User") };
    let first = world.run(request.clone()).await.unwrap();
    assert_eq!(first.uids(), ["ada"]);
    world.pass(3600);
    world.edit("ada", "Builder").await;
    world.edit("bob", "Countess").await;
    let delta = world.run(request.since(first.summary.sync_token.unwrap())).await.unwrap();
    assert_eq!(delta.uids(), ["bob"]);
    let left: Vec<_> = delta.gone.iter().map(|gone| (gone.uid.as_str(), gone.reason)).collect();
    assert!(left.contains(&("ada", GoneReason::LeftFilter)), "{left:?}");
}

#[tokio::test]
async fn whoever_loses_a_status_that_is_asked_for_is_gone() {
    let world = World::new(30).await;
    let mut keys = serde_json::Map::new();
    keys.insert("url".into(), json!(world.tenant.sandbox.base_url()));
    keys.insert("access_token".into(), json!(world.tenant.sandbox.access_token()));
    keys.insert("statuses".into(), json!("t"));
    let active_only = connector(keys).unwrap();
    world.hire("ada").await;
    let first = collect(active_only.import(&Context::new(), ImportRequest::new("User"))).await.unwrap();
    world.pass(3600);
    world.tenant.suspend("ada").await.unwrap();
    let request = ImportRequest::new("User").since(first.summary.sync_token.unwrap());
    let delta = collect(active_only.import(&Context::new(), request)).await.unwrap();
    assert!(delta.gone.iter().any(|gone| gone.uid.as_str() == "ada"), "{:?}", delta.gone);
}

#[tokio::test]
async fn a_token_of_another_tenant_filter_or_release_is_refused_with_a_sentence() {
    let (world, other) = (World::new(10).await, World::new(10).await);
    let token = world.token().await;
    let refuse = async |world: &World, request: ImportRequest, sentence: &str| {
        let error = world.run(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains(sentence), "{error}");
    };
    let since = |token: &SyncToken| ImportRequest::new("User").since(token.clone());
    refuse(&other, since(&token), "belongs to another tenant").await;
    let filter = Some(Filter::parse("status eq 't'").unwrap());
    refuse(&world, ImportRequest { filter, ..since(&token) }, "another filter").await;
    refuse(&world, since(&SyncToken::new("eyJ2Ijo5OX0")), "version 99").await;
    refuse(&world, since(&SyncToken::new("what?")), "not one of this connector").await;
    let groups = ImportRequest { sync_token: Some(token), ..ImportRequest::new("DynamicGroup") };
    let event = dispatched(world, groups).await;
    assert!(event.contains("belongs to the object class 'User'"), "{event}");
}

#[tokio::test]
async fn a_filter_by_entitlements_has_no_delta() {
    let world = World::new(10).await;
    let filter = Filter::parse("groups eq '1'").ok();
    let request = ImportRequest { filter, ..ImportRequest::new("User") };
    let token = world.run(request.clone()).await.unwrap().summary.sync_token.unwrap();
    let error = world.run(request.since(token)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

#[tokio::test]
async fn a_tenant_that_hides_the_time_stamp_has_full_imports_only() {
    let profile = sandbox::Profile { without: vec!["lastModifiedDateTime".into()], ..Default::default() };
    let tenant = Tenant::start(Options { people: 10, profile, ..Options::default() }).await;
    let found = tenant.import().await.unwrap();
    assert_eq!((found.objects.len(), found.summary.sync_token), (10, None));
}

#[tokio::test]
async fn a_record_that_could_not_be_read_is_asked_for_again() {
    let world = World::new(30).await;
    world
        .tenant
        .save("ada", &[("status", "t"), ("username", "ada"), ("hireDate", "1815-12-10")])
        .await
        .unwrap();
    world.pass(86_400);
    let spoiled = Trouble::Rewritten("Date(-4861728000000)", "Date(long ago)");
    let proxy = Proxy::start(&world.tenant.sandbox, Script::at(1, spoiled, true)).await;
    let world = world.by(&proxy);
    let first = world.import(None).await;
    let problems: Vec<_> =
        first.problems.iter().map(|problem| problem.context().uid.as_ref().unwrap().as_str()).collect();
    assert_eq!(problems, ["ada"], "{:?}", first.problems);
    assert!(!first.uids().contains(&"ada"));

    world.pass(86_400);
    let still = world.import(first.summary.sync_token.as_ref()).await;
    assert_eq!((changed(&still), still.problems.len()), (vec![], 1), "it is spoiled as before");

    world.pass(86_400);
    proxy.begin(Script::default());
    let readable = world.import(still.summary.sync_token.as_ref()).await;
    assert_eq!(changed(&readable), ["ada"], "changed long before the window");

    world.pass(86_400);
    assert_eq!(changed(&world.import(readable.summary.sync_token.as_ref()).await), Vec::<&str>::new());
}

/// Reads up to a checkpoint, and gives what came before it.
async fn until_checkpoint(connector: &SuccessFactorsConnector, number: usize) -> (Vec<Uid>, SyncToken) {
    let mut stream = connector.import(&Context::new(), ImportRequest::new("User"));
    let (mut uids, mut checkpoints) = (Vec::new(), 0);
    loop {
        match stream.next().await.unwrap().unwrap() {
            Item::Object(object) => uids.push(object.uid),
            Item::Checkpoint(token) => {
                checkpoints += 1;
                if checkpoints == number {
                    return (uids, token);
                }
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_restart_from_any_checkpoint_brings_the_rest_and_repeats_nobody() {
    for paging in ["snapshot", "key", "link"] {
        let tenant = Tenant::with_people(55).await;
        let connector = tenant.with_keys(json!({"page_size": 10, "paging": paging}));
        for number in 1..=6 {
            let (mut uids, token) = until_checkpoint(&connector, number).await;
            let request = ImportRequest::new("User").since(token);
            let rest = collect(connector.import(&Context::new(), request)).await.unwrap();
            assert!(rest.summary.import.as_ref().unwrap().resumed && rest.summary.sync_token.is_some());
            uids.extend(rest.objects.into_iter().map(|object| object.uid));
            let different: BTreeSet<_> = uids.iter().collect();
            assert_eq!((different.len(), uids.len()), (55, 55), "{paging}, checkpoint {number}");
        }
    }
}

#[tokio::test]
async fn a_lost_snapshot_goes_on_by_key_and_not_from_the_beginning() {
    let tenant = Tenant::with_people(100).await;
    let connector = tenant.with_keys(json!({"page_size": 10}));
    tenant.fault("lose-snapshot*3");
    let found = collect(connector.import(&Context::new(), ImportRequest::new("User"))).await.unwrap();
    assert_eq!((found.objects.len(), changed(&found).len()), (100, 99));
    let pages = tenant.requests("/odata/v2/User") - 1;
    assert!(pages <= 10 + 3 + 3, "{pages} requests for ten pages, three of which were lost");
}

#[tokio::test]
async fn a_tenant_that_blocks_snapshots_is_read_by_key() {
    let tenant = Tenant::with_people(100).await;
    let connector = tenant.with_keys(json!({"page_size": 10}));
    tenant.fault("block-snapshots*1");
    let found = collect(connector.import(&Context::new(), ImportRequest::new("User"))).await.unwrap();
    assert_eq!(found.objects.len(), 100);
}

#[tokio::test]
async fn duplicated_records_and_cut_connections_lose_and_repeat_nobody() {
    for paging in ["snapshot", "key"] {
        let tenant = Tenant::with_people(100).await;
        let connector = tenant.with_keys(json!({"page_size": 10, "paging": paging}));
        tenant.fault("repeat-records=10:/odata/v2/User?*4");
        tenant.fault("cut-middle%30:/odata/v2/User?*5");
        let found = collect(connector.import(&Context::new(), ImportRequest::new("User"))).await.unwrap();
        assert_eq!(found.uids().len(), 100, "{paging}");
        let skipped = &found.summary.import.unwrap().skipped;
        assert!(skipped[&SkipReason::Duplicate] >= 20, "{paging}: {skipped:?}");
    }
}

#[tokio::test]
async fn people_who_come_and_go_during_a_scan_cost_nobody_else_their_place() {
    for paging in ["snapshot", "key"] {
        let tenant = Tenant::with_people(60).await;
        let connector = tenant.with_keys(json!({"page_size": 10, "paging": paging}));
        let before: BTreeSet<String> = collect(connector.search(&Context::new(), SearchRequest::new("User")))
            .await
            .unwrap()
            .uids()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let mut stream = connector.import(&Context::new(), ImportRequest::new("User"));
        let mut seen = BTreeSet::new();
        let mut purged = BTreeSet::new();
        while let Some(item) = stream.next().await {
            let Item::Object(object) = item.unwrap() else { continue };
            // Whoever was just read goes, so that offsets would slip.
            if seen.len() % 7 == 3 && tenant.sandbox.purge(object.uid.as_str()) {
                purged.insert(object.uid.to_string());
            }
            seen.insert(object.uid.to_string());
        }
        assert!(purged.len() > 5);
        assert_eq!(seen, before, "{paging}");
    }
}

#[tokio::test]
async fn whoever_is_missing_is_gone_only_if_a_point_read_says_so() {
    let world = World::new(30).await;
    for uid in ["ada", "bob"] {
        world.hire(uid).await;
    }
    let token = world.token().await;
    world.tenant.sandbox.purge("ada");
    let missing: Vec<Uid> = vec!["ada".into(), "bob".into()];
    for sync_token in [None, Some(token)] {
        let request = ImportRequest { missing: missing.clone(), sync_token, ..ImportRequest::new("User") };
        let run = world.run(request).await.unwrap();
        let [gone] = run.gone.as_slice() else { panic!("{:?}", run.gone) };
        assert_eq!((gone.uid.as_str(), gone.reason), ("ada", GoneReason::Removed));
        assert!(gone.evidence.len() >= 2, "the list and the key: {:?}", gone.evidence);
        assert_eq!(run.summary.import.unwrap().gone, 1);
    }
}

#[tokio::test]
async fn whoever_may_not_be_seen_is_not_gone() {
    let population = Some("userId eq 'sfapi'".to_owned());
    let access = sandbox::Access { population, ..Default::default() };
    let tenant = Tenant::start(Options { people: 100, access, ..Options::default() }).await;
    let request = ImportRequest { missing: vec!["jsmith".into()], ..ImportRequest::new("User") };
    let found = collect(tenant.connector.import(&Context::new(), request.clone())).await.unwrap();
    assert!(found.gone.is_empty(), "{:?}", found.gone);
    tenant.fault("html=503:User(*9");
    let error = collect(tenant.connector.import(&Context::new(), request)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable, "no answer is no proof");
}

#[tokio::test]
async fn more_missing_people_than_are_looked_for_are_refused() {
    let tenant = Tenant::with_people(10).await;
    let missing = (0..10_001).map(|number| Uid::new(format!("x{number}"))).collect();
    let request = ImportRequest { missing, ..ImportRequest::new("User") };
    let error = collect(tenant.connector.import(&Context::new(), request)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn the_figures_of_a_run_are_true() {
    let tenant = Tenant::with_people(120).await;
    tenant.fault("bad-record:/odata/v2/User?*1");
    let found = tenant.import().await.unwrap();
    let figures = found.summary.import.clone().unwrap();
    let inactive =
        found.objects.iter().filter(|object| object.values("__ENABLE__") == [false.into()]).count();
    assert_eq!(figures.inactive, inactive as u64);
    assert_eq!((figures.seen, found.summary.count, found.summary.problems), (120, 119, 1));
    assert_eq!(figures.skipped[&SkipReason::Unreadable], 1);
    assert!(figures.milliseconds.len() >= 3, "{figures:?}");
}
