//! A user's career as slices of `EmpJob`.

use crate::people::derived::{DAY, Kind, User};

pub(super) const OPEN: i64 = 253_402_214_400_000;
const FOUNDED: i64 = 1_767_225_600_000;

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
    fn add(&mut self, start: i64, reason: &'static str, event: &'static str, status: &'static str) {
        let mut sequence = 1;
        if let Some(last) = self.slices.last_mut() {
            sequence = if last.start == start { last.sequence + 1 } else { 1 };
            last.end = (start - DAY).max(last.start);
        }
        self.slices.push(Slice { start, end: OPEN, sequence, reason, event, status, class: self.class });
    }

    fn hire(&mut self, start: i64, reason: &'static str) {
        self.add(start, reason, if reason == "HIRGA" { "5576" } else { "5570" }, "5533");
    }

    /// The slice begins the day after the last day in employment (entity sheet §7.4).
    fn leave(&mut self, last_day: i64, reason: &'static str) {
        self.add(last_day + DAY, reason, "5572", "5536");
    }

    fn change(&mut self, start: i64, reason: &'static str) {
        self.add(start, reason, if reason == "TRANDEPT" { "5574" } else { "5573" }, "5533");
    }
}

/// The employment of a user, `None` for those who have none.
pub(super) fn career(user: &User<'_>) -> Option<Career> {
    let kind = user.kind();
    let today = user.tenant.origin.today;
    let mut dice = user.dice();
    dice.next();
    let mut other = user.dice();
    other.next();
    let mut ahead = |days: usize| today + DAY * i64::try_from(1 + other.below(days)).unwrap_or(1);
    let start = match kind {
        Kind::Nobody | Kind::Onboarding => return None,
        Kind::FutureHire => ahead(90),
        _ => user.time("hireDate")?,
    };
    let span = (FOUNDED - start).max(10 * DAY);
    let part = |tenths: i64| (start + span / 10 * tenths).div_euclid(DAY) * DAY;
    let contractor = matches!(kind, Kind::Contractor | Kind::Converted);
    let mut maker = Maker { slices: Vec::new(), class: if contractor { "11002" } else { "11001" } };
    maker.hire(start, if kind == Kind::Assignment { "HIRGA" } else { "HIRNEW" });
    let mut end = None;
    match kind {
        Kind::Leaver => {
            let last = part(7);
            maker.change(part(3), "DATACHG");
            maker.leave(last, if dice.chance(70) { "TERVCOMP" } else { "TERINV" });
            end = Some(last);
        }
        Kind::RehiredSame => {
            maker.leave(part(4), "TERVCOMP");
            maker.add(part(8), "REHREH", "5571", "5533");
        }
        Kind::Converted => {
            maker.class = "11001";
            maker.change(part(5), "CONVEMP");
        }
        Kind::OnLeave => maker.add(part(9), "LOAUNP", "5575", "5534"),
        Kind::Leaving => {
            let last = ahead(60);
            maker.leave(last, "TERVCOMP");
            end = Some(last);
        }
        Kind::Plain => {
            if dice.chance(3) {
                // A correction on the first day is a second sequence.
                maker.change(start, "DATACHG");
            }
            for tenth in [3, 6, 9].into_iter().take(dice.below(4)) {
                maker.change(part(tenth), if tenth == 6 { "TRANDEPT" } else { "DATACHG" });
            }
            if dice.chance(2) {
                maker.change(ahead(45), "TRANDEPT");
            }
        }
        _ => {}
    }
    Some(Career { kind, start, end, slices: maker.slices })
}
