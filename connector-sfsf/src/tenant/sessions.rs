//! The sessions of a connector: its own, and those of connections that come with requests.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

use connector_core::{Context, Error, ErrorKind, Result};
use tokio::sync::Semaphore;

use super::kept::Kept;
use super::session::Session;
use crate::clock::Clock;
use crate::config::{Brought, Configuration, Terms};
use crate::http::{Budget, within};

/// Sessions of requests that are kept, with their tokens, in memory only.
const KEPT: usize = 64;

/// So many sessions are set up at a time, in the whole process: a key may take a second and 64 MiB to decrypt.
static MAKERS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(4)));

/// The sessions of a connector.
pub(crate) struct Sessions {
    /// That of the configuration; none if requests bring their connection.
    own: Option<Arc<Session>>,
    terms: Arc<Terms>,
    others: Kept<Brought, Arc<Session>>,
    budgets: Arc<Budgets>,
    clock: Arc<dyn Clock>,
}

impl Sessions {
    /// Sessions with a configuration of their own.
    ///
    /// # Errors
    ///
    /// A private key or certificate that cannot be used.
    pub fn new(configuration: Configuration, clock: Arc<dyn Clock>) -> Result<Self> {
        let mut sessions = Self::on(Arc::clone(&configuration.terms), clock);
        let budget = sessions.budgets.of(&configuration);
        let own = Session::new(configuration, budget, Arc::clone(&sessions.clock))?;
        sessions.own = Some(Arc::new(own));
        Ok(sessions)
    }

    /// Sessions of requests alone.
    pub fn of_requests(terms: Terms, clock: Arc<dyn Clock>) -> Self {
        Self::on(Arc::new(terms), clock)
    }

    fn on(terms: Arc<Terms>, clock: Arc<dyn Clock>) -> Self {
        let others = Kept::new(KEPT, Arc::clone(&MAKERS));
        Self { own: None, terms, others, budgets: Arc::default(), clock }
    }

    /// The session of the configuration.
    pub fn own(&self) -> Option<&Session> {
        self.own.as_deref()
    }

    /// What tells the time.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// The session for a call: that of the configuration, or of the connection data that came along.
    ///
    /// # Errors
    ///
    /// Connection data that the terms do not admit or that are not complete, a key that cannot be used, a call whose
    /// time is over.
    pub async fn of(&self, context: &Context) -> Result<Arc<Session>> {
        context.check()?;
        let brought = context.credentials().map(|credentials| self.terms.admit(credentials)).transpose()?;
        match (brought.filter(|brought| !brought.is_empty()), &self.own) {
            (Some(brought), _) => self.of_request(context, brought).await,
            (None, Some(own)) => Ok(Arc::clone(own)),
            (None, None) => Err(no_connection()),
        }
    }

    async fn of_request(&self, context: &Context, brought: Brought) -> Result<Arc<Session>> {
        let (terms, budgets) = (Arc::clone(&self.terms), Arc::clone(&self.budgets));
        let (clock, key) = (Arc::clone(&self.clock), brought.clone());
        let make = move || {
            let configuration = terms.configuration(&brought)?;
            let budget = budgets.of(&configuration);
            Session::new(configuration, budget, clock).map(Arc::new)
        };
        let late = "the deadline passed before the connection was set up";
        within(context, late, self.others.get(&key, make)).await
    }
}

fn no_connection() -> Error {
    Error::new(ErrorKind::Configuration, "the request brings no connection, and none is configured")
        .with_advice("put url, company_id and the others into meta.credentials, or into the configuration")
}

/// The budgets of the tenants that sessions are open with: two users of one tenant share one.
#[derive(Default)]
struct Budgets(Mutex<HashMap<String, Weak<Budget>>>);

impl Budgets {
    fn of(&self, configuration: &Configuration) -> Arc<Budget> {
        let mut budgets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        budgets.retain(|_, budget| budget.strong_count() > 0);
        let tenant = configuration.url.to_string();
        if let Some(budget) = budgets.get(&tenant).and_then(Weak::upgrade) {
            return budget;
        }
        let budget = Arc::new(Budget::new(configuration.http.requests_in_flight));
        budgets.insert(tenant, Arc::downgrade(&budget));
        budget
    }
}
