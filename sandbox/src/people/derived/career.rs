//! A user's career as slices of `EmpJob`.

use crate::people::derived::draws::part;
use crate::people::derived::{DAY, User};
use crate::state::kind::Kind;

pub(super) const OPEN: i64 = 253_402_214_400_000;
/// The option id of the event of a termination, whatever status it leads to.
pub(super) const TERMINATION: &str = "5572";

/// A time slice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slice {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) sequence: i64,
    pub(super) reason: &'static str,
    /// Option ids of event, status and class.
    pub(super) event: &'static str,
    pub(super) status: &'static str,
    pub(super) class: &'static str,
}

/// An employment with its slices.
#[derive(Debug, Clone)]
pub(super) struct Career {
    pub(super) kind: Kind,
    pub(super) start: i64,
    /// The last day, for those who left or will.
    pub(super) end: Option<i64>,
    pub(super) slices: Vec<Slice>,
}

struct Maker {
    slices: Vec<Slice>,
    class: &'static str,
}

impl Maker {
    /// Adds a slice with the event and the status that its reason has in `data/rows.tsv`.
    fn add(&mut self, start: i64, reason: &'static str) {
        let mut sequence = 1;
        if let Some(last) = self.slices.last_mut() {
            sequence = if last.start == start { last.sequence + 1 } else { 1 };
            last.end = (start - DAY).max(last.start);
        }
        let (event, status) = meaning(reason);
        self.slices.push(Slice { start, end: OPEN, sequence, reason, event, status, class: self.class });
    }

    /// The slice begins the day after the last day in employment (docs/successfactors.md#terminations).
    fn leave(&mut self, last_day: i64, reason: &'static str) -> Option<i64> {
        self.add(last_day + DAY, reason);
        Some(last_day)
    }

    /// Adds a change, unless it would be before what is there.
    fn change(&mut self, start: i64, reason: &'static str) {
        if self.slices.last().is_none_or(|last| last.start <= start) {
            self.add(start, reason);
        }
    }
}

/// Event and status of a reason, by their option ids.
fn meaning(reason: &str) -> (&'static str, &'static str) {
    match reason {
        "HIRNEW" => ("5570", "5533"),
        "HIRGA" => ("5576", "5533"),
        "REHREH" => ("5571", "5533"),
        "TERVCOMP" | "TERINV" => (TERMINATION, "5536"),
        "TERRETIR" => (TERMINATION, "5540"),
        "NO_SHOW" => (TERMINATION, "5542"),
        "TRANDEPT" => ("5574", "5533"),
        "LOAUNP" => ("5575", "5534"),
        "LOAPAID" => ("5575", "5535"),
        "SUSPEND" => ("5581", "5541"),
        "FURLOUGH" => ("5582", "5537"),
        "AWAYDORM" => ("5578", "5538"),
        "AWAYGA" => ("5578", "5533"),
        "GAAssignPosition" => ("5579", "5533"),
        "END_GA" => ("5577", "5536"),
        "OGA" => ("5580", "5539"),
        _ => ("5573", "5533"),
    }
}

/// The employment of a user, `None` for those who have none.
pub(super) fn career(user: &User<'_>) -> Option<Career> {
    let kind = user.kind();
    if matches!(kind, Kind::Nobody | Kind::Onboarding) {
        return None;
    }
    let start = user.time("hireDate")?;
    let contractor = matches!(kind, Kind::Contractor | Kind::Converted);
    let mut maker = Maker { slices: Vec::new(), class: if contractor { "11002" } else { "11001" } };
    if kind != Kind::ObsoleteAssignment {
        maker.add(start, if kind.is_assignment() { "HIRGA" } else { "HIRNEW" });
    }
    let end = course(user, kind, start, &mut maker);
    Some(Career { kind, start, end, slices: maker.slices })
}

/// What happens after the first day, and the last day if there is one.
fn course(user: &User<'_>, kind: Kind, start: i64, maker: &mut Maker) -> Option<i64> {
    let today = user.tenant.origin.today;
    let near = |days: i16| today + DAY * i64::from(days);
    let part = |tenths: i64| part(start, tenths);
    match kind {
        Kind::Leaver => {
            maker.add(part(3), "DATACHG");
            let mut dice = user.dice();
            dice.next();
            return maker.leave(part(7), if dice.chance(70) { "TERVCOMP" } else { "TERINV" });
        }
        Kind::Leaves(days) => return maker.leave(near(days).max(start), "TERVCOMP"),
        Kind::Leaving => return maker.leave(ahead(user, 60), "TERVCOMP"),
        Kind::Retired => return maker.leave(part(9), "TERRETIR"),
        Kind::NoShow => return maker.leave(start, "NO_SHOW"),
        Kind::EndedAssignment => return maker.leave(part(4), "END_GA"),
        Kind::ObsoleteAssignment => {
            maker.add(start, "OGA");
            return Some(start);
        }
        Kind::RehiredSame => {
            maker.add(part(4) + DAY, "TERVCOMP");
            maker.add(part(8), "REHREH");
        }
        Kind::Converted => {
            maker.class = "11001";
            maker.add(part(5), "CONVEMP");
        }
        Kind::OnLeave => maker.add(part(9), "LOAUNP"),
        Kind::PaidLeave => maker.add(part(9), "LOAPAID"),
        Kind::Suspended => maker.add(part(9), "SUSPEND"),
        Kind::Furloughed => maker.add(part(9), "FURLOUGH"),
        Kind::Dormant => maker.add(part(9), "AWAYDORM"),
        Kind::Moves(days) => maker.change(near(days), "TRANDEPT"),
        Kind::Plain if user.assignments().next().is_some() => away(user, maker),
        Kind::Plain => plain(user, start, maker),
        _ => {}
    }
    None
}

/// A day within the next `days`.
fn ahead(user: &User<'_>, days: usize) -> i64 {
    let mut dice = user.dice();
    dice.next();
    user.tenant.origin.today + DAY * i64::try_from(1 + dice.below(days)).unwrap_or(1)
}

fn plain(user: &User<'_>, start: i64, maker: &mut Maker) {
    let mut dice = user.dice();
    dice.next();
    if dice.chance(3) {
        // A correction on the first day is a second sequence.
        maker.add(start, "DATACHG");
    }
    for tenth in [3, 6, 9].into_iter().take(dice.below(4)) {
        maker.add(part(start, tenth), if tenth == 6 { "TRANDEPT" } else { "DATACHG" });
    }
    if dice.chance(2) {
        maker.change(ahead(user, 45), "TRANDEPT");
    }
}

/// The home employment has a slice when somebody goes, and one when they come back.
fn away(user: &User<'_>, maker: &mut Maker) {
    for assignment in user.assignments() {
        let Some(career) = career(&assignment).filter(|career| career.kind != Kind::ObsoleteAssignment)
        else {
            continue;
        };
        maker.change(career.start, "AWAYGA");
        if let Some(end) = career.end {
            maker.change(end + DAY, "GAAssignPosition");
        }
    }
}
