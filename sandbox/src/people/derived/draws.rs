//! Which career each user has, and whose person it is, drawn while the users are made.

use crate::people::derived::DAY;
use crate::state::kind::Kind;
use crate::state::origin::Origin;
use crate::state::store::Row;
use crate::state::tenant::Tenant;

/// 2026-01-01: what the company looked like before anybody wrote to it is older than this.
const FOUNDED: i64 = 1_767_225_600_000;

/// The careers that were drawn so far.
pub(in crate::people) struct Draws {
    origin: Origin,
    /// Without a date of hire nobody is employed.
    employs: bool,
    /// Somebody who left, and somebody who is there, of each gender.
    spare: [[Option<Row>; 2]; 2],
    /// Plain careers and leavers so far.
    counts: [usize; 2],
    /// Whose assignment was the last one that ended.
    host: Option<Row>,
}

impl Draws {
    pub(in crate::people) fn new(tenant: &Tenant) -> Self {
        let user = tenant.model.entity("User").map(|entity| tenant.entity(entity));
        let employs = user.is_some_and(|user| user.property("hireDate").is_some());
        Self { origin: tenant.origin.clone(), employs, spare: [[None; 2]; 2], counts: [0; 2], host: None }
    }

    /// The next row is nobody's employee.
    pub(in crate::people) fn nobody(&mut self) {
        self.origin.kinds.push(Kind::Nobody);
    }

    /// The next row is a person of its own, if anybody's.
    pub(in crate::people) fn person(&mut self, status: &str, woman: bool) -> Option<Row> {
        let (row, kind) = self.draw(status);
        self.spare(row, kind, woman);
        let kind = self.settle(kind, None);
        (kind != Kind::Nobody).then_some(row)
    }

    /// The row whose person the next one is. A rehire with a new employment, a concurrent employment and a global
    /// assignment belong to the person of somebody who came before (docs/successfactors.md#employments); `None` for who
    /// is nobody's employee.
    pub(in crate::people) fn employment(&mut self, status: &str, woman: bool) -> Option<Row> {
        let (row, kind) = self.draw(status);
        let kind = self.varied(kind);
        let owner = self.owner(kind, woman);
        self.spare(row, kind, woman);
        let kind = self.settle(kind, owner);
        if kind == Kind::Nobody {
            return None;
        }
        if let Some(owner) = owner.filter(|_| kind.is_assignment()) {
            self.origin.assignments.entry(owner).or_default().push(row);
        }
        Some(owner.unwrap_or(row))
    }

    fn draw(&self, status: &str) -> (Row, Kind) {
        let row = Row::try_from(self.origin.kinds.len()).unwrap_or(Row::MAX);
        (row, Kind::draw(self.origin.dice(row), status, self.employs))
    }

    fn varied(&mut self, kind: Kind) -> Kind {
        let place = match kind {
            Kind::Plain => 0,
            Kind::Leaver => 1,
            _ => return kind,
        };
        let count = self.counts[place];
        self.counts[place] += 1;
        if place == 0 { Kind::of_plain(count) } else { Kind::of_leaver(count) }
    }

    fn owner(&mut self, kind: Kind, woman: bool) -> Option<Row> {
        match kind {
            Kind::RehiredNew => self.spare[0][usize::from(woman)].take(),
            Kind::Concurrent | Kind::Assignment => self.spare[1][usize::from(woman)].take(),
            Kind::EndedAssignment => {
                self.host = self.spare[1].iter_mut().find_map(Option::take);
                self.host
            }
            // One person has both, so that somebody has three employments.
            Kind::ObsoleteAssignment => self.host.take(),
            _ => None,
        }
    }

    /// Notes the career. A second employment without a person to belong to is a plain one.
    fn settle(&mut self, kind: Kind, owner: Option<Row>) -> Kind {
        let kind = match kind {
            Kind::RehiredNew | Kind::Concurrent | Kind::Assignment if owner.is_none() => Kind::Plain,
            Kind::EndedAssignment | Kind::ObsoleteAssignment if owner.is_none() => Kind::Leaver,
            kind => kind,
        };
        self.origin.kinds.push(kind);
        kind
    }

    fn spare(&mut self, row: Row, kind: Kind, woman: bool) {
        match kind {
            Kind::Leaver => self.spare[0][usize::from(woman)] = Some(row),
            Kind::Plain => self.spare[1][usize::from(woman)] = Some(row),
            _ => {}
        }
    }

    /// The first day of a row that was just drawn: `hired`, unless its career begins near the tenant's day, or
    /// after that of its `home`.
    pub(in crate::people) fn first_day(&self, row: Row, home: Option<i64>, hired: i64) -> i64 {
        let after = |tenths: i64| home.map_or(hired, |home| part(home, tenths));
        match self.origin.kinds.get(row as usize) {
            Some(Kind::Starts(days)) => self.origin.today + DAY * i64::from(*days),
            Some(Kind::FutureHire) => {
                let mut dice = self.origin.dice(row);
                dice.next();
                self.origin.today + DAY * i64::try_from(1 + dice.below(90)).unwrap_or(1)
            }
            Some(Kind::RehiredNew) => after(8),
            Some(Kind::Assignment) => after(6),
            Some(Kind::Concurrent | Kind::ObsoleteAssignment) => after(5),
            Some(Kind::EndedAssignment) => after(3),
            _ => hired,
        }
    }

    /// Everything that was drawn.
    pub(in crate::people) fn origin(self) -> Origin {
        self.origin
    }
}

/// The day after so many tenths of the time from a first day until the company is looked at.
pub(super) fn part(start: i64, tenths: i64) -> i64 {
    let span = (FOUNDED - start).max(10 * DAY);
    (start + span / 10 * tenths).div_euclid(DAY) * DAY
}
