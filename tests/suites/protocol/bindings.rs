//! What the bindings have from the protocol's schema is what the schema has: kinds of errors, results and lists of words.

mod dotnet;
mod java;
mod model;
mod python;
mod text;

use std::collections::BTreeSet;

use model::Model;

use super::root;

/// At the head of each file.
const MARK: &str =
    "Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.";

/// Where a file lies, from the root of the workspace, and what is in it.
struct File {
    path: String,
    text: String,
}

/// Every file that is made.
fn made() -> Vec<File> {
    let model = Model::read();
    let mapping =
        std::fs::read_to_string(root().join("connector-host/src/worker/openiam/mapping.toml")).unwrap();
    let mapping: toml::Table = mapping.parse().unwrap();
    let errors = mapping["error_codes"].as_table().unwrap();
    let files = [java::files(&model), dotnet::files(&model, errors), python::files(&model)];
    files.into_iter().flatten().collect()
}

/// Every file below a folder that says that it was made.
fn kept(folder: &str) -> BTreeSet<String> {
    let mut kept = BTreeSet::new();
    for entry in std::fs::read_dir(root().join(folder)).unwrap().flatten() {
        let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            kept.extend(self::kept(&path));
        } else if std::fs::read_to_string(entry.path()).is_ok_and(|text| text.contains(MARK)) {
            kept.insert(path);
        }
    }
    kept
}

#[test]
fn what_is_generated_for_the_bindings_is_what_the_schema_has() {
    let made = made();
    let kept = || {
        ["java/client/src", "dotnet/src", "python/src", "powershell"]
            .map(|one| kept(&format!("bindings/{one}")))
    };
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        kept().into_iter().flatten().for_each(|path| std::fs::remove_file(root().join(path)).unwrap());
        for file in &made {
            let path = root().join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
    }
    let differs =
        |file: &&File| std::fs::read_to_string(root().join(&file.path)).unwrap_or_default() != file.text;
    let different: Vec<_> = made.iter().filter(differs).map(|file| file.path.as_str()).collect();
    assert!(different.is_empty(), "UPDATE_SNAPSHOTS=1 writes anew: {different:?}");
    let paths: BTreeSet<_> = made.into_iter().map(|file| file.path).collect();
    assert_eq!(kept().into_iter().flatten().collect::<BTreeSet<_>>(), paths, "what the schema has no longer");
}
