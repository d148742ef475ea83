//! The Java modules: the client library and the bundle for ConnId, with their own tests against tenants that they
//! start themselves, on every Java that is installed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use connector_core::ErrorKind;
use tests::{Artifacts, Maven, Tool, on_path, skip};

/// One build at a time: both tests use the same folder.
static BUILD: Mutex<()> = Mutex::new(());

/// Builds everything and runs all tests. `None`: there is no JDK, or no Maven.
fn package(java: Option<&Path>) -> Option<String> {
    let _alone = BUILD.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let maven = Maven::find()?;
    let natives = format!("-Dnative.folder={}", natives(&maven).display());
    let jvm = java.map(|java| format!("-Dtest.jvm={}", java.display()));
    let arguments: Vec<_> = ["package", natives.as_str()].into_iter().chain(jvm.as_deref()).collect();
    let artifacts = Artifacts::get();
    let environment = [
        ("SFSF_CONNECTOR_PROGRAM", artifacts.program().into_os_string()),
        // The one in the jars shall be found.
        ("SFSF_CONNECTOR_LIBRARY", "".into()),
        ("SFSF_TEST_KINDS", ErrorKind::ALL.map(ErrorKind::as_str).join(" ").into()),
    ];
    let ran = maven.run_with(&arguments, &environment);
    assert!(ran.code == Some(0), "{}{}", ran.output, ran.error);
    Some(ran.output)
}

/// A folder with the library as the jars take it along. Without what only a debugger reads, it is a fraction as large.
fn natives(maven: &Maven) -> PathBuf {
    let folder = maven.folder().join("native");
    let system = if cfg!(windows) { "windows" } else { std::env::consts::OS };
    let platform = folder.join(format!("{system}-{}", std::env::consts::ARCH));
    std::fs::create_dir_all(&platform).unwrap();
    let library = Artifacts::get().shared_library();
    let packed = platform.join(library.file_name().unwrap());
    match on_path("strip").filter(|_| cfg!(target_os = "linux")) {
        Some(strip) => drop(Tool::new(strip).arg("-o").arg(&packed).arg(&library).succeed()),
        None => drop(std::fs::copy(&library, &packed).unwrap()),
    }
    folder
}

/// What the tests of each module came to.
fn sums(output: &str) -> Vec<&str> {
    output.lines().filter(|line| line.contains("Tests run:") && !line.contains("Time elapsed")).collect()
}

fn say(java: &str, output: Option<String>) {
    if let Some(output) = output {
        println!("{java}:\n{}", sums(&output).join("\n"));
    }
}

#[test]
fn the_modules_keep_their_own_tests() {
    let output = package(None);
    if let Some(output) = &output {
        assert_eq!(sums(output).len(), 2, "{output}");
    }
    say("the Java that Maven runs with", output);
}

/// Hosts run on many releases of Java. Each that is installed besides the one that Maven runs with is tried.
#[test]
fn the_modules_keep_them_on_every_other_java() {
    let others = others();
    if others.is_empty() {
        skip::missing("another JDK");
    }
    for (version, java) in others {
        say(&format!("Java {version}"), package(Some(&java)));
    }
}

/// The other releases of Java in the usual place, by their major version.
fn others() -> BTreeMap<String, PathBuf> {
    let Ok(folders) = std::fs::read_dir("/usr/lib/jvm") else { return BTreeMap::new() };
    let own = on_path("java").and_then(|java| std::fs::canonicalize(java).ok());
    let homes = folders.filter_map(|entry| Some(entry.ok()?.path()));
    let mut releases: BTreeMap<_, _> =
        homes.filter_map(|home| Some((major(&home)?, home.join("bin/java")))).collect();
    let version = own.and_then(|java| major(java.parent()?.parent()?));
    releases.retain(|other, java| java.is_file() && Some(other) != version.as_ref());
    releases
}

/// `17` of a home that says `JAVA_VERSION="17.0.15"`.
fn major(home: &Path) -> Option<String> {
    let release = std::fs::read_to_string(home.join("release")).ok()?;
    let version = release.lines().find_map(|line| line.strip_prefix("JAVA_VERSION=\""))?;
    version.split(['.', '"']).next().map(ToOwned::to_owned)
}
