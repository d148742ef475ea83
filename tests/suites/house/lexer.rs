//! Rust source cut into code, comments and literals, as far as the checks of the house need it.

/// What a piece of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Code,
    Comment,
    /// A string, with its quotes and prefix, or a character.
    Literal,
}

/// The pieces of a source text in their order; together they are the text.
pub(crate) fn pieces(text: &str) -> Vec<(Kind, &str)> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        let Some((kind, length)) = special(text, at) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if start < at {
            pieces.push((Kind::Code, &text[start..at]));
        }
        pieces.push((kind, &text[at..at + length]));
        at += length;
        start = at;
    }
    if start < text.len() {
        pieces.push((Kind::Code, &text[start..]));
    }
    pieces
}

/// A comment or a literal that begins at a place, with its length.
fn special(text: &str, at: usize) -> Option<(Kind, usize)> {
    let rest = &text[at..];
    if rest.starts_with("//") {
        return Some((Kind::Comment, rest.find('\n').unwrap_or(rest.len())));
    }
    if rest.starts_with("/*") {
        return Some((Kind::Comment, block(rest)));
    }
    if rest.starts_with('"') {
        return Some((Kind::Literal, quoted(rest, '"')));
    }
    let in_word = text[..at].chars().next_back().is_some_and(is_word);
    if let Some(length) = raw(rest).filter(|_| !in_word) {
        return Some((Kind::Literal, length));
    }
    // A lifetime has no quote after its first letter.
    let mut letters = rest.strip_prefix('\'')?.chars();
    let first = letters.next()?;
    let is_character = first == '\\' || letters.next() == Some('\'');
    is_character.then(|| (Kind::Literal, quoted(rest, '\'')))
}

pub(crate) fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The length of a block comment, which may hold others.
fn block(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a literal up to its closing quote.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a raw string, if the text begins with one.
fn raw(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let inner = rest.trim_start_matches('#');
    let marks = &rest[..rest.len() - inner.len()];
    let body = inner.strip_prefix('"')?;
    let end = body.find(&format!("\"{marks}"))?;
    Some(text.len() - body.len() + end + 1 + marks.len())
}

/// The code of a text, without what is compiled for tests alone. Comments, literals and tests are blanked out, so that
/// everything else stays where it is.
pub(crate) fn code(text: &str) -> String {
    let code = blanked(text);
    let mut bytes = code.clone().into_bytes();
    for (start, end) in test_items(&code) {
        bytes[start..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    String::from_utf8(bytes).unwrap()
}

/// The literals of a text, without those of its tests.
pub(crate) fn literals(text: &str) -> Vec<&str> {
    let tests = test_items(&blanked(text));
    let (mut at, mut found) = (0, Vec::new());
    for (kind, piece) in pieces(text) {
        let tested = tests.iter().any(|(start, end)| (*start..*end).contains(&at));
        if kind == Kind::Literal && !tested {
            found.push(piece);
        }
        at += piece.len();
    }
    found
}

/// A text with blanks for its comments and literals, byte for byte.
fn blanked(text: &str) -> String {
    let blank =
        |piece: &str| piece.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect::<String>();
    let pieces = pieces(text).into_iter();
    pieces.map(|(kind, piece)| if kind == Kind::Code { piece.to_owned() } else { blank(piece) }).collect()
}

/// Where the items are that only tests have, in code without comments and literals.
fn test_items(code: &str) -> Vec<(usize, usize)> {
    let mut items = Vec::new();
    let mut from = 0;
    while let Some(start) = code[from..].find("#[cfg(test)]").map(|at| from + at) {
        let end = start + item(&code[start..]);
        items.push((start, end));
        from = end;
    }
    items
}

/// The length of the item at the beginning of a text: up to its semicolon or the end of its braces.
fn item(code: &str) -> usize {
    let mut depth = 0;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
        if letter == '}' && depth <= 0 {
            return at + 1;
        }
    }
    code.len()
}

#[test]
fn source_is_cut_into_code_comments_and_literals() {
    let text = "let a = \"x // \\\" y\"; // c \"d\"\nlet 'l: b = 'q'; /* e /* f */ g */ r#\"h \" i\"# for";
    let of = |wanted| -> Vec<&str> {
        pieces(text).into_iter().filter(|(kind, _)| *kind == wanted).map(|(_, piece)| piece).collect()
    };
    assert_eq!(of(Kind::Literal), ["\"x // \\\" y\"", "'q'", "r#\"h \" i\"#"]);
    assert_eq!(of(Kind::Comment), ["// c \"d\"", "/* e /* f */ g */"]);
    assert_eq!(pieces(text).iter().map(|(_, piece)| *piece).collect::<String>(), text);
    let tested = "fn a() {}\n#[cfg(test)]\nmod t {\n fn b() { \"}\" }\n}\n#[cfg(test)]\nuse x;\nfn c() {}";
    let lines: Vec<String> = code(tested).lines().map(|line| line.trim().to_owned()).collect();
    assert_eq!(lines, ["fn a() {}", "", "", "", "", "", "", "fn c() {}"]);
}
