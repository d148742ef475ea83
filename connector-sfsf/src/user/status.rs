//! The status letters of `User` (reference §4.2) and what they mean for a person.

use connector_core::object::Presence;
use connector_core::{Error, Result};

use crate::odata::literal;

/// Every status that the API shows.
pub(crate) const LETTERS: [char; 6] = ['t', 'f', 'T', 'F', 'e', 'd'];

/// The texts that SuccessFactors takes for the letters.
const TEXTS: [(&str, char); 6] = [
    ("active", 't'),
    ("inactive", 'f'),
    ("active_external", 'T'),
    ("inactive_external", 'F'),
    ("active_external_suite", 'e'),
    ("inactive_external_suite", 'd'),
];

/// The condition that names these statuses. It always goes along, since the tenant otherwise leaves inactive
/// people out (KBA 2736579).
pub(crate) fn listed(letters: &[char]) -> String {
    let letters: Vec<String> = letters.iter().map(char::to_string).collect();
    format!("status in {}", literal::list(letters.iter().map(String::as_str)))
}

/// The letter in a text, if it is one of the six. Of other letters (`v` a vacancy, `x` somebody who was purged, KBA
/// 3375924) and of several, nobody knows whether they mean active or inactive.
pub(crate) fn known(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let letter = letters.next().filter(|letter| LETTERS.contains(letter))?;
    letters.next().is_none().then_some(letter)
}

/// What a status says about a person.
pub(crate) fn presence(letter: char) -> Presence {
    match letter {
        't' | 'T' | 'e' => Presence::Active,
        'f' | 'F' | 'd' => Presence::Inactive,
        _ => Presence::Unknown,
    }
}

/// The letter for a letter or a text. Letters compare with case: `t` and `T` are two statuses.
pub(crate) fn letter(text: &str) -> Result<char> {
    let text = text.trim();
    let mut letters = text.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && LETTERS.contains(&letter)
    {
        return Ok(letter);
    }
    let found = TEXTS.iter().find(|(name, _)| text.eq_ignore_ascii_case(name));
    found.map(|(_, letter)| *letter).ok_or_else(|| {
        Error::invalid_attribute("status", format!("'{text}' is not a status; t is active and f is inactive"))
    })
}

/// The letter of the same kind of person, active or not.
pub(crate) fn switched(letter: char, active: bool) -> char {
    let pairs = [('t', 'f'), ('T', 'F'), ('e', 'd')];
    let (on, off) = pairs.into_iter().find(|(on, off)| letter == *on || letter == *off).unwrap_or(('t', 'f'));
    if active { on } else { off }
}

/// Refuses statuses that `User` does not take: onboarding and learning have entities of their own (KBA 2994898).
pub(crate) fn writable(letter: char) -> Result<char> {
    if matches!(letter, 'e' | 'd') {
        return Err(Error::invalid_attribute(
            "status",
            "people of onboarding and learning (status e and d) cannot be written through User",
        )
        .with_advice("change them in Onboarding or Learning (KBA 2994898)"));
    }
    Ok(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_keep_their_case_and_texts_do_not() {
        assert_eq!((letter("t").unwrap(), letter("T").unwrap()), ('t', 'T'));
        assert_eq!(letter("Active_External").unwrap(), 'T');
        assert!(letter("x").is_err() && letter("").is_err());
    }

    #[test]
    fn switching_keeps_the_kind_of_person() {
        for letter in LETTERS {
            assert!(presence(switched(letter, true)).is_active());
            assert!(!presence(switched(letter, false)).is_active());
            assert_eq!(switched(switched(letter, false), presence(letter).is_active()), letter);
        }
    }
}
