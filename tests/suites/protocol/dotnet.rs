//! The class library for .NET: files with the lists of words and the exceptions, and one for each result.

use super::model::{Enum, Field, Kind, Model, Record};
use super::text::{code, indented, lines, pascal};
use super::{File, MARK};

const FOLDER: &str = "bindings/dotnet/src/Generated";

/// Every file that is made; `errors` are OpenIAM's words for kinds of errors.
pub fn files(model: &Model, errors: &toml::Table) -> Vec<File> {
    let (kinds, all) = (model.words("ErrorKind"), |texts: Vec<String>| texts.join("\n"));
    let words = model.enums.iter().map(words).chain([conversions(&model.enums)]).collect();
    let mut files = vec![
        file("Words", "", "Sfsf.Connector", &all(words)),
        file("Exceptions", "using System.Collections.Generic;\n\n", "Sfsf.Connector", &exceptions(kinds)),
        file("ErrorWords", "", "Sfsf.Connector.PowerShell", &error_words(kinds, errors)),
    ];
    let using = "using System;\nusing System.Collections.Generic;\nusing System.Linq;\n\n";
    files.extend(model.records.iter().map(|one| file(&one.name, using, "Sfsf.Connector", &record(one))));
    files
}

fn file(name: &str, using: &str, namespace: &str, classes: &str) -> File {
    let classes = indented(classes, "    ");
    let text = format!("// {MARK}\n{using}namespace {namespace}\n{{\n{classes}}}\n");
    File { path: format!("{FOLDER}/{name}.cs"), text }
}

fn escaped(doc: &str) -> String {
    doc.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn comment(doc: &str, by: &str) -> String {
    let text = code(&escaped(doc), "<c>", "</c>");
    match lines(&text, &format!("{by}/// ")).as_slice() {
        [line] if line.len() < 90 => format!("{by}/// <summary>{text}</summary>\n"),
        several => format!("{by}/// <summary>\n{}\n{by}/// </summary>\n", several.join("\n")),
    }
}

fn words(of: &Enum) -> String {
    let member = |(word, doc): &(&str, String)| format!("{}    {},\n", comment(doc, "    "), pascal(word));
    let members = of.members().iter().map(member).collect::<Vec<_>>().join("\n");
    format!("{}public enum {}\n{{\n{members}}}\n", comment(&of.doc, ""), of.name)
}

fn conversions(all: &[Enum]) -> String {
    let received = all.iter().filter(|one| one.is_received).map(received);
    let methods: Vec<_> = received.chain(all.iter().map(sent)).collect();
    let methods = indented(&methods.join("\n"), "    ");
    format!(
        "/// <summary>From the protocol's words to those of this library, and back.</summary>\ninternal static class ProtocolWords\n{{\n{methods}}}\n"
    )
}

/// From a word, for what is received.
fn received(of: &Enum) -> String {
    let name = &of.name;
    let case = |(word, _): &(String, String)| {
        format!("        case \"{word}\":\n            return Sfsf.Connector.{name}.{};\n", pascal(word))
    };
    let cases: String = of.words.iter().map(case).collect();
    format!(
        "public static {name} {name}(string word)\n{{\n    switch (word)\n    {{\n{cases}        default:\n            return Sfsf.Connector.{name}.Unknown;\n    }}\n}}\n"
    )
}

/// To a word.
fn sent(of: &Enum) -> String {
    let name = &of.name;
    let case = |(word, _): &(String, String)| {
        format!("        case Sfsf.Connector.{name}.{}:\n            return \"{word}\";\n", pascal(word))
    };
    let cases: String = of.words.iter().map(case).collect();
    let other = match of.is_received {
        true => "return \"unknown\";".to_owned(),
        false => format!("throw new InvalidRequestException(\"there is no {name} \" + (int)one);"),
    };
    format!(
        "public static string Of({name} one)\n{{\n    switch (one)\n    {{\n{cases}        default:\n            {other}\n    }}\n}}\n"
    )
}

fn record(of: &Record) -> String {
    let name = &of.name;
    let assigned: String = of.fields.iter().map(assigned).collect();
    let properties: String = of.fields.iter().map(property).collect();
    format!(
        "{}public sealed class {name}\n{{\n    internal {name}(IDictionary<string, object> json)\n    {{\n{assigned}    }}\n{properties}}}\n",
        comment(&of.doc, ""),
    )
}

fn property(field: &Field) -> String {
    let name = pascal(&field.name());
    let absent = if field.is_optional && !field.doc.contains("absent") { " Nothing if absent." } else { "" };
    let one = |name: &str, of: &str, doc: &str| {
        format!(
            "\n{}    public {of} {name} {{ get; private set; }}\n",
            comment(&format!("{doc}{absent}"), "    ")
        )
    };
    let mut text = one(&name, &kind_type(&field.kind, field.is_optional), &field.doc);
    if let Some(words) = field.words() {
        let of = if matches!(field.kind, Kind::Enum(_)) { "string" } else { "IList<string>" };
        let doc = format!("`{name}` as it came, also where `{words}` does not know the word.");
        text += &one(&format!("{name}Text"), of, &doc);
    }
    text
}

fn kind_type(kind: &Kind, is_optional: bool) -> String {
    let text = match kind {
        Kind::Text => return "string".to_owned(),
        Kind::Record(name) => return name.clone(),
        Kind::Value => return "object".to_owned(),
        Kind::List(inner) => return format!("IList<{}>", kind_type(inner, false)),
        Kind::Map(inner) => return format!("IDictionary<string, {}>", kind_type(inner, false)),
        Kind::Flag => "bool",
        Kind::Number => "long",
        Kind::Milliseconds => "TimeSpan",
        Kind::Day => "Date",
        Kind::Enum(name) => name,
    };
    if is_optional { format!("{text}?") } else { text.to_owned() }
}

fn assigned(field: &Field) -> String {
    let (name, wire) = (pascal(&field.name()), &field.wire);
    let mut text = format!("        {name} = {};\n", reading(field));
    if field.words().is_some() {
        let read = if matches!(field.kind, Kind::Enum(_)) { "Text" } else { "Texts" };
        text += &format!("        {name}Text = json.{read}(\"{wire}\");\n");
    }
    text
}

/// What reads a field, with the methods of `JsonFields`.
fn reading(field: &Field) -> String {
    let (wire, may_lack) = (&field.wire, field.is_optional);
    match &field.kind {
        Kind::Text => format!("json.Text(\"{wire}\")"),
        Kind::Flag if may_lack => format!("json.Field(\"{wire}\") as bool?"),
        Kind::Flag => format!("json.Flag(\"{wire}\")"),
        Kind::Number if may_lack => format!("json.Integer(\"{wire}\")"),
        Kind::Number => format!("json.Integer(\"{wire}\") ?? 0"),
        Kind::Milliseconds if may_lack => format!("json.Time(\"{wire}\")"),
        Kind::Milliseconds => format!("json.Time(\"{wire}\") ?? TimeSpan.Zero"),
        Kind::Day if may_lack => format!("json.Day(\"{wire}\")"),
        Kind::Day => format!("json.Day(\"{wire}\") ?? default(Date)"),
        Kind::Enum(name) if may_lack => format!("json.Word(\"{wire}\", ProtocolWords.{name})"),
        Kind::Enum(name) => format!("ProtocolWords.{name}(json.Text(\"{wire}\"))"),
        Kind::Record(name) => format!("json.Made(\"{wire}\", one => new {name}(one))"),
        Kind::Value => format!("Wire.From(json.Field(\"{wire}\"))"),
        Kind::List(inner) => {
            format!("json.List(\"{wire}\").Select(one => {}).ToList()", element(inner, "one"))
        }
        Kind::Map(inner) => format!("json.Members(\"{wire}\", one => {})", element(inner, "one")),
    }
}

/// What makes an element of a list or a map of what JSON has.
fn element(kind: &Kind, one: &str) -> String {
    match kind {
        Kind::Text => format!("{one} as string"),
        Kind::Flag => format!("{one} as bool? ?? false"),
        Kind::Number => format!("{one} as long? ?? 0"),
        Kind::Milliseconds => format!("TimeSpan.FromMilliseconds({one} as long? ?? 0)"),
        Kind::Day => format!("Date.Parse({one} as string)"),
        Kind::Enum(name) => format!("ProtocolWords.{name}({one} as string)"),
        Kind::Record(name) => format!("new {name}({one} as Dictionary<string, object>)"),
        Kind::Value | Kind::Map(_) => format!("Wire.From({one})"),
        Kind::List(inner) => {
            format!("(({}){one}).Select(inner => {}).ToList()", "IList<object>", element(inner, "inner"))
        }
    }
}

/// The exception for a kind of error. `TimeoutException` is of .NET itself.
fn exception(kind: &str) -> String {
    if kind == "timeout" { "TimedOutException".to_owned() } else { pascal(kind) + "Exception" }
}

fn exceptions(kinds: &Enum) -> String {
    let class = |(word, doc): &(String, String)| {
        let (name, doc) = (exception(word), comment(doc, ""));
        format!(
            "{doc}public sealed partial class {name} : ConnectorException\n{{\n    internal {name}(IDictionary<string, object> error) : base(error, ErrorKind.{})\n    {{\n    }}\n}}\n\n",
            pascal(word)
        )
    };
    let case = |(word, _): &(String, String)| {
        format!(
            "            case ErrorKind.{}:\n                return new {}(error);\n",
            pascal(word),
            exception(word)
        )
    };
    let classes: String = kinds.words.iter().map(class).collect();
    let cases: String = kinds.words.iter().map(case).collect();
    format!(
        "{classes}/// <summary>The exception for an error of the protocol.</summary>
internal static class ExceptionOf
{{
    /// <summary>One of a kind that this version does not know is a <see cref=\"ConnectorException\"/> and no more.</summary>
    public static ConnectorException Kind(ErrorKind kind, IDictionary<string, object> error)
    {{
        switch (kind)
        {{
{cases}            default:
                return new ConnectorException(error);
        }}
    }}
}}
"
    )
}

fn error_words(kinds: &Enum, errors: &toml::Table) -> String {
    let case = |(word, _): &(String, String)| {
        let theirs = errors[word].as_str().unwrap();
        format!("            case ErrorKind.{}:\n                return \"{theirs}\";\n", pascal(word))
    };
    let cases: String = kinds.words.iter().map(case).collect();
    let other = errors["internal"].as_str().unwrap();
    format!(
        "/// <summary>Words for a kind of error that others have.</summary>
public static partial class ErrorWords
{{
    /// <summary>The word of OpenIAM's connector contract, the same as in the worker's replies.</summary>
    public static string OpenIam(ErrorKind kind)
    {{
        switch (kind)
        {{
{cases}            default:
                return \"{other}\";
        }}
    }}
}}
"
    )
}
