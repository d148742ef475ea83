//! Texts of the target on a terminal.

/// The text on one line, without control characters: what a person's name holds must not move the cursor.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `1 request`, `1,012 requests`.
pub fn counted(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", indicatif::HumanCount(number))
}

#[cfg(test)]
mod tests {
    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(super::printable("a\u{1b}[31mb\nc"), "a [31mb c");
    }

    #[test]
    fn numbers_agree_with_their_nouns() {
        let texts = [0, 1, 1012].map(|number| super::counted(number, "request"));
        assert_eq!(texts, ["0 requests", "1 request", "1,012 requests"]);
    }
}
