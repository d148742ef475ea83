//! Looks for one object by something else than its uid: its name, or what else the tenant can filter by.

use chrono::NaiveDate;
use connector_core::object::{AttributeName, Evidence, Presence, Uid};
use connector_core::operation::GetOutcome;
use connector_core::{Error, Filter, Result};

use super::filter::{Population, translate};
use super::find::complete;
use super::found::{Found, said};
use super::query_plan::QueryPlan;
use super::records::Records;
use super::row_reader::Record;
use crate::class::Detour;
use crate::class::call::Call;
use crate::mapping::model::Model;
use crate::odata::classify;
use crate::odata::literal;
use crate::odata::query::{Query, all_of};
use crate::tenant::Pages;

/// At most so many uids are named when a question is ambiguous.
const MAX_CANDIDATES: usize = 10;

/// Looks for an object by an attribute. Several that fit are an answer too: they are named, and none is chosen.
///
/// # Errors
///
/// An attribute that the tenant cannot filter by, where everything would have to be read.
pub(crate) async fn find_by(
    call: &Call,
    (name, value): (&AttributeName, &Uid),
    wanted: Option<&[AttributeName]>,
    as_of: Option<NaiveDate>,
) -> Result<GetOutcome> {
    let mut model = call.model().await?;
    loop {
        let question = Question::new(call, name, value, &model)?;
        match ask(call, &model, &question, (wanted, as_of)).await {
            Err(error) => {
                let error = call.explained(error);
                let detour = question.detour.filter(|_| classify::is_unknown_property(&error));
                model = match (call.without(&model, error).await, detour) {
                    // Tenants of an older build do not have it (docs/successfactors.md#properties-of-user).
                    (Err(_), Some(detour)) => {
                        return Err(Error::unsupported(detour.missing).with_advice(detour.advice));
                    }
                    (reduced, _) => reduced?,
                };
            }
            outcome => return outcome,
        }
    }
}

async fn ask(
    call: &Call,
    model: &Model,
    question: &Question,
    (wanted, as_of): (Option<&[AttributeName]>, Option<NaiveDate>),
) -> Result<GetOutcome> {
    let plan = QueryPlan::new(model, wanted, question.checked.as_ref(), &[])?;
    let query = plan.ask(Query::set(call.profile().entity));
    let query = query.option("$filter", question.pushed.clone()).on_day(as_of);
    let readable = query.readable();
    let mut fitting = Fitting::read(call, question, &plan, query).await?;
    let evidence = vec![Evidence { query: readable, answer: fitting.answer(call) }];
    if fitting.objects.len() > 1 {
        let candidates = fitting.objects.into_iter().take(MAX_CANDIDATES).map(|(uid, ..)| uid).collect();
        return Ok(GetOutcome { candidates, ..GetOutcome::without_object(Presence::Ambiguous, evidence) });
    }
    let Some((uid, mut found, _)) = fitting.objects.pop() else {
        return Ok(GetOutcome::without_object(Presence::NotFound, evidence));
    };
    if let Some(object) = &mut found.object {
        complete(call, &plan, object).await?;
    }
    Ok(call.class.refine(call, &uid, Found { evidence, ..found }).await?.into_outcome())
}

/// What the tenant is asked, and what is checked here: it may compare texts without case.
struct Question {
    pushed: String,
    checked: Option<Filter>,
    /// The way to what is no attribute of the class.
    detour: Option<&'static Detour>,
}

impl Question {
    fn new(call: &Call, name: &AttributeName, value: &Uid, model: &Model) -> Result<Self> {
        // Objects of every state, as far as they exist for the connector otherwise.
        let condition = call.class.condition(&call.session.configuration);
        let everything = Population { condition, ..call.everything() };
        let rule = call.profile().named_states();
        if let Some(detour) = call.class.detour(name).filter(|_| model.find(name).is_err()) {
            let condition = format!("{} eq {}", detour.path, literal::string(value.as_str()));
            let pushed = all_of([everything.condition(rule), condition]);
            return Ok(Self { pushed, checked: None, detour: Some(detour) });
        }
        let filter = Filter::equal(name.clone(), value.as_str());
        let translation = translate(Some(&filter), model, &everything)?;
        if translation.residual && !call.profile().is_short {
            return Err(call.cannot_look_up_by(name));
        }
        // Nothing has a state that does not exist.
        let pushed = translation.pushed.unwrap_or_else(|| everything.condition(rule));
        Ok(Self { pushed, checked: translation.filter, detour: None })
    }
}

/// What fits.
#[derive(Default)]
struct Fitting {
    /// Each with what its state says, in words.
    objects: Vec<(Uid, Found, String)>,
}

impl Fitting {
    /// Reads until two are found, or everything was seen.
    async fn read(call: &Call, question: &Question, plan: &QueryPlan, query: Query) -> Result<Self> {
        let (mut fitting, mut pages) = (Self::default(), Pages::new(query));
        // Only what is looked by has to be known of every object.
        let is_about = question.checked.as_ref().is_some_and(|filter| plan.is_about_companions(filter));
        let mut companion = call.class.companion(&plan.companions()).filter(|_| is_about);
        while fitting.objects.len() < 2
            && let Some(page) = pages.next(&call.session, &call.scope).await?
        {
            let mut records = Records::new(page.rows, pages.has_next());
            let about = (&*call.session, &call.scope);
            while let Some(record) = records.next(plan, companion.as_mut(), about, |_| true).await? {
                fitting.take(call, question, plan, record?);
            }
        }
        Ok(fitting)
    }

    fn take(&mut self, call: &Call, question: &Question, plan: &QueryPlan, record: Record) {
        if question.checked.as_ref().is_some_and(|filter| !filter.matches(&record.object)) {
            return;
        }
        let property = call.profile().state.map_or("", |rule| rule.property);
        let (uid, state) = (record.object.uid.clone(), said(property, &record.state));
        self.objects.push((uid, Found::of(record, plan), state));
    }

    fn answer(&self, call: &Call) -> String {
        let words = &call.profile().words;
        let objects = self.objects.iter().take(MAX_CANDIDATES);
        let objects: Vec<_> = objects.map(|(uid, _, state)| format!("{uid}, {state}")).collect();
        match objects.as_slice() {
            [] => words.none.to_owned(),
            [one] => one.clone(),
            several => format!("{} {}: {}", self.objects.len(), words.several, several.join("; ")),
        }
    }
}
