//! Putting people into static groups and taking them out. It is a GET that writes, and SAP documents neither
//! its words nor its answer (docs/successfactors.md#static-groups): so the words are keys of the configuration, and
//! what became of the change is read back.

use std::collections::{BTreeMap, HashSet};

use async_trait::async_trait;
use connector_core::object::{AttributeName, Uid};
use connector_core::operation::{PartResult, PlannedRecord};
use connector_core::{Effect, Error, ErrorKind, Result};
use serde_json::Value as Json;

use super::companion::{self as members, about};
use super::profile::PROFILE;
use super::{MEMBERS, groups_query};
use crate::class::call::Call;
use crate::class::function::uids;
use crate::odata::literal;
use crate::odata::query::{Query, encoded_length};
use crate::odata::row::Row;
use crate::tenant::{Session, read_all};
use crate::write::part::{Part, Sent};
use crate::write::partial::{partial, unchecked};

/// The longest list of user ids in an address, in bytes as they are sent (docs/successfactors.md#long-addresses).
const MAX_LENGTH: usize = 1500;

/// People who come into a group, or leave it.
#[derive(Clone, Debug)]
pub(in crate::class) struct Membership {
    uid: Uid,
    add: bool,
    people: Vec<Uid>,
    /// The attribute of the person through which a group is given, if it is not the group that is saved.
    through: Option<AttributeName>,
    /// What has to be known of the group, once it was looked up.
    group: Group,
}

#[derive(Clone, Debug, Default)]
struct Group {
    name: String,
    kind: String,
}

impl Membership {
    /// A group that comes to a person, or is taken from them, by way of this attribute.
    pub fn of_person(group: Uid, add: bool, person: Uid, through: AttributeName) -> Self {
        Self { through: Some(through), ..Self::of_group(group, add, vec![person]) }
    }

    /// People who become members of a group, or are none any longer.
    pub fn of_group(uid: Uid, add: bool, people: Vec<Uid>) -> Self {
        Self { uid, add, people, through: None, group: Group::default() }
    }

    fn attribute(&self) -> AttributeName {
        self.through.clone().unwrap_or_else(|| MEMBERS.into())
    }

    fn query(&self, session: &Session, people: &[Uid]) -> Query {
        let people: Vec<_> = people.iter().map(Uid::as_str).collect();
        let words = &session.configuration.groups;
        Query::set("updateStaticGroup")
            .json()
            .option("groupId", format!("{}L", self.uid))
            .option("action", literal::string(if self.add { &words.add } else { &words.remove }))
            .option("userIds", literal::string(&people.join(&words.separator)))
    }

    fn entity(&self) -> String {
        format!("{}({})", PROFILE.entity, self.uid)
    }

    fn key(&self) -> BTreeMap<String, String> {
        BTreeMap::from([(PROFILE.key.property.to_owned(), self.uid.to_string())])
    }

    /// What became of it, after the tenant said this.
    fn sent(&self, said: &[String]) -> Sent {
        let result = PartResult {
            entity: self.entity(),
            key: self.key(),
            effect: Effect::Applied,
            attributes: self.attributes(),
            status: if self.add { "ADDED" } else { "REMOVED" }.to_owned(),
            code: None,
            message: Some(format!("{}; the tenant answered {}", self.group.name, said.join(", "))),
        };
        Sent { result, notices: Vec::new() }
    }

    /// A group that is not there is a wrong value of a person, not a missing object.
    fn unknown(&self) -> Error {
        let error = Error::not_found(&PROFILE.object_class(), &self.uid);
        match &self.through {
            Some(name) => Error::invalid_attribute(name.clone(), error.message().to_owned())
                .with_advice("`search --object-class DynamicGroup` lists the groups"),
            None => about(&self.uid)(error),
        }
    }

    /// There one changes what the condition looks at (KBA 2875331).
    fn dynamic(&self) -> Error {
        let (name, uid) = (&self.group.name, &self.uid);
        let message = format!("group '{name}' ({uid}) is dynamic: who is in it follows from a condition");
        let error = Error::invalid_attribute(self.attribute(), message)
            .with_advice("change the attribute that the condition looks at (KBA 2875331)");
        if self.through.is_none() { about(&self.uid)(error) } else { error }
    }
}

#[async_trait]
impl Part for Membership {
    /// Looks the group up.
    ///
    /// # Errors
    ///
    /// A group that does not exist, and one whose members follow from a condition; user ids that cannot be listed.
    async fn check(&mut self, call: &Call) -> Result<()> {
        chunks(&call.session, &self.people)?;
        let only = PROFILE.key.compare("eq", self.uid.as_str()).ok_or_else(|| self.unknown())?;
        let query = Query::set(PROFILE.entity).json().option("$filter", only);
        let rows = read_all(&call.session, &call.scope, query).await;
        let rows = rows.map_err(|error| PROFILE.explained(error))?;
        let row = rows.first().ok_or_else(|| self.unknown())?;
        let text = |name: &str| row.text_of(name).unwrap_or_default();
        self.group = Group { name: text("groupName"), kind: text("groupType") };
        match is_static(row) {
            true => Ok(()),
            false => Err(self.dynamic()),
        }
    }

    fn planned(&self, call: &Call) -> Result<Vec<PlannedRecord>> {
        let record = |people: &Vec<Uid>| PlannedRecord {
            entity: self.entity(),
            key: self.key(),
            effective_date: None,
            method: "GET".to_owned(),
            path: format!("/odata/v2/{}", self.query(&call.session, people).encoded()),
            body: String::new(),
            redacted: Vec::new(),
            attributes: self.attributes(),
        };
        Ok(chunks(&call.session, &self.people)?.iter().map(record).collect())
    }

    /// # Errors
    ///
    /// The tenant's. If it took a part of the change and not the rest, the error is [`ErrorKind::Partial`]; if it took
    /// the change and did not make it, the effect is `applied`, and the message says who is concerned.
    async fn send(&self, call: &Call) -> Result<Sent> {
        Sending { call, wanted: self, said: Vec::new(), maybe_made: false }.run().await
    }

    fn attributes(&self) -> Vec<AttributeName> {
        vec![self.attribute()]
    }
}

/// Flags come as booleans, and as texts.
fn is_static(row: &Row) -> bool {
    let json = serde_json::from_slice::<Json>(row).unwrap_or_default();
    match json.get("staticGroup") {
        Some(Json::Bool(flag)) => *flag,
        Some(Json::String(flag)) => flag.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// A change on its way: as many requests as the list of people takes.
struct Sending<'a> {
    call: &'a Call,
    wanted: &'a Membership,
    /// What the tenant answered.
    said: Vec<String>,
    /// Some request of this change was taken, or its answer was lost.
    maybe_made: bool,
}

impl Sending<'_> {
    async fn run(mut self) -> Result<Sent> {
        for people in chunks(&self.call.session, &self.wanted.people)? {
            if let Err(error) = self.send(&people).await {
                return self.stopped(error).await;
            }
        }
        match self.left(&self.wanted.people).await {
            Ok(left) if left.is_empty() => Ok(self.wanted.sent(&self.said)),
            Ok(left) => Err(not_made(self.wanted, &left)),
            Err(error) => {
                let what = format!(
                    "the tenant took the change of '{}', but who is in it now is not known",
                    self.wanted.group.name
                );
                Err(about(&self.wanted.uid)(unchecked(&error, &what)).with_effect(Effect::Unknown))
            }
        }
    }

    /// Sends the change of some of the people. After a lost answer: read back, compare, decide
    /// (docs/successfactors.md#a-lost-answer). The same change again changes nothing.
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
        let query = self.wanted.query(&self.call.session, people);
        let result = self.call.session.change(&self.call.scope, &query).await;
        self.maybe_made |=
            result.as_ref().map_or_else(Error::effect, |_| Effect::Unknown) != Effect::NotApplied;
        self.said.extend(result?.rows.first().and_then(|row| number(row)));
        Ok(())
    }

    /// The change ends before its last request: what became of it so far is read back. Whoever is concerned by a
    /// request that was lost may have been changed late.
    async fn stopped(self, error: Error) -> Result<Sent> {
        let error = about(&self.wanted.uid)(PROFILE.explained(error));
        if !self.maybe_made {
            return Err(error);
        }
        let everybody = self.wanted.people.len();
        match self.left(&self.wanted.people).await.map(|left| left.len()) {
            Ok(0) => Ok(self.wanted.sent(&self.said)),
            Ok(left) if left < everybody => {
                let are = if self.wanted.add { "are members of" } else { "are no longer in" };
                let name = &self.wanted.group.name;
                let done = format!("{} of the {everybody} people {are} '{name}' now", everybody - left);
                let partial = partial(&error, &done).with_attributes([AttributeName::from(MEMBERS)]);
                Err(about(&self.wanted.uid)(partial))
            }
            _ => Err(error),
        }
    }

    /// Those of these people for whom the change is not made. One person is asked for their groups, many are looked
    /// for among the members.
    async fn left(&self, people: &[Uid]) -> Result<Vec<Uid>> {
        let (session, scope, wanted) = (&self.call.session, &self.call.scope, self.wanted);
        let members: HashSet<Uid> = match people {
            [person] => {
                let page = session.read(scope, &groups_query(person, &wanted.group.kind)).await;
                let groups = uids(page, "groupId").map_err(|error| PROFILE.explained(error))?;
                groups.contains(&wanted.uid).then(|| person.clone()).into_iter().collect()
            }
            _ => {
                let lists = members::of_groups(session, scope, std::slice::from_ref(&wanted.uid)).await?;
                lists.into_iter().flatten().collect()
            }
        };
        let left: Vec<_> =
            people.iter().filter(|person| members.contains(*person) != wanted.add).cloned().collect();
        if left.len() < people.len() {
            scope.written.note(Effect::Applied);
        }
        Ok(left)
    }
}

fn not_made(wanted: &Membership, left: &[Uid]) -> Error {
    let people: Vec<_> = left.iter().take(10).map(ToString::to_string).collect();
    let what = if wanted.add { "is not a member" } else { "is a member still" };
    let message =
        format!("the tenant took the change of '{}', but {} {what}", wanted.group.name, people.join(", "));
    about(&wanted.uid)(Error::new(ErrorKind::InvalidAttribute, message))
        .with_effect(Effect::Applied)
        .with_attributes([AttributeName::from(MEMBERS)])
        .with_advice("see that they exist, and that static_group_add, static_group_remove and static_group_separator are your tenant's")
}

/// The people as lists that fit into an address.
fn chunks(session: &Session, people: &[Uid]) -> Result<Vec<Vec<Uid>>> {
    let separator = session.configuration.groups.separator.as_str();
    let (mut lists, mut length) = (Vec::<Vec<Uid>>::new(), 0);
    for person in people {
        if person.as_str().contains(separator) {
            let message =
                format!("the user id '{person}' holds '{separator}', which stands between user ids here");
            return Err(Error::invalid_attribute(MEMBERS, message));
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
    let json: Json = serde_json::from_slice(row).ok()?;
    let value = match &json {
        Json::Object(map) => map.values().find(|value| value.is_number() || value.is_string())?,
        other => other,
    };
    Some(value.to_string())
}
