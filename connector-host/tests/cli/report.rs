//! `import --report`: a page for people.

use roxmltree::Document;

use super::support::{Tenant, finish};

fn page(tenant: &Tenant, arguments: &[&str], code: i32) -> String {
    let report = tenant.path("report.html");
    let all = ["--output", "ndjson", "import", "--report", report.to_str().unwrap()];
    finish(tenant.program(&all).args(arguments)).expect(code);
    std::fs::read_to_string(report).unwrap()
}

/// The rows of a table, as texts.
fn rows(page: &Document<'_>, id: &str) -> Vec<Vec<String>> {
    let table = page.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
    let rows = table.children().filter(|node| node.has_tag_name("tr"));
    rows.map(|row| row.children().filter_map(|cell| cell.text().map(str::to_owned)).collect()).collect()
}

fn parse(page: &str) -> Document<'_> {
    Document::parse_with_options(page, roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() })
        .unwrap()
}

#[test]
fn the_page_is_well_formed_and_holds_the_figures() {
    let tenant = Tenant::new(120);
    let save = ["save", "evil", "username=evil", "status=t", "department=<script>alert(1)</script>&\u{1}"];
    finish(&mut tenant.program(&save)).expect(0);
    tenant.sandbox.inject("bad-record:/odata/v2/User?*1".parse().unwrap());
    let text = page(&tenant, &[], 1);
    let page = parse(&text);
    let figures = rows(&page, "figures");
    let figure = |name: &str| figures.iter().find(|row| row[0] == name).unwrap()[1].clone();
    assert_eq!((figure("records read"), figure("objects delivered")), ("121".into(), "120".into()));
    assert_eq!(figure("skipped: unreadable"), "1");
    let bars: Vec<_> = page.descendants().filter(|node| node.has_tag_name("svg")).collect();
    assert_eq!(bars.len(), 2, "by status, by department");
    let statuses: Vec<_> = bars[0].children().filter(|node| node.has_tag_name("text")).collect();
    let counts = statuses.iter().skip(1).step_by(2).filter_map(|node| node.text()?.parse::<u64>().ok());
    assert_eq!(counts.sum::<u64>(), 120, "everybody has a status");
    assert_eq!(rows(&page, "problems").len(), 1);
    assert!(text.contains("One record could not be read.") && text.contains("<p class=\"when\">Ended on "));
}

#[test]
fn the_page_names_what_the_tenant_does_not_have() {
    let tenant = Tenant::new(20);
    let text = page(&tenant, &["--attributes", "userId,salary,bonusTarget"], 0);
    let page = parse(&text);
    let missing = page.descendants().find(|node| node.attribute("id") == Some("missing")).unwrap();
    assert!(missing.text().unwrap().ends_with("went on without them: salary, bonusTarget."), "{text}");
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    let tenant = Tenant::new(20);
    let save = ["save", "evil", "username=evil", "status=t", "department=<script>alert(1)</script>"];
    finish(&mut tenant.program(&save)).expect(0);
    let text = page(&tenant, &[], 0);
    let page = parse(&text);
    for node in page.descendants() {
        let name = node.tag_name().name();
        assert!(!["script", "link", "img", "iframe", "object"].contains(&name), "{name}");
        for attribute in node.attributes() {
            let harmless =
                !attribute.name().starts_with("on") && !["href", "src"].contains(&attribute.name());
            assert!(harmless, "{attribute:?}");
        }
    }
    assert!(!text.contains("url(") && !text.contains("@import") && text.contains("&lt;script&gt;"));
}

#[test]
fn a_run_that_failed_never_looks_like_one_that_is_complete() {
    let tenant = Tenant::new(20);
    tenant.sandbox.inject("html=503:/odata/v2/User?".parse().unwrap());
    let text = page(&tenant, &["--set", "max_attempts=1"], 3);
    parse(&text);
    assert!(text.contains("The run is not complete") && !text.contains("The run is complete"), "{text}");
}

#[test]
fn the_page_tells_who_is_new() {
    let tenant = Tenant::new(20);
    let state = tenant.path("state.json");
    let figures = || {
        let text = page(&tenant, &["--state", state.to_str().unwrap()], 0);
        let rows = rows(&parse(&text), "figures");
        ["of them new", "of them known before"]
            .map(|name| rows.iter().find(|row| row[0] == name).unwrap()[1].parse::<u64>().unwrap())
    };
    assert_eq!(figures(), [20, 0]);
    finish(&mut tenant.program(&["save", "ada", "username=ada", "status=t"])).expect(0);
    assert_eq!(figures(), [1, 1], "v4admin has no time stamp, and always comes");
}
