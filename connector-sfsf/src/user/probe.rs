//! Looks one person up, and says how we know.

use connector_core::object::{AttributeName, ConnectorObject, Evidence, Presence, Text, Uid, Value};
use connector_core::operation::GetOutcome;
use connector_core::{Error, ErrorKind, Result};

use super::model::{USER, UserModel};
use super::row::Record;
use super::{Gaps, Plan, status};
use crate::entitlement::Assignments;
use crate::http::Scope;
use crate::odata::error_body::shorten;
use crate::odata::query::Query;
use crate::odata::row::Row;
use crate::odata::zone::Zone;
use crate::odata::{classify, literal};
use crate::session::Session;

/// What was found.
#[derive(Debug)]
pub(crate) struct Person {
    pub presence: Presence,
    /// The status letter, if there is a person, and it is one of the six.
    pub letter: Option<char>,
    /// The status as it came, if it is another text.
    pub other_status: Option<Text>,
    pub object: Option<ConnectorObject>,
    pub evidence: Vec<Evidence>,
    /// What did not come of what was asked for.
    pub gaps: Gaps,
    /// The zone of the tenant's server, as far as it is known.
    pub zone: Option<Zone>,
}

/// Looks a person up, whatever their status.
///
/// The list is asked first, with every status named: what it expands shows people of every status,
/// whereas expansions from a key predicate hide inactive managers (KBA 2736579, KBA 3436023). Only when
/// the list has nobody, the key predicate has the last word.
///
/// # Errors
///
/// Those of reading. That there is nobody is no error.
pub(crate) async fn probe(
    session: &Session,
    scope: &Scope,
    model: &UserModel,
    uid: &Uid,
    wanted: Option<&[AttributeName]>,
) -> Result<Person> {
    let mut reduced = None;
    loop {
        let model = reduced.as_deref().unwrap_or(model);
        match look(session, scope, &Plan::new(model, wanted, None)?, uid).await {
            // The tenant lacks what its metadata list: without it, once more (reference §4.5). It may name one at a time.
            Err(error) if classify::is_unknown_property(&error) => {
                reduced = Some(session.hide(model, &error).await.ok_or(error)?);
            }
            result => return result,
        }
    }
}

async fn look(session: &Session, scope: &Scope, plan: &Plan, uid: &Uid) -> Result<Person> {
    let filter =
        format!("{} and userId eq {}", status::listed(&status::LETTERS), literal::string(uid.as_str()));
    let list = query(Query::set(USER), plan).option("$filter", filter);
    let key = query(Query::key(USER, uid.as_str()), plan);
    let (mut evidence, mut zone) = (Vec::new(), session.configuration.time_zone);
    for (query, nobody) in [(list, "nobody"), (key, "not found")] {
        let readable = readable(&query, uid);
        let rows = match session.read(scope, &query).await {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            // The list leaves people out who are not in the target population; the key refuses them (KBA 3589982).
            Err(error) if error.kind() == ErrorKind::PermissionDenied && !evidence.is_empty() => {
                evidence.push(Evidence { query: readable, answer: refusal(&error) });
                return Ok(Person::without_record(Presence::NotPermitted, evidence));
            }
            page => {
                let page = page?;
                zone = page.zone.or(zone);
                page.rows
            }
        };
        for row in rows {
            if let Some((mut person, answer)) = person(plan, &row, uid)? {
                evidence.push(Evidence { query: readable, answer });
                if let Some(object) = &mut person.object {
                    entitle(session, scope, plan, object).await?;
                }
                return Ok(Person { evidence, ..person });
            }
        }
        evidence.push(Evidence { query: readable, answer: nobody.to_owned() });
    }
    Ok(Person { zone, ..Person::without_record(Presence::NotFound, evidence) })
}

impl Person {
    /// The person in a row that was read by this plan.
    pub(super) fn of(record: Record, plan: &Plan, row: &Row) -> Self {
        Self {
            presence: presence(record.letter),
            letter: record.letter,
            other_status: record.other_status.clone(),
            object: Some(record.into_object()),
            evidence: Vec::new(),
            gaps: plan.gaps().clone(),
            zone: row.zone(),
        }
    }

    /// The values of an attribute that was asked for. Nothing if it did not come: then it is not known whether it has
    /// any. Somebody who is not there has none.
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

    fn without_record(presence: Presence, evidence: Vec<Evidence>) -> Self {
        let gaps = Gaps::default();
        Self { presence, letter: None, other_status: None, object: None, evidence, gaps, zone: None }
    }
}

/// Reads the entitlements that are wanted of one person.
pub(super) async fn entitle(
    session: &Session,
    scope: &Scope,
    plan: &Plan,
    object: &mut ConnectorObject,
) -> Result<()> {
    let mut entitlements = Assignments::new(plan.entitlements());
    entitlements.load(session, scope, std::slice::from_ref(&object.uid), false).await?;
    entitlements.attach(object);
    Ok(())
}

/// What the tenant said when it refused.
pub(super) fn refusal(error: &Error) -> String {
    let said = error.target().map(|target| [target.code.clone(), target.text.clone()]);
    let said: Vec<_> = said.into_iter().flatten().flatten().collect();
    format!("refused: {}", if said.is_empty() { error.message().to_owned() } else { said.join(" ") })
}

pub(super) fn query(query: Query, plan: &Plan) -> Query {
    query.json().option("$select", plan.select()).option("$expand", plan.expand())
}

/// The address of a key is percent-encoded; people read it better as it is.
fn readable(query: &Query, uid: &Uid) -> String {
    let text = query.readable();
    if text.starts_with("User(") { format!("{USER}({})", literal::string(uid.as_str())) } else { text }
}

/// The person in a row, and what to say of it.
fn person(plan: &Plan, row: &Row, uid: &Uid) -> Result<Option<(Person, String)>> {
    let record = plan.read_whole(row)?;
    // A tenant may compare ids without case; abc and ABC are two people.
    if record.object.uid != *uid {
        return Ok(None);
    }
    let answer = said(&record);
    Ok(Some((Person::of(record, plan, row), answer)))
}

/// What the status says, in words.
pub(super) fn said(record: &Record) -> String {
    let presence = presence(record.letter);
    match (record.letter, &record.other_status) {
        (Some(letter), _) => format!("status {letter}: {presence}"),
        (None, Some(text)) => format!("status '{}': {presence}", shorten(text)),
        (None, None) => format!("no status: {presence}"),
    }
}

/// What the status says, if it is one of the six.
fn presence(letter: Option<char>) -> Presence {
    letter.map_or(Presence::Unknown, status::presence)
}
