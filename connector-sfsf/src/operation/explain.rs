//! `explain`: what a search would ask, what a save would send, and how presence and state of an object come about.

use connector_core::object::{Uid, special};
use connector_core::operation::{
    ExplainRequest, Explanation, FilterExplanation, ObjectExplanation, Residual, SaveExplanation,
    SaveRequest, Subject,
};
use connector_core::{Filter, Result};

use super::uid_of;
use crate::class::call::Call;
use crate::mapping::model::Model;
use crate::read::filter::{Translation, why_here};
use crate::read::find::find;
use crate::read::stream::{Reading, Selection};
use crate::write::writer::WritePlan;

/// Explains a filter, an object or a save. Of a filter nothing is searched for, of a save nothing is written.
///
/// # Errors
///
/// Those of reading; of a save, whatever it would be refused for before anything is sent.
pub(crate) async fn explain(call: Call, request: &ExplainRequest) -> Result<Explanation> {
    match &request.subject {
        Subject::Filter(filter) => of_filter(call, filter).await.map(Explanation::Filter),
        Subject::Uid(uid) => of_object(&call, uid).await.map(Explanation::Object),
        Subject::Save(save) => {
            of_save(&call, &save.request(request.object_class.clone())).await.map(Explanation::Save)
        }
    }
}

async fn of_filter(call: Call, filter: &Filter) -> Result<FilterExplanation> {
    let model = call.model().await?;
    let selection = Selection { filter: Some(filter.clone()), ..Selection::default() };
    let (query, translation) = Reading::new(call, selection).preview(&model)?;
    let here = residuals(&translation, &model);
    Ok(FilterExplanation {
        filter: filter.to_string(),
        query: query.map(|query| query.readable()),
        at_target: translation.at_tenant,
        here,
    })
}

fn residuals(translation: &Translation, model: &Model) -> Vec<Residual> {
    let residual = |filter: &Filter| Residual { filter: filter.to_string(), reason: why_here(filter, model) };
    translation.here.iter().map(residual).collect()
}

async fn of_object(call: &Call, uid: &Uid) -> Result<ObjectExplanation> {
    let found = find(call, uid, Some(&[]), None).await?;
    let found = call.class.refine(call, uid, found).await?;
    // What is no account is neither enabled nor not.
    let is_account = call.profile().state.is_some_and(|rule| rule.view(&special::ENABLE.into()).is_some());
    let state = found.state.known().filter(|_| is_account);
    Ok(ObjectExplanation {
        uid: uid.clone(),
        presence: found.presence,
        enabled: state.map(|state| state.presence.is_active()),
        reasons: call.class.reasons(&found),
        evidence: found.evidence,
    })
}

async fn of_save(call: &Call, request: &SaveRequest) -> Result<SaveExplanation> {
    WritePlan::of_save(call, request, &uid_of(call.profile(), request)?).await?.explain()
}
