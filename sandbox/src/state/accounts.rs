//! Passwords and unique user names.

use std::collections::HashMap;
use std::num::NonZeroU32;

use aws_lc_rs::pbkdf2;

use crate::state::store::{Row, Table};

const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(999);

/// A password's hash.
pub(crate) type Hash = [u8; 32];

/// What only users have.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    /// Hashes; the text is forgotten.
    passwords: HashMap<Row, Hash>,
    /// User names with their owners, inactive ones too (KBA 3550451). Built at the first write.
    usernames: Option<HashMap<Box<str>, Row>>,
}

impl Accounts {
    /// Sets a password, and gives the hash of the one before.
    pub(crate) fn set_password(&mut self, row: Row, text: &str) -> Option<Hash> {
        let mut hash = [0; 32];
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt(row), text.as_bytes(), &mut hash);
        self.passwords.insert(row, hash)
    }

    /// Puts the hash of an earlier password back.
    pub(crate) fn restore_password(&mut self, row: Row, hash: Option<Hash>) {
        match hash {
            Some(hash) => self.passwords.insert(row, hash),
            None => self.passwords.remove(&row),
        };
    }

    pub(crate) fn password_matches(&self, row: Row, text: &str) -> bool {
        self.passwords.get(&row).is_some_and(|hash| {
            pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt(row), text.as_bytes(), hash).is_ok()
        })
    }

    /// The owner of a user name, with its case (KBA 2217113).
    pub(crate) fn owner(&mut self, table: &Table, column: usize, name: &str) -> Option<Row> {
        self.index(table, column).get(name).copied()
    }

    /// Notes that `row` has `new` instead of `old`.
    pub(crate) fn rename(
        &mut self,
        table: &Table,
        column: usize,
        row: Row,
        old: Option<&str>,
        new: Option<&str>,
    ) {
        let index = self.index(table, column);
        if let Some(old) = old.filter(|old| index.get(*old) == Some(&row)) {
            index.remove(old);
        }
        if let Some(new) = new {
            index.insert(new.into(), row);
        }
    }

    fn index(&mut self, table: &Table, column: usize) -> &mut HashMap<Box<str>, Row> {
        self.usernames.get_or_insert_with(|| {
            let named = table.order().iter().filter_map(|row| Some((table.text(*row, column)?.0, *row)));
            named.map(|(name, row)| (name.into(), row)).collect()
        })
    }
}

fn salt(row: Row) -> [u8; 16] {
    let mut salt = *b"sandbox-user-...";
    salt[12..].copy_from_slice(&row.to_be_bytes());
    salt
}
