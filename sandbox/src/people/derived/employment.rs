//! Employments, jobs, relationships, terminations, global assignments.

use std::collections::{BTreeMap, HashMap};

use crate::people::derived::career::{Career, OPEN, Slice, career};
use crate::people::derived::fill::Fill;
use crate::people::derived::organization::{company_code, in_brackets, location_codes};
use crate::people::derived::{DAY, Kind, User, users};

/// The users that have an employment.
fn careers<'a>(fill: &Fill<'a>) -> impl Iterator<Item = (User<'a>, Career)> + use<'a> {
    users(fill.tenant).filter_map(|user| career(&user).map(|career| (user, career)))
}

pub(super) fn employments(fill: &mut Fill<'_>) {
    for (user, career) in careers(fill) {
        fill.row();
        fill.own("personIdExternal", user.person());
        fill.own("userId", user.id());
        for name in ["startDate", "originalStartDate", "firstDateWorked", "serviceDate", "seniorityDate"] {
            fill.time(name, career.start);
        }
        if let Some(end) = career.end {
            for name in ["endDate", "lastDateWorked", "payrollEndDate"] {
                fill.time(name, end);
            }
            fill.flag("okToRehire", true);
        }
        fill.text("assignmentClass", if career.kind == Kind::Assignment { "GA" } else { "ST" });
        fill.flag("isContingentWorker", career.kind == Kind::Contractor);
        fill.flag("isECRecord", true);
        // Pending hires of a tenant with Onboarding (KBA 2886573).
        fill.flag("hiringNotCompleted", career.kind == Kind::FutureHire);
        fill.flag("employeeFirstEmployment", user.id() == user.person());
        fill.stamps(&user);
    }
}

pub(super) fn jobs(fill: &mut Fill<'_>) {
    let locations = location_codes();
    for (user, career) in careers(fill) {
        for slice in &career.slices {
            job(fill, &user, slice, &locations);
        }
    }
}

fn job(fill: &mut Fill<'_>, user: &User<'_>, slice: &Slice, locations: &HashMap<String, String>) {
    fill.row();
    fill.own("userId", user.id());
    fill.time("startDate", slice.start);
    fill.time("endDate", slice.end);
    fill.int("seqNumber", slice.sequence);
    fill.text("eventReason", slice.reason);
    fill.text("event", slice.event);
    fill.text("emplStatus", slice.status);
    fill.text("employeeClass", slice.class);
    fill.text("regularTemp", if user.text("custom02") == "Regular" { "12001" } else { "12002" });
    let code = user.text("jobCode");
    fill.text("jobCode", code);
    fill.text("jobTitle", user.text("title"));
    fill.text("position", &format!("P{}", code.trim_start_matches('J')));
    let department = in_brackets(user.text("department"));
    let division = in_brackets(user.text("division"));
    fill.text("department", department);
    fill.text("division", division);
    fill.text("businessUnit", &format!("BU{}", division.get(..1).unwrap_or_default()));
    fill.text("costCenter", user.text("custom01"));
    fill.text("company", &company_code(user.text("defaultLocale")));
    fill.text("countryOfCompany", user.text("country"));
    fill.text("location", locations.get(user.text("location")).map_or("", String::as_str));
    fill.text("timezone", user.text("timeZone"));
    let manager = user.one("manager");
    fill.text("managerId", manager.map_or("NO_MANAGER", |manager| manager.id()));
    fill.float("fte", 1.0);
    fill.float("standardHours", 40.0);
    fill.flag("isFulltimeEmployee", true);
    let modified = user.time("lastModifiedDateTime").unwrap_or_default();
    // Old slices were changed long ago, the last one when the user was.
    let at = if slice.end == OPEN { modified } else { slice.start + 36_000_000 };
    fill.audit(slice.start + 36_000_000, at);
}

pub(super) fn relationships(fill: &mut Fill<'_>) {
    for (user, career) in careers(fill) {
        for (navigation, kind) in [("matrixManager", "17698"), ("hr", "17702"), ("customManager", "17704")] {
            let Some(other) = user.one(navigation) else { continue };
            fill.row();
            fill.own("userId", user.id());
            fill.text("relationshipType", kind);
            fill.time("startDate", career.start);
            fill.time("endDate", OPEN);
            fill.text("relUserId", other.id());
            fill.stamps(&user);
        }
    }
}

pub(super) fn terminations(fill: &mut Fill<'_>) {
    for (user, career) in careers(fill) {
        for slice in career.slices.iter().filter(|slice| slice.status == "5536") {
            let end = slice.start - DAY;
            fill.row();
            fill.own("userId", user.id());
            fill.own("personIdExternal", user.person());
            fill.time("endDate", end);
            fill.time("lastDateWorked", end);
            fill.time("payrollEndDate", end);
            fill.text("eventReason", slice.reason);
            fill.flag("okToRehire", true);
            fill.flag("regretTermination", false);
            fill.stamps(&user);
        }
    }
}

/// An employment that ends today or later still counts (KBA 3678614).
pub(super) fn termination_info(fill: &mut Fill<'_>) {
    let today = fill.tenant.origin.today;
    let mut people: BTreeMap<&str, (i64, Option<i64>)> = BTreeMap::new();
    for (user, career) in careers(fill) {
        let (active, latest) = people.entry(user.person()).or_default();
        match career.end.filter(|end| *end < today) {
            Some(end) => *latest = (*latest).max(Some(end)),
            None => *active += 1,
        }
    }
    for (person, (active, latest)) in people {
        fill.row();
        fill.own("personIdExternal", person);
        fill.int("activeEmploymentsCount", active);
        if let Some(latest) = latest.filter(|_| active == 0) {
            fill.time("latestTerminationDate", latest);
        }
    }
}

pub(super) fn assignments(fill: &mut Fill<'_>) {
    for (user, career) in careers(fill).filter(|(_, career)| career.kind == Kind::Assignment) {
        fill.row();
        fill.own("userId", user.id());
        fill.own("personIdExternal", user.person());
        fill.text("assignmentClass", "GA");
        fill.text("assignmentType", "19001");
        fill.time("startDate", career.start);
        fill.time("plannedEndDate", fill.tenant.origin.today + 365 * DAY);
        fill.stamps(&user);
    }
}
