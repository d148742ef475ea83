//! What a save comes to, before anything is written.

use std::collections::BTreeMap;

use super::changes::{CheckedChange, refused};
use super::model::Class;
use super::store::{Record, Table};
use crate::error::{Effect, Error, ErrorKind, Result};
use crate::object::{Attribute, AttributeInfo, AttributeName, Change, Presence, Uid, Value, special};
use crate::operation::{
    PartResult, PlannedRecord, SaveAction, SaveExplanation, SaveMode, SaveOutcome, SaveRequest,
};

/// A record as it will be.
pub(super) struct Plan {
    /// Absent of a new record.
    pub uid: Option<Uid>,
    pub presence_before: Presence,
    pub unchanged: Vec<AttributeName>,
    changed: Vec<AttributeName>,
    record: Record,
}

/// What a plan is made from.
pub(super) struct Planner<'a> {
    pub class: Class<'a>,
    pub table: &'a mut Table,
    pub changes: &'a [CheckedChange<'a>],
    pub expected: &'a [(&'a AttributeInfo, Vec<Value>)],
}

impl Planner<'_> {
    /// The record as the request wants it.
    ///
    /// # Errors
    ///
    /// What the table does not take, an object that is there or is not against the request's mode, and one that is not
    /// as expected.
    pub fn plan(&self, request: &SaveRequest) -> Result<Plan> {
        match (self.existing(request), request.mode) {
            (Some(uid), SaveMode::Create) => Err(already_exists(self.class, &uid)),
            (Some(uid), _) => self.update(uid),
            (None, SaveMode::Update) => Err(nothing_to_update(self.class, request)),
            (None, _) if !self.expected.is_empty() => Err(not_there(self.class)),
            (None, _) if request.uid.is_some() => {
                Err(Error::invalid_attribute(special::UID, "the target makes up the uid of a new object"))
            }
            (None, _) => self.create(),
        }
    }

    /// The object that is meant: the one with the uid, or with the name if there is no uid.
    fn existing(&self, request: &SaveRequest) -> Option<Uid> {
        match &request.uid {
            Some(uid) => self.table.get(uid).map(|_| uid.clone()),
            None => self.table.owner_of(self.new_name()?).cloned(),
        }
    }

    fn new_name(&self) -> Option<&str> {
        let change = self.changes.iter().find(|change| change.info.name.is(self.class.name_attribute))?;
        match &change.change {
            Change::Replace(values) => values.first()?.as_str(),
            Change::Modify { add, .. } => add.first()?.as_str(),
        }
    }

    fn create(&self) -> Result<Plan> {
        let mut record = Record::default();
        let (changed, unchanged) = self.apply(&mut record, true)?;
        if self.class.has_status() && record.values(&special::ENABLE.into()).is_empty() {
            record.set(special::ENABLE.into(), vec![true.into()]);
        }
        for info in &self.class.info.attributes {
            if info.required && record.values(&info.name).is_empty() {
                return Err(refused(&info.name, "needs a value"));
            }
        }
        Ok(Plan { uid: None, presence_before: Presence::NotFound, changed, unchanged, record })
    }

    fn update(&self, uid: Uid) -> Result<Plan> {
        let Some(mut record) = self.table.get(&uid).cloned() else {
            return Err(Error::not_found(self.class.name(), &uid));
        };
        self.compare(&record).map_err(|error| error.with_object(self.class.name(), Some(&uid)))?;
        let presence_before = record.presence();
        let (changed, unchanged) = self.apply(&mut record, false)?;
        if !changed.is_empty() {
            self.check_name_is_free(&uid, &record)?;
        }
        Ok(Plan { uid: Some(uid), presence_before, changed, unchanged, record })
    }

    /// Refuses to change what is not as the caller believes.
    fn compare(&self, record: &Record) -> Result<()> {
        let differs = |(info, values): &&(&AttributeInfo, Vec<Value>)| {
            let found = record.values(&info.name);
            found.len() != values.len() || !values.iter().all(|value| found.contains(value))
        };
        let names: Vec<_> = self.expected.iter().filter(differs).map(|(info, _)| info.name.clone()).collect();
        if names.is_empty() {
            return Ok(());
        }
        let listed: Vec<_> = names.iter().map(AttributeName::as_str).collect();
        let message = format!("the object is not as expected: {} differ", listed.join(", "));
        Err(Error::new(ErrorKind::PreconditionFailed, message).with_attributes(names))
    }

    /// Applies the changes to the record, and says which were some and which were none.
    fn apply(
        &self,
        record: &mut Record,
        is_create: bool,
    ) -> Result<(Vec<AttributeName>, Vec<AttributeName>)> {
        let (mut changed, mut unchanged) = (Vec::new(), Vec::new());
        for change in self.changes {
            let name = change.info.name.clone();
            let before = record.values(&name);
            let after: Vec<Value> = change.apply(before, is_create)?;
            if after == before {
                unchanged.push(name);
            } else {
                changed.push(name.clone());
                record.set(name, after);
            }
        }
        Ok((changed, unchanged))
    }

    fn check_name_is_free(&self, uid: &Uid, record: &Record) -> Result<()> {
        match self.table.owner_of(record.name(self.class)) {
            Some(owner) if owner != uid => Err(already_exists(self.class, uid)),
            _ => Ok(()),
        }
    }
}

impl Plan {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.uid.is_some() && self.changed.is_empty()
    }

    /// What writing it did, and the record that was written.
    pub fn outcome(self, class: Class<'_>, uid: &Uid) -> (SaveOutcome, Record) {
        let outcome = SaveOutcome {
            action: self.action(),
            presence_before: self.presence_before,
            ..written(class, uid, self.record.presence(), self.changed, self.unchanged)
        };
        (outcome, self.record)
    }

    /// What writing it would do. The table takes a record as JSON.
    pub fn explanation(self, class: Class<'_>) -> Result<SaveExplanation> {
        let (action, mut records) = (self.action(), Vec::new());
        if !self.is_empty() {
            records.push(self.record_to_send(class)?);
        }
        let Self { uid, presence_before: presence, changed, unchanged, .. } = self;
        Ok(SaveExplanation { uid, presence, action, changed, unchanged, records, notices: Vec::new() })
    }

    fn record_to_send(&self, class: Class<'_>) -> Result<PlannedRecord> {
        let sent = self.changed.iter().map(|name| Attribute::new(name.clone(), self.record.values(name)));
        let body: serde_json::Map<_, _> = sent
            .map(|sent| Ok((sent.name.to_string(), serde_json::to_value(&sent.values)?)))
            .collect::<serde_json::Result<_>>()
            .map_err(|error| Error::internal(format!("a record has no JSON: {error}")))?;
        let is_secret = |name: &&AttributeName| {
            self.record.values(name).iter().any(|value| matches!(value, Value::Secret(_)))
        };
        let path = match &self.uid {
            Some(uid) => format!("/{}/{uid}", class.name()),
            None => format!("/{}", class.name()),
        };
        Ok(PlannedRecord {
            entity: class.name().to_string(),
            key: self.uid.as_ref().map(key).unwrap_or_default(),
            effective_date: None,
            method: if self.uid.is_some() { "PATCH" } else { "POST" }.to_owned(),
            path,
            body: serde_json::Value::Object(body).to_string(),
            redacted: self.changed.iter().filter(is_secret).map(ToString::to_string).collect(),
            attributes: self.changed.clone(),
        })
    }

    fn action(&self) -> SaveAction {
        match (self.presence_before.is_active(), self.record.presence().is_active()) {
            _ if self.uid.is_none() => SaveAction::Created,
            _ if self.changed.is_empty() => SaveAction::Unchanged,
            (false, true) => SaveAction::Revived,
            (true, false) => SaveAction::Suspended,
            _ => SaveAction::Updated,
        }
    }
}

fn key(uid: &Uid) -> BTreeMap<String, String> {
    [("uid".to_owned(), uid.to_string())].into()
}

/// What a change that was written looks like; action and presence before it are the caller's.
pub(super) fn written(
    class: Class<'_>,
    uid: &Uid,
    presence: Presence,
    changed: Vec<AttributeName>,
    unchanged: Vec<AttributeName>,
) -> SaveOutcome {
    let part = PartResult {
        entity: class.name().to_string(),
        key: key(uid),
        effect: Effect::Applied,
        attributes: changed.clone(),
        status: "OK".into(),
        code: None,
        message: None,
    };
    SaveOutcome {
        action: SaveAction::Updated,
        changed,
        parts: vec![part],
        ..SaveOutcome::unchanged(uid.clone(), presence, unchanged)
    }
}

fn already_exists(class: Class<'_>, uid: &Uid) -> Error {
    let message = format!("there is a {} with this {} already", class.name(), class.name_attribute);
    Error::new(ErrorKind::AlreadyExists, message)
        .with_object(class.name(), Some(uid))
        .with_attributes([class.name_attribute.into()])
}

fn nothing_to_update(class: Class<'_>, request: &SaveRequest) -> Error {
    match &request.uid {
        Some(uid) => Error::not_found(class.name(), uid),
        None => Error::new(ErrorKind::NotFound, format!("there is no {} with this name", class.name())),
    }
}

fn not_there(class: Class<'_>) -> Error {
    let message = format!("something was expected of a {} that is not there", class.name());
    Error::new(ErrorKind::PreconditionFailed, message)
}
