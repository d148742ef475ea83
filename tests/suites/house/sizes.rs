//! Functions and files stay short: what is too long holds more than one thought.

use std::path::Path;

use super::circles::CRATES;
use super::lexer::{code, is_word};
use super::{files, is_rust, none};

/// The most lines of a function, from its name to its closing brace.
const FUNCTION: usize = 60;
/// The most lines of a file, without what is compiled for tests alone.
const FILE: usize = 450;

/// Files and functions that are longer yet, with their lines.
const ALLOWED: &[(&str, usize)] = &[];

/// What is too long in a file, with its name and its lines.
fn too_long(path: &Path, text: &str) -> Vec<(String, usize)> {
    let code = code(text);
    let mut found = Vec::new();
    let lines = lines_outside_of_tests(text, &code);
    if lines > FILE {
        found.push((path.display().to_string(), lines));
    }
    for (name, lines) in functions(&code).into_iter().filter(|(_, lines)| *lines > FUNCTION) {
        found.push((format!("{}: {name}", path.display()), lines));
    }
    found
}

/// The lines of a text but those of its tests.
fn lines_outside_of_tests(text: &str, code: &str) -> usize {
    let tests = text.find("#[cfg(test)]\nmod ").map(|at| text[..at].lines().count());
    // A module of tests stands at the end; what comes after it counts.
    tests.map_or(text.lines().count(), |before| {
        before + code.lines().skip(before).filter(|line| !line.trim().is_empty()).count()
    })
}

/// The functions of a file with their lines.
fn functions(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        if code[..at].chars().next_back().is_some_and(is_word) {
            continue;
        }
        let rest = &code[at..];
        let name: String = rest[3..].chars().take_while(|letter| is_word(*letter)).collect();
        if let Some(length) = length(rest) {
            found.push((name, rest[..length].lines().count()));
        }
    }
    found
}

/// The length of a function; `None` for one without a body.
fn length(code: &str) -> Option<usize> {
    let (mut braces, mut brackets) = (0, 0);
    for (at, letter) in code.char_indices() {
        match letter {
            '{' => braces += 1,
            '}' => braces -= 1,
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if braces == 0 && brackets == 0 => return None,
            _ => {}
        }
        if letter == '}' && braces == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[test]
fn functions_and_files_are_short() {
    let mut complaints = Vec::new();
    let mut found = Vec::new();
    for (path, text) in files(|path| is_rust(path) && CRATES.iter().any(|root| path.starts_with(root))) {
        found.extend(too_long(&path, &text));
    }
    for (name, lines) in &found {
        let allowed = ALLOWED.iter().find(|(allowed, _)| allowed == name).map(|(_, lines)| *lines);
        if *lines > allowed.unwrap_or(0) {
            complaints.push(format!("{name}: {lines} lines"));
        }
    }
    for (name, _) in ALLOWED.iter().filter(|(name, _)| found.iter().all(|(long, _)| long != name)) {
        complaints.push(format!("{name} is short now: take its exception away"));
    }
    none(&complaints);
}

#[test]
fn lines_are_counted_without_tests() {
    let long = format!("trait A {{ fn none(); }}\nfn long() {{\n{}}}\n", "    a();\n".repeat(60));
    let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "fn f() { \"}\" }\n".repeat(500));
    let found = too_long(Path::new("a.rs"), &format!("{long}{tests}"));
    assert_eq!(found, [("a.rs: long".to_owned(), 62)]);
    let found = too_long(Path::new("a.rs"), &"// a\n".repeat(451));
    assert_eq!(found, [("a.rs".to_owned(), 451)]);
}
