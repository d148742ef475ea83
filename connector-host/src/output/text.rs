//! Texts of the target where people look at them: on a terminal, in a table, in a page, in a spreadsheet.
//!
//! What a person's name or an error of the tenant holds must not move the cursor, color the screen, or show a text in
//! another order than the one that it has.

/// The text on one line, without what acts on a terminal. What nobody would see is spelled out: `\u{202e}`.
pub fn printable(text: &str) -> String {
    spelled_out(text, |letter| matches!(letter, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}').then_some(' '))
}

/// The text with its line breaks and tabs, but without what else acts on a terminal.
pub fn in_lines(text: &str) -> String {
    spelled_out(text, |letter| matches!(letter, '\n' | '\r' | '\t').then_some(letter))
}

fn spelled_out(text: &str, space: impl Fn(char) -> Option<char>) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match space(letter) {
            Some(space) => safe.push(space),
            None if acts(letter) => safe.extend(letter.escape_unicode()),
            None => safe.push(letter),
        }
    }
    safe
}

/// Control characters (C0, DEL, C1), and those that turn the direction of a text (Unicode, UAX #9) or end its line.
fn acts(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        )
}

/// What has no width: it stands before a text without being seen.
pub fn is_invisible(letter: char) -> bool {
    acts(letter)
        || letter.is_whitespace()
        || matches!(
            letter,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// `1 request`, `1,012 requests`.
pub fn counted(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", indicatif::HumanCount(number))
}

#[cfg(test)]
mod tests {
    use super::{in_lines, printable};

    #[test]
    fn what_acts_on_a_terminal_is_spelled_out() {
        assert_eq!(printable("a\u{1b}[31mb\nc"), "a\\u{1b}[31mb c");
        assert_eq!(printable("\u{9b}31m\u{7f}"), "\\u{9b}31m\\u{7f}");
        assert_eq!(
            printable("\u{202e}nimda\u{2066}x\u{2069}\u{200f}"),
            "\\u{202e}nimda\\u{2066}x\\u{2069}\\u{200f}"
        );
        assert_eq!(printable("Zoë 日本 👩\u{200d}🚀"), "Zoë 日本 👩\u{200d}🚀");
        assert_eq!(in_lines("a\tb\r\nc\u{85}\u{0}"), "a\tb\r\nc\\u{85}\\u{0}");
    }

    #[test]
    fn numbers_agree_with_their_nouns() {
        let texts = [0, 1, 1012].map(|number| super::counted(number, "request"));
        assert_eq!(texts, ["0 requests", "1 request", "1,012 requests"]);
    }
}
