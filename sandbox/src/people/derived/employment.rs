//! Employments, jobs, relationships, terminations, global assignments.

use std::collections::HashMap;

use crate::people::derived::career::{Career, OPEN, Slice, TERMINATION, career};
use crate::people::derived::fill::Fill;
use crate::people::derived::organization::{company_code, grade, in_brackets, location_codes};
use crate::people::derived::{Codes, DAY, User, users};
use crate::state::kind::Kind;

/// The users that have an employment.
fn careers<'a>(fill: &Fill<'a>) -> impl Iterator<Item = (User<'a>, Career)> + use<'a> {
    users(fill.tenant).filter_map(|user| career(&user).map(|career| (user, career)))
}

pub(super) fn employments(fill: &mut Fill<'_>) {
    for (user, career) in careers(fill) {
        fill.row();
        fill.own("personIdExternal", user.person());
        fill.own("userId", user.id());
        fill.own("assignmentIdExternal", user.id());
        fill.int("employmentId", i64::from(user.row) + 3000);
        fill.time("startDate", career.start);
        if career.kind.is_assignment() {
            // As captured: a global assignment has its two ends, and nothing else of an employment.
            fill.text("assignmentClass", "GA");
            if let Some(end) = career.end {
                fill.time("endDate", end);
            }
        } else {
            fill.text("assignmentClass", "ST");
            home_days(fill, &career);
        }
        fill.flag("isContingentWorker", career.kind == Kind::Contractor);
        fill.flag("isECRecord", true);
        // Pending hires of a tenant with Onboarding (KBA 2886573).
        fill.flag("hiringNotCompleted", career.kind == Kind::FutureHire);
        fill.flag("employeeFirstEmployment", user.id() == user.person());
        fill.stamps(&user);
    }
}

fn home_days(fill: &mut Fill<'_>, career: &Career) {
    for name in ["originalStartDate", "firstDateWorked", "serviceDate", "seniorityDate"] {
        fill.time(name, career.start);
    }
    if let Some(end) = career.end {
        for name in ["endDate", "lastDateWorked", "payrollEndDate"] {
            fill.time(name, end);
        }
        fill.flag("okToRehire", true);
    }
}

pub(super) fn jobs(fill: &mut Fill<'_>) {
    let locations = location_codes();
    let codes = Codes::new();
    for (user, career) in careers(fill) {
        for slice in &career.slices {
            fill.row();
            job(fill, &user, slice);
            place(fill, &user, &locations, &codes);
            time(fill, &user);
        }
    }
}

fn job(fill: &mut Fill<'_>, user: &User<'_>, slice: &Slice) {
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
    fill.text("payGrade", &grade(code.get(5..).and_then(|rank| rank.parse().ok()).unwrap_or_default()));
    let department = in_brackets(user.text("department"));
    let division = in_brackets(user.text("division"));
    fill.text("department", department);
    fill.text("division", division);
    fill.text("businessUnit", &format!("BU{}", division.get(..1).unwrap_or_default()));
    fill.text("costCenter", user.text("custom01"));
    let manager = user.one("manager");
    fill.text("managerId", manager.map_or("NO_MANAGER", |manager| manager.id()));
    let modified = user.time("lastModifiedDateTime").unwrap_or_default();
    // Old slices were changed long ago, the last one when the user was; what lies ahead was entered before.
    let begun = slice.start + 36_000_000;
    let at = if slice.end == OPEN { modified } else { begun };
    fill.audit(begun.min(at), at);
}

fn place(fill: &mut Fill<'_>, user: &User<'_>, locations: &HashMap<String, String>, codes: &Codes) {
    let country = codes.country(user.text("country"));
    fill.text("company", &company_code(user.text("defaultLocale")));
    fill.text("countryOfCompany", country);
    fill.text("location", locations.get(user.text("location")).map_or("", String::as_str));
    fill.text("timezone", user.text("timeZone"));
    fill.text("payScaleArea", &format!("{country}/1"));
    fill.text("payScaleType", &format!("{country}/Z"));
}

/// One in ten works half the time.
fn time(fill: &mut Fill<'_>, user: &User<'_>) {
    let half = user.row % 10 == 7;
    fill.text("employmentType", if half { "13002" } else { "13001" });
    fill.float("fte", if half { 0.5 } else { 1.0 });
    fill.float("standardHours", if half { 20.0 } else { 40.0 });
    fill.float("workingDaysPerWeek", 5.0);
    fill.flag("isFulltimeEmployee", !half);
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
        for slice in career.slices.iter().filter(|slice| slice.event == TERMINATION) {
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

pub(super) fn assignments(fill: &mut Fill<'_>) {
    for (user, career) in careers(fill).filter(|(_, career)| career.kind.is_assignment()) {
        fill.row();
        fill.own("userId", user.id());
        fill.own("personIdExternal", user.person());
        fill.text("assignmentClass", "GA");
        fill.text("assignmentType", "19001");
        fill.time("startDate", career.start);
        fill.time("plannedEndDate", career.end.unwrap_or(fill.tenant.origin.today + 365 * DAY));
        if let Some(end) = career.end {
            fill.time("endDate", end);
            fill.time("payrollEndDate", end);
        }
        fill.stamps(&user);
    }
}
