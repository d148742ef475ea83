//! Bytes of an answer that are spoiled on their way out.

use std::borrow::Cow;

/// What stands for the bytes that are spoiled: no digit of any number, no end of any line.
const NOISE: u8 = b'~';
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// From where on the bytes of a connection are spoiled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Garble {
    /// Nowhere.
    #[default]
    Never,
    /// So many bytes after the end of the next head.
    AfterHead(usize),
    /// After so many bytes.
    After(usize),
}

impl Garble {
    /// The bytes as they go out.
    pub(crate) fn spoil(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        let from = self.counted(bytes).filter(|from| *from < bytes.len());
        let Some((fine, spoiled)) = from.and_then(|from| bytes.split_at_checked(from)) else {
            return Cow::Borrowed(bytes);
        };
        let mut out = fine.to_vec();
        out.resize(fine.len() + spoiled.len(), NOISE);
        Cow::Owned(out)
    }

    /// What holds after these bytes went out.
    pub(crate) fn after(self, bytes: &[u8]) -> Self {
        self.counted(bytes).map_or(self, |from| Self::After(from.saturating_sub(bytes.len())))
    }

    /// How many bytes are left from the beginning of these, once that is known.
    fn counted(self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Never => None,
            Self::After(left) => Some(left),
            Self::AfterHead(left) => {
                let head = bytes.windows(END_OF_HEAD.len()).position(|window| window == END_OF_HEAD)?;
                Some(head + END_OF_HEAD.len() + left)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However the bytes are cut into writes, the same ones are spoiled.
    #[test]
    fn bytes_are_spoiled_from_their_place_on() {
        let bytes = b"HTTP/1.1 200 OK\r\n\r\n4\r\nbody\r\n4\r\nmore\r\n0\r\n\r\n";
        let spoiled = b"HTTP/1.1 200 OK\r\n\r\n4\r\nbody\r\n~~~~~~~~~~~~~~";
        assert_eq!(Garble::AfterHead(9).spoil(bytes).as_ref(), spoiled);
        for cut in 19..bytes.len() {
            let (first, second) = bytes.split_at(cut);
            let garble = Garble::AfterHead(9);
            let mut out = garble.spoil(first).into_owned();
            out.extend_from_slice(&garble.after(first).spoil(second));
            assert_eq!(out, spoiled, "{cut}");
        }
        assert_eq!(Garble::Never.after(bytes), Garble::Never);
        assert_eq!(Garble::AfterHead(9).after(b"no head"), Garble::AfterHead(9));
    }
}
