//! Marked text, where the reader is a terminal that wants it.

use std::fmt::Display;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

/// Marks text for one stream, or leaves it as it is (`NO_COLOR`, files, pipes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    enabled: bool,
}

impl Paint {
    /// No marks at all.
    #[cfg(test)]
    pub const PLAIN: Self = Self { enabled: false };

    /// What suits this stream.
    pub fn for_stream<S: RawStream>(stream: &S) -> Self {
        Self { enabled: AutoStream::choice(stream) != ColorChoice::Never }
    }

    /// Whether text is marked.
    pub fn is_enabled(self) -> bool {
        self.enabled
    }

    /// What a paragraph is about.
    pub fn strong(self, text: impl Display) -> String {
        self.mark(Style::new().bold(), text)
    }

    /// What may be passed over.
    pub fn quiet(self, text: impl Display) -> String {
        self.mark(Style::new().dimmed(), text)
    }

    /// What went well.
    pub fn success(self, text: impl Display) -> String {
        self.mark(AnsiColor::Green.on_default(), text)
    }

    /// What somebody should look at.
    pub fn warning(self, text: impl Display) -> String {
        self.mark(AnsiColor::Yellow.on_default(), text)
    }

    /// What went wrong.
    pub fn failure(self, text: impl Display) -> String {
        self.mark(AnsiColor::Red.on_default().bold(), text)
    }

    fn mark(self, style: Style, text: impl Display) -> String {
        if self.enabled { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}
