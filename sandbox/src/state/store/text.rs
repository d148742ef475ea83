//! All texts of a table in one buffer. A cell is the number of a text; a million people fit in a few
//! hundred megabytes that way.

/// The number of a text in a [`Texts`]; 0 is null.
pub(crate) type TextId = u32;

const PLAIN: u32 = 1 << 31;

#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    /// Length in bytes; the top bit says that JSON needs no escapes.
    length: u32,
}

/// An append-only store of texts. Replaced texts stay until the tenant stops: a sandbox is short-lived.
#[derive(Debug)]
pub(crate) struct Texts {
    buffer: String,
    spans: Vec<Span>,
}

impl Texts {
    pub(crate) fn new() -> Self {
        Self { buffer: String::new(), spans: vec![Span { start: 0, length: PLAIN }] }
    }

    /// Stores a text. When the buffer is full (4 GB) the answer is null.
    pub(crate) fn add(&mut self, text: &str) -> TextId {
        let (Ok(start), Ok(length), Ok(id)) =
            (u32::try_from(self.buffer.len()), u32::try_from(text.len()), TextId::try_from(self.spans.len()))
        else {
            return 0;
        };
        let plain = text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\');
        self.buffer.push_str(text);
        self.spans.push(Span { start, length: length & !PLAIN | if plain { PLAIN } else { 0 } });
        id
    }

    /// Gives back the room that was taken ahead.
    pub(super) fn shrink(&mut self) {
        self.buffer.shrink_to_fit();
        self.spans.shrink_to_fit();
    }

    /// The text, and whether JSON can take it without escapes.
    pub(crate) fn get(&self, id: TextId) -> (&str, bool) {
        let Some(span) = self.spans.get(id as usize) else { return ("", true) };
        let start = span.start as usize;
        let end = start + (span.length & !PLAIN) as usize;
        (self.buffer.get(start..end).unwrap_or_default(), span.length & PLAIN != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_with_their_escape_mark() {
        let mut texts = Texts::new();
        let plain = texts.add("Müller 🙂");
        let quoted = texts.add("say \"hi\"");
        assert_eq!(texts.get(plain), ("Müller 🙂", true));
        assert_eq!(texts.get(quoted), ("say \"hi\"", false));
    }
}
