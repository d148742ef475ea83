//! Makes the rows, one person after the other.

use crate::options::Options;
use crate::people::Cells;
use crate::people::derived::Draws;
use crate::people::lists::{Department, Landmark, Lists, Name, Region};
use crate::state::dice::Dice;
use crate::state::origin::Origin;
use crate::state::store::{Row, Value};
use crate::time;

const DAY: i64 = 86_400_000;
/// 2026-01-01: what the company looked like before anybody wrote to it is older than this.
const FOUNDED: i64 = 1_767_225_600_000;
/// How many people report to one manager.
const SPAN: usize = 8;
/// What is the person's and not the employment's.
const SHARED: [&str; 10] = [
    "firstName",
    "lastName",
    "defaultFullName",
    "email",
    "gender",
    "dateOfBirth",
    "nationality",
    "citizenship",
    "married",
    "cellPhone",
];

pub(crate) struct Maker<'a> {
    cells: Cells<'a>,
    lists: &'a Lists,
    options: &'a Options,
    draws: Draws,
    dice: Dice,
    made: usize,
    /// Rows of the hierarchy, its head first.
    hierarchy: Vec<Row>,
    /// People of the HR department.
    hr: Vec<Row>,
    /// The place in the hierarchy of each one's manager.
    reports: Vec<i64>,
}

/// What makes a person, before the rest is drawn.
struct Draft<'t> {
    user_id: &'t str,
    username: &'t str,
    first: &'t str,
    last: &'t str,
    status: &'t str,
    born: i64,
    woman: bool,
    /// The row whose person it is, if anybody's.
    owner: Option<Row>,
}

impl<'a> Maker<'a> {
    pub(crate) fn new(cells: Cells<'a>, lists: &'a Lists, options: &'a Options, draws: Draws) -> Self {
        Self {
            cells,
            lists,
            options,
            draws,
            dice: Dice::new(options.seed),
            made: 0,
            hierarchy: Vec::new(),
            hr: Vec::new(),
            reports: Vec::new(),
        }
    }

    /// The API user, and the pseudo user `v4admin`, which was never modified (docs/successfactors.md#pseudo-users).
    pub(crate) fn system_users(&mut self) {
        let api = self.options.api_user.clone();
        let row = self.bare(&api, &api, "API", "User");
        self.cells.shared(row, "title", "Technical User");
        self.stamp(row, FOUNDED - DAY);
        if api != "v4admin" {
            self.bare("v4admin", "v4admin", "v4", "admin");
        }
    }

    fn bare(&mut self, user_id: &str, username: &str, first: &str, last: &str) -> Row {
        self.made += 1;
        self.draws.nobody();
        let row = self.cells.add(user_id);
        for (name, text) in [("username", username), ("firstName", first), ("lastName", last)] {
            self.cells.own(row, name, text);
        }
        self.cells.own(row, "defaultFullName", &format!("{first} {last}"));
        self.cells.shared(row, "status", "t");
        self.cells.shared(row, "gender", "M");
        self.cells.set(row, "totalTeamSize", Value::Int(0));
        row
    }

    pub(crate) fn landmarks(&mut self) {
        let lists = self.lists;
        for landmark in &lists.landmarks {
            self.landmark(landmark);
        }
    }

    fn landmark(&mut self, landmark: &Landmark) {
        let draft = Draft {
            user_id: landmark.user_id,
            username: landmark.username,
            first: landmark.first,
            last: landmark.last,
            status: landmark.status,
            born: time::read(landmark.born).map_or(0, |moment| moment.millis),
            woman: true,
            owner: self.draws.person(landmark.status, true),
        };
        let Some(region) = self.lists.regions.first() else { return };
        let row = self.person(&draft, region);
        if let Some(nickname) = landmark.nickname {
            self.cells.own(row, "nickname", nickname);
        }
    }

    /// Everybody else.
    pub(crate) fn company(&mut self) {
        let lists = self.lists;
        while self.made < self.options.people {
            let number = 100_000 + self.made;
            let Some(region) = self.dice.pick(&lists.regions) else { return };
            let woman = self.dice.chance(50);
            let names = if woman { &region.women } else { &region.men };
            let (Some(first), Some(last)) = (self.dice.pick(names), self.dice.pick(&region.families)) else {
                return;
            };
            let named = self.dice.chance(10);
            let status = self.status();
            let owner = self.draws.employment(status, woman);
            let username = match owner {
                Some(owner) if usize::try_from(owner) != Ok(self.made) => self.second_username(owner, number),
                _ => username(first, last, number),
            };
            let user_id = if named { username.clone() } else { number.to_string() };
            let born = FOUNDED - DAY * days(18 * 365 + self.dice.below(48 * 365));
            let draft = Draft {
                user_id: &user_id,
                username: &username,
                first: first.written,
                last: last.written,
                status,
                born: time::day(born),
                woman,
                owner,
            };
            self.person(&draft, region);
        }
    }

    fn status(&mut self) -> &'static str {
        match self.dice.below(1000) {
            0..120 => "f",
            120..140 => "T",
            140..150 => "F",
            150..160 => "e",
            160..165 => "d",
            _ => "t",
        }
    }

    fn person(&mut self, draft: &Draft<'_>, region: &Region) -> Row {
        self.made += 1;
        let row = self.cells.add(draft.user_id);
        let email = format!("{}@acme.example", draft.username.split('@').next().unwrap_or_default());
        self.cells.own(row, "username", draft.username);
        self.cells.own(row, "email", &email);
        self.cells.shared(row, "firstName", draft.first);
        self.cells.shared(row, "lastName", draft.last);
        self.cells.copy_id(row, row, "empId");
        self.cells.own(row, "defaultFullName", &format!("{} {}", draft.first, draft.last));
        self.cells.shared(row, "status", draft.status);
        self.cells.shared(row, "gender", if draft.woman { "F" } else { "M" });
        self.cells.set(row, "dateOfBirth", Value::Time(draft.born));
        self.place(row, region);
        self.work(row);
        let hired = self.history(row);
        self.begin(row, draft.owner.filter(|owner| *owner != row), hired);
        if let Some(owner) = draft.owner {
            self.belong(row, owner);
        }
        if matches!(draft.status, "t" | "f") {
            self.report(row);
        }
        row
    }

    /// Makes a row the user of a person, who has one name and one birthday in all employments.
    fn belong(&mut self, row: Row, owner: Row) {
        self.cells.copy_id(owner, row, "~person");
        for name in SHARED.iter().filter(|_| row != owner) {
            self.cells.copy(owner, row, name);
        }
    }

    /// The name that a person logs on with for another employment.
    fn second_username(&self, owner: Row, number: usize) -> String {
        let mut name = self.cells.text(owner, "username").to_lowercase();
        name.retain(|letter| letter.is_ascii_alphabetic() || letter == '.');
        format!("{name}{number}")
    }

    fn place(&mut self, row: Row, region: &Region) {
        for (name, text) in [
            ("country", region.country),
            ("defaultLocale", region.locale),
            ("timeZone", region.time_zone),
            ("nationality", region.country),
            ("citizenship", region.country),
        ] {
            self.cells.shared(row, name, text);
        }
        if let Some(city) = self.dice.pick(&region.cities) {
            self.cells.shared(row, "city", city.name);
            self.cells.shared(row, "location", &format!("{} ({})", city.name, &region.locale[3..]));
        }
        let (street, zip, phone) = (self.dice.below(120), self.dice.below(90_000), self.dice.below(900_000));
        self.cells.shared(row, "addressLine1", &format!("Main Street {}", street + 1));
        self.cells.shared(row, "zipCode", &(10_000 + zip).to_string());
        self.cells.own(row, "businessPhone", &format!("+1 555 {}", 100_000 + phone));
        if self.dice.chance(40) {
            self.cells.own(row, "cellPhone", &format!("+1 556 {}", 100_000 + phone));
        }
    }

    fn work(&mut self, row: Row) {
        let place = self.hierarchy.len();
        let lists = self.lists;
        let department =
            if place == 0 { lists.departments.first() } else { self.dice.pick(&lists.departments) };
        let Some(department) = department else { return };
        let lowest = usize::from(place > 0 && department.code == "1000");
        let rank = rank(place, self.options.people).max(lowest).min(department.titles.len() - 1);
        let title = department.titles[rank];
        self.titles(row, department, title, rank);
        if department.code == "4100" {
            self.hr.push(row);
        }
    }

    fn titles(&mut self, row: Row, department: &Department, title: &str, rank: usize) {
        for (name, text) in [
            ("division", department.division.as_str()),
            ("department", department.name.as_str()),
            ("title", title),
            ("jobTitle", title),
        ] {
            self.cells.shared(row, name, text);
        }
        self.cells.shared(row, "jobCode", &format!("J{}{rank}", department.code));
        self.cells.shared(row, "custom01", &format!("CC-{}", department.code));
        self.cells.shared(row, "custom02", if self.dice.chance(85) { "Regular" } else { "Temporary" });
    }

    /// The first day that careers know of: it may be near the tenant's day, and is never before that of the
    /// employment that was there first.
    fn begin(&mut self, row: Row, home: Option<Row>, hired: i64) {
        let home = home.and_then(|home| self.cells.time(home, "hireDate"));
        let first = self.draws.first_day(row, home, hired);
        if first != hired {
            self.cells.set(row, "hireDate", Value::Time(first));
            self.cells.set(row, "dateOfPosition", Value::Time(first));
            self.cells.set(row, "serviceDate", Value::Time(home.unwrap_or(first)));
        }
    }

    fn history(&mut self, row: Row) -> i64 {
        let hired = FOUNDED - DAY * days(30 + self.dice.below(25 * 365));
        let position = hired + DAY * days(self.dice.below(30));
        self.cells.set(row, "hireDate", Value::Time(hired));
        self.cells.set(row, "dateOfPosition", Value::Time(position));
        self.cells.set(row, "serviceDate", Value::Time(hired));
        let married = self.dice.chance(50);
        if self.dice.chance(70) {
            self.cells.set(row, "married", Value::Bool(married));
        }
        self.cells.set(row, "matrixManaged", Value::Bool(false));
        let seconds = i64::try_from(self.dice.below(700 * 86_400)).unwrap_or(0);
        self.stamp(row, FOUNDED - 1000 * seconds);
        hired
    }

    /// The four time stamps, of which `lastModified` is in the server's local time (KBA 2933028).
    fn stamp(&mut self, row: Row, utc: i64) {
        let local = time::to_local(utc, self.options.switches.server_utc_offset_minutes);
        self.cells.set(row, "lastModified", Value::Time(local));
        for name in ["lastModifiedDateTime", "lastModifiedWithTZ", "sciLastModified"] {
            self.cells.set(row, name, Value::Time(utc));
        }
    }

    /// Hangs a person below somebody who came earlier, so that there can be no cycle.
    fn report(&mut self, row: Row) {
        let place = self.hierarchy.len();
        self.hierarchy.push(row);
        self.reports.push(0);
        // The head has no manager, and one in fifty has none that anybody wrote down.
        if place == 0 || self.dice.chance(2) {
            return;
        }
        let boss = (place - 1) / SPAN;
        self.reports[boss] += 1;
        let manager = self.hierarchy[boss];
        self.cells.link(row, "manager", &[manager]);
        if boss > 0 && self.dice.chance(20) {
            self.cells.link(row, "secondManager", &[self.hierarchy[(boss - 1) / SPAN]]);
        }
        self.others(row, place);
    }

    fn others(&mut self, row: Row, place: usize) {
        if let Some(hr) = self.dice.pick(&self.hr).copied().filter(|hr| *hr != row) {
            self.cells.link(row, "hr", &[hr]);
        }
        let (one, two) = (self.hierarchy[self.dice.below(place)], self.hierarchy[self.dice.below(place)]);
        let both: &[Row] = if one == two { &[one] } else { &[one, two] };
        if self.dice.chance(5) {
            self.cells.link(row, "matrixManager", both);
            self.cells.set(row, "matrixManaged", Value::Bool(true));
        }
        if self.dice.chance(2) {
            self.cells.link(row, "proxy", &[one]);
        }
        if self.dice.chance(1) {
            self.cells.link(row, "customManager", &[two]);
        }
    }

    /// Writes what is known only when everybody is there, and gives what was drawn.
    pub(crate) fn finish(mut self) -> Origin {
        for (row, size) in
            std::mem::take(&mut self.hierarchy).into_iter().zip(std::mem::take(&mut self.reports))
        {
            self.cells.set(row, "totalTeamSize", Value::Int(size));
        }
        self.draws.origin()
    }
}

/// How far from the top a place in the hierarchy is.
fn rank(place: usize, people: usize) -> usize {
    match place {
        0 => 0,
        _ if place <= SPAN => 0,
        _ if place < people / 5 => 1,
        _ => 2 + place % 2,
    }
}

fn days(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(0)
}

fn username(first: &Name, last: &Name, number: usize) -> String {
    let mut name = format!("{}.{}{number}", first.latin, last.latin).to_lowercase();
    name.retain(|letter| letter.is_ascii_alphanumeric() || letter == '.');
    name
}
