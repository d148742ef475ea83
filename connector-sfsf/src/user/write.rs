//! Writes one person: only what differs, and never blindly twice.

use connector_core::object::{AttributeName, Change, Presence, Uid, Value};
use connector_core::operation::{PartResult, SaveAction, SaveOutcome};
use connector_core::{Effect, Error, ErrorKind, Result};
use serde_json::{Map, Value as Json, json};

use super::change::{Changes, PlainChange};
use super::model::USER;
use super::{Person, Source, UserModel, language, probe, status};
use crate::entitlement::{self, GROUPS, Group, Membership, uids_of};
use crate::http::{Scope, partly, unchecked};
use crate::odata::edm::Edm;
use crate::odata::upsert::Row;
use crate::odata::zone::Zone;
use crate::session::Session;

/// What is to be written to a person, after comparing with what is there.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    record: Map<String, Json>,
    /// What the attributes will be, to compare after a lost answer. A password cannot be compared.
    expected: Vec<(AttributeName, Vec<Value>)>,
    status: Option<char>,
    has_password: bool,
    /// Groups that the person comes into or leaves.
    memberships: Vec<(Uid, bool)>,
    changed: Vec<AttributeName>,
    unchanged: Vec<AttributeName>,
}

impl Difference {
    /// Compares the changes with a person who is there.
    ///
    /// # Errors
    ///
    /// A change of something that may only be given at creation; a status that `User` does not take.
    pub fn to(person: &Person, changes: &Changes) -> Result<Self> {
        let mut difference = Self::default();
        let letter = person.letter;
        for plain in &changes.plain {
            let known = person.known(&plain.info.name);
            let before = known.unwrap_or_default();
            let after = plain.change.apply(before);
            if let Source::Entitlement(_) = plain.source {
                difference.set_groups(plain, &uids_of(before), &uids_of(&after));
                continue;
            }
            if known.is_none() && matches!(&plain.change, Change::Modify { add, .. } if add.is_empty()) {
                return Err(unreadable(&plain.asked_as));
            }
            if known.is_some_and(|before| after == before) {
                difference.unchanged.push(plain.asked_as.clone());
                continue;
            }
            if person.presence.exists() && !plain.info.updatable {
                let name = &plain.asked_as;
                return Err(Error::invalid_attribute(
                    name.clone(),
                    format!("'{name}' can only be given when a person is created"),
                ));
            }
            difference.set(plain, after, person.zone)?;
        }
        if let Some(wish) = &changes.status {
            if letter.is_none() && wish.letter.is_none() && person.presence.exists() {
                return Err(unknown_status(&wish.asked_as, person));
            }
            let wanted = wish.letter_for(letter);
            match letter == Some(wanted) {
                true => difference.unchanged.push(wish.asked_as.clone()),
                false => difference.set_status(wish.asked_as.clone(), status::writable(wanted)?),
            }
        }
        if let Some((asked_as, password)) = &changes.password {
            difference.record.insert("password".to_owned(), Json::from(password.expose()));
            difference.has_password = true;
            difference.changed.push(asked_as.clone());
        }
        Ok(difference)
    }

    fn set(&mut self, plain: &PlainChange, after: Vec<Value>, zone: Option<Zone>) -> Result<()> {
        let ([] | [_]) = after.as_slice() else {
            let name = &plain.asked_as;
            return Err(Error::invalid_attribute(
                name.clone(),
                format!("'{name}' has one value, not several"),
            ));
        };
        let (key, json) = match (&plain.source, after.first()) {
            (Source::Property { name, .. }, None) => (name.clone(), Json::Null),
            (Source::Property { edm: edm @ Edm::Date, .. }, Some(Value::DateTime(_))) => {
                let takes = format!("{}, without a time of day", edm.expected());
                return Err(Error::wrong_value(&plain.asked_as, &takes).with_advice(
                    "give the day as the person's calendar has it; a time in UTC may be on another one",
                ));
            }
            (Source::Property { name, edm }, Some(value)) => (name.clone(), edm.write(value, zone)),
            (Source::Link { navigation, nobody }, value) => {
                let user_id = value.map_or_else(|| (*nobody).to_owned(), ToString::to_string);
                ((*navigation).to_owned(), link(&user_id))
            }
            (Source::Enable | Source::Entitlement(_), _) => {
                return Err(Error::internal("the status came where a plain attribute was expected"));
            }
        };
        self.record.insert(key, json);
        self.expected.push((plain.info.name.clone(), after));
        self.changed.push(plain.asked_as.clone());
        Ok(())
    }

    fn set_groups(&mut self, plain: &PlainChange, before: &[Uid], after: &[Uid]) {
        let comes = after.iter().filter(|group| !before.contains(group)).map(|group| (group.clone(), true));
        let goes = before.iter().filter(|group| !after.contains(group)).map(|group| (group.clone(), false));
        let mut memberships: Vec<_> = comes.chain(goes).collect();
        memberships.dedup();
        let names = if memberships.is_empty() { &mut self.unchanged } else { &mut self.changed };
        names.push(plain.asked_as.clone());
        self.memberships = memberships;
    }

    fn set_status(&mut self, asked_as: AttributeName, letter: char) {
        self.record.insert("status".to_owned(), Json::from(letter.to_string()));
        self.status = Some(letter);
        self.changed.push(asked_as);
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.record.is_empty() && self.memberships.is_empty()
    }

    /// Whether a record has a value for this property.
    pub fn gives(&self, property: &str) -> bool {
        self.record.get(property).is_some_and(|value| !value.is_null())
    }

    /// The attributes that are as asked for already.
    pub fn unchanged(&self) -> &[AttributeName] {
        &self.unchanged
    }

    /// The record that goes to the tenant. The key stands among the properties, so that its quoting
    /// within an address is nobody's concern.
    fn record(&self, uid: &Uid) -> Json {
        let mut record = json!({"__metadata": {"uri": USER, "type": "SFOData.User"}, "userId": uid});
        for (key, value) in &self.record {
            record[key] = value.clone();
        }
        record
    }

    fn cleared(&self) -> bool {
        self.expected.iter().any(|(_, values)| values.is_empty())
    }

    fn shows_in(&self, person: &Person) -> bool {
        let status = self.status.is_none_or(|letter| person.letter == Some(letter));
        // What is not shown is not known to be so.
        let is_shown = |(name, values): &(AttributeName, Vec<Value>)| {
            person.object.is_some() && person.known(name).is_some_and(|known| known == values)
        };
        status && self.expected.iter().all(is_shown)
    }
}

/// A value can only be taken from what is known.
fn unreadable(name: &AttributeName) -> Error {
    let message =
        format!("the tenant does not show '{name}' of this person, so no value can be taken from it");
    Error::invalid_attribute(name.clone(), message)
        .with_advice("give the values that shall remain, or grant the API user the right to read it")
}

/// Whether somebody is active can only be switched if it is known what they are.
fn unknown_status(asked_as: &AttributeName, person: &Person) -> Error {
    let message = match &person.other_status {
        Some(text) => {
            format!("the status of this person is '{text}', of which nobody knows whether it is active")
        }
        None => "the tenant does not show the status of this person".to_owned(),
    };
    Error::invalid_attribute(asked_as.clone(), message).with_advice(
        "nothing was written; save the status itself, as t, f, T or F, if it is to be another one",
    )
}

/// A reference to a person: a link, never an inline entity, which would be created (KBA 3307746).
fn link(user_id: &str) -> Json {
    json!({"__metadata": {"uri": format!("User({})", crate::odata::literal::string(user_id))}})
}

/// Everything that writing one person needs.
pub(crate) struct Writer<'a> {
    pub session: &'a Session,
    pub scope: &'a Scope,
    pub model: &'a UserModel,
    pub uid: &'a Uid,
}

impl Writer<'_> {
    /// Looks the person up with the attributes that the changes are about.
    ///
    /// # Errors
    ///
    /// Those of reading; a person whom the API user may not see is not written to.
    pub async fn find(&self, wanted: &[AttributeName]) -> Result<Person> {
        let person = probe(self.session, self.scope, self.model, self.uid, Some(wanted)).await?;
        if person.presence == Presence::NotPermitted {
            let message = "there is such a person, whom the API user may not see";
            return Err(Error::new(ErrorKind::PermissionDenied, message)
                .with_advice("put them into the target population of the API user's role (KBA 3589982)"));
        }
        Ok(person)
    }

    /// Writes a difference and says what became of it.
    ///
    /// # Errors
    ///
    /// The tenant's. If the effect is unknown, reading back did not settle it.
    pub async fn write(&self, before: &Person, difference: Difference) -> Result<SaveOutcome> {
        let groups = self.groups(&difference).await?;
        let mut notices = Vec::new();
        let row = match difference.record.is_empty() && before.presence.exists() {
            true => None,
            false => self.write_record(&difference, &mut notices).await?,
        };
        let parts = self.change_groups(&groups, row.as_ref()).await?;
        Ok(self.outcome(before, difference, parts, notices))
    }

    /// The groups whose members are to change, each looked up before anything is written.
    async fn groups(&self, difference: &Difference) -> Result<Vec<(Group, Membership)>> {
        let mut groups = Vec::new();
        for (group, add) in &difference.memberships {
            let found = entitlement::check(self.session, self.scope, group).await.map_err(as_value)?;
            let people = vec![self.uid.clone()];
            groups.push((found, Membership { group: group.clone(), add: *add, people }));
        }
        Ok(groups)
    }

    /// The results of the record and of each group. Once something was written, a failure is a partial one.
    async fn change_groups(
        &self,
        groups: &[(Group, Membership)],
        row: Option<&Row>,
    ) -> Result<Vec<PartResult>> {
        let mut parts: Vec<_> = row.map(|row| row.part(USER)).into_iter().collect();
        for (group, membership) in groups {
            let was_written = self.scope.written.so_far() == Effect::Applied;
            let part = entitlement::change(self.session, self.scope, group, membership).await;
            parts.push(part.map_err(|error| match was_written {
                true => partly(&error, &parts).with_attributes([AttributeName::from(GROUPS)]),
                false => error,
            })?);
        }
        Ok(parts)
    }

    async fn write_record(&self, difference: &Difference, notices: &mut Vec<String>) -> Result<Option<Row>> {
        let row = match self.send(difference).await {
            Err(error) if error.effect() == Effect::Unknown => {
                let (row, became) = self.settle(difference, error).await?;
                notices.push(format!("the tenant's answer was lost; reading back showed that {became}"));
                row
            }
            result => Some(result?),
        };
        if difference.cleared() {
            notices.extend(self.verify(difference).await?);
        }
        if row.as_ref().is_some_and(Row::is_unchanged) {
            notices.push("the tenant says that there was nothing new to write".to_owned());
        }
        Ok(row)
    }

    async fn send(&self, difference: &Difference) -> Result<Row> {
        let properties: Vec<String> = difference.record.keys().cloned().collect();
        let record = difference.record(self.uid);
        match self.session.upsert(self.scope, &record, &properties).await {
            Ok(row) => Ok(row),
            Err(error) => Err(language::named(self.session, self.scope, error).await),
        }
    }

    /// After a lost answer: read back, compare, decide (reference §5.7). The same values may be written
    /// again, since an upsert of them changes nothing the second time; a password may not, for nobody
    /// can see whether it was set. A write may be made late: if the second one fails, it is looked for once more.
    async fn settle(&self, difference: &Difference, lost: Error) -> Result<(Option<Row>, &'static str)> {
        if difference.has_password {
            return Err(lost.with_advice("the password may or may not have been set; set it again"));
        }
        match self.is_made(difference).await {
            Ok(true) => return Ok((None, "the change had been made")),
            Ok(false) => {}
            Err(_) => return Err(lost),
        }
        match self.send(difference).await {
            Ok(row) => Ok((Some(row), "the change had not been made, and it was sent again")),
            Err(error) => match self.is_made(difference).await {
                Ok(true) => Ok((None, "the change was made late")),
                _ => Err(error),
            },
        }
    }

    /// Whether the person is as the difference wants them to be.
    async fn is_made(&self, difference: &Difference) -> Result<bool> {
        let names: Vec<_> = difference.expected.iter().map(|(name, _)| name.clone()).collect();
        let is_made = difference.shows_in(&self.find(&names).await?);
        if is_made {
            self.scope.written.note(Effect::Applied);
        }
        Ok(is_made)
    }

    /// Some tenants ignore a null (reference §5.5), so a cleared attribute is looked at again.
    async fn verify(&self, difference: &Difference) -> Result<Option<String>> {
        let cleared = difference.expected.iter().filter(|(_, values)| values.is_empty());
        let names: Vec<_> = cleared.map(|(name, _)| name.clone()).collect();
        let person = self.find(&names).await.map_err(|error| {
            let what =
                format!("the change was made, but whether {} is empty now is not known", listed(&names));
            unchecked(&error, &what).with_attributes(names.clone())
        })?;
        let hidden = names.iter().filter(|name| person.known(name).is_none()).map(AttributeName::as_str);
        let hidden: Vec<_> = hidden.collect();
        let notice = (!hidden.is_empty()).then(|| {
            format!("the tenant does not show {}, so nobody knows whether it was cleared", hidden.join(", "))
        });
        let kept = |name: &AttributeName| person.known(name).is_some_and(|values| !values.is_empty());
        let kept: Vec<_> = names.into_iter().filter(kept).collect();
        if kept.is_empty() {
            return Ok(notice);
        }
        let message = format!("the tenant took the change but did not clear {}", listed(&kept));
        Err(Error::new(ErrorKind::InvalidAttribute, message)
            .with_effect(Effect::Applied)
            .with_attributes(kept)
            .with_advice("write a value that means \"none\" to your tenant"))
    }

    fn outcome(
        &self,
        before: &Person,
        difference: Difference,
        parts: Vec<PartResult>,
        notices: Vec<String>,
    ) -> SaveOutcome {
        let presence = difference.status.map_or(before.presence, status::presence);
        SaveOutcome {
            uid: self.uid.clone(),
            action: action(before.presence, presence),
            presence_before: before.presence,
            presence,
            changed: difference.changed,
            unchanged: difference.unchanged,
            parts,
            notices,
        }
    }
}

/// A group that is not there is a wrong value here, not a missing object.
fn as_value(error: Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => Error::invalid_attribute(GROUPS, error.message().to_owned())
            .with_advice("`search --object-class DynamicGroup` lists the groups"),
        _ => error,
    }
}

fn listed(names: &[AttributeName]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn action(before: Presence, after: Presence) -> SaveAction {
    match (before, after) {
        (before, _) if !before.exists() => SaveAction::Created,
        (before, after) if before.is_inactive() && after.is_active() => SaveAction::Revived,
        (before, after) if before.is_active() && after.is_inactive() => SaveAction::Suspended,
        _ => SaveAction::Updated,
    }
}
