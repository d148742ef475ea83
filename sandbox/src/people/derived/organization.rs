//! Foundation objects and positions, made of the same lists as the people.

use std::collections::HashMap;

use crate::people::derived::career::OPEN;
use crate::people::derived::fill::Fill;
use crate::people::derived::{DAY, day};
use crate::people::lists::{Department, Lists};

/// What German and French call the departments and divisions, by their English words.
const TRANSLATIONS: &str = include_str!("../../../data/translations.tsv");

/// The text in the last pair of brackets: `2100` of `Engineering (2100)`.
pub(super) fn in_brackets(text: &str) -> &str {
    text.rsplit_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'))
}

fn before_brackets(text: &str) -> &str {
    text.rsplit_once(" (").map_or(text, |(name, _)| name)
}

/// The company of a country: `US01`.
pub(super) fn company_code(locale: &str) -> String {
    format!("{}01", locale.get(3..).unwrap_or("US"))
}

/// The codes of the locations by their names, as users have those.
pub(super) fn location_codes() -> HashMap<String, String> {
    locations().into_iter().map(|location| (location.name, location.code)).collect()
}

struct Location {
    name: String,
    city: &'static str,
    country: &'static str,
    company: String,
    time_zone: &'static str,
    code: String,
    address: usize,
}

fn locations() -> Vec<Location> {
    let mut list = Vec::new();
    for region in Lists::new().regions {
        let short = &region.locale[3..];
        for (index, city) in region.cities.iter().enumerate() {
            list.push(Location {
                name: format!("{city} ({short})"),
                city,
                country: region.country,
                company: company_code(region.locale),
                time_zone: region.time_zone,
                code: format!("{short}{}", index + 1),
                address: 700 + list.len(),
            });
        }
    }
    list
}

/// Whether the entity is made here.
pub(super) fn knows(entity: &str) -> bool {
    entity == "Position" || (entity.starts_with("FO") && !matches!(entity, "FOEventReason" | "FOPayGrade"))
}

/// The rows of one of the entities.
pub(super) fn rows(fill: &mut Fill<'_>, entity: &str) {
    let lists = Lists::new();
    match entity {
        "FOCompany" => companies(fill, &lists),
        "FOBusinessUnit" | "FODivision" => divisions(fill, &lists, entity == "FOBusinessUnit"),
        "FODepartment" => lists.departments.iter().for_each(|one| department(fill, one)),
        "FOCostCenter" => lists.departments.iter().for_each(|one| cost_center(fill, one)),
        "FOJobCode" => lists.departments.iter().for_each(|one| job_codes(fill, one)),
        "Position" => lists.departments.iter().for_each(|one| positions(fill, one)),
        "FOLocation" => locations().iter().for_each(|one| location(fill, one)),
        "FOCorporateAddressDEFLT" => locations().iter().for_each(|one| address(fill, one)),
        _ => {}
    }
}

/// A slice with its code and its names in several languages.
fn slice(fill: &mut Fill<'_>, code: &str, name: &str, (start, end): (i64, i64)) {
    fill.row();
    fill.text("externalCode", code);
    fill.time("startDate", start);
    fill.time("endDate", end);
    fill.text("status", "A");
    let english: String = name.chars().take(32).collect();
    for column in ["name", "name_defaultValue", "name_en_US", "name_en_GB", "name_localized"] {
        fill.text(column, &english);
    }
    for (locale, translated) in ["de_DE", "fr_FR"].iter().zip(translations(name)) {
        fill.text(&format!("name_{locale}"), translated);
    }
    fill.text("description", name);
    fill.audit(start.max(0) + 36_000_000, day("2025-01-15"));
    fill.time("lastModifiedDate", day("2025-01-15"));
}

fn translations(name: &str) -> Vec<&'static str> {
    let line = TRANSLATIONS.lines().find(|line| line.split('\t').next() == Some(name));
    line.map_or(Vec::new(), |line| line.split('\t').skip(1).collect())
}

fn always() -> (i64, i64) {
    (day("1990-01-01"), OPEN)
}

fn companies(fill: &mut Fill<'_>, lists: &Lists) {
    for region in &lists.regions {
        let name = format!("ACME {}", region.country);
        slice(fill, &company_code(region.locale), &name, always());
        fill.text("country", region.country);
        fill.text("currency", if region.locale == "en_US" { "USD" } else { "EUR" });
        fill.float("standardHours", 40.0);
        fill.text("defaultLocation", &format!("{}1", &region.locale[3..]));
    }
}

fn divisions(fill: &mut Fill<'_>, lists: &Lists, units: bool) {
    let mut seen = Vec::new();
    for one in &lists.departments {
        let code = in_brackets(&one.division);
        if seen.contains(&code) {
            continue;
        }
        seen.push(code);
        let unit = format!("BU{}", &code[..1]);
        if units {
            slice(fill, &unit, before_brackets(&one.division), always());
        } else {
            slice(fill, code, before_brackets(&one.division), always());
            fill.text("businessUnitFlx", &unit);
        }
    }
}

/// A department was called otherwise before 2015.
fn department(fill: &mut Fill<'_>, one: &Department) {
    let change = day("2015-01-01");
    let name = before_brackets(&one.name);
    for (name, span) in
        [(format!("Old {name}"), (always().0, change - DAY)), (name.to_owned(), (change, OPEN))]
    {
        slice(fill, one.code, &name, span);
        fill.text("costCenter", &format!("CC-{}", one.code));
        fill.text("divisionFlx", in_brackets(&one.division));
        fill.text("cust_toLegalEntityProp", "US01");
        fill.text("parent", if one.code == "1000" { "" } else { "1000" });
    }
}

fn cost_center(fill: &mut Fill<'_>, one: &Department) {
    slice(fill, &format!("CC-{}", one.code), before_brackets(&one.name), always());
    fill.text("cust_LegalEntityProp", "US01");
    fill.text("costcenterExternalObjectID", &format!("000{}", one.code));
}

fn job_codes(fill: &mut Fill<'_>, one: &Department) {
    for (rank, title) in one.titles.iter().enumerate() {
        slice(fill, &format!("J{}{rank}", one.code), title, always());
        fill.text("grade", &format!("GR{}", 5 - rank.min(4)));
        fill.float("standardHours", 40.0);
        fill.flag("isFulltimeEmployee", true);
    }
}

fn positions(fill: &mut Fill<'_>, one: &Department) {
    let division = in_brackets(&one.division);
    for (rank, title) in one.titles.iter().enumerate() {
        fill.row();
        fill.text("code", &format!("P{}{rank}", one.code));
        fill.time("effectiveStartDate", always().0);
        fill.time("effectiveEndDate", OPEN);
        fill.text("effectiveStatus", "A");
        for column in ["positionTitle", "jobTitle", "externalName_defaultValue", "externalName_localized"] {
            fill.text(column, &title.chars().take(32).collect::<String>());
        }
        fill.text("jobCode", &format!("J{}{rank}", one.code));
        fill.text("department", one.code);
        fill.text("division", division);
        fill.text("businessUnit", &format!("BU{}", &division[..1]));
        fill.text("costCenter", &format!("CC-{}", one.code));
        fill.text("company", "US01");
        fill.text("payGrade", &format!("GR{}", 5 - rank.min(4)));
        fill.flag("multipleIncumbentsAllowed", true);
        fill.flag("vacant", false);
        fill.text("targetFTE", "1");
        if rank > 0 {
            fill.text("~parent", &format!("P{}{}", one.code, rank - 1));
        }
        fill.audit(always().0, day("2025-01-15"));
    }
}

fn location(fill: &mut Fill<'_>, one: &Location) {
    slice(fill, &one.code, one.city, always());
    fill.text("companyFlx", &one.company);
    fill.text("timezone", one.time_zone);
    fill.float("standardHours", 40.0);
    fill.text("~address", &one.address.to_string());
}

fn address(fill: &mut Fill<'_>, one: &Location) {
    fill.row();
    fill.text("addressId", &one.address.to_string());
    fill.time("startDate", always().0);
    fill.time("endDate", OPEN);
    fill.text("address1", "Main Street 1");
    fill.text("city", one.city);
    fill.text("country", one.country);
    fill.text("zipCode", "10000");
    fill.audit(always().0, day("2025-01-15"));
}
