//! A list of keys in a file, one a line, as JSON texts: they may hold anything.

use std::collections::hash_map::DefaultHasher;
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use connector_core::object::Uid;

use crate::private;

/// A list that is written to at its end.
pub struct KeyList {
    writer: BufWriter<File>,
    length: u64,
}

impl KeyList {
    /// Opens a list of which so many bytes are valid; what comes after them is cut off.
    pub fn open(path: &Path, valid: u64) -> io::Result<Self> {
        // Of a list of which nothing is valid nothing is kept, whatever stands there.
        let mut file = if valid == 0 { private::anew(path)? } else { private::open(path)? };
        let length = valid.min(file.metadata()?.len());
        file.set_len(length)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Self { writer: BufWriter::new(file), length })
    }

    /// Adds a key.
    pub fn add(&mut self, key: &Uid) -> io::Result<()> {
        let mut line = serde_json::to_vec(key)?;
        line.push(b'\n');
        self.length += line.len() as u64;
        self.writer.write_all(&line)
    }

    /// Writes what is held back, and says how much of the list is valid.
    pub fn settle(&mut self) -> io::Result<u64> {
        self.writer.flush()?;
        self.writer.get_ref().sync_data()?;
        Ok(self.length)
    }
}

/// Hands over the keys of a list, of which so many bytes are valid.
pub fn each(path: &Path, valid: u64, mut take: impl FnMut(Uid) -> io::Result<()>) -> io::Result<()> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    for line in BufReader::new(io::Read::take(file, valid)).lines() {
        // Half a line is no key.
        let Ok(key) = serde_json::from_str(&line?) else { break };
        take(key)?;
    }
    Ok(())
}

/// A set of keys, eight bytes each. Of 10 million keys, two are taken for one another once in 400,000 runs; then
/// somebody who is missing is not noticed in that run.
#[derive(Default)]
pub struct KeySet {
    hashes: Vec<u64>,
    sorted: usize,
}

impl KeySet {
    /// The keys of a list.
    pub fn read(path: &Path, valid: u64) -> io::Result<Self> {
        let mut set = Self::default();
        each(path, valid, |key| {
            set.hashes.push(hash(&key));
            Ok(())
        })?;
        set.sort();
        Ok(set)
    }

    /// Adds a key; false if it was there.
    pub fn insert(&mut self, key: &Uid) -> bool {
        let is_new = !self.contains(key);
        if is_new {
            self.hashes.push(hash(key));
        }
        // Those that were added since are looked through one by one, so there must not be many.
        if self.hashes.len() - self.sorted > 1000 {
            self.sort();
        }
        is_new
    }

    /// Whether a key is there.
    pub fn contains(&self, key: &Uid) -> bool {
        let hash = hash(key);
        let (sorted, added) = self.hashes.split_at(self.sorted);
        sorted.binary_search(&hash).is_ok() || added.contains(&hash)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    fn sort(&mut self) {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        self.sorted = self.hashes.len();
    }
}

fn hash(key: &Uid) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_what_was_valid_and_no_half_line() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("keys");
        let mut list = KeyList::open(&path, 0).unwrap();
        list.add(&"o'neil\n\"x\"".into()).unwrap();
        let valid = list.settle().unwrap();
        list.add(&"lost".into()).unwrap();
        drop(list);
        let mut list = KeyList::open(&path, valid).unwrap();
        list.add(&"b".into()).unwrap();
        let valid = list.settle().unwrap();
        let mut keys = Vec::new();
        each(&path, valid, |key| {
            keys.push(key.to_string());
            Ok(())
        })
        .unwrap();
        assert_eq!(keys, ["o'neil\n\"x\"", "b"]);
    }

    #[test]
    fn a_set_knows_who_is_new() {
        let mut set = KeySet::default();
        for number in 0..5000 {
            assert!(set.insert(&Uid::new(number.to_string())));
        }
        assert!((0..5000).all(|number| !set.insert(&Uid::new(number.to_string()))));
        assert_eq!(set.len(), 5000);
    }
}
