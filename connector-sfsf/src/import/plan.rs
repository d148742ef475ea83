//! What an import asks for, as the tenant's metadata allow.

use connector_core::object::AttributeName;
use connector_core::operation::ImportRequest;
use connector_core::{Error, ErrorKind, Filter, Result};

use super::delta::{self, Delta};
use super::key_range::KeyRange;
use super::token::Position;
use crate::class::call::Call;
use crate::class::profile::{Profile, Shape};
use crate::config::Paging;
use crate::mapping::model::Model;
use crate::odata::query::{Query, all_of};
use crate::read::companion::Companion;
use crate::read::filter::{Translation, translate};
use crate::read::gaps::Gaps;
use crate::read::query_plan::QueryPlan;

/// How objects are read.
pub(super) struct ImportPlan {
    profile: &'static Profile,
    /// The states that exist for the connector.
    pub states: Vec<&'static str>,
    pub plan: QueryPlan,
    pub translation: Translation,
    pub delta: Option<Delta>,
    /// What is read apart from the records, if that is wanted.
    pub companion: Option<Box<dyn Companion>>,
    /// Whether the next run can be a delta.
    pub has_delta: bool,
    page_size: u32,
    as_of: Option<chrono::NaiveDate>,
}

impl ImportPlan {
    /// # Errors
    ///
    /// A filter that the tenant cannot be asked with, a delta that is not possible.
    pub fn new(
        call: &Call,
        model: &Model,
        wanted: Option<&[AttributeName]>,
        request: &ImportRequest,
        position: &Position,
    ) -> Result<Self> {
        let (profile, settings, filter) =
            (call.profile(), &call.session.configuration, request.filter.as_ref());
        let delta = position.since.map(|since| Delta::new(model, &settings.sync, since, &position.again));
        let delta = delta.transpose()?;
        let population = call.population();
        let mut translation = translate(filter, model, &population)?;
        let besides: Vec<_> = delta.iter().map(|delta| delta.property()).collect();
        let plan = QueryPlan::new(model, wanted, filter, &besides)?;
        if delta.is_some() {
            if filter.is_some_and(|filter| plan.is_about_companions(filter)) {
                return Err(no_delta_of_companions(profile, filter));
            }
            // What no longer satisfies the filter has to be told of, so the tenant must not leave it out.
            let condition = call.class.condition(settings);
            let listed = profile.named_states().map(|rule| rule.listed(&rule.texts()));
            translation.pushed = Some(all_of(condition.into_iter().chain(listed)));
            translation.residual = filter.is_some();
        }
        let companion = call.class.companion(&plan.companions());
        let has_delta = delta::is_possible(model) && request.as_of.is_none();
        // Pages by key begin with the last one of the page before, and bring at least one other.
        let page_size = settings.page_size.max(2);
        let as_of = request.as_of;
        let states = population.states;
        Ok(Self { profile, states, plan, translation, delta, companion, has_delta, page_size, as_of })
    }

    /// Takes note of what does not come in these gaps.
    pub fn noting(mut self, gaps: &Gaps) -> Self {
        self.plan = self.plan.noting(gaps);
        self
    }

    /// The objects of a range, from a key on if one is given. Nothing if none can satisfy the filter.
    pub fn page(&self, range: &KeyRange, from: Option<&str>, paging: Paging) -> Option<Query> {
        let key = &self.profile.key;
        // Not "gt": to a tenant that compares without case, abc and ABC are equal, and both have to come.
        let from = from.or(range.from.as_deref()).and_then(|uid| key.compare("ge", uid));
        let to = range.to.as_deref().and_then(|uid| key.compare("lt", uid));
        let filter = all_of([self.condition()?].into_iter().chain(from).chain(to));
        Some(
            self.plan
                .ask(Query::set(self.profile.entity))
                .option("$filter", filter)
                .option("$orderby", key.property)
                .option("customPageSize", self.page_size.to_string())
                .option("paging", if paging == Paging::Snapshot { "snapshot" } else { "" })
                .on_day(self.as_of),
        )
    }

    /// The key of what comes after so many others. Nothing if nothing can satisfy the filter.
    pub fn nth(&self, place: u64) -> Option<Query> {
        let key = self.profile.key.property;
        let select = if self.profile.shape == Shape::Metadata { key } else { "" };
        let query = Query::set(self.profile.entity).json().option("$filter", self.condition()?);
        let query = query.option("$select", select).option("$orderby", key).option("$top", "1");
        let query = query.option("$skip", if place > 0 { place.to_string() } else { String::new() });
        Some(query.on_day(self.as_of))
    }

    fn condition(&self) -> Option<String> {
        let pushed = self.translation.pushed.clone()?;
        Some(all_of([pushed].into_iter().chain(self.delta.iter().map(Delta::condition))))
    }
}

/// The same, with the number of all that are meant.
pub(super) fn counted(query: Query) -> Query {
    query.option("$inlinecount", "allpages")
}

fn no_delta_of_companions(profile: &Profile, filter: Option<&Filter>) -> Error {
    let names: Vec<_> = filter.into_iter().flat_map(Filter::attributes).map(AttributeName::as_str).collect();
    let (one, names) = (profile.words.one, names.join(", "));
    let message =
        format!("a delta cannot tell which {one} has gained or lost {names}: that does not change the {one}");
    Error::new(ErrorKind::Unsupported, message)
        .with_advice("import without a sync token, or with a filter that does not look at them")
}
