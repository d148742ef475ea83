//! Comments that rest on a fact about SuccessFactors point at the heading of docs/successfactors.md that has it, and not
//! at notes that only somebody else has.

use super::docs::anchors;
use super::manners::finds;
use super::{files, none, root};

const PAGE: &str = "successfactors.md";

/// The sign of a section.
const SECTION: char = '\u{a7}';

/// What the notes were called behind their names. Put together here, so that this file does not name one.
const SHEET: &str = "sheet";

/// The headings of the page that a text points at, by their anchors.
fn pointers(text: &str) -> Vec<&str> {
    let behind = text.split(&format!("{PAGE}#")).skip(1).collect::<Vec<_>>();
    behind.iter().filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '-').next()).collect()
}

/// Whether what stands before the sign of a section names a standard.
fn is_standard(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    match words.next() {
        Some("processing") => true,
        Some(number) => {
            number.parse::<u32>().is_ok() && words.next().is_some_and(|word| word.ends_with("RFC"))
        }
        None => false,
    }
}

/// The lines that name a section of something that is no standard.
fn sections(text: &str) -> Vec<&str> {
    let names_one = |line: &&str| line.split(SECTION).rev().skip(1).any(|before| !is_standard(before));
    text.lines().filter(names_one).collect()
}

#[test]
fn every_pointer_to_the_facts_names_a_heading() {
    let known = anchors(&std::fs::read_to_string(root().join("docs").join(PAGE)).unwrap());
    let (mut count, mut complaints) = (0, Vec::new());
    for (path, text) in files(|_| true) {
        for pointer in pointers(&text) {
            count += 1;
            if !known.iter().any(|anchor| anchor == pointer) {
                complaints.push(format!("{}: {PAGE} has no heading {pointer}", path.display()));
            }
        }
    }
    none(&complaints);
    assert!(count > 100, "only {count} pointers were found");
}

#[test]
fn no_text_points_at_notes_that_are_not_here() {
    let files = files(|_| true);
    let mut complaints = Vec::new();
    for (path, text) in &files {
        let found = sections(text);
        complaints.extend(found.iter().map(|line| format!("{}: {}", path.display(), line.trim())));
    }
    let notes = ["protocol", "Protocol", "entity", "Entity", "EC"].map(|name| format!("{name} {SHEET}"));
    let names = [&notes[..], &["reference", "Reference"].map(|name| format!("{name}, entities"))].concat();
    let texts: Vec<_> = files.iter().map(|(path, text)| (path.clone(), text.as_str())).collect();
    complaints.extend(finds(&texts, &names));
    none(&complaints);
}

#[test]
fn pointers_and_sections_are_told_from_the_rest() {
    let text = format!("see docs/{PAGE}#e-mail-and-phone, {PAGE}#verbs. And {PAGE}.");
    assert_eq!(pointers(&text), ["e-mail-and-phone", "verbs"]);
    for standard in ["RFC 9112 ", "(RFC 7522 ", "OData V2, batch processing "] {
        assert_eq!(sections(&format!("{standard}{SECTION}2.1")), [""; 0], "{standard}");
    }
    for other in ["", "reference ", "(", "9112 ", "RFC 9112 and "] {
        assert_eq!(
            sections(&format!("a\n{other}{SECTION}2.1\nb")),
            [format!("{other}{SECTION}2.1")],
            "{other}"
        );
    }
}
