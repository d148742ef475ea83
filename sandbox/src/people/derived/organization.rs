//! Foundation objects and positions, made of the same lists as the people.

use std::collections::HashMap;

use crate::people::derived::career::OPEN;
use crate::people::derived::fill::Fill;
use crate::people::derived::{DAY, day, users};
use crate::people::lists::{City, Department, Lists, Region};
use crate::state::tenant::Tenant;

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
    city: City,
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
                name: format!("{} ({short})", city.name),
                city: *city,
                country: region.code,
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
    matches!(entity, "Position" | "Country")
        || (entity.starts_with("FO") && !matches!(entity, "FOEventReason" | "FOPayGrade"))
}

/// The rows of one of the entities.
pub(super) fn rows(fill: &mut Fill<'_>, entity: &str) {
    let lists = Lists::new();
    match entity {
        "Country" => lists.regions.iter().for_each(|one| country(fill, one)),
        "FOCompany" => companies(fill, &lists),
        "FOBusinessUnit" | "FODivision" => divisions(fill, &lists, entity == "FOBusinessUnit"),
        "FODepartment" => {
            let heads = heads(fill.tenant);
            lists.departments.iter().for_each(|one| department(fill, one, &heads));
        }
        "FOJobFunction" => job_functions(fill, &lists),
        "FOCostCenter" => lists.departments.iter().for_each(|one| cost_center(fill, one)),
        "FOJobCode" => lists.departments.iter().for_each(|one| job_codes(fill, one)),
        "Position" => {
            lists.departments.iter().for_each(|one| positions(fill, one));
            lists.departments.iter().zip(0..).for_each(|(one, index)| new_position(fill, one, index));
        }
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
        fill.text("country", region.code);
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
fn department(fill: &mut Fill<'_>, one: &Department, heads: &HashMap<&str, &str>) {
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
        fill.text("headOfUnit", heads.get(one.code).copied().unwrap_or_default());
    }
}

/// Who has the highest job of each department, by its code: of several the one who came first.
fn heads(tenant: &Tenant) -> HashMap<&str, &str> {
    let mut heads: HashMap<&str, (&str, u32, &str)> = HashMap::new();
    for user in users(tenant).filter(|user| user.text("status") == "t") {
        let job = user.text("jobCode").strip_prefix('J').and_then(|job| job.split_at_checked(4));
        let Some((code, rank)) = job else { continue };
        let one = (rank, user.row, user.id());
        let head = heads.entry(code).or_insert(one);
        *head = one.min(*head);
    }
    heads.into_iter().map(|(code, (_, _, id))| (code, id)).collect()
}

/// Functions of two levels. One has the trailing blanks that codes of live tenants may have.
fn job_functions(fill: &mut Fill<'_>, lists: &Lists) {
    slice(fill, "ITS   ", "IT Staff", always());
    for one in &lists.departments {
        let above = function_code(in_brackets(&one.division));
        slice(fill, &function_code(one.code), before_brackets(&one.name), always());
        fill.text("parentFunctionCode", &above);
    }
    let mut seen = Vec::new();
    for division in lists.departments.iter().map(|one| one.division.as_str()) {
        if !seen.contains(&division) {
            seen.push(division);
            slice(fill, &function_code(in_brackets(division)), before_brackets(division), always());
        }
    }
}

fn function_code(code: &str) -> String {
    format!("JF{code}")
}

/// The pay grade of a job by its distance from the top.
pub(super) fn grade(rank: usize) -> String {
    format!("GR{}", 5 - rank.min(4))
}

fn cost_center(fill: &mut Fill<'_>, one: &Department) {
    slice(fill, &format!("CC-{}", one.code), before_brackets(&one.name), always());
    fill.text("cust_LegalEntityProp", "US01");
    fill.text("costcenterExternalObjectID", &format!("000{}", one.code));
}

fn job_codes(fill: &mut Fill<'_>, one: &Department) {
    for (rank, title) in one.titles.iter().enumerate() {
        slice(fill, &format!("J{}{rank}", one.code), title, always());
        fill.text("grade", &grade(rank));
        fill.text("jobFunction", &function_code(one.code));
        fill.float("standardHours", 40.0);
        fill.flag("isFulltimeEmployee", true);
    }
}

fn positions(fill: &mut Fill<'_>, one: &Department) {
    for rank in 0..one.titles.len() {
        position(fill, one, rank, &format!("P{}{rank}", one.code), always().0);
        if rank > 0 {
            fill.text("~parent", &format!("P{}{}", one.code, rank - 1));
        }
    }
}

/// Each department gets one more position within a few weeks, or got it a few weeks ago.
fn new_position(fill: &mut Fill<'_>, one: &Department, index: i64) {
    let start = fill.tenant.origin.today + DAY * (index * 10 - 40);
    position(fill, one, one.titles.len() - 1, &format!("N{}", one.code), start);
    fill.text("~parent", &format!("P{}0", one.code));
    fill.flag("vacant", true);
}

fn position(fill: &mut Fill<'_>, one: &Department, rank: usize, code: &str, start: i64) {
    let division = in_brackets(&one.division);
    let title = one.titles[rank];
    fill.row();
    fill.text("code", code);
    fill.time("effectiveStartDate", start);
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
    fill.text("payGrade", &grade(rank));
    fill.flag("multipleIncumbentsAllowed", true);
    fill.flag("vacant", false);
    fill.text("targetFTE", "1");
    fill.audit(start.min(day("2025-01-15")), day("2025-01-15"));
}

/// The country with its short code, and the name that users have of it.
fn country(fill: &mut Fill<'_>, one: &Region) {
    fill.row();
    fill.text("code", one.code);
    fill.time("effectiveStartDate", day("1900-01-01"));
    fill.time("effectiveEndDate", OPEN);
    fill.text("twoCharCountryCode", one.short);
    for column in ["externalName_defaultValue", "externalName_localized", "externalName_en_US"] {
        fill.text(column, one.country);
    }
    fill.text("status", "A");
    fill.audit(day("1990-01-01"), day("2025-01-15"));
}

fn location(fill: &mut Fill<'_>, one: &Location) {
    slice(fill, &one.code, one.city.name, always());
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
    fill.text("city", one.city.name);
    fill.text("state", one.city.state);
    fill.text("country", one.country);
    fill.text("zipCode", "10000");
    fill.audit(always().0, day("2025-01-15"));
}
