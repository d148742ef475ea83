//! `save`: create a record or change it.

use super::Target;
use super::changes::{self, CheckedChange, refused};
use super::model::Class;
use super::store::{Record, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::object::{AttributeName, Change, Presence, Uid, Value, special};
use crate::operation::{Operation, PartResult, SaveAction, SaveMode, SaveOutcome, SaveRequest};

pub(super) fn run(target: &Target, request: &SaveRequest) -> Result<SaveOutcome> {
    let class = target.model.class(&request.object_class, Operation::Save)?;
    let outcome = changes::check(class, &request.attributes).and_then(|changes| {
        target.store.with_table(class, |table| {
            let write = Write { class, table, changes: &changes };
            match (write.existing(request), request.mode) {
                (Some(uid), SaveMode::Create) => Err(already_exists(class, &uid)),
                (Some(uid), _) => write.update(&uid),
                (None, SaveMode::Update) => Err(nothing_to_update(class, request)),
                (None, _) if request.uid.is_some() => {
                    Err(Error::invalid_attribute(special::UID, "the target makes up the uid of a new object"))
                }
                (None, _) => write.create(target.store.new_uid(class)),
            }
        })
    });
    outcome.map_err(|error| match error.context().uid {
        Some(_) => error,
        None => error.with_object(class.name(), request.uid.as_ref()),
    })
}

struct Write<'a> {
    class: Class<'a>,
    table: &'a mut Table,
    changes: &'a [CheckedChange<'a>],
}

impl Write<'_> {
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

    fn create(self, uid: Uid) -> Result<SaveOutcome> {
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
        let outcome = SaveOutcome {
            action: SaveAction::Created,
            presence_before: Presence::NotFound,
            ..written(self.class, &uid, &record, changed, unchanged)
        };
        self.table.put(self.class, uid, record);
        Ok(outcome)
    }

    fn update(self, uid: &Uid) -> Result<SaveOutcome> {
        let Some(mut record) = self.table.get(uid).cloned() else {
            return Err(Error::not_found(self.class.name(), uid));
        };
        let before = record.presence();
        let (changed, unchanged) = self.apply(&mut record, false)?;
        if changed.is_empty() {
            return Ok(SaveOutcome::unchanged(uid.clone(), before, unchanged));
        }
        self.check_name_is_free(uid, &record)?;
        let outcome = SaveOutcome {
            action: action(before, record.presence()),
            presence_before: before,
            ..written(self.class, uid, &record, changed, unchanged)
        };
        self.table.put(self.class, uid.clone(), record);
        Ok(outcome)
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

/// What a change that was written looks like; action and presence before it are the caller's.
pub(super) fn written(
    class: Class<'_>,
    uid: &Uid,
    record: &Record,
    changed: Vec<AttributeName>,
    unchanged: Vec<AttributeName>,
) -> SaveOutcome {
    let part =
        PartResult { entity: class.name().to_string(), status: "OK".into(), code: None, message: None };
    SaveOutcome {
        action: SaveAction::Updated,
        changed,
        parts: vec![part],
        ..SaveOutcome::unchanged(uid.clone(), record.presence(), unchanged)
    }
}

fn action(before: Presence, after: Presence) -> SaveAction {
    match (before.is_active(), after.is_active()) {
        (false, true) => SaveAction::Revived,
        (true, false) => SaveAction::Suspended,
        _ => SaveAction::Updated,
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
