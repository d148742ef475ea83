//! From page to page of an import.
//!
//! A page leads to the next by a link, and a link may lead nowhere: a snapshot is lost after 15 minutes, with its last
//! page, or at any time (KBA 2990434), and a plain link is an offset, which misses people when others come or go
//! (KBA 2723468). So objects come in the order of their keys, and whenever a link does not hold, the cursor goes on
//! behind the last one that was read.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use connector_core::{Error, ErrorKind, Result};

use crate::config::Paging;
use crate::odata::page;

/// What to do for the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask for the objects from this key on; from the beginning if there is none.
    Ask(Option<String>),
    /// Follow a link.
    Follow(String),
    /// There is none.
    Done,
}

/// A cursor in its course.
#[derive(Debug)]
pub(super) struct Cursor {
    pub paging: Paging,
    /// Where this run began.
    origin: Option<String>,
    /// The last key of the pages that are used up.
    anchor: Option<String>,
    /// The last key of this page.
    last: Option<String>,
    next: Option<String>,
    begun: bool,
    /// Snapshots lost in a row.
    losses: u32,
    /// Who was on the page before, and on this one.
    before: HashSet<u64>,
    here: HashSet<u64>,
    order: Order,
}

/// In which orders the keys came so far. Ours need not be the tenant's.
#[derive(Debug)]
struct Order {
    bytewise: bool,
    caseless: bool,
}

impl Cursor {
    /// A cursor that begins behind a key.
    pub fn new(paging: Paging, after: Option<String>) -> Self {
        Self {
            paging,
            here: after.iter().map(|key| hash(key)).collect(),
            origin: after.clone(),
            anchor: after.clone(),
            last: after,
            next: None,
            begun: false,
            losses: 0,
            before: HashSet::new(),
            order: Order { bytewise: true, caseless: true },
        }
    }

    /// What to do for the next page.
    pub fn step(&mut self) -> Step {
        if !self.begun {
            return Step::Ask(self.anchor.clone());
        }
        match self.next.take() {
            None => Step::Done,
            Some(link) if self.holds(&link) => Step::Follow(link),
            Some(_) => Step::Ask(self.anchor.clone()),
        }
    }

    /// Whether a link may be followed. A snapshot that is none is an offset in disguise.
    fn holds(&mut self, link: &str) -> bool {
        if self.paging == Paging::Snapshot && page::is_offset(link) {
            self.paging = Paging::Key;
        }
        self.paging != Paging::Key
    }

    /// What the next step will be if this page, which ends with the key `last`, is used up without anything unexpected.
    pub fn outlook(&self, last: impl FnOnce() -> Option<String>) -> Option<Step> {
        let link = self.next.as_ref()?;
        let by_link = match self.paging {
            Paging::Snapshot => !page::is_offset(link),
            Paging::Key => false,
            Paging::Link => true,
        };
        if by_link { Some(Step::Follow(link.clone())) } else { last().map(|key| Step::Ask(Some(key))) }
    }

    /// Takes the link of a page that was read.
    pub fn turn(&mut self, next: Option<String>) {
        self.begun = true;
        std::mem::swap(&mut self.before, &mut self.here);
        self.here.clear();
        self.next = next;
    }

    /// Whether the failure of a link means that the cursor goes on by key. If snapshots do not hold, no other is made:
    /// a tenant that sees many of them begun and not read blocks them (KBA 2749091).
    pub fn recovers(&mut self, error: &Error) -> bool {
        let status = error.target().and_then(|target| target.status);
        if !matches!(status, Some(400 | 404 | 410 | 500)) {
            return false;
        }
        self.losses += 1;
        if self.losses > 1 {
            self.paging = Paging::Key;
        }
        true
    }

    /// Where the cursor goes on from when a link does not hold.
    pub fn anchor(&self) -> Option<&str> {
        self.anchor.as_deref()
    }

    /// Whether another page follows this one.
    pub fn has_next(&self) -> bool {
        self.next.is_some()
    }

    /// A link held.
    pub fn followed(&mut self) {
        self.losses = 0;
    }

    /// Takes note of somebody on this page; false if they came before.
    pub fn pass(&mut self, key: &str) -> bool {
        let hash = hash(key);
        if self.before.contains(&hash) || !self.here.insert(hash) {
            return false;
        }
        if let Some(last) = &self.last {
            self.order.note(last, key);
        }
        self.last = Some(key.to_owned());
        true
    }

    /// Whether this is the last one of the pages that are used up. Pages by key begin with them once more.
    pub fn is_anchor(&self, key: &str) -> bool {
        self.anchor.as_deref() == Some(key)
    }

    /// Where the cursor goes on from when this page, which is used up, was the last that it read. Nothing if keys come
    /// in no order that we know: then the cursor begins anew, by key, and the order is the tenant's business.
    ///
    /// # Errors
    ///
    /// Pages by key that do not get any further.
    pub fn settle(&mut self) -> Result<Option<&str>> {
        let has_next = self.next.is_some();
        if self.paging == Paging::Key {
            if has_next && self.last == self.anchor {
                return Err(Error::new(
                    ErrorKind::TargetProtocol,
                    "the tenant's pages by key do not get further",
                ));
            }
        } else if !self.order.is_known() {
            if self.paging == Paging::Snapshot && has_next {
                self.paging = Paging::Key;
                self.anchor.clone_from(&self.origin);
                self.last.clone_from(&self.origin);
            }
            return Ok(None);
        }
        self.anchor.clone_from(&self.last);
        Ok(self.anchor.as_deref())
    }
}

impl Order {
    fn note(&mut self, last: &str, key: &str) {
        self.bytewise &= last <= key;
        self.caseless = self.caseless && caseless(last, key) != Ordering::Greater;
    }

    fn is_known(&self) -> bool {
        self.bytewise || self.caseless
    }
}

fn caseless(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        let [one, other] = [one, other].map(|text| text.bytes().map(|byte| byte.to_ascii_lowercase()));
        return one.cmp(other);
    }
    let [one, other] = [one, other].map(|text| text.chars().flat_map(char::to_lowercase));
    one.cmp(other)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(cursor: &mut Cursor, keys: &[&str], next: Option<&str>) -> Result<Option<String>> {
        cursor.turn(next.map(str::to_owned));
        for key in keys {
            cursor.pass(key);
        }
        cursor.settle().map(|anchor| anchor.map(str::to_owned))
    }

    fn ask(key: &str) -> Step {
        Step::Ask(Some(key.to_owned()))
    }

    #[test]
    fn links_are_followed_as_long_as_they_hold() {
        let mut cursor = Cursor::new(Paging::Snapshot, None);
        assert_eq!(cursor.step(), Step::Ask(None));
        assert_eq!(page(&mut cursor, &["a", "b"], Some("link")).unwrap().as_deref(), Some("b"));
        assert_eq!(cursor.step(), Step::Follow("link".into()));
        page(&mut cursor, &["c"], None).unwrap();
        assert_eq!(cursor.step(), Step::Done);
    }

    #[test]
    fn the_outlook_is_the_next_step_however_pages_follow_one_another() {
        // {"startRow":1000,"endRow":2000}
        let offset = "u?$skiptoken=eyJzdGFydFJvdyI6MTAwMCwiZW5kUm93IjoyMDAwfQ==";
        for paging in [Paging::Snapshot, Paging::Key, Paging::Link] {
            for link in ["link", offset] {
                let mut cursor = Cursor::new(paging, None);
                page(&mut cursor, &["a", "b"], Some(link)).unwrap();
                let outlook = cursor.outlook(|| Some("b".into()));
                assert_eq!(outlook, Some(cursor.step()), "{paging:?} {link}");
                page(&mut cursor, &["c"], None).unwrap();
                assert_eq!(cursor.outlook(|| Some("c".into())), None);
            }
        }
    }

    #[test]
    fn an_offset_that_calls_itself_a_snapshot_is_not_followed() {
        let mut cursor = Cursor::new(Paging::Snapshot, None);
        // {"startRow":1000,"endRow":2000}
        let link = "u?$skiptoken=eyJzdGFydFJvdyI6MTAwMCwiZW5kUm93IjoyMDAwfQ==";
        page(&mut cursor, &["a", "b"], Some(link)).unwrap();
        assert_eq!((cursor.step(), cursor.paging), (ask("b"), Paging::Key));
    }

    #[test]
    fn a_second_loss_in_a_row_is_the_end_of_snapshots() {
        let mut cursor = Cursor::new(Paging::Snapshot, None);
        let answer = connector_core::error::TargetAnswer { status: Some(500), ..Default::default() };
        let lost = Error::new(ErrorKind::TargetProtocol, "lost").with_target(answer);
        assert!(cursor.recovers(&lost));
        assert_eq!(cursor.paging, Paging::Snapshot);
        cursor.followed();
        assert!(cursor.recovers(&lost) && cursor.paging == Paging::Snapshot && cursor.recovers(&lost));
        assert_eq!(cursor.paging, Paging::Key);
        assert!(!cursor.recovers(&Error::new(ErrorKind::ConnectionBroken, "cut")));
    }

    #[test]
    fn whoever_comes_twice_passes_once() {
        let mut cursor = Cursor::new(Paging::Snapshot, Some("b".into()));
        assert_eq!(cursor.step(), ask("b"));
        cursor.turn(None);
        assert!(!cursor.pass("b") && cursor.pass("c") && !cursor.pass("c"));
    }

    #[test]
    fn without_an_order_there_is_no_checkpoint_and_the_walk_begins_anew_by_key() {
        let mut cursor = Cursor::new(Paging::Snapshot, None);
        assert_eq!(page(&mut cursor, &["b", "a", "c"], Some("link")).unwrap(), None);
        assert_eq!((cursor.step(), cursor.paging), (Step::Ask(None), Paging::Key));
        assert_eq!(page(&mut cursor, &["b", "a", "d"], Some("2")).unwrap().as_deref(), Some("d"));
    }

    #[test]
    fn letters_of_either_case_are_an_order_too() {
        let mut cursor = Cursor::new(Paging::Snapshot, None);
        assert_eq!(page(&mut cursor, &["a", "B", "c"], Some("link")).unwrap().as_deref(), Some("c"));
        assert_eq!(page(&mut cursor, &["D", "C"], Some("other")).unwrap(), None);
    }

    #[test]
    fn pages_by_key_that_stand_still_are_an_error() {
        let mut cursor = Cursor::new(Paging::Key, None);
        page(&mut cursor, &["a", "b"], Some("1")).unwrap();
        assert_eq!(cursor.step(), ask("b"));
        assert!(page(&mut cursor, &["b"], Some("2")).is_err());
    }
}
