//! What a misspelled key was meant to be.

use super::properties::properties;

/// Words that other products and pages use for a key of ours.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("api_host", "url"),
    ("api_url", "url"),
    ("base_url", "url"),
    ("host", "url"),
    ("api_key", "client_id"),
    ("api_user", "username"),
    ("user", "username"),
    ("user_id", "username"),
    ("company", "company_id"),
    ("token_endpoint", "token_url"),
    ("client_secret", "private_key"),
    ("key", "private_key"),
    ("key_file", "private_key_file"),
    ("passphrase", "private_key_passphrase"),
    ("key_passphrase", "private_key_passphrase"),
    ("cert", "certificate"),
    ("certificate_file", "certificate"),
    ("token", "access_token"),
    ("bearer_token", "access_token"),
];

/// The key of the configuration that looks most like this one, if one does.
pub fn similar_key(name: &str) -> Option<String> {
    let letters = letters(name);
    if let Some((_, key)) = OTHER_WORDS.iter().find(|(word, _)| self::letters(word) == letters) {
        return Some((*key).to_owned());
    }
    let distance = |key: &str| strsim::damerau_levenshtein(&letters, &self::letters(key));
    let nearest = properties().into_iter().map(|property| property.name).min_by_key(|key| distance(key))?;
    // A third of the letters may be wrong, but never all of a short word.
    (distance(&nearest) <= (letters.chars().count() / 3).clamp(1, 4)).then_some(nearest)
}

/// Case, blanks and what stands between words do not count.
fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_key_is_recognized_and_a_strange_one_is_not() {
        for (written, meant) in [
            ("usernme", "username"),
            ("companyId", "company_id"),
            ("compnay_id", "company_id"),
            ("pivate_key", "private_key"),
            ("pagesize", "page_size"),
            ("private-key-file", "private_key_file"),
            ("API Key", "client_id"),
            ("ulr", "url"),
        ] {
            assert_eq!(similar_key(written).as_deref(), Some(meant), "{written}");
        }
        for strange in ["x", "colour", "database_connection_string", ""] {
            assert_eq!(similar_key(strange), None, "{strange}");
        }
    }
}
