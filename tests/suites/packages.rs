//! What `deploy/package` makes, as people unpack it.

use std::path::{Path, PathBuf};

use sandbox::Options;
use serde_json::Value as Json;
use tempfile::TempDir;
use tests::{Artifacts, Tenant, Tool, keys, need, on_path, root, skip};

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
    let said = Tool::new(need("bash", "bash")?)
        .arg(root().join("deploy/package"))
        .arg(packages.path())
        .env("SFSF_ARTIFACTS", artifacts.path())
        .succeed();
    Some((said, packages))
}

fn package(folder: &Path, part: &str) -> Option<PathBuf> {
    // One that was unpacked lies beside it.
    let found = |path: &PathBuf| path.is_file() && path.file_name().unwrap().to_string_lossy().contains(part);
    folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).find(found)
}

/// Unpacks a package where it lies, and says into which folder. `None` without tar.
fn unpack(folder: &Path, part: &str) -> Option<PathBuf> {
    let archive = package(folder, part).unwrap();
    Tool::new(need("tar", "tar")?).arg("-xzf").arg(&archive).within(folder).succeed();
    Some(PathBuf::from(archive.to_string_lossy().trim_end_matches(".tar.gz")))
}

/// The names in a package, which is a tar or a zip file.
fn names(path: &Path) -> Option<String> {
    let is_tar = path.extension().is_some_and(|extension| extension == "gz");
    let tool = match is_tar {
        true => Tool::new(need("tar", "tar")?).arg("-tzf"),
        false => Tool::new(need("python3", "Python")?).args(&["-m", "zipfile", "-l"]),
    };
    Some(tool.arg(path).succeed())
}

/// A package: a part of its name, what it is called where it cannot be made, and what it holds.
struct Package {
    part: &'static str,
    called: &'static str,
    holds: &'static [&'static str],
}

/// What stands in every package besides.
const PAPERS: [&str; 3] = ["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-NOTICES.txt"];

const PACKAGES: &[Package] = &[
    Package {
        part: "sfsf-connector-0",
        called: "",
        holds: &["/sfsf-connector", "docs/operations.md", "deploy/Dockerfile", "sfsf-connector.cdx.json"],
    },
    Package {
        part: "sfsf-connector-c-",
        called: "",
        holds: &[
            "include/sfsf_connector.h",
            "include/sfsf.h",
            "lib/libsfsf_connector.so",
            "examples/",
            "libsfsf_connector.cdx.json",
        ],
    },
    Package {
        part: ".whl",
        called: "the wheel for Python",
        holds: &[
            "sfsf_connector/libsfsf_connector.so",
            "sfsf_connector/__init__.py",
            "RECORD",
            "dist-info/licenses/LICENSE-MIT",
            "dist-info/sboms/libsfsf_connector.cdx.json",
        ],
    },
    Package {
        part: "sfsf-connector-client-",
        called: "the jars for Java",
        holds: &[
            "native/linux-",
            "com/sfsf/connector/client/Connection.class",
            "META-INF/libsfsf_connector.cdx.json",
            "META-INF/java.cdx.json",
        ],
    },
    Package {
        part: "com.sfsf.connector-",
        called: "the jars for Java",
        holds: &[
            "com/sfsf/connector/SuccessFactorsConnector.class",
            "lib/sfsf-connector-client-",
            "lib/jna-",
            "MANIFEST.MF",
            "META-INF/java.cdx.json",
        ],
    },
    Package {
        part: "sfsf-connector-dotnet-",
        called: "the class library for .NET",
        holds: &[
            "Sfsf.Connector.dll",
            "Sfsf.Connector.xml",
            "libsfsf_connector.so",
            "libsfsf_connector.cdx.json",
        ],
    },
    Package {
        part: "sfsf-connector-powershell-",
        called: "the class library for .NET",
        holds: &[
            "SapSuccessFactors.psd1",
            "SapSuccessFactors.psm1",
            "Sfsf.Connector.dll",
            "libsfsf_connector.so",
            "sfsf-connector.cdx.json",
        ],
    },
];

/// What is missing where a package, or something in all of them, was not made.
fn missing_for(said: &str, called: &str) -> Option<&'static str> {
    let lines = said.lines().filter_map(|line| line.strip_prefix("skipped  ")?.split_once(": "));
    let (_, rest) = lines.into_iter().find(|(name, _)| *name == called)?;
    Some(match rest.trim_end_matches(" is missing") {
        "cargo-cyclonedx" => "cargo-cyclonedx",
        "javac" => "JDK",
        "mcs" => "Mono",
        "mvn" => "Maven",
        "python3" => "Python",
        other => panic!("{called}: {other}"),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn packages_hold_what_their_users_need_and_the_one_for_c_is_enough_to_build_a_program() {
    if cfg!(not(target_os = "linux")) {
        return skip::missing("Linux");
    }
    let Some((said, folder)) = tokio::task::spawn_blocking(make).await.unwrap() else { return };
    println!("{said}");
    // What is not in any package for want of a tool.
    let absent: Vec<_> = [("THIRD-PARTY-NOTICES.txt", "NOTICES"), ("the bills of material", ".cdx.json")]
        .into_iter()
        .filter_map(|(called, part)| Some((missing_for(&said, called)?, part)))
        .collect();
    for (tool, _) in &absent {
        skip::missing(tool);
    }
    for Package { part, called, holds } in PACKAGES {
        let Some(path) = package(folder.path(), part) else {
            let tool = missing_for(&said, called);
            skip::missing(tool.unwrap_or_else(|| panic!("{part} is neither made nor skipped: {said}")));
            continue;
        };
        let Some(names) = names(&path) else {
            continue;
        };
        for name in holds.iter().chain(&PAPERS) {
            let excused = absent.iter().any(|(_, part)| name.contains(part));
            assert!(excused || names.contains(name), "{} has no {name}: {names}", path.display());
        }
    }
    everything_has_its_checksum(folder.path());
    the_documentation_leads_somewhere(folder.path());
    the_notices_are_of_what_is_in_it(folder.path());
    build_from_the_package_for_c(folder.path()).await;
}

/// `SHA256SUMS` names every package.
fn everything_has_its_checksum(folder: &Path) {
    let sums = std::fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    for entry in folder.read_dir().unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "SHA256SUMS" || sums.contains(&format!("  {name}\n")), "{name} is not in {sums}");
    }
}

/// A crate with its license for each part, and none that only tests use.
fn the_notices_are_of_what_is_in_it(folder: &Path) {
    for (part, is_in, is_not) in [
        ("sfsf-connector-0", ["reqwest", "lapin"], "proptest"),
        ("sfsf-connector-c-", ["reqwest", "aws-lc-sys"], "lapin"),
    ] {
        let Some(unpacked) = unpack(folder, part) else { return };
        let Ok(notices) = std::fs::read_to_string(unpacked.join("THIRD-PARTY-NOTICES.txt")) else {
            return skip::missing("Python");
        };
        let names = |name: &str| notices.contains(&format!("\n  {name} "));
        assert!(is_in.into_iter().all(names) && !names(is_not), "{part}");
        assert!(
            notices.contains("Permission is hereby granted") && notices.contains("Copyright (c)"),
            "{part}"
        );
    }
}

/// Whoever has unpacked the program reads its pages there: the links lead somewhere, and the container file finds what it
/// copies.
fn the_documentation_leads_somewhere(folder: &Path) {
    let Some(unpacked) = unpack(folder, "sfsf-connector-0") else { return };
    let mut pages = vec![unpacked.join("README.md")];
    pages.extend(unpacked.join("docs").read_dir().unwrap().map(|entry| entry.unwrap().path()));
    for page in pages.iter().filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = std::fs::read_to_string(page).unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next());
        for link in links.filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let target = page.parent().unwrap().join(link);
            assert!(target.exists(), "{}: ({link}) leads nowhere in the package", page.display());
        }
    }
    let container = std::fs::read_to_string(unpacked.join("deploy/Dockerfile")).unwrap();
    let copied = container.lines().filter_map(|line| line.strip_prefix("COPY ")).flat_map(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        words[..words.len() - 1].iter().map(ToString::to_string).collect::<Vec<_>>()
    });
    for name in copied.filter(|name| !name.contains(['*', '['])) {
        assert!(unpacked.join(&name).exists(), "the container file wants {name}");
    }
}

async fn build_from_the_package_for_c(folder: &Path) {
    let (Some(compiler), Some(unpacked)) = (need("cc", "C compiler"), unpack(folder, "sfsf-connector-c-"))
    else {
        return;
    };
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
