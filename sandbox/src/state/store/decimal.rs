//! Numbers as they are written: `Edm.Decimal` has more digits than a floating number can hold.

use std::cmp::Ordering;

/// Whether a text is a number.
pub(crate) fn is_decimal(text: &str) -> bool {
    parts(text).is_some() || text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// How two numbers compare: digit by digit, or as floating numbers where one has an exponent. `None` if one is none.
pub(super) fn order(left: &str, right: &str) -> Option<Ordering> {
    let (Some(a), Some(b)) = (parts(left), parts(right)) else {
        return left.parse::<f64>().ok()?.partial_cmp(&right.parse().ok()?);
    };
    let size = |(_, whole, rest): Parts<'_>, (_, other, other_rest): Parts<'_>| {
        whole.len().cmp(&other.len()).then(whole.cmp(other)).then(rest.cmp(other_rest))
    };
    Some(match (a.0, b.0) {
        (false, false) => size(a, b),
        (true, true) => size(b, a),
        (negative, _) => {
            if negative {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
    })
}

/// Whether it is below zero, its whole part and its fraction, without zeros that mean nothing.
type Parts<'a> = (bool, &'a str, &'a str);

fn parts(text: &str) -> Option<Parts<'_>> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let only_digits = whole.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit());
    if !only_digits || whole.len() + rest.len() == 0 {
        return None;
    }
    let (whole, rest) = (whole.trim_start_matches('0'), rest.trim_end_matches('0'));
    let zero = whole.is_empty() && rest.is_empty();
    Some((negative && !zero, whole, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value() {
        let rising = [
            "-10",
            "-9.5",
            "-0.25",
            "0",
            "0.05",
            "0.5",
            "2",
            "9.50",
            "10",
            "1e3",
            "123456789012345678901234567890.1",
            "123456789012345678901234567890.2",
        ];
        for (at, left) in rising.iter().enumerate() {
            for (other, right) in rising.iter().enumerate() {
                assert_eq!(order(left, right), Some(at.cmp(&other)), "{left} and {right}");
            }
        }
        for (left, right) in
            [("1", "1.0"), ("-0", "0.00"), ("007", "7"), ("+5", "5"), (".5", "0.5"), ("1e1", "10")]
        {
            assert_eq!(order(left, right), Some(Ordering::Equal), "{left} and {right}");
        }
    }

    #[test]
    fn what_is_no_number_does_not_compare() {
        for text in ["", "-", ".", "many", "1,5", "NaN", "inf", "1.2.3"] {
            assert!(!is_decimal(text), "{text}");
        }
        assert_eq!(order("many", "1"), None);
    }
}
