//! What `deploy/package` makes, as people unpack it.

use std::path::{Path, PathBuf};

use sandbox::Options;
use serde_json::Value as Json;
use tempfile::TempDir;
use tests::{Artifacts, Tenant, Tool, keys, on_path, root};

/// The library and the program without what only debuggers read, so that packing them takes no minutes.
fn slim_artifacts(folder: &Path) {
    let library = Artifacts::get().shared_library();
    let archive = library.with_extension("a");
    for file in [Artifacts::get().program(), library, archive] {
        let copy = folder.join(file.file_name().unwrap());
        std::fs::copy(&file, &copy).unwrap();
        if let Some(strip) = on_path("strip") {
            Tool::new(strip).arg("--strip-debug").arg(copy).succeed();
        }
    }
}

/// Makes the packages, and gives what was said and where they are. `None` where this system has no bash.
fn make() -> Option<(String, TempDir)> {
    let (artifacts, packages) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    slim_artifacts(artifacts.path());
    let said = Tool::new(on_path("bash")?)
        .arg(root().join("deploy/package"))
        .arg(packages.path())
        .env("SFSF_ARTIFACTS", artifacts.path())
        .succeed();
    Some((said, packages))
}

fn package(folder: &Path, part: &str) -> Option<PathBuf> {
    let found = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().contains(part);
    folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).find(found)
}

/// The names in a package, which is a tar or a zip file.
fn names(path: &Path) -> Option<String> {
    let is_tar = path.extension().is_some_and(|extension| extension == "gz");
    let tool = match is_tar {
        true => Tool::new(on_path("tar")?).arg("-tzf"),
        false => Tool::new(on_path("python3")?).args(&["-m", "zipfile", "-l"]),
    };
    Some(tool.arg(path).succeed())
}

/// What each package holds.
const CONTENTS: &[(&str, &[&str])] = &[
    (
        "sfsf-connector-c-",
        &["include/sfsf_connector.h", "include/sfsf.h", "lib/libsfsf_connector.so", "examples/"],
    ),
    (".whl", &["sfsf_connector/libsfsf_connector.so", "sfsf_connector/__init__.py", "RECORD"]),
    ("sfsf-connector-client-", &["native/linux-", "com/sfsf/connector/client/Connection.class"]),
    (
        "com.sfsf.connector-",
        &[
            "com/sfsf/connector/SuccessFactorsConnector.class",
            "lib/sfsf-connector-client-",
            "lib/jna-",
            "MANIFEST.MF",
        ],
    ),
    ("sfsf-connector-dotnet-", &["Sfsf.Connector.dll", "Sfsf.Connector.xml", "libsfsf_connector.so"]),
    (
        "sfsf-connector-powershell-",
        &["SapSuccessFactors.psd1", "SapSuccessFactors.psm1", "Sfsf.Connector.dll", "libsfsf_connector.so"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn packages_hold_what_their_users_need_and_the_one_for_c_is_enough_to_build_a_program() {
    if cfg!(not(target_os = "linux")) {
        return println!("skipped: the names of libraries are those of Linux");
    }
    let Some((said, folder)) = tokio::task::spawn_blocking(make).await.unwrap() else {
        return println!("skipped: there is no bash");
    };
    println!("{said}");
    for (part, expected) in CONTENTS {
        let Some(path) = package(folder.path(), part) else {
            assert!(said.contains("skipped"), "{part} is neither made nor skipped: {said}");
            continue;
        };
        let Some(names) = names(&path) else { continue };
        for name in *expected {
            assert!(names.contains(name), "{} has no {name}: {names}", path.display());
        }
    }
    build_from_the_package_for_c(folder.path()).await;
}

async fn build_from_the_package_for_c(folder: &Path) {
    let (Some(compiler), Some(tar)) = (on_path("cc"), on_path("tar")) else {
        return println!("skipped: there is no C compiler, or no tar");
    };
    Tool::new(tar).arg("-xzf").arg(package(folder, "sfsf-connector-c-").unwrap()).within(folder).succeed();
    let mut unpacked = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let unpacked = unpacked.find(|path| path.is_dir()).unwrap();
    let program = folder.join("search");
    let source = unpacked.join("examples/search.c");
    let options = [
        format!("-I{}", unpacked.join("include").display()),
        format!("-L{}", unpacked.join("lib").display()),
        format!("-Wl,-rpath,{}", unpacked.join("lib").display()),
    ];
    let tool = options.iter().fold(Tool::new(compiler), |tool, option| tool.arg(option));
    tool.arg(source).args(&["-std=c11", "-lsfsf_connector", "-o"]).arg(&program).succeed();
    let tenant = Tenant::start(Options { people: 10, ..Options::default() }).await;
    let configuration = folder.join("configuration.json");
    std::fs::write(&configuration, Json::Object(keys(&tenant.sandbox)).to_string()).unwrap();
    let found = Tool::new(&program).arg(configuration).arg("status eq 't'").succeed_beside().await;
    assert!(!found.trim().is_empty(), "nobody was found");
}
