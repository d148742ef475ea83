//! `explain`: the table evaluates nothing itself, so there is little to explain.

use super::Target;
use super::search::check_filter;
use super::{get, save};
use crate::error::Result;
use crate::filter::Filter;
use crate::object::{ObjectClass, Uid};
use crate::operation::{
    ExplainRequest, Explanation, FilterExplanation, GetRequest, ObjectExplanation, Operation, Residual,
    Subject,
};

pub(super) fn run(target: &Target, request: &ExplainRequest) -> Result<Explanation> {
    match &request.subject {
        Subject::Filter(filter) => of_filter(target, &request.object_class, filter).map(Explanation::Filter),
        Subject::Save(save) => {
            save::explain(target, &save.request(request.object_class.clone())).map(Explanation::Save)
        }
        Subject::Uid(uid) => of_object(target, &request.object_class, uid).map(Explanation::Object),
    }
}

fn of_filter(target: &Target, class: &ObjectClass, filter: &Filter) -> Result<FilterExplanation> {
    let class = target.model.class(class, Operation::Explain)?;
    check_filter(class, Some(filter))?;
    let reason = "the table gives every record".to_owned();
    Ok(FilterExplanation {
        filter: filter.to_string(),
        query: Some(format!("{} in pages", class.name())),
        at_target: Vec::new(),
        here: vec![Residual { filter: filter.to_string(), reason }],
    })
}

fn of_object(target: &Target, class: &ObjectClass, uid: &Uid) -> Result<ObjectExplanation> {
    let found = get::run(target, &GetRequest::new(class.clone(), uid.clone()))?;
    let enabled = found.object.is_some().then(|| found.presence.is_active());
    Ok(ObjectExplanation {
        uid: uid.clone(),
        presence: found.presence,
        enabled,
        evidence: found.evidence,
        reasons: vec![format!("the table says that it is {}", found.presence)],
    })
}
