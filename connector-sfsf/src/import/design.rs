//! What an import asks for, as the tenant's metadata allow.

use connector_core::object::AttributeName;
use connector_core::{Error, ErrorKind, Filter, Result};

use super::token::{Position, Stretch};
use super::walk::Paging;
use super::window::{self, MODIFIED, Window};
use crate::config::Configuration;
use crate::entitlement::Assignments;
use crate::odata::literal;
use crate::odata::query::Query;
use crate::user::filter::{Translation, translate};
use crate::user::{Gaps, Plan, USER, UserModel, status};

/// How people are read.
pub(super) struct Design {
    pub plan: Plan,
    pub translation: Translation,
    pub window: Option<Window>,
    /// What the people of this page are entitled to, if that is wanted.
    pub entitlements: Option<Assignments>,
    /// Whether the next run can be a delta.
    pub has_delta: bool,
    page_size: u32,
}

impl Design {
    /// # Errors
    ///
    /// A filter that the tenant cannot be asked with, a delta that is not possible.
    pub fn new(
        model: &UserModel,
        settings: &Configuration,
        wanted: Option<&[AttributeName]>,
        filter: Option<&Filter>,
        position: &Position,
    ) -> Result<Self> {
        let window = position.since.map(|since| Window::new(model, &settings.sync, since, &position.again));
        let window = window.transpose()?;
        let mut translation = translate(filter, model, &settings.statuses)?;
        let mut plan = Plan::new(model, wanted, filter)?;
        if window.is_some() {
            plan = Plan::with(model, wanted, filter, &[MODIFIED])?;
            if filter.is_some_and(|filter| plan.looks_at_entitlements(filter)) {
                return Err(no_delta_of_entitlements());
            }
            // Whoever no longer satisfies the filter has to be told of, so the tenant must not leave them out.
            translation.pushed = Some(status::listed(&status::LETTERS));
            translation.residual = filter.is_some();
        }
        let kinds = plan.entitlements();
        let entitlements = (!kinds.is_empty()).then(|| Assignments::new(kinds));
        let has_delta = window::is_possible(model);
        // Pages by key begin with the last one of the page before, and bring at least one other.
        let page_size = settings.page_size.max(2);
        Ok(Self { plan, translation, window, entitlements, has_delta, page_size })
    }

    /// Takes note of what does not come in these gaps.
    pub fn noting(mut self, gaps: &Gaps) -> Self {
        self.plan = self.plan.noting(gaps);
        self
    }

    /// The people of a stretch, from a key on if one is given. Nothing if nobody can satisfy the filter.
    pub fn page(&self, stretch: &Stretch, from: Option<&str>, paging: Paging) -> Option<Query> {
        let mut filter = self.condition()?;
        // Not "gt": to a tenant that compares without case, abc and ABC are equal, and both have to come.
        if let Some(key) = from.or(stretch.from.as_deref()) {
            filter = format!("{filter} and userId ge {}", literal::string(key));
        }
        if let Some(key) = &stretch.to {
            filter = format!("{filter} and userId lt {}", literal::string(key));
        }
        Some(
            Query::set(USER)
                .json()
                .option("$filter", filter)
                .option("$select", self.plan.select())
                .option("$expand", self.plan.expand())
                .option("$orderby", "userId")
                .option("customPageSize", self.page_size.to_string())
                .option("paging", if paging == Paging::Snapshot { "snapshot" } else { "" }),
        )
    }

    /// The user id of whoever comes after so many others. Nothing if nobody can satisfy the filter.
    pub fn nth(&self, place: u64) -> Option<Query> {
        let query = Query::set(USER).json().option("$filter", self.condition()?).option("$select", "userId");
        let query = query.option("$orderby", "userId").option("$top", "1");
        Some(query.option("$skip", if place > 0 { place.to_string() } else { String::new() }))
    }

    fn condition(&self) -> Option<String> {
        let pushed = self.translation.pushed.clone()?;
        Some(match &self.window {
            Some(window) => format!("{pushed} and {}", window.condition()),
            None => pushed,
        })
    }
}

/// The same, with the number of all who are meant.
pub(super) fn counted(query: Query) -> Query {
    query.option("$inlinecount", "allpages")
}

fn no_delta_of_entitlements() -> Error {
    Error::new(
        ErrorKind::Unsupported,
        "a delta cannot tell who has gained or lost groups, roles or permissions: that does not change the person",
    )
    .with_advice("import without a sync token, or with a filter that does not look at them")
}
