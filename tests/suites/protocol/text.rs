//! Names and comments, as each language writes them.

/// How long a line of a comment may be.
const WIDTH: usize = 118;

/// Of a description of Rust, without its links and line breaks: ``[`Presence::Ambiguous`](…)`` is `` `ambiguous` ``.
pub fn plain(doc: &str) -> String {
    let mut plain = String::new();
    let mut rest = doc;
    while let Some((before, link)) = rest.split_once('[') {
        plain.push_str(before);
        let Some((name, after)) = link.split_once(']') else { break };
        plain.push_str(name);
        let target = after.strip_prefix('(').and_then(|target| target.split_once(')'));
        rest = target.map_or(after, |(_, after)| after);
    }
    plain.push_str(rest);
    plain.split_whitespace().map(last_segment).collect::<Vec<_>>().join(" ")
}

/// `` `Value::String` `` is `` `String` ``.
fn last_segment(word: &str) -> String {
    match word.rsplit_once("::") {
        Some((before, last)) if before.starts_with('`') => format!("`{last}"),
        Some((_, last)) => last.to_owned(),
        None => word.to_owned(),
    }
}

/// `GetOutcome` is `get_outcome`.
pub fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// `not_found` is `NotFound`.
pub fn pascal(name: &str) -> String {
    name.split('_').map(capital).collect()
}

/// `not_found` is `notFound`.
pub fn camel(name: &str) -> String {
    let pascal = pascal(name);
    pascal[..1].to_lowercase() + &pascal[1..]
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// What stands in backticks, put between two others.
pub fn code(doc: &str, open: &str, close: &str) -> String {
    let parts = doc.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 1 { format!("{open}{part}{close}") } else { part.to_owned() }).collect()
}

/// The lines of a text, each with this before it.
pub fn lines(text: &str, before: &str) -> Vec<String> {
    let mut lines = vec![before.to_owned()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap();
        if last.len() + 1 + word.len() > WIDTH && last != before {
            lines.push(format!("{before}{word}"));
        } else {
            let space = if last == before { "" } else { " " };
            *last += &format!("{space}{word}");
        }
    }
    lines
}

/// The text with this before each of its lines that has anything in it.
pub fn indented(text: &str, by: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{by}{line}\n") }).collect()
}
