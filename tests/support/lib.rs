//! What the suites share: a tenant, a connector for it, and short ways to call it.

mod artifacts;
mod c_compiler;
mod compiled;
mod dotnet;
mod maven;
mod mono;
mod proxy;
pub mod skip;
mod tool;
pub mod trouble;

use connector_core::object::{AttributeDelta, ConnectorObject};
use connector_core::operation::{
    GetOutcome, GetRequest, Gone, ImportRequest, Item, ItemStream, ObjectId, SaveOutcome, SaveRequest,
    SearchRequest, Summary, SyncToken,
};
use connector_core::{Connector, Context, Error, Filter, Result};
use connector_sfsf::{Configuration, SuccessFactorsConnector};
use futures_util::StreamExt;
use sandbox::{Options, Sandbox};
use serde_json::{Map, Value as Json, json};

pub use artifacts::{Artifacts, root};
pub use c_compiler::CCompiler;
pub use dotnet::DotNet;
pub use maven::Maven;
pub use mono::Mono;
pub use proxy::{Canned, Proxy, Script, Trouble};
pub use tool::{Ran, Tool, need, on_path};

/// A tenant and a connector for it.
pub struct Tenant {
    /// The tenant.
    pub sandbox: Sandbox,
    /// A connector with the tenant's own API user.
    pub connector: SuccessFactorsConnector,
}

/// The keys of a configuration for a tenant. Repeats come at once: nobody shall wait for a test.
pub fn keys(sandbox: &Sandbox) -> Map<String, Json> {
    let keys = json!({
        "url": sandbox.base_url(),
        "company_id": sandbox.company_id(),
        "username": sandbox.user_id(),
        "client_id": sandbox.client_id(),
        "private_key": sandbox.private_key_pem(),
        "first_retry_wait": 0,
    });
    keys.as_object().cloned().unwrap_or_default()
}

/// A connector with these keys.
///
/// # Errors
///
/// Those of the configuration.
pub fn connector(keys: Map<String, Json>) -> Result<SuccessFactorsConnector> {
    SuccessFactorsConnector::new(Configuration::from_map(keys)?)
}

impl Tenant {
    /// A tenant with this many people.
    pub async fn with_people(people: usize) -> Self {
        Self::start(Options { people, ..Options::default() }).await
    }

    /// A tenant as described.
    pub async fn start(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.expect("the sandbox starts");
        let connector = connector(keys(&sandbox)).expect("the configuration is right");
        Self { sandbox, connector }
    }

    /// The same tenant through a connector with some keys replaced.
    pub fn with_keys(&self, changes: Json) -> SuccessFactorsConnector {
        let mut keys = keys(&self.sandbox);
        keys.extend(changes.as_object().cloned().unwrap_or_default());
        connector(keys).expect("the configuration is right")
    }

    /// Makes trouble, in the text form of the sandbox.
    pub fn fault(&self, text: &str) {
        self.sandbox.inject(text.parse().expect("a fault"));
    }

    /// The requests that the tenant has seen whose path holds `part`.
    pub fn requests(&self, part: &str) -> usize {
        self.sandbox.requests().iter().filter(|request| request.path.contains(part)).count()
    }

    /// `get`
    ///
    /// # Errors
    ///
    /// The connector's.
    pub async fn get(&self, uid: &str) -> Result<GetOutcome> {
        self.connector.get(&Context::new(), &GetRequest::new("User", uid)).await
    }

    /// `save` with text values; an empty one clears.
    ///
    /// # Errors
    ///
    /// The connector's.
    pub async fn save(&self, uid: &str, attributes: &[(&str, &str)]) -> Result<SaveOutcome> {
        let deltas = attributes.iter().map(|(name, value)| AttributeDelta::set(*name, *value)).collect();
        self.connector.save(&Context::new(), &SaveRequest::new("User", uid, deltas)).await
    }

    /// `suspend`
    ///
    /// # Errors
    ///
    /// The connector's.
    pub async fn suspend(&self, uid: &str) -> Result<SaveOutcome> {
        self.connector.suspend(&Context::new(), &ObjectId::new("User", uid)).await
    }

    /// `resume`
    ///
    /// # Errors
    ///
    /// The connector's.
    pub async fn resume(&self, uid: &str) -> Result<SaveOutcome> {
        self.connector.resume(&Context::new(), &ObjectId::new("User", uid)).await
    }

    /// `search`, with the filter in its text form.
    ///
    /// # Errors
    ///
    /// The connector's.
    pub async fn search(&self, filter: &str) -> Result<Found> {
        let filter = Filter::parse(filter).expect("a filter");
        collect(self.connector.search(&Context::new(), SearchRequest::new("User").with_filter(filter))).await
    }

    /// `import`
    ///
    /// # Errors
    ///
    /// The connector's.
    pub async fn import(&self) -> Result<Found> {
        collect(self.connector.import(&Context::new(), ImportRequest::new("User"))).await
    }
}

/// What a stream brought.
#[derive(Debug)]
pub struct Found {
    /// The objects.
    pub objects: Vec<ConnectorObject>,
    /// The records that could not be read.
    pub problems: Vec<Error>,
    /// Whom the caller has to let go of.
    pub gone: Vec<Gone>,
    /// Where the import could have gone on.
    pub checkpoints: Vec<SyncToken>,
    /// The end.
    pub summary: Summary,
}

impl Found {
    /// The uids, sorted.
    pub fn uids(&self) -> Vec<&str> {
        let mut uids: Vec<_> = self.objects.iter().map(|object| object.uid.as_str()).collect();
        uids.sort_unstable();
        uids
    }
}

/// Drains a stream.
///
/// # Errors
///
/// The stream's.
pub async fn collect(mut stream: ItemStream) -> Result<Found> {
    let (mut objects, mut problems) = (Vec::new(), Vec::new());
    let (mut gone, mut checkpoints) = (Vec::new(), Vec::new());
    while let Some(item) = stream.next().await {
        match item? {
            Item::Object(object) => objects.push(object),
            Item::Problem(problem) => problems.push(problem.error),
            Item::Gone(one) => gone.push(one),
            Item::Checkpoint(token) => checkpoints.push(token),
            Item::Progress(_) => {}
            Item::End(summary) => {
                assert!(stream.next().await.is_none(), "nothing comes after the end");
                return Ok(Found { objects, problems, gone, checkpoints, summary });
            }
        }
    }
    panic!("the stream ended without a summary");
}
