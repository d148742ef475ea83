//! Lines of bounded length.

use bytes::Bytes;
use futures_util::StreamExt;
use tokio::io::AsyncRead;
use tokio_util::codec::{AnyDelimiterCodec, AnyDelimiterCodecError, FramedRead};

/// The lines of an input. A line that is too long is passed over, and said.
pub struct LineReader<R>(FramedRead<R, AnyDelimiterCodec>);

/// One line.
pub enum Line {
    /// Its bytes, without the end.
    Whole(Bytes),
    /// It was too long.
    TooLong,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// The lines of this input, none longer than `limit` bytes.
    pub fn new(input: R, limit: usize) -> Self {
        let codec = AnyDelimiterCodec::new_with_max_length(b"\n".to_vec(), b"\n".to_vec(), limit);
        Self(FramedRead::new(input, codec))
    }

    /// The next line that is not blank; `None` at the end of the input, or when it cannot be read any more.
    pub async fn next(&mut self) -> Option<Line> {
        let mut failed = false;
        loop {
            match self.0.next().await {
                Some(Ok(line)) if line.trim_ascii().is_empty() => {}
                Some(Ok(line)) => return Some(Line::Whole(line)),
                Some(Err(AnyDelimiterCodecError::MaxChunkLengthExceeded)) => return Some(Line::TooLong),
                Some(Err(AnyDelimiterCodecError::Io(_))) => return None,
                // After an error the codec says once that it is at the end, although it is not.
                None if failed => return None,
                None => failed = true,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn lines(input: &[u8], limit: usize) -> Vec<String> {
        let mut lines = LineReader::new(input, limit);
        let mut seen = Vec::new();
        while let Some(line) = lines.next().await {
            seen.push(match line {
                Line::Whole(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Line::TooLong => "too long".to_owned(),
            });
        }
        seen
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_is_passed_over_and_said() {
        assert_eq!(lines(b"ab\n\n0123456789\ncd", 5).await, ["ab", "too long", "cd"]);
        assert_eq!(lines(b"0123456789", 5).await, ["too long"]);
    }
}
