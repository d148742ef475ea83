//! `docs/manifest.json` is what the code says.

use super::root;

#[test]
fn the_manifest_in_the_documentation_is_that_of_the_code() {
    let mut printed = serde_json::to_string_pretty(&connector_sfsf::manifest()).unwrap();
    printed.push('\n');
    let path = root().join("docs/manifest.json");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = committed.lines().zip(printed.lines()).find(|(committed, printed)| committed != printed);
    assert!(
        committed == printed,
        "docs/manifest.json is not what the code says, first at {differs:?}; \
         UPDATE_SNAPSHOTS=1 cargo test -p tests --test suites house:: writes it anew"
    );
}
