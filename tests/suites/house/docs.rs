//! The links of the documentation lead somewhere.

use std::collections::BTreeMap;
use std::path::Path;

use super::{files, none, root};

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

/// The lines outside of code blocks, with inline code taken out.
fn prose(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push(line.split('`').step_by(2).collect::<Vec<_>>().join("`"));
        }
    }
    lines
}

/// What `[text](target)` and `[name]: target` point to.
fn targets(text: &str) -> Vec<String> {
    let mut targets = Vec::new();
    for line in prose(text) {
        for part in line.split("](").skip(1) {
            targets.extend(part.split([')', ' ']).next().map(ToOwned::to_owned));
        }
        if let Some((_, target)) = line.strip_prefix('[').and_then(|line| line.split_once("]: ")) {
            targets.push(target.trim().to_owned());
        }
    }
    targets
}

/// The anchors of the headings, as GitHub forms them.
pub fn anchors(text: &str) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut fenced = false;
    let mut anchors = Vec::new();
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let heading = line.trim_start_matches('#');
        if fenced || heading.len() == line.len() || !heading.starts_with(' ') {
            continue;
        }
        let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        let slug: String =
            kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect();
        let count = seen.entry(slug.clone()).and_modify(|n| *n += 1).or_insert(0);
        anchors.push(if *count == 0 { slug } else { format!("{slug}-{count}") });
    }
    anchors
}

/// What is wrong with a link that stands in this file.
fn complaint(file: &Path, text: &str, target: &str) -> Option<String> {
    let outside = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
    if outside || target.is_empty() {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let wrong = |what: &str| Some(format!("{}: ({target}) {what}", file.display()));
    if path.starts_with('/') {
        return wrong("is not relative");
    }
    let linked = root().join(file).parent().unwrap().join(path);
    if !path.is_empty() && !linked.exists() {
        return wrong("leads nowhere");
    }
    let linked =
        if path.is_empty() { text.to_owned() } else { std::fs::read_to_string(linked).unwrap_or_default() };
    let found = anchor.is_empty() || anchors(&linked).iter().any(|known| known == anchor);
    if found { None } else { wrong("has no such heading") }
}

#[test]
fn every_relative_link_and_anchor_leads_somewhere() {
    let mut complaints = Vec::new();
    for (file, text) in files(is_markdown) {
        complaints.extend(targets(&text).iter().filter_map(|target| complaint(&file, &text, target)));
    }
    none(&complaints);
}

#[test]
fn links_and_anchors_are_found_as_github_finds_them() {
    let text = "# A `b`, c!\n## A b c\n```\n# no\n[x](no.md)\n```\n`[y](no.md)` [z](a.md#b \"t\") ![i](i.png)\n[r]: b.md\n";
    assert_eq!(targets(text), ["a.md#b", "i.png", "b.md"]);
    assert_eq!(anchors(text), ["a-b-c", "a-b-c-1"]);
    let here = Path::new("Cargo.toml");
    assert!(complaint(here, text, "#a-b-c-1").is_none() && complaint(here, text, "rustfmt.toml").is_none());
    for wrong in ["#no", "no.md", "/etc"] {
        assert!(complaint(here, text, wrong).is_some(), "{wrong}");
    }
}
