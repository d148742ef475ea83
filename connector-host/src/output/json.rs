//! One JSON document: an object, or for a stream an array that is written as it comes.
//!
//! The array's elements are the objects, and what a program has to see besides: `{"problem":…,"kind":…}`,
//! `{"summary":…}` after a page that was asked for, `{"error":…}` as the last element of a failure.

use std::io::{self, Write};

use connector_core::Error;
use connector_core::object::ConnectorObject;
use connector_core::operation::{Gone, Problem, Summary};
use serde::Serialize;
use serde_json::json;

use super::{ObjectWriter, Output, problem_line};

/// Writes one document.
pub fn document(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A stream of objects.
#[derive(Default)]
pub struct Array {
    open: bool,
}

impl Array {
    fn element(&mut self, out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
        let before: &[u8] = if std::mem::replace(&mut self.open, true) { b",\n" } else { b"[\n" };
        out.write_all(before)?;
        serde_json::to_writer_pretty(&mut *out, value)?;
        Ok(())
    }

    fn close(&mut self, out: &mut impl Write) -> io::Result<()> {
        let end: &[u8] = if std::mem::take(&mut self.open) { b"\n]\n" } else { b"[]\n" };
        out.write_all(end)?;
        out.flush()
    }
}

impl ObjectWriter for Array {
    fn object(&mut self, out: &mut Output, object: ConnectorObject) -> io::Result<()> {
        self.element(out, &object)
    }

    fn problem(&mut self, out: &mut Output, problem: &Problem) -> io::Result<()> {
        self.element(out, &problem_line(problem))
    }

    fn gone(&mut self, out: &mut Output, gone: &Gone) -> io::Result<()> {
        self.element(out, &json!({"gone": gone}))
    }

    fn end(&mut self, out: &mut Output, summary: &Summary, paged: bool) -> io::Result<()> {
        if paged {
            self.element(out, &json!({"summary": summary}))?;
        }
        self.close(out)
    }

    fn fail(&mut self, out: &mut Output, error: &Error) -> io::Result<()> {
        out.told = true;
        self.element(out, &json!({"error": error}))?;
        self.close(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn array(elements: &[u8]) -> String {
        let (mut bytes, mut array) = (Vec::new(), Array::default());
        elements.iter().for_each(|element| array.element(&mut bytes, element).unwrap());
        array.close(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn an_array_is_one_document_whatever_its_length() {
        assert_eq!(array(&[]), "[]\n");
        assert_eq!(array(&[1]), "[\n1\n]\n");
        assert_eq!(array(&[1, 2]), "[\n1,\n2\n]\n");
    }
}
