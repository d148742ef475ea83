//! The days that a request looks at (docs/successfactors.md#effective-dates, KBA 2853045).

use crate::error::ODataError;
use crate::time;

/// Before all days, and after them.
pub(super) const FIRST: i64 = i64::MIN + 1;
pub(super) const LAST: i64 = i64::MAX;

/// The days that a request looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct View {
    pub(super) today: i64,
    /// `asOfDate`: holds on all levels.
    pub(super) as_of: Option<i64>,
    /// `fromDate` and `toDate`: hold for the top level only.
    pub(super) range: Option<(i64, i64)>,
}

impl View {
    /// Reads the three options. That they exclude each other was checked before.
    ///
    /// # Errors
    ///
    /// A date that is none.
    pub(crate) fn new(
        now: i64,
        as_of: Option<&str>,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Self, ODataError> {
        let as_of = as_of.map(|text| date("asOfDate", text)).transpose()?;
        let first = from.map(|text| date("fromDate", text)).transpose()?;
        let last = to.map(|text| date("toDate", text)).transpose()?;
        let range =
            (first.is_some() || last.is_some()).then(|| (first.unwrap_or(FIRST), last.unwrap_or(LAST)));
        Ok(Self { today: time::day(now), as_of, range })
    }

    /// The last day that the top level looks at.
    pub(crate) fn last_day(&self) -> i64 {
        self.range.map_or(self.as_of.unwrap_or(self.today), |(_, last)| last)
    }
}

fn date(name: &str, text: &str) -> Result<i64, ODataError> {
    let text = text.trim_matches('\'');
    let moment = time::read(text).ok_or_else(|| {
        ODataError::bad_request(&format!("{name} must be a date as yyyy-MM-dd, not {text}"))
    })?;
    Ok(time::day(moment.millis))
}
