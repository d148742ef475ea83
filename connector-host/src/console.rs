//! Standard error: what is meant for the person who watches, never for the next program in a pipe.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use connector_core::operation::Problem;
use connector_core::{Effect, Error, Retry};
use indicatif::MultiProgress;

use crate::output::{Paint, printable};

/// Standard error. Cheap to clone; every clone writes around the same progress bars.
#[derive(Clone)]
pub struct Console {
    /// The progress bars, which step aside for every line.
    pub bars: MultiProgress,
    /// How text is marked.
    pub paint: Paint,
    quiet: bool,
}

impl Console {
    /// Standard error; `quiet` leaves only warnings and errors.
    pub fn new(quiet: bool) -> Self {
        Self { bars: MultiProgress::new(), paint: Paint::for_stream(&io::stderr()), quiet }
    }

    /// Whether progress bars make sense.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Says how things stand, unless quiet.
    pub fn note(&self, line: impl Display) {
        if !self.quiet {
            self.line(printable(&line.to_string()));
        }
    }

    /// Says what somebody should look at.
    pub fn warn(&self, line: impl Display) {
        let line = printable(&line.to_string());
        self.line(format_args!("{} {line}", self.paint.warning("warning:")));
    }

    /// A record that could not be read.
    pub fn problem(&self, problem: &Problem) {
        let sentence = one_line(&problem.error);
        self.line(format_args!("{} {}", self.paint.warning("problem:"), printable(&sentence)));
    }

    /// Reports an error: what went wrong, what the target said, what to do.
    pub fn error(&self, error: &Error) {
        self.line(format_args!("{} {}", self.paint.failure("error:"), printable(error.message())));
        for (label, text) in details(error) {
            self.line(format_args!("  {} {}", self.paint.quiet(format_args!("{label}:")), printable(&text)));
        }
    }

    /// Writes one line. That standard error is closed is nobody's problem.
    pub fn line(&self, line: impl Display) {
        self.bars.suspend(|| {
            let _ = writeln!(io::stderr().lock(), "{line}");
        });
    }
}

/// The lines under an error's message: a label and a text each. When to try again is said by the advice,
/// if there is any.
pub fn details(error: &Error) -> Vec<(&'static str, String)> {
    let context = error.context();
    let names: Vec<_> = context.attributes.iter().map(ToString::to_string).collect();
    let correlation_id = context.correlation_id.clone();
    [
        ("in", place(error)),
        (if names.len() == 1 { "attribute" } else { "attributes" }, some(names.join(", "))),
        ("the target said", target(error)),
        ("what became of it", effect(error).map(ToOwned::to_owned)),
        ("try again", retry(error).filter(|_| error.advice().is_none())),
        ("what to do", error.advice().map(ToOwned::to_owned)),
        ("correlation id", correlation_id),
    ]
    .into_iter()
    .filter_map(|(label, text)| Some((label, text?)))
    .collect()
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// `save User 'jdoe'`
fn place(error: &Error) -> Option<String> {
    let context = error.context();
    let mut place = context.operation?.to_string();
    if let Some(class) = &context.object_class {
        place.push_str(&format!(" {class}"));
    }
    if let Some(uid) = &context.uid {
        place.push_str(&format!(" '{uid}'"));
    }
    Some(place)
}

/// `400 COE0021: Invalid property names`
fn target(error: &Error) -> Option<String> {
    let target = error.target()?;
    let head: Vec<_> = target.status.map(|s| s.to_string()).into_iter().chain(target.code.clone()).collect();
    let parts: Vec<_> = some(head.join(" ")).into_iter().chain(target.text.clone()).collect();
    some(printable(&parts.join(": ")))
}

fn effect(error: &Error) -> Option<&'static str> {
    match error.effect() {
        Effect::NotApplied => None,
        Effect::Unknown => Some("unknown: the answer was lost; read the object before you repeat the change"),
        Effect::Applied => Some("the change, or a part of it, was made"),
    }
}

fn retry(error: &Error) -> Option<String> {
    match error.retry() {
        Retry::Later { after: Some(wait) } => Some(format!("in {} s or later", wait.as_secs_f64().ceil())),
        Retry::Later { after: None } | Retry::Never => None,
    }
}

fn one_line(error: &Error) -> String {
    let details = details(error);
    let shown = details.iter().filter(|(label, _)| !matches!(*label, "in" | "correlation id"));
    let uid = error.context().uid.as_ref().map(|uid| format!("'{uid}': ")).unwrap_or_default();
    let tail: String = shown.map(|(label, text)| format!("; {label}: {text}")).collect();
    format!("{uid}{}{tail}", error.message())
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_core::ErrorKind;
    use connector_core::error::TargetAnswer;
    use connector_core::object::{ObjectClass, Uid};
    use connector_core::operation::Operation;
    use std::time::Duration;

    #[test]
    fn details_say_where_what_and_what_next() {
        let error = Error::new(ErrorKind::RateLimited, "the tenant asks to slow down")
            .with_object(&ObjectClass::new("User"), Some(&Uid::new("jdoe")))
            .with_target(TargetAnswer {
                status: Some(429),
                code: Some("COE".into()),
                text: Some("Too\nmany".into()),
            })
            .with_retry(Retry::Later { after: Some(Duration::from_secs(7)) })
            .in_call(Operation::Save, "c-1");
        let lines: Vec<_> = details(&error).iter().map(|(label, text)| format!("{label}: {text}")).collect();
        assert_eq!(
            lines,
            [
                "in: save User 'jdoe'",
                "the target said: 429 COE: Too many",
                "try again: in 7 s or later",
                "correlation id: c-1"
            ]
        );
    }

    #[test]
    fn advice_is_the_last_word_but_one() {
        let error = Error::internal("x").with_advice("wait").in_call(Operation::Test, "c");
        let labels: Vec<_> = details(&error).into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["in", "what to do", "correlation id"]);
    }

    #[test]
    fn a_lost_answer_is_named() {
        let error = Error::internal("x").with_effect(Effect::Unknown);
        assert!(details(&error)[0].1.starts_with("unknown"));
    }
}
