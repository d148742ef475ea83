//! The query options of a read.

use crate::error::ODataError;

/// What a reading request asks for, not yet bound to an entity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct QueryOptions {
    pub(crate) filter: Option<String>,
    pub(crate) select: Option<String>,
    pub(crate) expand: Option<String>,
    pub(crate) orderby: Option<String>,
    pub(crate) top: Option<usize>,
    pub(crate) skip: usize,
    pub(crate) inline_count: bool,
    pub(crate) skiptoken: Option<String>,
    pub(crate) custom_page_size: Option<usize>,
    pub(crate) paging: Option<String>,
    pub(crate) as_of: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) record_status: Option<String>,
}

impl QueryOptions {
    /// Reads the options of a query. Options without `$` that are not known are ignored; unknown ones with
    /// `$` are refused.
    ///
    /// # Errors
    ///
    /// A number that is none, an unknown system option, dates that may not be combined (KBA 2638422).
    pub(crate) fn parse(pairs: &[(String, String)]) -> Result<Self, ODataError> {
        let mut options = Self::default();
        for (name, value) in pairs.iter().rev() {
            options.take(name, value)?;
        }
        let has = |wanted: &str| pairs.iter().any(|(name, _)| name == wanted);
        if has("asOfDate") && (has("fromDate") || has("toDate")) {
            return Err(ODataError::bad_request("asOfDate cannot be used together with fromDate or toDate"));
        }
        Ok(options)
    }

    /// Takes one option; the pairs come last first, so that the first of two equal names wins.
    fn take(&mut self, name: &str, value: &str) -> Result<(), ODataError> {
        let text = || Some(value.to_owned()).filter(|text| !text.trim().is_empty());
        match name {
            "$filter" => self.filter = text(),
            "$select" => self.select = text(),
            "$expand" => self.expand = text(),
            "$orderby" => self.orderby = text(),
            "$top" => self.top = Some(number(name, value)?),
            "$skip" => self.skip = number(name, value)?,
            "$inlinecount" => self.inline_count = inline_count(value)?,
            "$skiptoken" => self.skiptoken = text(),
            "customPageSize" => self.custom_page_size = Some(number(name, value)?),
            "paging" => self.paging = text(),
            "asOfDate" => self.as_of = text(),
            "fromDate" => self.from = text(),
            "toDate" => self.to = text(),
            "recordStatus" => self.record_status = text(),
            "$format" => {}
            _ if name.starts_with('$') => {
                return Err(ODataError::bad_request(&format!("The query option {name} is not supported")));
            }
            _ => {}
        }
        Ok(())
    }
}

fn number(name: &str, value: &str) -> Result<usize, ODataError> {
    value
        .trim()
        .parse()
        .map_err(|_| ODataError::bad_request(&format!("{name} must be a whole number, not {value}")))
}

fn inline_count(value: &str) -> Result<bool, ODataError> {
    match value {
        "allpages" => Ok(true),
        "none" | "" => Ok(false),
        _ => Err(ODataError::bad_request(&format!("$inlinecount cannot be {value}"))),
    }
}
