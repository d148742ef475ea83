//! What lists of Employee Central leave out: jobs of people who left, and employments that are still to come.

use crate::habit::termination::is_gone;
use crate::state::model::{Hiding, Model};
use crate::state::store::Value;

/// Marks the entities whose lists leave rows out.
pub(super) fn mark(model: &mut Model) {
    hide(model, "EmpJob", "emplStatus", |column| Hiding {
        column,
        is_on: |switches| switches.hide_terminated_jobs,
        ends_when_named: true,
        hides: |status, _| status.as_text().is_some_and(is_gone),
    });
    hide(model, "EmpEmployment", "startDate", |column| Hiding {
        column,
        is_on: |switches| switches.hide_future_employments,
        ends_when_named: false,
        hides: |start, last_day| matches!(start, Value::Time(start) if *start > last_day),
    });
}

fn hide(model: &mut Model, entity: &str, property: &str, hiding: impl Fn(usize) -> Hiding) {
    if let Some(entity) = model.entity(entity) {
        let entity = &mut model.entities[entity];
        entity.hiding.extend(entity.property(property).map(hiding));
    }
}
