//! The table: records by class and uid, behind a lock.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::PAGE_SIZE;
use super::model::{Class, REVISION};
use crate::object::{Attribute, AttributeName, ConnectorObject, ObjectClass, Presence, Uid, Value, special};

/// The objects of one class, in the order of their uids.
#[derive(Default)]
pub(super) struct Table {
    records: BTreeMap<Uid, Record>,
    owners: HashMap<String, Uid>,
    /// The number of the last change of each object, whether it is there still or not.
    changed: BTreeMap<Uid, u64>,
    changes: u64,
}

impl Table {
    pub fn get(&self, uid: &Uid) -> Option<&Record> {
        self.records.get(uid)
    }

    /// The uids of the objects that are wanted.
    pub fn uids(&self, wanted: impl Fn(&Uid, &Record) -> bool) -> Vec<Uid> {
        let records = self.records.iter().filter(|(uid, record)| wanted(uid, record));
        records.map(|(uid, _)| uid.clone()).collect()
    }

    /// The object with this name.
    pub fn owner_of(&self, name: &str) -> Option<&Uid> {
        self.owners.get(name)
    }

    /// Stores a record in the place of the one that was there, and counts the change.
    pub fn put(&mut self, class: Class<'_>, uid: Uid, mut record: Record) {
        record.touch();
        self.remove(class, &uid);
        self.note(&uid);
        self.owners.insert(record.name(class).to_owned(), uid.clone());
        self.records.insert(uid, record);
    }

    pub fn remove(&mut self, class: Class<'_>, uid: &Uid) -> Option<Record> {
        let record = self.records.remove(uid)?;
        self.owners.remove(record.name(class));
        self.note(uid);
        Some(record)
    }

    fn note(&mut self, uid: &Uid) {
        self.changes += 1;
        self.changed.insert(uid.clone(), self.changes);
    }
}

#[derive(Default)]
pub(super) struct Store {
    tables: Mutex<HashMap<ObjectClass, Table>>,
    requests: AtomicU64,
    uids: AtomicU64,
}

impl Store {
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub fn count(&self) -> usize {
        self.lock().values().map(|table| table.records.len()).sum()
    }

    /// A uid that no object has had before.
    pub fn new_uid(&self, class: Class<'_>) -> Uid {
        let number = self.uids.fetch_add(1, Ordering::Relaxed) + 1;
        let letter = class.name().as_str().chars().next().unwrap_or('X');
        Uid::new(format!("{letter}{number:06}"))
    }

    /// Works with the objects of a class. That counts as one request.
    pub fn with_table<T>(&self, class: Class<'_>, work: impl FnOnce(&mut Table) -> T) -> T {
        self.requests.fetch_add(1, Ordering::Relaxed);
        work(self.lock().entry(class.name().clone()).or_default())
    }

    /// The next page of records. That counts as one request.
    pub fn page_after(&self, class: Class<'_>, uid: Option<&Uid>) -> Vec<(Uid, Record)> {
        let begin = uid.map_or(Bound::Unbounded, Bound::Excluded);
        self.with_table(class, |table| {
            let page = table.records.range::<Uid, _>((begin, Bound::Unbounded)).take(PAGE_SIZE);
            page.map(|(uid, record)| (uid.clone(), record.clone())).collect()
        })
    }

    /// The next page of objects that changed after a change, with their records unless they are gone; and the number
    /// of the last change. That counts as one request.
    pub fn changes_after(
        &self,
        class: Class<'_>,
        since: u64,
        uid: Option<&Uid>,
    ) -> (Vec<(Uid, Option<Record>)>, u64) {
        let begin = uid.map_or(Bound::Unbounded, Bound::Excluded);
        self.with_table(class, |table| {
            let changed = table.changed.range::<Uid, _>((begin, Bound::Unbounded));
            let changed = changed.filter(|(_, change)| **change > since).take(PAGE_SIZE);
            let page = changed.map(|(uid, _)| (uid.clone(), table.records.get(uid).cloned()));
            (page.collect(), table.changes)
        })
    }

    /// A panic elsewhere leaves no table half changed: records are replaced as a whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<ObjectClass, Table>> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The values of one object. Passwords are kept here too, and never leave.
#[derive(Clone, Default)]
pub(super) struct Record(HashMap<AttributeName, Vec<Value>>);

impl Record {
    pub fn values(&self, name: &AttributeName) -> &[Value] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The values under any name, `__UID__` and `__NAME__` included.
    pub fn values_of(&self, class: Class<'_>, uid: &Uid, name: &AttributeName) -> Cow<'_, [Value]> {
        if name.is(special::UID) {
            Cow::Owned(vec![uid.as_str().into()])
        } else if name.is(special::NAME) {
            self.values(&class.name_attribute.into()).into()
        } else {
            self.values(name).into()
        }
    }

    pub fn set(&mut self, name: AttributeName, values: Vec<Value>) {
        self.0.insert(name, values);
    }

    fn touch(&mut self) {
        let name = AttributeName::from(REVISION);
        let revision = match self.values(&name) {
            [Value::Integer(number)] => number + 1,
            _ => 1,
        };
        self.set(name, vec![Value::Integer(revision)]);
    }

    pub fn name(&self, class: Class<'_>) -> &str {
        self.values(&class.name_attribute.into()).first().and_then(Value::as_str).unwrap_or_default()
    }

    pub fn presence(&self) -> Presence {
        match self.values(&special::ENABLE.into()) {
            [Value::Boolean(false)] => Presence::Inactive,
            _ => Presence::Active,
        }
    }

    /// The object with the attributes wanted, or with those that come by default.
    pub fn object(&self, class: Class<'_>, uid: &Uid, wanted: Option<&[AttributeName]>) -> ConnectorObject {
        let attributes = class.info.attributes.iter().filter(|info| {
            let stands_for_name =
                |name: &AttributeName| name.is(special::NAME) && info.name.is(class.name_attribute);
            info.readable
                && wanted.map_or(info.returned_by_default, |wanted| {
                    wanted.iter().any(|name| *name == info.name || stands_for_name(name))
                })
        });
        let attributes = attributes.map(|info| Attribute::new(info.name.clone(), self.values(&info.name)));
        ConnectorObject {
            object_class: class.name().clone(),
            uid: uid.clone(),
            name: self.name(class).into(),
            attributes: attributes.collect(),
        }
    }
}
