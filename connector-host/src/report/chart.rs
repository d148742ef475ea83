//! Bars, as inline SVG.

use std::fmt::Write as _;

use super::escape::escaped;

const LINE: u64 = 26;
const LABEL: u64 = 240;
const BAR: u64 = 380;

/// Horizontal bars, the longest first; what does not fit into `most` lines is one bar.
pub fn bars(
    title: &str,
    counts: impl IntoIterator<Item = (String, u64)>,
    most: usize,
    figure: fn(u64) -> String,
) -> String {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    if counts.len() > most {
        let others = counts.split_off(most.saturating_sub(1));
        let label = format!("{} others", others.len());
        counts.push((label, others.iter().map(|(_, count)| count).sum()));
    }
    let longest = counts.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let height = LINE * counts.len() as u64 + 4;
    let mut svg = format!(
        "<svg role=\"img\" viewBox=\"0 0 720 {height}\" width=\"720\" height=\"{height}\">\n<title>{}</title>\n",
        escaped(title)
    );
    for (place, (label, count)) in (0..).zip(&counts) {
        let (top, middle) = (place * LINE + 4, place * LINE + 19);
        let width = (count * BAR / longest).max(1);
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{LABEL}\" y=\"{top}\" width=\"{width}\" height=\"20\" rx=\"2\"/>\
             <text x=\"{}\" y=\"{middle}\">{}</text>",
            LABEL - 8,
            escaped(&shortened(label)),
            LABEL + width + 8,
            figure(*count)
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn shortened(label: &str) -> String {
    match label.chars().count() {
        0..=30 => label.to_owned(),
        _ => label.chars().take(29).chain(['\u{2026}']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_one_bar() {
        let counts = (0..10_u64).map(|number| (format!("<{number}>"), number + 1));
        let svg = bars("t", counts, 4, |count| count.to_string());
        assert_eq!(svg.matches("<rect").count(), 4);
        assert!(svg.contains("7 others") && svg.contains(">28<") && svg.contains("&lt;9&gt;"), "{svg}");
    }
}
