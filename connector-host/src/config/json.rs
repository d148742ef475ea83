//! The keys of a JSON document, and the lines on which they stand.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::rc::Rc;

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::{Deserializer, Value as Json};

use super::Keys;

/// Reads an object.
///
/// # Errors
///
/// What is wrong, without any part of the text: it may be a key.
pub fn read(text: &str) -> Result<(Keys, BTreeMap<String, usize>), String> {
    let line = Rc::new(Cell::new(1));
    let mut document = Deserializer::from_reader(Counted { rest: text.as_bytes(), line: Rc::clone(&line) });
    let mut second = None;
    let object = Object { line, second: &mut second };
    let read = document.deserialize_map(object).and_then(|keys| document.end().map(|()| keys));
    let read = read
        .map_err(|error| format!("is not a JSON object: line {}, column {}", error.line(), error.column()))?;
    match second {
        // Which of the two counts is anybody's guess. TOML does not allow it either.
        Some(line) => Err(format!("names a key twice: line {line}")),
        None => Ok(read),
    }
}

/// A reader that counts the lines that were asked for. It is read byte by byte.
struct Counted<'a> {
    rest: &'a [u8],
    line: Rc<Cell<usize>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.rest.read(buffer.get_mut(..1).unwrap_or_default())?;
        if count == 1 && buffer.first() == Some(&b'\n') {
            self.line.set(self.line.get() + 1);
        }
        Ok(count)
    }
}

/// An object whose keys are on the line that was read last, and the line of a key that was there before.
struct Object<'a> {
    line: Rc<Cell<usize>>,
    second: &'a mut Option<usize>,
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = (Keys, BTreeMap<String, usize>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut keys, mut lines) = (Keys::new(), BTreeMap::new());
        while let Some(key) = map.next_key::<String>()? {
            if lines.insert(key.clone(), self.line.get()).is_some() {
                *self.second = Some(self.line.get());
            }
            keys.insert(key, map.next_value::<Json>()?);
        }
        Ok((keys, lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_key_has_its_line() {
        let (keys, lines) = read("{\n  \"url\": \"a\\n\",\n\n \"x\":\n {\"y\": 1}, \"z\": null}\n").unwrap();
        assert_eq!(json!(keys), json!({"url": "a\n", "x": {"y": 1}, "z": null}));
        assert_eq!(json!(lines), json!({"url": 2, "x": 4, "z": 5}));
    }

    #[test]
    fn what_is_no_object_is_refused_by_place() {
        for text in ["[]", "", "{", "{} x", "5", "{\"a\": hush}"] {
            let error = read(text).unwrap_err();
            assert!(error.contains("line 1") && !error.contains("hush"), "{error}");
        }
        assert_eq!(read("{\"url\": 1,\n \"x\": 2,\n \"url\": 3}").unwrap_err(), "names a key twice: line 3");
    }
}
