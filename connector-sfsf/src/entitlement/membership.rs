//! Putting people into static groups and taking them out. It is a GET that writes, and SAP documents neither
//! its words nor its answer (reference §7): so the words are keys of the configuration, and what became of the
//! change is read back.

use connector_core::object::{AttributeName, Uid};
use connector_core::operation::PartResult;
use connector_core::{Effect, Error, ErrorKind, Result};
use serde_json::Value as Json;

use super::kind::{GROUPS, Kind, MEMBERS};
use super::members::{self, about};
use super::object::parse;
use super::{assignments, explained, list};
use crate::http::Scope;
use crate::odata::literal;
use crate::odata::query::{Query, encoded_length};
use crate::session::Session;

/// The longest list of user ids in an address, in bytes as they are sent (reference §2.6).
const MAX_LENGTH: usize = 1500;

/// People who come into a group, or leave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Membership {
    pub group: Uid,
    pub add: bool,
    pub people: Vec<Uid>,
}

/// What has to be known of a group before its members can be changed.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    uid: Uid,
    name: String,
    kind: String,
}

/// Looks a group up whose members are to change. Nothing has been changed yet.
///
/// # Errors
///
/// A group that does not exist, and one whose members follow from a condition: there one changes what the
/// condition looks at (KBA 2875331).
pub(crate) async fn check(session: &Session, scope: &Scope, uid: &Uid) -> Result<Group> {
    let unknown = || Error::not_found(&Kind::Group.entity().into(), uid);
    let number: u64 = uid.as_str().parse().map_err(|_| unknown())?;
    let rows = session.read_all(scope, &list::only(Kind::Group, number)).await.map_err(explained)?;
    let json = rows.first().map(|row| parse(row)).transpose()?.ok_or_else(unknown)?;
    let text = |name: &str| json.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let group = Group { uid: uid.clone(), name: text("groupName"), kind: text("groupType") };
    match json.get("staticGroup") {
        Some(Json::Bool(true)) => Ok(group),
        Some(Json::String(flag)) if flag.eq_ignore_ascii_case("true") => Ok(group),
        _ => Err(refused(
            GROUPS,
            format!("group '{}' ({uid}) is dynamic: who is in it follows from a condition", group.name),
        )
        .with_advice("change the attribute that the condition looks at (KBA 2875331)")),
    }
}

fn refused(name: &str, message: String) -> Error {
    Error::invalid_attribute(AttributeName::from(name), message)
}

/// Makes a change, and says what the tenant made of it. May be repeated.
///
/// # Errors
///
/// The tenant's. If it took the change and did not make it, the effect is `applied`, and the message says who
/// is concerned.
pub(crate) async fn change(
    session: &Session,
    scope: &Scope,
    group: &Group,
    wanted: &Membership,
) -> Result<PartResult> {
    let mut said = Vec::new();
    for people in chunks(session, &wanted.people)? {
        let query = query(session, group, wanted.add, &people);
        match session.change(scope, &query).await {
            Ok(page) => said.extend(page.rows.first().and_then(|row| number(row))),
            // Read back, compare, decide (reference §5.7): the same change again changes nothing.
            Err(error) if error.effect() == Effect::Unknown => {
                if !left(session, scope, group, wanted).await.map_err(|_| error)?.is_empty() {
                    session.change(scope, &query).await.map_err(explained)?;
                }
            }
            Err(error) => return Err(about(&group.uid)(explained(error))),
        }
    }
    let left =
        left(session, scope, group, wanted).await.map_err(|error| error.with_effect(Effect::Unknown))?;
    if left.is_empty() {
        return Ok(part(group, wanted, &said));
    }
    Err(not_made(group, wanted, &left))
}

fn part(group: &Group, wanted: &Membership, said: &[String]) -> PartResult {
    PartResult {
        entity: format!("{}({})", Kind::Group.entity(), group.uid),
        status: if wanted.add { "ADDED" } else { "REMOVED" }.to_owned(),
        code: None,
        message: Some(format!("{}; the tenant answered {}", group.name, said.join(", "))),
    }
}

fn not_made(group: &Group, wanted: &Membership, left: &[Uid]) -> Error {
    let people: Vec<_> = left.iter().take(10).map(ToString::to_string).collect();
    let what = if wanted.add { "is not a member" } else { "is a member still" };
    let message = format!("the tenant took the change of '{}', but {} {what}", group.name, people.join(", "));
    about(&group.uid)(Error::new(ErrorKind::InvalidAttribute, message))
        .with_effect(Effect::Applied)
        .with_attributes([AttributeName::from(MEMBERS)])
        .with_advice("see that they exist, and that static_group_add, static_group_remove and static_group_separator are your tenant's")
}

/// The people for whom the change is not made. One person is asked for their groups, many are looked for
/// among the members.
async fn left(session: &Session, scope: &Scope, group: &Group, wanted: &Membership) -> Result<Vec<Uid>> {
    let is_member: Box<dyn Fn(&Uid) -> bool + Send> = match wanted.people.as_slice() {
        [person] => {
            let groups = assignments::groups_of(session, scope, person, &group.kind).await?;
            let is_there = groups.contains(&group.uid);
            Box::new(move |_| is_there)
        }
        _ => {
            let lists = members::of_groups(session, scope, std::slice::from_ref(&group.uid)).await?;
            let members: std::collections::HashSet<Uid> = lists.into_iter().flatten().collect();
            Box::new(move |person| members.contains(person))
        }
    };
    Ok(wanted.people.iter().filter(|person| is_member(person) != wanted.add).cloned().collect())
}

fn query(session: &Session, group: &Group, add: bool, people: &str) -> Query {
    let words = &session.configuration.groups;
    Query::set("updateStaticGroup")
        .json()
        .option("groupId", format!("{}L", group.uid))
        .option("action", literal::string(if add { &words.add } else { &words.remove }))
        .option("userIds", literal::string(people))
}

/// The people as lists that fit into an address.
fn chunks(session: &Session, people: &[Uid]) -> Result<Vec<String>> {
    let separator = session.configuration.groups.separator.as_str();
    let mut lists: Vec<String> = Vec::new();
    for person in people {
        if person.as_str().contains(separator) {
            let message =
                format!("the user id '{person}' holds '{separator}', which stands between user ids here");
            return Err(refused(MEMBERS, message));
        }
        match lists.last_mut() {
            Some(list) if encoded_length(list) + encoded_length(person.as_str()) < MAX_LENGTH => {
                list.push_str(separator);
                list.push_str(person.as_str());
            }
            _ => lists.push(person.to_string()),
        }
    }
    Ok(lists)
}

/// The number in `{"d":{"updateStaticGroup":3}}` or `{"d":3}`, whatever it counts.
fn number(row: &[u8]) -> Option<String> {
    let json = parse(row).ok()?;
    let value = match &json {
        Json::Object(map) => map.values().find(|value| value.is_number() || value.is_string())?,
        other => other,
    };
    Some(value.to_string())
}
