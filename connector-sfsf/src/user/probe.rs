//! Looks one person up, and says how we know.

use connector_core::object::{AttributeName, ConnectorObject, Evidence, Presence, Uid};
use connector_core::{Error, ErrorKind, Result};

use super::model::{USER, UserModel};
use super::{Plan, status};
use crate::entitlement::Assignments;
use crate::http::Scope;
use crate::odata::query::Query;
use crate::odata::row::Row;
use crate::odata::{classify, literal};
use crate::session::Session;

/// What was found.
#[derive(Debug)]
pub(crate) struct Person {
    pub presence: Presence,
    /// The status letter, if there is a person.
    pub letter: Option<char>,
    pub object: Option<ConnectorObject>,
    pub evidence: Vec<Evidence>,
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
    match look(session, scope, &Plan::new(model, wanted, None)?, uid).await {
        // The tenant lacks what its metadata list: without it, once more (reference §4.5).
        Err(error) if classify::is_unknown_property(&error) => {
            let reduced = session.hide(model, &error).await.ok_or(error)?;
            look(session, scope, &Plan::new(&reduced, wanted, None)?, uid).await
        }
        result => result,
    }
}

async fn look(session: &Session, scope: &Scope, plan: &Plan, uid: &Uid) -> Result<Person> {
    let filter =
        format!("{} and userId eq {}", status::listed(&status::LETTERS), literal::string(uid.as_str()));
    let list = query(Query::set(USER), plan).option("$filter", filter);
    let key = query(Query::key(USER, uid.as_str()), plan);
    let mut evidence = Vec::new();
    for (query, nobody) in [(list, "nobody"), (key, "not found")] {
        let readable = readable(&query, uid);
        let rows = match session.read(scope, &query).await {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            // The list leaves people out who are not in the target population; the key refuses them (KBA 3589982).
            Err(error) if error.kind() == ErrorKind::PermissionDenied && !evidence.is_empty() => {
                evidence.push(Evidence { query: readable, answer: refusal(&error) });
                return Ok(Person::without_record(Presence::NotPermitted, evidence));
            }
            page => page?.rows,
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
    Ok(Person::without_record(Presence::NotFound, evidence))
}

impl Person {
    fn without_record(presence: Presence, evidence: Vec<Evidence>) -> Self {
        Self { presence, letter: None, object: None, evidence }
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
    let (mut object, letter) = plan.read_whole(row)?;
    // A tenant may compare ids without case; abc and ABC are two people.
    if object.uid != *uid {
        return Ok(None);
    }
    plan.reduce(&mut object);
    let (presence, answer) = said(letter);
    Ok(Some((Person { presence, letter, object: Some(object), evidence: Vec::new() }, answer)))
}

/// What a status says, as presence and in words.
pub(super) fn said(letter: Option<char>) -> (Presence, String) {
    let presence = letter.map_or(Presence::Inactive, status::presence);
    let answer = format!("status {}: {presence}", letter.map_or_else(|| "unknown".to_owned(), String::from));
    (presence, answer)
}
