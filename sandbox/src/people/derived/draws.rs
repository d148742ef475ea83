//! Which career each user has, and whose person it is, drawn while the users are made.

use crate::people::derived::{Kind, Origin};
use crate::store::Row;
use crate::tenant::Tenant;

/// The careers that were drawn so far.
pub(in crate::people) struct Draws {
    origin: Origin,
    /// Without a date of hire nobody is employed.
    employs: bool,
    kinds: Vec<Kind>,
    /// Somebody who left, and somebody who is there, of each gender.
    spare: [[Option<Row>; 2]; 2],
}

impl Draws {
    pub(in crate::people) fn new(tenant: &Tenant) -> Self {
        let user = tenant.model.entity("User").map(|entity| tenant.entity(entity));
        let employs = user.is_some_and(|user| user.property("hireDate").is_some());
        Self { origin: tenant.origin.clone(), employs, kinds: Vec::new(), spare: [[None; 2]; 2] }
    }

    /// The next row is nobody's employee.
    pub(in crate::people) fn nobody(&mut self) {
        self.kinds.push(Kind::Nobody);
    }

    /// The next row is a person of its own, if anybody's.
    pub(in crate::people) fn person(&mut self, status: &str, woman: bool) -> Option<Row> {
        let (row, kind) = self.draw(status);
        self.spare(row, kind, woman);
        (kind != Kind::Nobody).then_some(row)
    }

    /// The row whose person the next one is. A rehire with a new employment, a concurrent employment and a global
    /// assignment belong to the person of somebody who came before (entity sheet §7.4); `None` for who is nobody's
    /// employee.
    pub(in crate::people) fn employment(&mut self, status: &str, woman: bool) -> Option<Row> {
        let (row, kind) = self.draw(status);
        let partner = match kind {
            Kind::Nobody => return None,
            Kind::RehiredNew => self.spare[0][usize::from(woman)].take(),
            Kind::Concurrent | Kind::Assignment => self.spare[1][usize::from(woman)].take(),
            _ => None,
        };
        self.spare(row, kind, woman);
        Some(partner.unwrap_or(row))
    }

    fn draw(&mut self, status: &str) -> (Row, Kind) {
        let row = Row::try_from(self.kinds.len()).unwrap_or(Row::MAX);
        let kind = self.origin.kind(row, status, self.employs);
        self.kinds.push(kind);
        (row, kind)
    }

    fn spare(&mut self, row: Row, kind: Kind, woman: bool) {
        match kind {
            Kind::Leaver => self.spare[0][usize::from(woman)] = Some(row),
            Kind::Plain => self.spare[1][usize::from(woman)] = Some(row),
            _ => {}
        }
    }

    /// The careers of all rows.
    pub(in crate::people) fn kinds(self) -> Vec<Kind> {
        self.kinds
    }
}
