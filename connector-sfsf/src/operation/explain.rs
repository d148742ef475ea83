//! `explain`: what a search would ask, and how presence and state of a person come about.

use std::sync::Arc;

use connector_core::object::{Presence, Uid};
use connector_core::operation::{
    ExplainRequest, Explanation, FilterExplanation, ObjectExplanation, Residual, Subject,
};
use connector_core::{Error, Filter, Result};

use super::stream::{Reading, Selection};
use crate::http::Scope;
use crate::session::Session;
use crate::user::filter::{Translation, why_here};
use crate::user::{Person, UserModel, probe, refine, status};

/// Explains a filter or a person. Of a filter nothing is searched for.
pub(crate) async fn explain(
    session: Arc<Session>,
    scope: Scope,
    request: &ExplainRequest,
) -> Result<Explanation> {
    match &request.subject {
        Subject::Filter(filter) => of_filter(session, scope, filter).await.map(Explanation::Filter),
        Subject::Save(_) => Err(Error::unsupported("a save cannot be explained yet")),
        Subject::Uid(uid) => of_person(&session, &scope, uid).await.map(Explanation::Object),
    }
}

async fn of_filter(session: Arc<Session>, scope: Scope, filter: &Filter) -> Result<FilterExplanation> {
    let model = session.model(&scope).await?;
    let selection = Selection { filter: Some(filter.clone()), ..Selection::default() };
    let (query, translation) = Reading::new(session, scope, selection).preview(&model)?;
    let here = residuals(&translation, &model);
    Ok(FilterExplanation {
        filter: filter.to_string(),
        query: query.map(|query| query.readable()),
        at_target: translation.at_tenant,
        here,
    })
}

fn residuals(translation: &Translation, model: &UserModel) -> Vec<Residual> {
    let residual = |filter: &Filter| Residual { filter: filter.to_string(), reason: why_here(filter, model) };
    translation.here.iter().map(residual).collect()
}

async fn of_person(session: &Session, scope: &Scope, uid: &Uid) -> Result<ObjectExplanation> {
    let model = session.model(scope).await?;
    let person = probe(session, scope, &model, uid, Some(&[])).await?;
    let person = refine(session, scope, uid, person).await?;
    let mut reasons = vec![by_status(&person)];
    reasons.extend(besides(person.presence));
    // Of whoever begins later it is the status that says whether they may log in.
    let enabled = person.letter.map(|letter| status::presence(letter).is_active());
    reasons.extend(enabled.map(by_enable));
    Ok(ObjectExplanation {
        uid: uid.clone(),
        presence: person.presence,
        enabled,
        evidence: person.evidence,
        reasons,
    })
}

/// What the status says by itself (reference §4.2).
fn by_status(person: &Person) -> String {
    let kind = match person.letter {
        Some('t') => "an employee who is active",
        Some('f') => {
            "an employee who is inactive; a search that names no status leaves them out (KBA 2736579)"
        }
        Some('T') => "an external person who is active",
        Some('F') => "an external person who is inactive",
        Some('e') => "a person of onboarding or learning who is active",
        Some('d') => "a person of onboarding or learning who is inactive",
        Some(_) | None => return without_letter(person),
    };
    format!("User.status is {}: {kind}", person.letter.unwrap_or_default())
}

fn without_letter(person: &Person) -> String {
    match (&person.other_status, &person.object) {
        (Some(text), _) => format!(
            "User.status is '{text}', which is none of t, f, T, F, e, d: nobody knows whether they may log in (v is a \
             vacancy and x somebody who was purged, KBA 3375924)"
        ),
        (None, Some(_)) => {
            "the tenant shows the record without its status, so nobody knows whether they may log in; \
                            grant the API user the right to read User.status"
                .to_owned()
        }
        (None, None) => "User shows no record, so there is no status".to_owned(),
    }
}

/// What the status does not say.
fn besides(presence: Presence) -> Option<String> {
    Some(match presence {
        Presence::FutureOnly => {
            "every employment begins on a later day, so whatever the status says, they begin later".to_owned()
        }
        Presence::NotPermitted => {
            "the tenant does not say \"not found\": there is somebody outside of the API user's target population \
             (KBA 3589982)"
                .to_owned()
        }
        Presence::NotFound => "neither a list, nor the key, nor an employment knows this user id".to_owned(),
        _ => return None,
    })
}

fn by_enable(enabled: bool) -> String {
    let letters = if enabled { "one of t, T, e" } else { "none of t, T, e" };
    format!(
        "__ENABLE__ is {enabled}, since the status is {letters}; another user of the same person may be able to \
         log in all the same (KBA 2722881)"
    )
}
