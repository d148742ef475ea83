//! One compact JSON object a line, nothing held back but the last few kilobytes.
//!
//! A stream of objects ends with the last object: the number of lines is the number of objects. Only
//! what a program has to see joins them: `{"problem":…,"kind":…}` for what is wrong with a record,
//! `{"gone":…}` for one that is gone,
//! `{"summary":…}` after a page that was asked for, `{"error":…}` as the last line of a failure.

use std::io::{self, Write};

use connector_core::Error;
use connector_core::object::ConnectorObject;
use connector_core::operation::{Gone, Problem, Summary};
use serde::Serialize;
use serde_json::json;

use super::{Format, ObjectWriter, Output, problem_line};

/// Writes one value, in one piece: whoever kills the program finds no half of a line.
pub fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    out.write_all(&line)
}

/// A stream of objects.
pub struct Lines;

impl ObjectWriter for Lines {
    fn object(&mut self, out: &mut Output, object: ConnectorObject) -> io::Result<()> {
        line(out, &object)
    }

    fn problem(&mut self, out: &mut Output, problem: &Problem) -> io::Result<()> {
        line(out, &problem_line(problem))
    }

    fn gone(&mut self, out: &mut Output, gone: &Gone) -> io::Result<()> {
        line(out, &json!({"gone": gone}))
    }

    fn end(&mut self, out: &mut Output, summary: &Summary, paged: bool) -> io::Result<()> {
        if paged { line(out, &json!({"summary": summary})) } else { Ok(()) }
    }

    fn fail(&mut self, out: &mut Output, error: &Error) -> io::Result<()> {
        out.fail(Format::Ndjson, error)
    }
}
