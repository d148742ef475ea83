//! Looks for one object by its uid, and says how we know.

use chrono::NaiveDate;
use connector_core::object::{AttributeName, ConnectorObject, Evidence, Presence, Uid};
use connector_core::{Error, ErrorKind, Result};

use super::found::{Found, said};
use super::query_plan::QueryPlan;
use crate::class::call::Call;
use crate::class::profile::Key;
use crate::odata::query::{Query, all_of};
use crate::odata::row::Row;

/// Looks for an object, whatever its state.
///
/// The list is asked first, with every state named: what it expands shows objects of every state, whereas expansions
/// from a key predicate hide inactive ones (KBA 2736579, KBA 3436023). Only when the list does not have it, the key
/// predicate has the last word.
///
/// # Errors
///
/// Those of reading. That there is no such object is no error.
pub(crate) async fn find(
    call: &Call,
    uid: &Uid,
    wanted: Option<&[AttributeName]>,
    as_of: Option<NaiveDate>,
) -> Result<Found> {
    let mut model = call.model().await?;
    loop {
        match look(call, &QueryPlan::new(&model, wanted, None, &[])?, uid, as_of).await {
            Err(error) => model = call.without(&model, call.explained(error)).await?,
            found => return found,
        }
    }
}

async fn look(call: &Call, plan: &QueryPlan, uid: &Uid, as_of: Option<NaiveDate>) -> Result<Found> {
    let profile = call.profile();
    let Some(questions) = questions(call, plan, uid, as_of) else {
        let answer = format!("{} are numbers, and '{uid}' is none", profile.key.property);
        let evidence = vec![Evidence { query: profile.entity.to_owned(), answer }];
        return Ok(Found::without_record(Presence::NotFound, evidence));
    };
    let (mut evidence, mut zone) = (Vec::new(), call.session.configuration.time_zone);
    for (query, nothing) in questions {
        let readable = readable(&query, &profile.key, uid);
        let rows = match call.session.read(&call.scope, &query).await {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            // The list leaves out what is not in the target population; the key refuses it (KBA 3589982).
            Err(error) if error.kind() == ErrorKind::PermissionDenied && !evidence.is_empty() => {
                evidence.push(Evidence { query: readable, answer: refusal(&error) });
                return Ok(Found::without_record(Presence::NotPermitted, evidence));
            }
            page => {
                let page = page?;
                zone = page.zone.or(zone);
                page.rows
            }
        };
        for row in rows {
            if let Some((mut found, answer)) = read(plan, &row, uid, call)? {
                evidence.push(Evidence { query: readable, answer });
                if let Some(object) = &mut found.object {
                    complete(call, plan, object).await?;
                }
                return Ok(Found { evidence, ..found });
            }
        }
        evidence.push(Evidence { query: readable, answer: nothing.to_owned() });
    }
    Ok(Found { zone, ..Found::without_record(Presence::NotFound, evidence) })
}

/// What the tenant is asked, one after the other, and what it says if it has no such object. Nothing if none can have
/// this uid.
fn questions(
    call: &Call,
    plan: &QueryPlan,
    uid: &Uid,
    as_of: Option<NaiveDate>,
) -> Option<Vec<(Query, &'static str)>> {
    let profile = call.profile();
    let condition = profile.key.compare("eq", uid.as_str())?;
    let filter = all_of([call.everything().condition(profile.named_states()), condition]);
    let list = plan.ask(Query::set(profile.entity)).option("$filter", filter).on_day(as_of);
    let mut questions = vec![(list, profile.words.none)];
    if profile.asks_by_key {
        let literal = profile.key.literal(uid.as_str())?;
        questions.push((plan.ask(Query::key(profile.entity, &literal)).on_day(as_of), "not found"));
    }
    Some(questions)
}

/// The object in a record, and what to say of it.
fn read(plan: &QueryPlan, row: &Row, uid: &Uid, call: &Call) -> Result<Option<(Found, String)>> {
    let record = plan.read(row)?;
    // A tenant may compare ids without case; abc and ABC are two objects.
    if record.object.uid != *uid {
        return Ok(None);
    }
    let property = call.profile().state.map_or("", |rule| rule.property);
    let answer = said(property, &record.state);
    Ok(Some((Found::of(record, plan), answer)))
}

/// Reads what does not come with the record of one object.
pub(super) async fn complete(call: &Call, plan: &QueryPlan, object: &mut ConnectorObject) -> Result<()> {
    if let Some(mut companion) = call.class.companion(&plan.companions()) {
        let uids = std::slice::from_ref(&object.uid);
        companion.load(&call.session, &call.scope, uids, false).await?;
        companion.attach(object);
    }
    Ok(())
}

/// What the tenant said when it refused.
pub(crate) fn refusal(error: &Error) -> String {
    let said = error.target().map(|target| [target.code.clone(), target.text.clone()]);
    let said: Vec<_> = said.into_iter().flatten().flatten().collect();
    format!("refused: {}", if said.is_empty() { error.message().to_owned() } else { said.join(" ") })
}

/// The address of a key is percent-encoded; people read it better as it is.
fn readable(query: &Query, key: &Key, uid: &Uid) -> String {
    let text = query.readable();
    match (text.split_once('('), key.literal(uid.as_str())) {
        (Some((set, _)), Some(literal)) if !set.contains('?') => format!("{set}({literal})"),
        _ => text,
    }
}
