//! Texts that hold keys and certificates, in every dress in which they arrive: PEM with its lines, in one line, with
//! `\n` spelled out, in quotes, base64 without lines, base64 of all that.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// Base64 of base64 of PEM is the most that was seen.
const LAYERS: u8 = 3;

/// Certificates and keys are longer; names of files are shorter, or have a dot or a slash in them.
const LONGER_THAN_A_NAME: usize = 200;

/// A text without what it picked up on its way: a byte-order mark, quotes around it, spelled-out line breaks. No other
/// backslash belongs into it: JSON writes `\/`, shells end lines with one.
pub(super) fn tidy(text: &str) -> Zeroizing<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '"' | '\'' | '`'));
    let mut tidied = Zeroizing::new(String::with_capacity(text.len()));
    let mut is_escaped = false;
    for c in text.chars() {
        match c {
            '\\' => is_escaped = true,
            'n' | 'r' | 't' if is_escaped => {
                tidied.push('\n');
                is_escaped = false;
            }
            _ => {
                tidied.push(c);
                is_escaped = false;
            }
        }
    }
    tidied
}

/// A block of PEM.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'a> {
    /// What its first line calls it, such as `RSA PRIVATE KEY`.
    pub label: &'a str,
    /// What stands between the lines.
    pub body: &'a str,
}

impl Block<'_> {
    /// Whether the label is this one. Blanks do not count: some have lost theirs on the way.
    pub fn is(&self, label: &str) -> bool {
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        letters(self.label).eq_ignore_ascii_case(&letters(label))
    }

    /// Whether it is a private key of some kind.
    pub fn is_private_key(&self) -> bool {
        let kinds = ["", "RSA ", "ENCRYPTED ", "EC ", "DSA ", "OPENSSH "];
        kinds.iter().any(|kind| self.is(&format!("{kind}PRIVATE KEY")))
    }
}

/// The blocks of a text, with or without line breaks.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let blocks = text.split("-----BEGIN").skip(1).filter_map(|rest| {
        let (label, rest) = rest.split_once("-----")?;
        Some(Block { label: label.trim(), body: rest.split("-----END").next().unwrap_or_default() })
    });
    blocks.collect()
}

/// What base64 holds.
pub(super) enum Content {
    /// A text again: PEM, or base64.
    Text(Zeroizing<String>),
    /// DER, or something else that is no text.
    Bytes(Zeroizing<Vec<u8>>),
}

/// Reads base64, blanks and all. What Admin Center generates goes on behind `###`, with something that nobody needs.
pub(super) fn decode(body: &str) -> Option<Content> {
    let body = body.split("###").next().unwrap_or_default();
    let ignored =
        |c: &char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    let standard = |c| match c {
        '-' => '+',
        '_' => '/',
        other => other,
    };
    let mut compact = Zeroizing::new(String::with_capacity(body.len()));
    compact.extend(body.chars().filter(|c| !ignored(c)).map(standard));
    let settings = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let bytes = Zeroizing::new(GeneralPurpose::new(&STANDARD, settings).decode(compact.as_str()).ok()?);
    Some(text(&bytes).map_or_else(|| Content::Bytes(Zeroizing::new(bytes.to_vec())), Content::Text))
}

/// The text that bytes are, if they are one. Whatever stands behind `###` does not count.
fn text(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let is_sign = |window: &[u8]| window == b"###";
    let end = bytes.windows(3).position(is_sign).unwrap_or(bytes.len());
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains("-----BEGIN"));
    let text = text.or_else(|| std::str::from_utf8(bytes.get(..end)?).ok().filter(|text| text.is_ascii()))?;
    let is_text = !text.is_empty() && !text.contains(|c: char| c.is_control() && !c.is_whitespace());
    is_text.then(|| Zeroizing::new(text.to_owned()))
}

/// Reads base64 until there is no text any more. PEM within is `Text`.
pub(super) fn unwrap(body: &str) -> Option<Content> {
    let mut content = decode(body)?;
    for _ in 1..LAYERS {
        let Content::Text(text) = &content else { break };
        let Some(inner) = Some(text).filter(|text| blocks(text).is_empty()).and_then(|text| decode(text))
        else {
            break;
        };
        content = inner;
    }
    Some(content)
}

/// Whether a value is a certificate itself, and not the name of a file that holds one.
pub fn is_certificate_text(value: &str) -> bool {
    let text = tidy(value);
    if !blocks(&text).is_empty() {
        return true;
    }
    if text.len() < LONGER_THAN_A_NAME {
        return false;
    }
    match unwrap(&text) {
        Some(Content::Bytes(der)) => der.starts_with(&[0x30]),
        Some(Content::Text(pem)) => !blocks(&pem).is_empty(),
        None => false,
    }
}
