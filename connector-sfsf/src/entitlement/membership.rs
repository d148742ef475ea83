//! Putting people into static groups and taking them out. It is a GET that writes, and SAP documents neither
//! its words nor its answer (reference §7): so the words are keys of the configuration, and what became of the
//! change is read back.

use std::collections::{BTreeMap, HashSet};

use connector_core::object::{AttributeName, Uid};
use connector_core::operation::PartResult;
use connector_core::{Effect, Error, ErrorKind, Result};
use serde_json::Value as Json;

use super::kind::{GROUPS, Kind, MEMBERS};
use super::members::{self, about};
use super::object::parse;
use super::{assignments, explained, list};
use crate::http::{Scope, partial, unchecked};
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
/// The tenant's. If it took a part of the change and not the rest, the error is [`ErrorKind::Partial`]; if it took
/// the change and did not make it, the effect is `applied`, and the message says who is concerned.
pub(crate) async fn change(
    session: &Session,
    scope: &Scope,
    group: &Group,
    wanted: &Membership,
) -> Result<PartResult> {
    Course { session, scope, group, wanted, said: Vec::new(), maybe_made: false }.run().await
}

/// A change on its way: as many requests as the list of people takes.
struct Course<'a> {
    session: &'a Session,
    scope: &'a Scope,
    group: &'a Group,
    wanted: &'a Membership,
    /// What the tenant answered.
    said: Vec<String>,
    /// Some request of this change was taken, or its answer was lost.
    maybe_made: bool,
}

impl Course<'_> {
    async fn run(mut self) -> Result<PartResult> {
        for people in chunks(self.session, &self.wanted.people)? {
            if let Err(error) = self.send(&people).await {
                return self.stopped(error).await;
            }
        }
        match self.left(&self.wanted.people).await {
            Ok(left) if left.is_empty() => Ok(part(self.group, self.wanted, &self.said)),
            Ok(left) => Err(not_made(self.group, self.wanted, &left)),
            Err(error) => {
                let what = format!(
                    "the tenant took the change of '{}', but who is in it now is not known",
                    self.group.name
                );
                Err(about(&self.group.uid)(unchecked(&error, &what)).with_effect(Effect::Unknown))
            }
        }
    }

    /// Sends the change of some of the people. After a lost answer: read back, compare, decide (reference §5.7).
    /// The same change again changes nothing.
    async fn send(&mut self, people: &[Uid]) -> Result<()> {
        let Err(lost) = self.send_once(people).await else { return Ok(()) };
        if lost.effect() != Effect::Unknown {
            return Err(lost);
        }
        match self.left(people).await {
            Ok(left) if left.is_empty() => Ok(()),
            Ok(_) => self.send_once(people).await,
            Err(_) => Err(lost),
        }
    }

    async fn send_once(&mut self, people: &[Uid]) -> Result<()> {
        let result =
            self.session.change(self.scope, &query(self.session, self.group, self.wanted.add, people)).await;
        self.maybe_made |=
            result.as_ref().map_or_else(Error::effect, |_| Effect::Unknown) != Effect::NotApplied;
        self.said.extend(result?.rows.first().and_then(|row| number(row)));
        Ok(())
    }

    /// The change ends before its last request: what became of it so far is read back. Whoever is concerned by a
    /// request that was lost may have been changed late.
    async fn stopped(self, error: Error) -> Result<PartResult> {
        let error = about(&self.group.uid)(explained(error));
        if !self.maybe_made {
            return Err(error);
        }
        let everybody = self.wanted.people.len();
        match self.left(&self.wanted.people).await.map(|left| left.len()) {
            Ok(0) => Ok(part(self.group, self.wanted, &self.said)),
            Ok(left) if left < everybody => {
                let are = if self.wanted.add { "are members of" } else { "are no longer in" };
                let name = &self.group.name;
                let done = format!("{} of the {everybody} people {are} '{name}' now", everybody - left);
                let partial = partial(&error, &done).with_attributes([AttributeName::from(MEMBERS)]);
                Err(about(&self.group.uid)(partial))
            }
            _ => Err(error),
        }
    }

    /// Those of these people for whom the change is not made. One person is asked for their groups, many are looked
    /// for among the members.
    async fn left(&self, people: &[Uid]) -> Result<Vec<Uid>> {
        let (session, scope, group) = (self.session, self.scope, self.group);
        let members: HashSet<Uid> = match people {
            [person] => {
                let groups = assignments::groups_of(session, scope, person, &group.kind).await?;
                groups.contains(&group.uid).then(|| person.clone()).into_iter().collect()
            }
            _ => {
                let lists = members::of_groups(session, scope, std::slice::from_ref(&group.uid)).await?;
                lists.into_iter().flatten().collect()
            }
        };
        let left: Vec<_> =
            people.iter().filter(|person| members.contains(*person) != self.wanted.add).cloned().collect();
        if left.len() < people.len() {
            scope.written.note(Effect::Applied);
        }
        Ok(left)
    }
}

fn part(group: &Group, wanted: &Membership, said: &[String]) -> PartResult {
    PartResult {
        entity: format!("{}({})", Kind::Group.entity(), group.uid),
        key: BTreeMap::from([(Kind::Group.key().to_owned(), group.uid.to_string())]),
        effect: Effect::Applied,
        attributes: vec![AttributeName::from(MEMBERS)],
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

fn query(session: &Session, group: &Group, add: bool, people: &[Uid]) -> Query {
    let people: Vec<_> = people.iter().map(Uid::as_str).collect();
    let words = &session.configuration.groups;
    Query::set("updateStaticGroup")
        .json()
        .option("groupId", format!("{}L", group.uid))
        .option("action", literal::string(if add { &words.add } else { &words.remove }))
        .option("userIds", literal::string(&people.join(&words.separator)))
}

/// The people as lists that fit into an address.
fn chunks(session: &Session, people: &[Uid]) -> Result<Vec<Vec<Uid>>> {
    let separator = session.configuration.groups.separator.as_str();
    let (mut lists, mut length) = (Vec::<Vec<Uid>>::new(), 0);
    for person in people {
        if person.as_str().contains(separator) {
            let message =
                format!("the user id '{person}' holds '{separator}', which stands between user ids here");
            return Err(refused(MEMBERS, message));
        }
        let more = encoded_length(person.as_str());
        match lists.last_mut().filter(|_| length + encoded_length(separator) + more < MAX_LENGTH) {
            Some(list) => {
                list.push(person.clone());
                length += encoded_length(separator) + more;
            }
            None => {
                lists.push(vec![person.clone()]);
                length = more;
            }
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
