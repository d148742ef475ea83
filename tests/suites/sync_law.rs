//! The law of deltas: what is put together from a full import and any number of deltas is what a full import brings.
//!
//! Histories are random: people are hired, edited, suspended, resumed and purged, jobs begin in the past and in the
//! future, changes are committed after they were stamped, many in the same second; between and during the imports, which
//! are cut off at random and go on. `SFSF_HISTORIES=20000` tries so many of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use connector_core::object::{AttributeName, ConnectorObject, Uid, Value};
use connector_core::operation::{ImportRequest, Item, SyncToken};
use connector_core::{Connector, Context};
use connector_sfsf::SuccessFactorsConnector;
use futures_util::StreamExt;
use sandbox::{FixedClock, Options, Sandbox, Switches};
use serde_json::{Value as Json, json};
use tests::{collect, connector};

const HISTORIES: u64 = 1000;
/// The longest time, in seconds, between the stamp of a change and its commit; the overlap is 600.
const LATEST_COMMIT: i64 = 590;

/// Numbers that look random, and are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }
}

/// What takes long to make, and is the same for every history.
struct Shared {
    key: String,
    /// A file with one authority: the system's are many, and nobody is asked with TLS.
    authorities: String,
}

struct World {
    sandbox: Sandbox,
    clock: Arc<FixedClock>,
    connector: SuccessFactorsConnector,
    token: String,
    dice: Dice,
    /// Everybody who was ever there.
    people: Vec<String>,
    hired: usize,
    /// What was done, for whoever has to find out why a history fails.
    journal: Vec<String>,
}

impl World {
    async fn new(seed: u64, shared: &Shared) -> Self {
        let mut dice = Dice::new(seed);
        let start: DateTime<Utc> = "2026-11-22T12:00:00Z".parse().unwrap();
        let clock = Arc::new(FixedClock::new(start));
        let switches = Switches { token_lifetime_seconds: 1 << 33, ..Switches::default() };
        let options = Options {
            people: 3 + dice.below(8),
            seed,
            clock: Arc::clone(&clock) as _,
            private_key_pem: Some(shared.key.clone()),
            switches,
            remember_requests: 10,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await.unwrap();
        let token = sandbox.access_token();
        let keys = json!({
            "url": sandbox.base_url(), "access_token": token, "first_retry_wait": 0,
            "ca_file": shared.authorities,
            "page_size": 2 + dice.below(4), "paging": (if dice.one_in(2) { "key" } else { "snapshot" }),
        });
        let connector = connector(keys.as_object().cloned().unwrap()).unwrap();
        Self { sandbox, clock, connector, token, dice, people: Vec::new(), hired: 0, journal: Vec::new() }
    }

    fn pass(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    async fn upsert(&self, record: &Json) {
        let text = format!(
            "POST /odata/v2/upsert?$format=json&processInactiveEmployees=true\nHost: localhost\n\
             Authorization: Bearer {}\nContent-Type: application/json\n\n{record}",
            self.token
        );
        self.sandbox.ask(text.as_bytes()).await.unwrap();
    }

    async fn write(&self, uid: &str, mut fields: Json) {
        fields["__metadata"] = json!({"uri": format!("User('{uid}')")});
        fields["userId"] = json!(uid);
        self.upsert(&fields).await;
    }

    async fn begin_job(&self, uid: &str, day: DateTime<Utc>, title: &str) {
        let day = day.format("%Y-%m-%d");
        let uri = format!("EmpJob(seqNumber=1L,startDate=datetime'{day}T00:00:00',userId='{uid}')");
        let record = json!({"__metadata": {"uri": uri}, "eventReason": "DATACHG", "jobTitle": title});
        self.upsert(&record).await;
    }

    /// Something happens.
    async fn edit(&mut self) {
        if self.dice.one_in(2) {
            let seconds = [1, 300, 601, 90_000][self.dice.below(4)];
            self.pass(seconds);
        }
        let late = if self.dice.one_in(5) {
            i64::try_from(self.dice.below(LATEST_COMMIT as usize)).unwrap()
        } else {
            0
        };
        self.pass(-late);
        self.change().await;
        self.pass(late);
    }

    async fn change(&mut self) {
        let uid = match self.people.len() {
            0 => String::new(),
            many => self.people[self.dice.below(many)].clone(),
        };
        let title = format!("Title {}", self.dice.below(5));
        let now = sandbox::Clock::now(&*self.clock);
        let kind = if self.people.is_empty() { 0 } else { self.dice.below(10) };
        self.journal.push(format!("{now} {kind} {uid} {title}"));
        match kind {
            0 | 1 => {
                self.hired += 1;
                let letters = [b'A' + u8::try_from(self.dice.below(26)).unwrap(), b'a'];
                let uid = format!("{}{}", letters[self.dice.below(2)] as char, self.hired);
                self.write(&uid, json!({"username": uid, "status": "t", "title": title})).await;
                self.people.push(uid);
            }
            2 | 3 => self.write(&uid, json!({"title": title})).await,
            4 => self.write(&uid, json!({"status": "f"})).await,
            5 => self.write(&uid, json!({"status": "t"})).await,
            6 => {
                self.sandbox.purge(&uid);
            }
            7 => self.begin_job(&uid, now - TimeDelta::days(40), &title).await,
            8 => self.begin_job(&uid, now + TimeDelta::days(2), &title).await,
            _ => {
                self.sandbox.hris_sync();
            }
        }
    }

    /// Somebody of everybody, with what is compared: not the size of a team, which changes without its manager.
    fn request(&self) -> ImportRequest {
        let names =
            ["status", "title", "lastName", "lastModifiedDateTime", "department", "manager", "__ENABLE__"];
        let names = names.map(AttributeName::from).to_vec();
        ImportRequest { attributes_to_get: Some(names), ..ImportRequest::new("User") }
    }
}

/// What a host has.
#[derive(Default)]
struct Host {
    people: BTreeMap<Uid, ConnectorObject>,
    token: Option<SyncToken>,
    missing: Vec<Uid>,
}

impl Host {
    fn take(&mut self, item: Item) {
        match item {
            Item::Object(object) => {
                self.people.insert(object.uid.clone(), object);
            }
            Item::Gone(gone) => {
                self.people.remove(&gone.uid);
                self.missing.retain(|uid| *uid != gone.uid);
                // Who refers to somebody who is gone has not changed, so the host does what it does anyway.
                for object in self.people.values_mut() {
                    for attribute in &mut object.attributes {
                        attribute.values.retain(|value| !is_reference(value, &gone.uid));
                    }
                }
            }
            Item::Checkpoint(token) => self.token = Some(token),
            Item::End(summary) => self.token = summary.sync_token,
            Item::Problem(problem) => panic!("{}", problem.error),
            Item::Progress(_) => {}
        }
    }

    /// An import that goes on until its end, or is cut off after so many items.
    async fn import(&mut self, world: &mut World, with_edits: bool, cut: Option<usize>) {
        let request = ImportRequest {
            sync_token: self.token.clone(),
            missing: self.missing.clone(),
            ..world.request()
        };
        world.journal.push(format!("import, from a token: {}, cut: {cut:?}", self.token.is_some()));
        let mut stream = world.connector.import(&Context::new(), request);
        let mut items = 0;
        while let Some(item) = stream.next().await {
            self.take(item.unwrap());
            items += 1;
            if cut == Some(items) {
                return;
            }
            if with_edits && world.dice.one_in(6) {
                world.edit().await;
            }
        }
    }
}

fn is_reference(value: &Value, to: &Uid) -> bool {
    matches!(value, Value::Reference(reference) if reference.uid == *to)
}

fn in_short(people: &BTreeMap<Uid, ConnectorObject>) -> BTreeMap<String, String> {
    people.iter().map(|(uid, person)| (uid.to_string(), serde_json::to_string(person).unwrap())).collect()
}

async fn check(seed: u64, shared: &Shared) {
    let mut world = World::new(seed, shared).await;
    let mut host = Host::default();
    let first = collect(world.connector.import(&Context::new(), world.request())).await.unwrap();
    world.people = first.uids().into_iter().filter(|uid| uid.starts_with('1')).map(str::to_owned).collect();
    for _ in 0..2 + world.dice.below(3) {
        for _ in 0..world.dice.below(5) {
            world.edit().await;
        }
        let cut = world.dice.one_in(2).then(|| 1 + world.dice.below(12));
        let with_edits = world.dice.one_in(3);
        host.import(&mut world, with_edits, cut).await;
    }
    // Everything has happened. A run that was cut off goes on to its end, and one brings what happened during it.
    world.pass(3600);
    host.import(&mut world, false, None).await;
    host.import(&mut world, false, None).await;
    // An inventory of keys, as a caller takes it, and a run that looks for whoever is missing.
    let fresh = collect(world.connector.import(&Context::new(), world.request())).await.unwrap();
    let fresh: BTreeMap<Uid, ConnectorObject> =
        fresh.objects.into_iter().map(|object| (object.uid.clone(), object)).collect();
    host.missing = host.people.keys().filter(|uid| !fresh.contains_key(*uid)).cloned().collect();
    host.import(&mut world, false, None).await;
    assert_eq!(in_short(&host.people), in_short(&fresh), "history {seed}:\n{}", world.journal.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_import_and_deltas_are_a_fresh_full_import() {
    let histories = std::env::var("SFSF_HISTORIES").ok().and_then(|text| text.parse().ok());
    let (histories, only) = (histories.unwrap_or(HISTORIES), std::env::var("SFSF_HISTORY").ok());
    let model = Sandbox::start(Options { people: 2, ..Options::default() }).await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let authorities = directory.path().join("authorities.pem");
    std::fs::write(&authorities, model.certificate_pem()).unwrap();
    let authorities = authorities.to_str().unwrap().to_owned();
    let shared = Arc::new(Shared { key: model.private_key_pem().to_owned(), authorities });
    if let Some(seed) = only.and_then(|text| text.parse().ok()) {
        return check(seed, &shared).await;
    }
    let tasks = (0..4).map(|task| {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            for seed in (0..histories).filter(|seed| seed % 4 == task) {
                check(seed, &shared).await;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}
