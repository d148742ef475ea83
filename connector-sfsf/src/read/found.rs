//! What became of looking for one object.

use connector_core::object::{AttributeName, ConnectorObject, Evidence, Presence, Value};
use connector_core::operation::GetOutcome;

use super::gaps::Gaps;
use super::query_plan::QueryPlan;
use super::row_reader::Record;
use crate::class::state::State;
use crate::odata::error_body::shorten;
use crate::odata::zone::Zone;

/// What was found.
#[derive(Debug)]
pub(crate) struct Found {
    pub presence: Presence,
    pub state: State,
    pub object: Option<ConnectorObject>,
    pub evidence: Vec<Evidence>,
    /// What did not come of what was asked for.
    pub gaps: Gaps,
    /// The zone of the tenant's server, as far as it is known.
    pub zone: Option<Zone>,
}

impl Found {
    /// The object in a record that was read by this plan.
    pub fn of(record: Record, plan: &QueryPlan) -> Self {
        Self {
            presence: record.state.presence(),
            state: record.state.clone(),
            zone: record.zone,
            object: Some(record.into_object()),
            evidence: Vec::new(),
            gaps: plan.gaps().clone(),
        }
    }

    /// No record was found.
    pub fn without_record(presence: Presence, evidence: Vec<Evidence>) -> Self {
        let (state, gaps) = (State::Untold, Gaps::default());
        Self { presence, state, object: None, evidence, gaps, zone: None }
    }

    /// The values of an attribute that was asked for. Nothing if it did not come: then it is not known whether it has
    /// any. What is not there has none.
    pub fn known(&self, name: &AttributeName) -> Option<&[Value]> {
        match &self.object {
            Some(object) => object.attribute(name.as_str()).map(|attribute| attribute.values.as_slice()),
            None => Some(&[]),
        }
    }

    /// What `get` says.
    pub fn into_outcome(self) -> GetOutcome {
        GetOutcome {
            object: self.object,
            withheld: self.gaps.withheld(),
            notices: self.gaps.notices(),
            ..GetOutcome::without_object(self.presence, self.evidence)
        }
    }
}

/// What the state in a record says, in words.
pub(crate) fn said(property: &str, state: &State) -> String {
    let presence = state.presence();
    match state {
        State::Stateless => "found".to_owned(),
        State::Known(value) => format!("{property} {}: {presence}", value.text),
        State::Other(text) => format!("{property} '{}': {presence}", shorten(text)),
        State::Untold => format!("no {property}: {presence}"),
    }
}
