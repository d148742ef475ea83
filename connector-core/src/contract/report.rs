//! What came of the cases.

use std::fmt;

/// What came of every case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// One entry for each case, in the order in which they were tried.
    pub cases: Vec<CaseReport>,
}

/// What came of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseReport {
    /// `theme::what_is_owed`
    pub name: &'static str,
    /// How it went.
    pub verdict: Verdict,
}

/// How a case went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The connector does what it owes.
    Passed,
    /// The connector does not offer what the case is about; the text says what.
    Skipped(String),
    /// The connector does something else; the text says what.
    Failed(String),
}

impl Report {
    /// The cases that failed, with the reason.
    pub fn failures(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.cases.iter().filter_map(|case| match &case.verdict {
            Verdict::Failed(why) => Some((case.name, why.as_str())),
            _ => None,
        })
    }

    /// The cases that were skipped, with the reason.
    pub fn skipped(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.cases.iter().filter_map(|case| match &case.verdict {
            Verdict::Skipped(why) => Some((case.name, why.as_str())),
            _ => None,
        })
    }

    /// The report itself if no case failed.
    ///
    /// # Errors
    ///
    /// The report, which prints every case that failed and why.
    pub fn into_result(self) -> Result<Self, ContractBroken> {
        if self.failures().next().is_none() { Ok(self) } else { Err(ContractBroken(self)) }
    }
}

/// One line for each case: `ok`, `skip` or `FAIL`, its name, and the reason.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for CaseReport { name, verdict } in &self.cases {
            match verdict {
                Verdict::Passed => writeln!(f, "ok    {name}")?,
                Verdict::Skipped(why) => writeln!(f, "skip  {name}: {why}")?,
                Verdict::Failed(why) => writeln!(f, "FAIL  {name}: {why}")?,
            }
        }
        Ok(())
    }
}

/// At least one case failed.
#[derive(Clone, PartialEq, Eq)]
pub struct ContractBroken(pub Report);

impl fmt::Display for ContractBroken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { cases } = &self.0;
        write!(f, "{} of {} cases of the contract failed", self.0.failures().count(), cases.len())?;
        self.0.failures().try_for_each(|(name, why)| write!(f, "\n  {name}: {why}"))
    }
}

/// As it is displayed, so that `unwrap` in a test says what is wrong.
impl fmt::Debug for ContractBroken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ContractBroken {}
