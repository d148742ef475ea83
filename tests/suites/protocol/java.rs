//! The client library for Java: a file for each list of words and each result, and the exceptions.

use super::model::{Enum, Field, Kind, Model, Record};
use super::text::{camel, code, indented, lines, pascal};
use super::{File, MARK};

const FOLDER: &str = "bindings/java/client/src/main/java/com/sfsf/connector/client";

/// Every file that is made.
pub fn files(model: &Model) -> Vec<File> {
    let words = model.enums.iter().map(|one| file(&one.name, &words(one)));
    let records = model.records.iter().map(|one| file(&one.name, &record(one)));
    words.chain(records).chain([file("ConnectorException", &exceptions(model.words("ErrorKind")))]).collect()
}

fn file(name: &str, source: &str) -> File {
    File {
        path: format!("{FOLDER}/{name}.java"),
        text: format!("// {MARK}\npackage com.sfsf.connector.client;\n\n{source}"),
    }
}

/// A comment of Javadoc.
fn comment(doc: &str, by: &str) -> String {
    let escaped = doc.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let text = code(&escaped, "{@code ", "}");
    let inner = lines(&text, &format!("{by} * "));
    match inner.as_slice() {
        [line] if line.len() < 110 => format!("{by}/** {} */\n", text.trim()),
        _ => format!("{by}/**\n{}\n{by} */\n", inner.join("\n")),
    }
}

fn words(of: &Enum) -> String {
    let name = &of.name;
    let members = of.members();
    let member =
        |(word, doc): &(&str, String)| format!("{}  {}(\"{word}\")", comment(doc, "  "), word.to_uppercase());
    let members = members.iter().map(member).collect::<Vec<_>>().join(",\n\n");
    let reading = format!(
        "
  /** The one of this word; {{@link #UNKNOWN}} for one that is none of these, and null for null. */
  static {name} of(String word) {{
    for ({name} one : values()) {{
      if (one.word.equals(word)) {{
        return one;
      }}
    }}
    return word == null ? null : UNKNOWN;
  }}
"
    );
    let reading = if of.is_received { reading.as_str() } else { "" };
    format!(
        "{}public enum {name} {{
{members};

  private final String word;

  {name}(String word) {{
    this.word = word;
  }}

  /** The protocol's word for it. */
  public String word() {{
    return word;
  }}
{reading}
  /** The protocol's word for it. */
  @Override
  public String toString() {{
    return word;
  }}
}}
",
        comment(&of.doc, ""),
    )
}

fn record(of: &Record) -> String {
    let name = &of.name;
    let imports = |field: &Field, wanted: &str| kind_type(&field.kind, field.is_optional).contains(wanted);
    let used = [
        ("Duration", "time.Duration"),
        ("LocalDate", "time.LocalDate"),
        ("List<", "util.List"),
        ("Map<", "util.Map"),
    ];
    let used = used.iter().filter(|(wanted, _)| of.fields.iter().any(|field| imports(field, wanted)));
    let used: String = used.map(|(_, import)| format!("import java.{import};\n")).collect();
    let fields: String = of.fields.iter().map(accessors).collect();
    format!(
        "import com.google.gson.JsonObject;\n{used}\n{}public final class {name} extends Json {{
  {name}(JsonObject json) {{
    super(json);
  }}
{fields}}}\n",
        comment(&of.doc, ""),
    )
}

fn accessors(field: &Field) -> String {
    let (name, wire) = (camel(&field.name()), &field.wire);
    let absent = if field.is_optional && !field.doc.contains("absent") { " Null if absent." } else { "" };
    let doc = comment(&format!("{}{absent}", field.doc), "  ");
    let of = kind_type(&field.kind, field.is_optional);
    let mut text = format!("\n{doc}  public {of} {name}() {{\n    return {};\n  }}\n", reading(field));
    if let Some(words) = field.words() {
        let (of, read) = match field.kind {
            Kind::Enum(_) => ("String", "text"),
            _ => ("List<String>", "texts"),
        };
        let doc = comment(
            &format!("`{name}` as it came, also where {words} does not know the word.{absent}"),
            "  ",
        );
        text += &format!("\n{doc}  public {of} {name}Text() {{\n    return {read}(\"{wire}\");\n  }}\n");
    }
    text
}

fn kind_type(kind: &Kind, is_boxed: bool) -> String {
    let text = match kind {
        Kind::Text => "String",
        Kind::Flag if is_boxed => "Boolean",
        Kind::Flag => "boolean",
        Kind::Number if is_boxed => "Long",
        Kind::Number => "long",
        Kind::Milliseconds => "Duration",
        Kind::Day => "LocalDate",
        Kind::Enum(name) | Kind::Record(name) => name,
        Kind::Value => "Object",
        Kind::List(inner) => return format!("List<{}>", kind_type(inner, true)),
        Kind::Map(inner) => return format!("Map<String, {}>", kind_type(inner, true)),
    };
    text.to_owned()
}

/// What reads a field, with the methods of `Json`.
fn reading(field: &Field) -> String {
    let (wire, boxed) = (&field.wire, field.is_optional);
    match &field.kind {
        Kind::Text => format!("text(\"{wire}\")"),
        Kind::Flag if boxed => format!("optionalFlag(\"{wire}\")"),
        Kind::Flag => format!("flag(\"{wire}\")"),
        Kind::Number if boxed => format!("optionalNumber(\"{wire}\")"),
        Kind::Number => format!("number(\"{wire}\")"),
        Kind::Milliseconds => format!("duration(\"{wire}\")"),
        Kind::Day => format!("day(\"{wire}\")"),
        Kind::Enum(name) => format!("{name}.of(text(\"{wire}\"))"),
        Kind::Record(name) => format!("optional(\"{wire}\", {name}::new)"),
        Kind::Value => format!("value(\"{wire}\")"),
        Kind::List(inner) => format!("list(\"{wire}\", {})", element(inner)),
        Kind::Map(inner) => format!("map(\"{wire}\", {})", element(inner)),
    }
}

/// What reads an element of a list or a map.
fn element(kind: &Kind) -> String {
    match kind {
        Kind::Text => "one -> one.getAsString()".to_owned(),
        Kind::Flag => "one -> one.getAsBoolean()".to_owned(),
        Kind::Number => "one -> one.getAsLong()".to_owned(),
        Kind::Milliseconds => "one -> Duration.ofMillis(one.getAsLong())".to_owned(),
        Kind::Day => "one -> LocalDate.parse(one.getAsString())".to_owned(),
        Kind::Enum(name) => format!("one -> {name}.of(one.getAsString())"),
        Kind::Record(name) => format!("one -> new {name}(one.getAsJsonObject())"),
        Kind::Value => "Values::fromWire".to_owned(),
        Kind::List(inner) => format!("some -> elements(some, {})", element(inner)),
        Kind::Map(inner) => format!("some -> members(some, {})", element(inner)),
    }
}

fn exceptions(kinds: &Enum) -> String {
    let case = |(word, _): &(String, String)| {
        format!("      case {}:\n        return new {}(details);\n", word.to_uppercase(), pascal(word))
    };
    let class = |(word, doc): &(String, String)| {
        let (name, doc) = (pascal(word), comment(doc, ""));
        let class = format!(
            "\n{doc}public static final class {name} extends ConnectorException {{
  private static final long serialVersionUID = 1L;

  private {name}(Details details) {{
    super(details);
  }}
}}\n"
        );
        indented(&class, "  ")
    };
    let cases: String = kinds.words.iter().map(case).collect();
    let classes: String = kinds.words.iter().map(class).collect();
    EXCEPTIONS.replace("CASES\n", &cases).replace("CLASSES\n", &classes)
}

const EXCEPTIONS: &str = "/**
 * A failure: what went wrong, whether to try again, and what became of the change.
 *
 * <p>Decide by the class (or {@link #kind()}), {@link #retry()} and {@link #effect()}; the message is for people. There is one
 * subclass for each kind of error of the protocol; a kind that a newer connector may have is a plain {@code ConnectorException}.
 */
public class ConnectorException extends Failure {
  private static final long serialVersionUID = 1L;

  private ConnectorException(Details details) {
    super(details);
  }

  static ConnectorException of(Details details) {
    switch (details.kind()) {
CASES
      default:
        return new ConnectorException(details);
    }
  }
CLASSES
}
";
