//! Texts of the target inside of HTML and SVG.

use crate::output::printable;

/// A text that is text, whatever it holds. What XML has no room for is left out or spelled out.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter => safe.push(letter),
        }
    }
    safe
}
