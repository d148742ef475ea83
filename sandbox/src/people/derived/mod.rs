//! The entities that follow from the users: each is made when somebody first asks for it, from the `User`
//! rows and the seed alone, so that a tenant starts at once and holds only what is looked at.

mod career;
mod draws;
mod employment;
mod fill;
mod organization;
mod person;
mod rows;

use crate::people::Dice;
use crate::query::time;
use crate::store::{Row, Table, Value};
use crate::tenant::Tenant;

pub(super) use draws::Draws;
use fill::Fill;

pub(super) const DAY: i64 = 86_400_000;

/// What the derived entities depend on besides the users.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    pub(crate) seed: u64,
    /// The tenant's day when it was made: what lies ahead of it is future.
    pub(crate) today: i64,
    /// Minutes that the server's clock is from UTC.
    pub(crate) utc_offset: i32,
    /// The career of each user as it was drawn: what is written to the user later does not change it.
    pub(super) kinds: Vec<Kind>,
}

/// What is peculiar about a user's career.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Leaver,
    RehiredSame,
    RehiredNew,
    Concurrent,
    Assignment,
    Converted,
    Leaving,
    OnLeave,
    Contractor,
    FutureHire,
    Onboarding,
    /// External people and technical users have no person in Employee Central.
    Nobody,
}

impl Origin {
    pub(crate) fn new(seed: u64, today: i64, utc_offset: i32) -> Self {
        Self { seed, today, utc_offset, kinds: Vec::new() }
    }

    fn dice(&self, row: Row) -> Dice {
        Dice::new(self.seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ (u64::from(row) << 17))
    }

    fn kind(&self, row: Row, status: &str, employed: bool) -> Kind {
        let roll = self.dice(row).below(1000);
        match status {
            _ if !employed => Kind::Nobody,
            "f" => Kind::Leaver,
            "e" if roll < 500 => Kind::FutureHire,
            "e" => Kind::Onboarding,
            "t" => match roll {
                0..15 => Kind::RehiredSame,
                15..30 => Kind::RehiredNew,
                30..40 => Kind::Concurrent,
                40..50 => Kind::Assignment,
                50..70 => Kind::Converted,
                70..80 => Kind::Leaving,
                80..90 => Kind::OnLeave,
                90..120 => Kind::Contractor,
                _ => Kind::Plain,
            },
            _ => Kind::Nobody,
        }
    }
}

/// A user, as the derived entities see it.
#[derive(Clone, Copy)]
pub(super) struct User<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) entity: usize,
    pub(super) row: Row,
}

impl<'a> User<'a> {
    pub(super) fn text(&self, name: &str) -> &'a str {
        self.tenant.text(self.entity, self.row, name)
    }

    pub(super) fn time(&self, name: &str) -> Option<i64> {
        match self.tenant.value(self.entity, self.row, name) {
            Value::Time(millis) => Some(millis),
            _ => None,
        }
    }

    pub(super) fn id(&self) -> &'a str {
        self.text("userId")
    }

    pub(super) fn person(&self) -> &'a str {
        self.text("~person")
    }

    pub(super) fn dice(&self) -> Dice {
        self.tenant.origin.dice(self.row)
    }

    /// A second employment without a person to belong to is a plain one.
    pub(super) fn kind(&self) -> Kind {
        match self.tenant.origin.kinds.get(self.row as usize).copied().unwrap_or(Kind::Nobody) {
            Kind::RehiredNew | Kind::Concurrent | Kind::Assignment if self.id() == self.person() => {
                Kind::Plain
            }
            kind => kind,
        }
    }

    /// The user at the end of a to-one navigation.
    pub(super) fn one(&self, navigation: &str) -> Option<Self> {
        let index = self.tenant.entity(self.entity).navigation(navigation)?;
        let row = *self.tenant.follow(self.entity, self.row, index).first()?;
        Some(Self { row, ..*self })
    }
}

/// All users, in the order of their keys.
pub(super) fn users(tenant: &Tenant) -> impl Iterator<Item = User<'_>> {
    let entity = tenant.model.entity("User");
    let rows = entity.map(|entity| tenant.table(entity).order()).unwrap_or_default();
    rows.iter().map(move |row| User { tenant, entity: entity.unwrap_or_default(), row: *row })
}

/// The rows of an entity.
pub(crate) fn derive(tenant: &Tenant, entity: usize) -> Table {
    let mut fill = Fill::new(tenant, entity);
    match tenant.entity(entity).name.as_str() {
        "PerPerson" => person::people(&mut fill),
        "PersonKey" => person::keys(&mut fill),
        "PerPersonal" => person::names(&mut fill),
        "PerEmail" => person::emails(&mut fill),
        "PerPhone" => person::phones(&mut fill),
        "Photo" => person::photos(&mut fill),
        "UserAccount" => person::accounts(&mut fill),
        "EmpEmployment" => employment::employments(&mut fill),
        "EmpJob" => employment::jobs(&mut fill),
        "EmpJobRelationships" => employment::relationships(&mut fill),
        "EmpEmploymentTermination" => employment::terminations(&mut fill),
        "PersonEmpTerminationInfo" => employment::termination_info(&mut fill),
        "EmpGlobalAssignment" => employment::assignments(&mut fill),
        name if organization::knows(name) => organization::rows(&mut fill, name),
        name => rows::rows(&mut fill, name),
    }
    fill.finish()
}

pub(super) fn day(text: &str) -> i64 {
    time::read(text).map_or(0, |moment| time::day(moment.millis))
}
