//! Texts that RFC 8259 does not allow, and some that it does, made by rule: the families of the public test suites of JSON
//! parsers. Each fits in a line, so none has a line feed in it.

use std::collections::BTreeSet;

/// Texts as bytes: some are no UTF-8.
pub type Texts = Vec<Vec<u8>>;

/// Every text that no reader may take.
pub fn refused() -> Texts {
    let families = [arrays(), objects(), numbers(false), strings(), structure(), encodings()];
    distinct(families.into_iter().flatten())
}

/// Texts that every reader takes.
pub fn accepted() -> Texts {
    let mut texts = numbers(true);
    let values = [
        "null",
        "true",
        "false",
        "\"\"",
        "\"a\"",
        "[]",
        "{}",
        " [] ",
        "[ ]",
        "{ }",
        "\t[\r1 ,\t2\r]",
        "[[],{}]",
        "[null,1,\"1\",{}]",
        "{\"a\":1}",
        "{\"\":0}",
        "{\"a\":{\"b\":[{}]}}",
        "{\"a\":1,\"b\":2}",
        " {\"a\" : 1 } ",
        "[\"a,b]\"]",
        "[\"/* no comment */\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
        "[\"\\u0012\\u00e9\\uFFFF\"]",
        "[\"\\ud83d\\ude39\\uD834\\uDD1E\"]",
        "[\"\\u0000\"]",
        "[\"é東😀\"]",
        "[\"\u{7f}\u{2028}\u{2029}\u{2060}\u{feff}\u{10ffff}\"]",
        "{\"ü\\u00fc\":\"\\u2028\"}",
        "1",
        "-0",
        "[123456789012]",
    ];
    texts.extend(values.map(bytes));
    texts.extend([nested("[", "1", "]", 100), nested("{\"a\":", "1", "}", 100)]);
    distinct(texts)
}

fn bytes(text: impl AsRef<str>) -> Vec<u8> {
    text.as_ref().as_bytes().to_vec()
}

fn all<const N: usize>(texts: [&str; N]) -> Texts {
    texts.map(bytes).to_vec()
}

fn distinct(texts: impl IntoIterator<Item = Vec<u8>>) -> Texts {
    texts.into_iter().filter(|text| !text.contains(&b'\n')).collect::<BTreeSet<_>>().into_iter().collect()
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> Vec<u8> {
    bytes(format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)))
}

/// What can stand wherever a value can.
const VALUES: [&str; 6] = ["1", "\"x\"", "null", "[]", "{}", "[{\"a\":1}]"];

/// Separators and brackets that are missing, too many, or of another kind.
fn arrays() -> Texts {
    let mut texts =
        all(["[,]", "[*]", "[x]", "[x", "[-]", "[   , \"\"]", "[\"\": 1]", "(1)", "[1}", "[1)", "[1;2]"]);
    for v in VALUES {
        for wrong in [
            "[@", "[@,", "[,@]", "[@,]", "[@,,@]", "[@,,]", "[@ @]", "[@:@]", "[@]]", "[@],", "[@", "@]",
            "[@,@", "[@ true]", "[@[@]]x",
        ] {
            texts.push(bytes(wrong.replace('@', v)));
        }
    }
    texts
}

/// Keys that are none, and separators between them.
fn objects() -> Texts {
    let mut texts = all([
        "{:1}",
        "{,}",
        "{[: \"x\"}",
        "{\"a\"::1}",
        "{\"a\",1}",
        "{\"a\" b}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\" 1}",
        "{1:1}",
        "{9999E9999:1}",
        "{null:null,null:null}",
        "{true:1}",
        "{[]:1}",
        "{'a':0}",
        "{a:\"b\"}",
        "{\"a\":b}",
        "{\"a\":'b'}",
        "{\"a\"=1}",
        "{\"a\"=>1}",
        "{😀}",
        "{\"a\":\"a",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1;\"b\":2}",
        "{\"a\":1,\"b\"}",
        "{\"a\":1,b}",
        "{\"id\":0,,,,,}",
        "{\"a\":1]",
        "{\"a\":1)",
        "{\"x\":true,",
    ]);
    for v in VALUES {
        let wrong = [
            "{@}",
            "{\"a\":@",
            "{\"a\":@,}",
            "{,\"a\":@}",
            "{\"a\":@,,\"b\":@}",
            "{\"a\":@}}",
            "{\"a\":@ @}",
            "{\"a\":@:@}",
            "{\"a\":@,@}",
            "{\"a\":@}/**/",
            "{\"a\":@}//",
            "{\"a\":@}#",
            "{\"a\":/*c*/@}",
            "{/*c*/\"a\":@}",
            "{\"a\":@}/",
            "{\"a\":@} @",
            "{\"a\":@}{\"a\":@}",
            "\"a\":@",
        ];
        texts.extend(wrong.map(|text| bytes(text.replace('@', v))));
    }
    texts
}

/// A sign, a whole part, a fraction and an exponent, right ones and wrong ones in every combination.
fn numbers(right: bool) -> Texts {
    const SIGNS: [(&str, bool); 6] =
        [("", true), ("-", true), ("+", false), ("--", false), ("- ", false), ("++", false)];
    const WHOLES: [(&str, bool); 7] = [
        ("", false),
        ("0", true),
        ("10", true),
        ("01", false),
        ("00", false),
        ("0x1", false),
        ("1 000", false),
    ];
    const FRACTIONS: [(&str, bool); 6] =
        [("", true), (".", false), (".05", true), (".1.2", false), (".-1", false), (". 5", false)];
    const EXPONENTS: [(&str, bool); 10] = [
        ("", true),
        ("e", false),
        ("E+", false),
        ("e-", false),
        ("e1", true),
        ("E-02", true),
        ("e+-1", false),
        ("eE1", false),
        ("e1.5", false),
        ("ea", false),
    ];
    let mut texts = Texts::new();
    for (sign, a) in SIGNS {
        for (whole, b) in WHOLES {
            for (fraction, c) in FRACTIONS {
                for (exponent, d) in EXPONENTS {
                    let number = format!("{sign}{whole}{fraction}{exponent}");
                    if !number.is_empty() && (a && b && c && d) == right {
                        texts.push(bytes(format!("[{number}]")));
                    }
                }
            }
        }
    }
    if !right {
        let words = [
            "NaN",
            "-NaN",
            "nan",
            "Inf",
            "Infinity",
            "-Infinity",
            "+Infinity",
            "1_000",
            "1,000",
            "１",
            "0b1",
            "0o7",
            "1f",
            "1L",
            "1d",
            "1+2",
            "-foo",
            "-x",
            "1x",
            "2@",
            "1.8011670033376514H-308",
            "1.2a-3",
            "\"1",
            "1\"",
            "½",
            "٣",
        ];
        texts.extend(
            words.iter().flat_map(|word| {
                [bytes(word), bytes(format!("[{word}]")), bytes(format!("{{\"a\":{word}}}"))]
            }),
        );
        // `1,000` in a list is two values, of which the second is none: all of these are refused.
    }
    texts
}

/// Characters that have to be escaped, escapes that there are not, and strings without an end.
fn strings() -> Texts {
    let mut texts = all([
        "\"",
        "'x'",
        "['x']",
        "`x`",
        "abc",
        "\"x",
        "[\"x",
        "[\"x\\\"]",
        "[\"\\",
        "\"\\",
        "[\"\\\\\\\"]",
        "[\"\\u\"]",
        "[\"\\u1\"]",
        "[\"\\u00\"]",
        "[\"\\u00A\"]",
        "[\"\\u 0000\"]",
        "[\"\\u-001\"]",
        "[\"\\u+001\"]",
        "[\"\\u0x01\"]",
        "[\"\\U0041\"]",
        "[\"\\uqqqq\"]",
        "[\"\\u00_1\"]",
        "[\"\\uD834\\uDd\"]",
        "[\"\\uD800\\u\"]",
        "[\"\\uD800\\u1\"]",
        "[\"\\uD800\\u1x\"]",
        "[\"\\uD800\\\"]",
        "[\"\\uD800\\uD800\\x\"]",
        "[\\u0020\"x\"]",
        "[\\n]",
        "[\"\\😀\"]",
        "[\"\\é\"]",
        "\"\"x",
        "\"a\"\"b\"",
        "[\"a\" b\"]",
        "[é]",
        "“x”",
        "[\"\\u{41}\"]",
        "[\"\\x41\"]",
        "[\"\\101\"]",
    ]);
    for control in (0..0x20_u8).map(char::from).filter(|c| *c != '\n') {
        texts.push(bytes(format!("[\"a{control}a\"]")));
        texts.push(bytes(format!("[\"\\{control}\"]")));
        texts.push(bytes(format!("{{\"a{control}\":1}}")));
    }
    let escapes = (0x20..0x7F_u8).map(char::from).filter(|c| !"\"\\/bfnrtu".contains(*c));
    texts.extend(escapes.map(|c| bytes(format!("[\"\\{c}\"]"))));
    texts
}

/// Texts that end too early or too late, and characters that are no part of any.
fn structure() -> Texts {
    let mut texts = all([
        " ",
        "\t",
        "\r",
        "<null>",
        "[<null>]",
        "*",
        "&",
        "@",
        "#",
        ";",
        ",",
        ":",
        "]",
        "}",
        ")",
        "1]",
        "[][]",
        "{}{}",
        "{}}",
        "[]]",
        "{]",
        "[}",
        "{,",
        "[,",
        "{[",
        "[{",
        "{'a'",
        "['",
        "[\"\\{[\"\\{[\"\\{",
        "//",
        "/**/",
        "/*",
        "//1",
        "1//",
        "1/**/",
        "#1",
        "--1",
        "[] []",
        "1 2",
        "true false",
        "\"a\" \"b\"",
        "1,2",
        "å",
        "aå",
        "True",
        "TRUE",
        "None",
        "nil",
        "undefined",
        "nul",
        "nulll",
        "tru",
        "truee",
        "fals",
        "falsey",
        "Null",
        "[True]",
        "[nul]",
        "[truth]",
        "yes",
        "){}",
        ")]}'",
        "[1]\\",
        "\\",
        "\\u000A\"\"",
    ]);
    for document in
        ["{\"a\":[true,null,\"b\\u00e9\"],\"c\":{\"d\":-1.5e3}}", "[[\"x\",[1,{}]],false]", "\"abc\""]
    {
        texts.extend((1..document.len()).filter_map(|end| document.get(..end)).map(bytes));
        texts.extend(
            (1..document.len())
                .filter_map(|start| document.get(start..))
                .filter(|rest| is_no_tail(rest))
                .map(bytes),
        );
    }
    // What looks like white space.
    for space in [
        "\u{b}", "\u{c}", "\0", "\u{1f}", "\u{7f}", "\u{85}", "\u{a0}", "\u{1680}", "\u{2003}", "\u{2028}",
        "\u{2060}", "\u{3000}", "\u{feff}",
    ] {
        for text in ["[@]", "[1@,2]", "[1]@", "{@}", "{\"a\"@:1}", "{\"a\":@1}", "[@1]"] {
            texts.push(bytes(text.replace('@', space)));
        }
    }
    texts.push(bytes("\u{feff}"));
    texts.extend(["[", "{\"a\":", "[{\"a\":"].map(|open| bytes(open.repeat(100_000))));
    texts.push(nested("[", "", "]", 100_000));
    texts
}

/// Whether the rest of a document is no document itself: what begins in the middle of it seldom is one.
fn is_no_tail(rest: &str) -> bool {
    !rest.starts_with(['{', '[', '"', '-', 't', 'f', 'n']) && !rest.chars().all(|c| c.is_ascii_digit())
}

/// Bytes that are no UTF-8.
fn encodings() -> Texts {
    let wrong: [&[u8]; 16] = [
        b"\x80",
        b"\xBF",
        b"\xE5",
        b"\xE9",
        b"\xC0\x80",
        b"\xC1\xBF",
        b"\xC3",
        b"\xE0\x80\x80",
        b"\xE2\x82",
        b"\xED\xA0\x80",
        b"\xED\xBF\xBF",
        b"\xF0\x80\x80\x80",
        b"\xF0\x9F\x98",
        b"\xF4\x90\x80\x80",
        b"\xFE",
        b"\xFF",
    ];
    let mut texts = Texts::new();
    for bytes in wrong {
        for (before, behind) in [
            ("", ""),
            ("[\"", "\"]"),
            ("[", "]"),
            ("{\"", "\":1}"),
            ("[\"\\", "\"]"),
            ("[1", "]"),
            ("[1e1", "]"),
            ("[\"\\u", "\"]"),
            ("[1]", ""),
        ] {
            texts.push([before.as_bytes(), bytes, behind.as_bytes()].concat());
        }
    }
    // UTF-16 and half of a byte order mark.
    texts.extend([
        b"\xFF\xFE[\0]\0".to_vec(),
        b"\xFE\xFF\0[\0]".to_vec(),
        b"\0[\0]".to_vec(),
        b"[\0]\0".to_vec(),
        b"\xEF\xBB{}".to_vec(),
    ]);
    texts
}

#[test]
fn the_texts_are_what_they_are_taken_for() {
    let (refused, accepted) = (refused(), accepted());
    let is_json = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).is_ok();
    let wrong: Vec<_> =
        refused.iter().filter(|text| is_json(text)).map(|text| String::from_utf8_lossy(text)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let wrong: Vec<_> =
        accepted.iter().filter(|text| !is_json(text)).map(|text| String::from_utf8_lossy(text)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(refused.len() > 2500 && accepted.len() > 50, "{} and {}", refused.len(), accepted.len());
}
