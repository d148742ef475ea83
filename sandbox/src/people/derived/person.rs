//! The person: names, addresses, accounts.

use crate::people::derived::career::OPEN;
use crate::people::derived::fill::Fill;
use crate::people::derived::{Codes, User, day, users};
use crate::state::dice::Dice;
use crate::state::kind::Kind;
use crate::state::store::Row;

/// A one-pixel picture, with the line breaks that the tenant writes (docs/successfactors.md#values-in-json).
const PICTURE: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA\r\n\
    WjR9awAAAABJRU5ErkJggg==";

/// 0003-01-01.
const YEAR_3: i64 = -62_072_524_800_000;

/// The main user of each person, in the order of the users.
fn mains<'a>(fill: &Fill<'a>) -> impl Iterator<Item = User<'a>> + use<'a> {
    users(fill.tenant).filter(|user| user.id() == user.person())
}

pub(super) fn uuid(row: Row, mut dice: Dice) -> String {
    format!("{:016X}{:08X}{row:08X}", dice.next(), dice.next() >> 32)
}

pub(super) fn people(fill: &mut Fill<'_>) {
    let codes = Codes::new();
    for user in mains(fill) {
        fill.row();
        fill.own("personIdExternal", user.person());
        fill.int("personId", i64::from(user.row) + 1000);
        fill.own("perPersonUuid", &uuid(user.row, user.dice()));
        if let Some(born) = user.time("dateOfBirth") {
            fill.time("dateOfBirth", born);
        }
        fill.text("countryOfBirth", codes.country(user.text("country")));
        fill.stamps(&user);
    }
}

pub(super) fn keys(fill: &mut Fill<'_>) {
    for user in mains(fill) {
        fill.row();
        fill.own("personIdExternal", user.person());
        fill.int("personId", i64::from(user.row) + 1000);
        fill.own("perPersonUuid", &uuid(user.row, user.dice()));
    }
}

pub(super) fn names(fill: &mut Fill<'_>) {
    let codes = Codes::new();
    for user in mains(fill) {
        let start = first_day(&user);
        let renamed = user.dice().chance(5).then(|| day("2019-07-01")).filter(|change| *change > start);
        if let Some(change) = renamed {
            name_slice(fill, &user, &codes, (start, change - super::DAY));
        }
        name_slice(fill, &user, &codes, (renamed.unwrap_or(start), OPEN));
    }
}

/// Names begin on the first day of the employment, which may be ahead. One in fifty was typed in with a year of two
/// digits, as captured from a live tenant: such dates are parts of keys.
fn first_day(user: &User<'_>) -> i64 {
    let typed = user.kind() == Kind::Plain && user.row % 50 == 7;
    if typed { YEAR_3 } else { user.time("hireDate").unwrap_or_default() }
}

fn name_slice(fill: &mut Fill<'_>, user: &User<'_>, codes: &Codes, (start, end): (i64, i64)) {
    fill.row();
    fill.own("personIdExternal", user.person());
    fill.time("startDate", start);
    fill.time("endDate", end);
    fill.text("firstName", user.text("firstName"));
    let last = user.text("lastName");
    fill.text("lastName", &if end < OPEN { format!("{last}-Before") } else { last.to_owned() });
    fill.own("displayName", user.text("defaultFullName"));
    fill.text("gender", user.text("gender"));
    fill.text("nationality", codes.country(user.text("nationality")));
    fill.text("nativePreferredLang", codes.language(user.text("defaultLocale")));
    fill.text("maritalStatus", if user.dice().chance(50) { "10819" } else { "10820" });
    fill.text("salutation", if user.text("gender") == "F" { "10809" } else { "10808" });
    fill.stamps(user);
}

pub(super) fn emails(fill: &mut Fill<'_>) {
    for user in mains(fill) {
        email(fill, &user, "8448", user.text("email"), true);
        if user.dice().chance(30) {
            let private = user.text("email").replace("@acme.example", "@home.example");
            email(fill, &user, "8449", &private, false);
        }
    }
}

fn email(fill: &mut Fill<'_>, user: &User<'_>, kind: &str, address: &str, primary: bool) {
    fill.row();
    fill.own("personIdExternal", user.person());
    fill.text("emailType", kind);
    fill.own("emailAddress", address);
    fill.flag("isPrimary", primary);
    fill.stamps(user);
}

pub(super) fn phones(fill: &mut Fill<'_>) {
    for user in mains(fill) {
        for (kind, name, primary) in [("10605", "businessPhone", true), ("10606", "cellPhone", false)] {
            let mut parts = user.text(name).splitn(3, ' ');
            let (Some(country), Some(area), Some(number)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            fill.row();
            fill.own("personIdExternal", user.person());
            fill.text("phoneType", kind);
            fill.text("countryCode", country);
            fill.text("areaCode", area);
            fill.own("phoneNumber", number);
            fill.flag("isPrimary", primary);
            fill.stamps(&user);
        }
    }
}

pub(super) fn photos(fill: &mut Fill<'_>) {
    for user in users(fill.tenant).filter(|user| user.dice().chance(10)) {
        fill.row();
        fill.own("userId", user.id());
        fill.int("photoType", 1);
        fill.int("photoId", i64::from(user.row) + 500);
        fill.text("photo", PICTURE);
        fill.text("photoName", "portrait.png");
        fill.text("mimeType", "image/png");
        fill.int("width", 1);
        fill.int("height", 1);
        if let Some(modified) = user.time("lastModifiedDateTime") {
            fill.time("lastModified", modified);
            fill.time("lastModifiedDateTime", modified);
            fill.time("lastModifiedWithTZ", modified);
        }
    }
}
