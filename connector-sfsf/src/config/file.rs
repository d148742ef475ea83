//! The text of a file, whatever wrote it.

use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::files::Unreadable;

/// The bytes of a file as text: UTF-8, UTF-16 with its mark, as Windows writes it, or base64 of what is no text at all,
/// so that binary keys are judged as their base64 is.
pub(super) fn text(bytes: &[u8]) -> Zeroizing<String> {
    let utf16 = |unit: fn([u8; 2]) -> u16| {
        let units: Zeroizing<Vec<u16>> =
            Zeroizing::new(bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect());
        String::from_utf16(&units).ok()
    };
    let wide = match bytes {
        [0xFF, 0xFE, ..] => utf16(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => utf16(u16::from_be_bytes),
        _ => None,
    };
    let text = wide.or_else(|| std::str::from_utf8(bytes).map(ToOwned::to_owned).ok());
    let text = Zeroizing::new(text.unwrap_or_else(|| STANDARD.encode(bytes)));
    Zeroizing::new(text.trim_start_matches('\u{feff}').to_owned())
}

/// Why a file could not be read, as the end of a sentence: what is missing is named, and no part of its name, which
/// may be something else in the wrong place.
pub(super) fn why(path: &Path, error: Unreadable) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match error {
        Unreadable::Refused(io::ErrorKind::NotFound) if folder.is_some_and(|folder| !folder.is_dir()) => {
            "names a file in a folder that does not exist".to_owned()
        }
        Unreadable::Refused(io::ErrorKind::NotFound) => "names a file that does not exist".to_owned(),
        _ if path.is_dir() => "names a folder, not a file".to_owned(),
        other => format!("names a file that cannot be read ({other})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_text_whatever_wrote_it() {
        assert_eq!(*text("é".as_bytes()), "é");
        assert_eq!(*text("\u{feff}a".as_bytes()), "a");
        assert_eq!(*text(&[0xFF, 0xFE, b'a', 0, b'b', 0]), "ab");
        assert_eq!(*text(&[0xFE, 0xFF, 0, b'a', 0, b'b']), "ab");
        assert_eq!(*text(&[0x30, 0x82, 0x01]), "MIIB");
    }
}
