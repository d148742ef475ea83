//! The custom operator `like` of `$filter`.

/// SQL's LIKE: `%` is any text, `_` any letter. Runs in time proportional to text times pattern.
pub(crate) fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for wanted in pattern.chars() {
        if wanted == '%' {
            let first = reached.iter().position(|yes| *yes).unwrap_or(reached.len());
            reached.iter_mut().skip(first).for_each(|yes| *yes = true);
            continue;
        }
        for at in (0..text.len()).rev() {
            reached[at + 1] = reached[at] && (wanted == '_' || wanted == text[at]);
        }
        reached[0] = false;
    }
    reached.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::like;

    /// docs/successfactors.md#filters: LIKE with `%` wildcards.
    #[test]
    fn like_knows_percent_and_underscore() {
        for (text, pattern, expected) in [
            ("jdoe", "%jdoe%", true),
            ("xjdoey", "%jdoe%", true),
            ("jdo", "%jdoe%", false),
            ("Müller", "M_ller", true),
            ("abc", "a%c%", true),
            ("abc", "", false),
            ("", "%", true),
            ("abcabd", "%abd", true),
        ] {
            assert_eq!(like(text, pattern), expected, "{text} like {pattern}");
        }
    }
}
