//! The page of `import --report` in a browser, where there is one.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::support::{Tenant, finish};

const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --enable-logging=stderr --hide-scrollbars --window-size=900,1400 --dump-dom";

fn browser() -> Option<PathBuf> {
    let folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let programs = ["chromium", "chromium-browser", "google-chrome"].into_iter();
    programs
        .flat_map(|program| folders.iter().map(move |folder| folder.join(program)))
        .find(|path| path.is_file())
}

/// Opens a page and takes a picture of it. Standard output is what became of the page, standard error has the console.
fn open(browser: &Path, page: &Path, picture: &Path) -> Output {
    let profile = tempfile::tempdir().unwrap();
    let mut command = Command::new(browser);
    command.args(FLAGS.split_whitespace());
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    command.arg(format!("--screenshot={}", picture.display()));
    command.arg(format!("file://{}", page.display())).stdin(Stdio::null()).output().unwrap()
}

/// What the page said in the console.
fn console(output: &Output) -> Vec<String> {
    let said = String::from_utf8_lossy(&output.stderr);
    said.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect()
}

#[test]
fn a_browser_shows_the_report_and_has_nothing_to_say_about_it() {
    let Some(browser) = browser() else {
        tests::skip::missing("Chromium");
        return;
    };
    let tenant = Tenant::new(120);
    let (page, picture) = (tenant.path("report.html"), tenant.path("report.png"));
    tenant.sandbox.inject("bad-record:/odata/v2/User?*1".parse().unwrap());
    let import = ["--output", "ndjson", "import", "--report", page.to_str().unwrap()];
    finish(&mut tenant.program(&import)).expect(1);
    let seen = open(&browser, &page, &picture);
    assert!(seen.status.success(), "{seen:?}");
    assert_eq!(console(&seen), [""; 0]);
    let shown = String::from_utf8_lossy(&seen.stdout).into_owned();
    for part in
        ["The run is complete", "By status", "By department", "119", "One record could not be read", "<rect"]
    {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let png = std::fs::read(&picture).unwrap();
    assert!(png.starts_with(b"\x89PNG") && png.len() > 20_000, "{} bytes", png.len());

    // The console is listened to: a page with an error in it is noticed.
    std::fs::write(&page, "<html><body><script>nobody.knows()</script></body></html>").unwrap();
    assert_eq!(console(&open(&browser, &page, &picture)).len(), 1);
}
