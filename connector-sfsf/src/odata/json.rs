//! JSON, read in one pass that finds where each value is and makes nothing of it (decision 0026).

/// A text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

type Result<T> = std::result::Result<T, Malformed>;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    True,
    False,
    Number,
    /// A text that stands for itself.
    Text,
    /// A text with escapes in it.
    Escaped,
    Object,
    Array,
}

/// A value: what it is, and where. Of a text, the quotes are not part. A page has tens of thousands, so they are one
/// number: the place in 32 bits, the length in 29, the kind in 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span(u64);

impl Span {
    /// From where to where; within a text that a scanner takes.
    pub fn new(kind: Kind, start: usize, end: usize) -> Self {
        Self((start as u64) << 32 | ((end - start) as u64) << 3 | kind as u64)
    }

    pub fn kind(self) -> Kind {
        match self.0 & 0b111 {
            0 => Kind::Null,
            1 => Kind::True,
            2 => Kind::False,
            3 => Kind::Number,
            4 => Kind::Text,
            5 => Kind::Escaped,
            6 => Kind::Object,
            _ => Kind::Array,
        }
    }

    /// These bytes of the text that was scanned.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.start() + self.length()).unwrap_or_default()
    }

    /// A text, with its quotes.
    pub fn quoted(self, text: &str) -> &str {
        let start = self.start().saturating_sub(1);
        text.get(start..start + self.length() + 2).unwrap_or_default()
    }

    /// A text as it is meant; nothing for null.
    ///
    /// # Errors
    ///
    /// Another value; a text with half a character in it.
    pub fn text_of(self, text: &str) -> Result<Option<String>> {
        match self.kind() {
            Kind::Null => Ok(None),
            Kind::Text => Ok(Some(self.of(text).to_owned())),
            Kind::Escaped => serde_json::from_str(self.quoted(text)).map(Some).map_err(|_| Malformed),
            _ => Err(Malformed),
        }
    }

    /// Whether this text, which may be spelled with escapes, is that one.
    pub fn is(self, text: &str, other: &str) -> bool {
        match self.kind() {
            Kind::Escaped => self.text_of(text).is_ok_and(|name| name.as_deref() == Some(other)),
            _ => self.of(text) == other,
        }
    }

    /// From where to where, in bytes.
    pub fn length(self) -> usize {
        (self.0 as u32 >> 3) as usize
    }

    fn start(self) -> usize {
        (self.0 >> 32) as usize
    }
}

/// No text of this length or more is scanned: see [`Span`].
const MAX_LENGTH: usize = 1 << 29;

/// Goes through a text, from value to value.
#[derive(Clone)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// # Errors
    ///
    /// A text of half a gigabyte or more.
    pub fn new(text: &'a str) -> Result<Self> {
        if text.len() < MAX_LENGTH { Ok(Self { text, at: 0 }) } else { Err(Malformed) }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The first byte of what comes next.
    ///
    /// # Errors
    ///
    /// The end of the text.
    pub fn peek(&mut self) -> Result<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Ok(byte),
            }
        }
    }

    /// # Errors
    ///
    /// Something behind the last value.
    pub fn end(mut self) -> Result<()> {
        if self.peek().is_err() { Ok(()) } else { Err(Malformed) }
    }

    /// The next value, with all that is in it. Of an object and an array, it is only looked for the end.
    ///
    /// # Errors
    ///
    /// Anything that is not a JSON value.
    #[inline]
    pub fn value(&mut self) -> Result<Span> {
        match self.peek()? {
            b'"' => self.string(),
            b'n' => self.word("null", Kind::Null),
            b'{' => self.nested(Kind::Object),
            b'[' => self.nested(Kind::Array),
            b't' => self.word("true", Kind::True),
            b'f' => self.word("false", Kind::False),
            _ => self.number(),
        }
    }

    /// The next value, which is an array: `each` takes each element.
    ///
    /// # Errors
    ///
    /// Those of `each`; anything that is not an array.
    pub fn array(&mut self, mut each: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.pass(b'[')?;
        let mut is_first = true;
        while self.goes_on(b']', is_first)? {
            each(self)?;
            is_first = false;
        }
        Ok(())
    }

    /// The next value, which is an object: `each` takes each value, behind its key.
    ///
    /// # Errors
    ///
    /// Those of `each`; anything that is not an object.
    pub fn object(&mut self, mut each: impl FnMut(&mut Self, Span) -> Result<()>) -> Result<()> {
        self.pass(b'{')?;
        let mut is_first = true;
        while self.goes_on(b'}', is_first)? {
            let key = self.key()?;
            each(self, key)?;
            is_first = false;
        }
        Ok(())
    }

    /// Whether an array or an object has another element, which then comes next. Else goes behind its end.
    ///
    /// # Errors
    ///
    /// Neither a comma nor the end.
    pub fn goes_on(&mut self, closing: u8, is_first: bool) -> Result<bool> {
        let byte = self.peek()?;
        if byte == closing {
            self.at += 1;
            return Ok(false);
        }
        if is_first { Ok(true) } else { self.pass(b',').map(|()| true) }
    }

    /// The next key. Goes behind its colon.
    ///
    /// # Errors
    ///
    /// Anything that is not a text with a colon behind it.
    pub fn key(&mut self) -> Result<Span> {
        if self.peek()? != b'"' {
            return Err(Malformed);
        }
        let key = self.string()?;
        self.pass(b':')?;
        Ok(key)
    }

    /// Where the scanner is.
    pub fn place(&self) -> usize {
        self.at
    }

    /// Goes over the bytes that are between these places, if they are the next ones too.
    #[inline]
    pub fn repeats(&mut self, (start, end): (usize, usize)) -> bool {
        let bytes = self.text.as_bytes().get(start..end).unwrap_or_default();
        let repeats = self.rest().starts_with(bytes);
        if repeats {
            self.at += bytes.len();
        }
        repeats
    }

    /// Goes behind this byte, which comes next.
    ///
    /// # Errors
    ///
    /// Another byte; the end of the text.
    #[inline]
    pub fn pass(&mut self, byte: u8) -> Result<()> {
        if self.peek()? != byte {
            return Err(Malformed);
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    fn byte(&self) -> Result<u8> {
        self.text.as_bytes().get(self.at).copied().ok_or(Malformed)
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<Span> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(Malformed);
        }
        self.at += word.len();
        Ok(Span::new(kind, self.at - word.len(), self.at))
    }

    /// An object or an array, up to the bracket that closes it. What is between is not looked at.
    fn nested(&mut self, kind: Kind) -> Result<Span> {
        // What tenants send most of, and nobody reads: where a navigation would lead to.
        const LINK: &[u8] = br#"{"__deferred":{"uri":"#;
        let (start, mut depth) = (self.at, 0);
        if self.rest().starts_with(LINK) {
            self.at += LINK.len();
            depth = 2;
        }
        loop {
            match self.byte()? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Ok(Span::new(kind, start, self.at));
            }
        }
    }

    #[inline]
    fn string(&mut self) -> Result<Span> {
        self.at += 1;
        let (start, mut kind) = (self.at, Kind::Text);
        loop {
            self.at += plain(self.rest());
            match self.byte()? {
                b'"' => break,
                b'\\' => {
                    kind = Kind::Escaped;
                    self.escape()?;
                }
                _ => return Err(Malformed),
            }
        }
        self.at += 1;
        Ok(Span::new(kind, start, self.at - 1))
    }

    #[cold]
    fn escape(&mut self) -> Result<()> {
        self.at += 1;
        let escaped = self.byte()?;
        self.at += 1;
        match escaped {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(()),
            b'u' => {
                let digits = self.rest().get(..4).ok_or(Malformed)?;
                self.at += 4;
                if digits.iter().all(u8::is_ascii_hexdigit) { Ok(()) } else { Err(Malformed) }
            }
            _ => Err(Malformed),
        }
    }

    fn number(&mut self) -> Result<Span> {
        let start = self.at;
        self.skip(b"-");
        if !self.skip(b"0") {
            self.digits()?;
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        Ok(Span::new(Kind::Number, start, self.at))
    }

    fn digits(&mut self) -> Result<()> {
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += digits;
        if digits > 0 { Ok(()) } else { Err(Malformed) }
    }

    /// Goes behind one of these bytes, if it is there.
    fn skip(&mut self, bytes: &[u8]) -> bool {
        let is_there = self.byte().is_ok_and(|byte| bytes.contains(&byte));
        self.at += usize::from(is_there);
        is_there
    }
}

/// How many bytes there are before a quote, a backslash or a control character: eight at a time.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let mut length = 0;
    while let Some(word) = bytes.get(length..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*word);
        let (quote, backslash) = (word ^ (EACH * 0x22), word ^ (EACH * 0x5c));
        // The highest bit of the first byte that is meant, and perhaps of some behind it.
        let found = (quote.wrapping_sub(EACH) & !quote)
            | (backslash.wrapping_sub(EACH) & !backslash)
            | (word.wrapping_sub(EACH * 0x20) & !word);
        let found = found & (EACH * 0x80);
        if found != 0 {
            return length + found.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | ..b' ')).count()
}
