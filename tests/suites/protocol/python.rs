//! The package for Python: a module with the lists of words, one with the results, and one with the exceptions.

use super::model::{Enum, Field, Kind, Model, Record};
use super::text::{code, lines, pascal};
use super::{File, MARK};

const FOLDER: &str = "bindings/python/src/sfsf_connector";

/// Every file that is made.
pub fn files(model: &Model) -> Vec<File> {
    let all = |parts: Vec<String>| parts.join("");
    let named = |names: Vec<String>| {
        let names: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
        format!("\n\n__all__ = [\n{names}]\n")
    };
    let enums = named(model.enums.iter().map(|one| one.name.clone()).collect());
    let results = named(model.records.iter().map(|one| one.name.clone()).collect());
    let kinds = model.words("ErrorKind");
    let errors = named(kinds.words.iter().map(|(word, _)| exception(word)).collect());
    vec![
        file("words", WORDS, &(all(model.enums.iter().map(words).collect()) + &enums)),
        file("results", &results_head(model), &(all(model.records.iter().map(record).collect()) + &results)),
        file("errors", ERRORS, &(exceptions(kinds) + &errors)),
    ]
}

fn file(name: &str, head: &str, classes: &str) -> File {
    File { path: format!("{FOLDER}/_generated_{name}.py"), text: format!("# {MARK}\n{head}{classes}") }
}

const WORDS: &str = r#""""The closed lists of words of the protocol."""

from ._words import Word
"#;

const ERRORS: &str = r#""""One exception for each kind of error of the protocol."""

from ._failure import ConnectorError
from ._generated_words import ErrorKind
"#;

fn results_head(model: &Model) -> String {
    let mut used: Vec<_> =
        model.enums.iter().filter(|one| one.is_received).map(|one| one.name.as_str()).collect();
    used.retain(|name| {
        model.records.iter().flat_map(|one| &one.fields).any(|field| field.words() == Some(*name))
    });
    used.sort_unstable();
    let used: String = used.iter().map(|name| format!("    {name},\n")).collect();
    format!(
        r#""""What comes back. Fields that a newer library may add are left out here, and are no error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Dict, List, Mapping, Optional

from ._fields import duration, each, members, optional
from ._generated_words import (
{used})
from ._object import ConnectorObject
from .values import from_wire
"#
    )
}

/// A text of documentation, which ends within a line if it can.
fn docstring(doc: &str, by: &str) -> String {
    let text = code(doc, "``", "``");
    match lines(&text, by).as_slice() {
        [line] if line.len() < 110 => format!("{by}\"\"\"{}\"\"\"\n", text.trim()),
        several => format!("{by}\"\"\"{}\n{by}\"\"\"\n", several.join("\n").trim()),
    }
}

fn comment(doc: &str, by: &str) -> String {
    lines(&code(doc, "``", "``"), &format!("{by}#: ")).join("\n") + "\n"
}

fn words(of: &Enum) -> String {
    let member = |(word, doc): &(&str, String)| {
        format!("{}    {} = \"{word}\"\n", comment(doc, "    "), word.to_uppercase())
    };
    let members: String = of.members().iter().map(member).collect();
    format!("\n\nclass {}(Word):\n{}\n{members}", of.name, docstring(&of.doc, "    "))
}

fn record(of: &Record) -> String {
    let (given, absent): (Vec<_>, Vec<_>) = of.fields.iter().partition(|field| default(field).is_none());
    let all: Vec<_> = given.into_iter().chain(absent).collect();
    let fields: String = all.iter().map(|field| declared(field)).collect();
    let read: String = all.iter().map(|field| assigned(field)).collect();
    let test = if of.name.starts_with("Test") {
        "    __test__ = False  # It is no test case, whatever its name says.\n\n"
    } else {
        ""
    };
    format!(
        "\n\n@dataclass(frozen=True)\nclass {0}:\n{1}\n{fields}\n{test}    @classmethod
    def of(cls, json: Mapping[str, Any]) -> {0}:
        \"\"\"From what the protocol has.\"\"\"
        return cls(\n{read}        )\n",
        of.name,
        docstring(&of.doc, "    "),
    )
}

/// What a field is if it is left out.
fn default(field: &Field) -> Option<&'static str> {
    match field.kind {
        _ if field.is_optional => Some("None"),
        Kind::Flag => Some("False"),
        Kind::List(_) => Some("field(default_factory=list)"),
        Kind::Map(_) => Some("field(default_factory=dict)"),
        _ => None,
    }
}

fn declared(field: &Field) -> String {
    let name = field.name();
    let kind = |text: String| if field.is_optional { format!("Optional[{text}]") } else { text };
    let end = default(field).map(|default| format!(" = {default}")).unwrap_or_default();
    let mut text = format!("{}    {name}: {}{end}\n", comment(&field.doc, "    "), kind(hint(&field.kind)));
    if let Some(words) = field.words() {
        let doc = format!("`{name}` as it came, also where {words} does not know the word.");
        let of = if matches!(field.kind, Kind::Enum(_)) { "str" } else { "List[str]" };
        text += &format!("{}    {name}_text: {}{end}\n", comment(&doc, "    "), kind(of.to_owned()));
    }
    text
}

fn hint(kind: &Kind) -> String {
    let text = match kind {
        Kind::Text => "str",
        Kind::Flag => "bool",
        Kind::Number => "int",
        Kind::Milliseconds => "timedelta",
        Kind::Day => "date",
        Kind::Enum(name) | Kind::Record(name) => name,
        Kind::Value => "Any",
        Kind::List(inner) => return format!("List[{}]", hint(inner)),
        Kind::Map(inner) => return format!("Dict[str, {}]", hint(inner)),
    };
    text.to_owned()
}

fn assigned(field: &Field) -> String {
    let (name, wire) = (field.name(), &field.wire);
    let mut text = format!("            {name}={},\n", reading(field));
    if field.words().is_some() {
        let as_it_came = match field.kind {
            Kind::Enum(_) if field.is_optional => format!("json.get(\"{wire}\")"),
            Kind::Enum(_) => format!("json[\"{wire}\"]"),
            _ => format!("list(json.get(\"{wire}\", ()))"),
        };
        text += &format!("            {name}_text={as_it_came},\n");
    }
    text
}

fn reading(field: &Field) -> String {
    let wire = &field.wire;
    match (&field.kind, element(&field.kind)) {
        (Kind::List(inner), _) => match element(inner) {
            Some(make) => format!("each({make}, json.get(\"{wire}\"))"),
            None => format!("list(json.get(\"{wire}\", ()))"),
        },
        (Kind::Map(inner), _) => match element(inner) {
            Some(make) => format!("members({make}, json.get(\"{wire}\"))"),
            None => format!("dict(json.get(\"{wire}\", {{}}))"),
        },
        (Kind::Flag, _) if !field.is_optional => format!("json.get(\"{wire}\", False)"),
        (_, None) if field.is_optional => format!("json.get(\"{wire}\")"),
        (_, None) => format!("json[\"{wire}\"]"),
        (_, Some(make)) if field.is_optional => format!("optional({make}, json.get(\"{wire}\"))"),
        (_, Some(make)) => format!("{make}(json[\"{wire}\"])"),
    }
}

/// The function that makes it of what JSON has, if it is something else.
fn element(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Text | Kind::Flag | Kind::Number => None,
        Kind::Milliseconds => Some("duration".to_owned()),
        Kind::Day => Some("date.fromisoformat".to_owned()),
        Kind::Enum(name) | Kind::Record(name) => Some(format!("{name}.of")),
        Kind::Value | Kind::List(_) | Kind::Map(_) => Some("from_wire".to_owned()),
    }
}

/// The exception for a kind of error. `TimeoutError` is Python's own, and is raised by others.
fn exception(kind: &str) -> String {
    if kind == "timeout" { "TimedOutError".to_owned() } else { pascal(kind) + "Error" }
}

fn exceptions(kinds: &Enum) -> String {
    let class = |(word, doc): &(String, String)| {
        let (name, doc) = (exception(word), docstring(doc, "    "));
        format!("\n\nclass {name}(ConnectorError):\n{doc}\n    kind = ErrorKind.{}\n", word.to_uppercase())
    };
    kinds.words.iter().map(class).collect()
}
