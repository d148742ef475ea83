//! A case: a tenant, requests, and the events that they bring.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::OnceLock;

use sandbox::{Access, Options, Profile, Sandbox, Switches};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::drivers::Driver;
use super::normalize::Normalizer;

/// One file of `tests/corpus`.
pub struct Case {
    /// Its name.
    pub name: String,
    path: PathBuf,
    /// As it stands in the file, so that it can be written again.
    json: Map<String, Json>,
    setting: Setting,
}

/// Everything but the events.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    #[expect(dead_code, reason = "for people; it must be there")]
    shows: String,
    #[serde(default)]
    tenant: Tenant,
    #[serde(default)]
    configuration: Map<String, Json>,
    steps: Vec<Step>,
}

/// The tenant, as `sandbox::Options` has it.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Tenant {
    people: usize,
    seed: u64,
    page_size: usize,
    profile: Profile,
    switches: Switches,
    access: Access,
    faults: Vec<String>,
}

impl Default for Tenant {
    fn default() -> Self {
        Self {
            people: 10,
            seed: 1,
            page_size: 1000,
            profile: Profile::default(),
            switches: Switches::default(),
            access: Access::default(),
            faults: Vec::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// A request.
    request: Option<Json>,
    /// A text in the place of a request.
    text: Option<String>,
    /// A request that is cancelled as soon as it was sent.
    cancelled: Option<Json>,
    #[serde(default)]
    events: Vec<Json>,
}

/// What a driver sends.
#[derive(Debug)]
pub struct Line {
    /// The request, or what stands for one.
    pub text: String,
    /// Whether it is cancelled at once.
    pub cancelled: bool,
}

/// The cases, by name.
pub fn all() -> Vec<Case> {
    let folder = std::fs::read_dir(tests::root().join("tests/corpus")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.into_iter().map(Case::read).collect()
}

impl Case {
    fn read(path: PathBuf) -> Self {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let json: Map<_, _> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let setting = serde_json::from_value(Json::Object(json.clone()));
        let setting: Setting = setting.unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { name, path, json, setting }
    }

    /// The requests and the texts in their place.
    pub fn lines(&self) -> Vec<Line> {
        self.setting.steps.iter().map(Step::line).collect()
    }

    /// The events that are kept.
    pub fn events(&self) -> impl Iterator<Item = &Json> {
        self.setting.steps.iter().flat_map(|step| &step.events)
    }

    /// The events that are kept, by step.
    pub fn steps(&self) -> impl Iterator<Item = &[Json]> {
        self.setting.steps.iter().map(|step| step.events.as_slice())
    }

    /// The events that come from a tenant of its own: one list for each step.
    pub async fn run(&self, driver: &dyn Driver) -> Vec<Vec<Json>> {
        let sandbox = self.start().await;
        let mut configuration = tests::keys(&sandbox);
        configuration.extend(self.setting.configuration.clone());
        let requests = self.lines();
        let secrets = self.secrets(&configuration);
        let answers = driver.run(&configuration, &requests).await;
        for line in &answers {
            let leaked = secrets.iter().find(|secret| line.contains(secret.as_str()));
            assert!(leaked.is_none(), "{}, {}: a secret comes back", driver.name(), self.name);
        }
        let normalizer = Normalizer::new(&sandbox);
        let events = answers.iter().map(|line| {
            let event = serde_json::from_str(line);
            normalizer.normalize(event.unwrap_or_else(|error| panic!("{}: {error}: {line}", driver.name())))
        });
        let mut steps = vec![Vec::new()];
        for event in events {
            let last = event.get("method").is_none();
            if let Some(step) = steps.last_mut() {
                step.push(event);
            }
            if last {
                steps.push(Vec::new());
            }
        }
        let rest = steps.pop().unwrap_or_default();
        assert!(rest.is_empty(), "{}, {}: the last request has no end", driver.name(), self.name);
        steps
    }

    async fn start(&self) -> Sandbox {
        // A new key each time would be most of the work.
        static KEY: OnceLock<String> = OnceLock::new();
        let tenant = &self.setting.tenant;
        let options = Options {
            people: tenant.people,
            seed: tenant.seed,
            page_size: tenant.page_size,
            profile: tenant.profile.clone(),
            switches: tenant.switches.clone(),
            access: tenant.access.clone(),
            faults: tenant.faults.iter().map(|fault| fault.parse().expect("a fault")).collect(),
            private_key_pem: KEY.get().cloned(),
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await.expect("the sandbox starts");
        KEY.get_or_init(|| sandbox.private_key_pem().to_owned());
        sandbox
    }

    /// What no answer may hold: the secrets of the requests, and the key of the configuration.
    fn secrets(&self, configuration: &Map<String, Json>) -> Vec<String> {
        let mut secrets = Vec::new();
        let key = configuration.get("private_key").and_then(Json::as_str).unwrap_or_default();
        secrets
            .extend(key.lines().filter(|line| line.len() > 20 && !line.starts_with('-')).map(str::to_owned));
        for step in &self.setting.steps {
            find_secrets(step.request.as_ref().unwrap_or(&Json::Null), &mut secrets);
        }
        secrets
    }

    /// Says how the events differ from those that are kept.
    pub fn compare(&self, seen: &[Vec<Json>]) -> Result<(), String> {
        let kept: Vec<_> = self.setting.steps.iter().map(|step| &step.events).collect();
        // A configuration that is refused is answered once, before any step.
        for (number, events) in kept.iter().enumerate() {
            let seen = seen.get(number).map(Vec::as_slice).unwrap_or_default();
            let longest = events.len().max(seen.len());
            if let Some(place) = (0..longest).find(|place| events.get(*place) != seen.get(*place)) {
                let show = |event: Option<&Json>| event.map_or("nothing".to_owned(), Json::to_string);
                let (kept, seen) = (show(events.get(place)), show(seen.get(place)));
                let step = number + 1;
                return Err(format!("step {step}, event {place}:\nkept {kept}\nseen {seen}"));
            }
        }
        if seen.len() == kept.len() { Ok(()) } else { Err("there are more answers than steps".to_owned()) }
    }

    /// Keeps these events.
    pub fn keep(&self, seen: &[Vec<Json>]) {
        let mut json = self.json.clone();
        let steps = json["steps"].as_array_mut().unwrap();
        assert_eq!(steps.len(), seen.len(), "{}: one answer for each step", self.name);
        for (step, events) in steps.iter_mut().zip(seen) {
            step["events"] = events.clone().into();
        }
        std::fs::write(&self.path, print(&json)).unwrap();
    }
}

impl Step {
    fn line(&self) -> Line {
        let (text, cancelled) = match (&self.request, &self.text, &self.cancelled) {
            (Some(request), None, None) => (request.to_string(), false),
            (None, Some(text), None) => (text.clone(), false),
            (None, None, Some(request)) => (request.to_string(), true),
            _ => panic!("a step has one of request, text and cancelled"),
        };
        Line { text, cancelled }
    }
}

/// The texts in `{"$secret": "…"}`.
fn find_secrets(json: &Json, secrets: &mut Vec<String>) {
    match json {
        Json::Object(map) => {
            if let Some(secret) = map.get("$secret").and_then(Json::as_str) {
                secrets.push(secret.to_owned());
            }
            map.values().for_each(|value| find_secrets(value, secrets));
        }
        Json::Array(values) => values.iter().for_each(|value| find_secrets(value, secrets)),
        _ => {}
    }
}

/// A case for eyes: each key a line, each request and event a line.
fn print(case: &Map<String, Json>) -> String {
    let mut text = "{\n".to_owned();
    for (key, value) in case.iter().filter(|(key, _)| *key != "steps") {
        let _ = writeln!(text, "  {}: {value},", Json::from(key.as_str()));
    }
    text.push_str("  \"steps\": [");
    for (number, step) in case["steps"].as_array().into_iter().flatten().enumerate() {
        text.push_str(if number == 0 { "\n    {\n" } else { ",\n    {\n" });
        for (key, value) in step.as_object().into_iter().flatten().filter(|(key, _)| *key != "events") {
            let _ = writeln!(text, "      {}: {value},", Json::from(key.as_str()));
        }
        let events = step["events"].as_array().into_iter().flatten();
        let events: Vec<_> = events.map(|event| format!("        {event}")).collect();
        let _ = write!(text, "      \"events\": [\n{}\n      ]\n    }}", events.join(",\n"));
    }
    text.push_str("\n  ]\n}\n");
    text
}
