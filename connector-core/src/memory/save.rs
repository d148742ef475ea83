//! `save`: create a record or change it, or say what that would come to.

use super::Target;
use super::changes;
use super::model::Class;
use super::plan::{Plan, Planner};
use crate::error::{Error, Result};
use crate::operation::{Operation, SaveExplanation, SaveOutcome, SaveRequest};

pub(super) fn run(target: &Target, request: &SaveRequest) -> Result<SaveOutcome> {
    planned(target, request, |class, planner, plan| {
        Ok(match plan.uid.clone() {
            Some(uid) if plan.is_empty() => SaveOutcome::unchanged(uid, plan.presence_before, plan.unchanged),
            uid => {
                let uid = uid.unwrap_or_else(|| target.store.new_uid(class));
                let (outcome, record) = plan.outcome(class, &uid);
                planner.table.put(class, uid, record);
                outcome
            }
        })
    })
}

/// The same up to where something would be written.
pub(super) fn explain(target: &Target, request: &SaveRequest) -> Result<SaveExplanation> {
    planned(target, request, |class, _, plan| plan.explanation(class))
}

fn planned<T>(
    target: &Target,
    request: &SaveRequest,
    carry_out: impl FnOnce(Class<'_>, Planner<'_>, Plan) -> Result<T>,
) -> Result<T> {
    let class = target.model.class(&request.object_class, Operation::Save)?;
    let made = class.manifest.admit_save(request).and_then(|()| {
        let changes = changes::check(class, &request.attributes)?;
        let expected = changes::expectations(class, &request.expected)?;
        target.store.with_table(class, |table| {
            let planner = Planner { class, table, changes: &changes, expected: &expected };
            let plan = planner.plan(request)?;
            carry_out(class, planner, plan)
        })
    });
    made.map_err(|error: Error| match error.context().uid {
        Some(_) => error,
        None => error.with_object(class.name(), request.uid.as_ref()),
    })
}
