//! Which file of a crate uses which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::lexer::{code, is_word};

/// A module by its path, as `["query", "filter"]`; the root has none.
pub(crate) type Module = Vec<String>;

/// The files of a crate, and what each brings into scope.
pub(crate) struct Sources {
    files: BTreeMap<Module, File>,
}

struct File {
    path: PathBuf,
    code: String,
    /// The names that `use` gives, with the paths that they stand for.
    names: BTreeMap<String, Vec<String>>,
}

impl Sources {
    /// The crate whose modules are below a folder.
    pub(crate) fn new(root: &Path, texts: &[(PathBuf, String)]) -> Self {
        let mut files = BTreeMap::new();
        for (path, text) in texts {
            let Ok(inner) = path.strip_prefix(root) else { continue };
            let code = code(text);
            let names = uses(&code).into_iter().collect();
            files.insert(module(inner), File { path: path.clone(), code, names });
        }
        Self { files }
    }

    pub(crate) fn path(&self, module: &Module) -> &Path {
        &self.files[module].path
    }

    /// For each file the others that it uses. A module and what is inside of it may use each other.
    pub(crate) fn edges(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        self.files.iter().map(|(module, file)| (module.clone(), self.used(module, file))).collect()
    }

    fn used(&self, module: &Module, file: &File) -> BTreeSet<Module> {
        let imported = uses(&file.code).into_iter().map(|(_, path)| path);
        let written = paths(&file.code).into_iter();
        let found = imported.chain(written).filter_map(|path| self.resolve(module, &path, 0));
        found.filter(|other| !other.starts_with(module) && !module.starts_with(other)).collect()
    }

    /// The module that has what a path names, through whatever re-exports it. `None` outside of the crate.
    fn resolve(&self, from: &Module, path: &[String], depth: usize) -> Option<Module> {
        let mut rest = path;
        let mut at = match path.first()?.as_str() {
            "crate" => Module::new(),
            "self" => from.clone(),
            "super" => from.clone(),
            first if self.files.contains_key(&child(from, first)) => from.clone(),
            _ => return None,
        };
        while let Some(("crate" | "self" | "super", after)) =
            rest.split_first().map(|(first, after)| (first.as_str(), after))
        {
            if rest[0] == "super" {
                at.pop();
            }
            rest = after;
        }
        for name in rest {
            let inner = child(&at, name);
            if self.files.contains_key(&inner) {
                at = inner;
                continue;
            }
            let known = self.files.get(&at).and_then(|file| file.names.get(name)).filter(|_| depth < 8);
            return Some(known.and_then(|path| self.resolve(&at, path, depth + 1)).unwrap_or(at));
        }
        Some(at)
    }
}

fn child(module: &Module, name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

/// The module of a file below the root of a crate.
fn module(path: &Path) -> Module {
    let mut parts: Module = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let last = parts.pop().unwrap_or_default();
    match last.trim_end_matches(".rs") {
        "mod" | "lib" | "main" => {}
        name => parts.push(name.to_owned()),
    }
    parts
}

/// Each name that a `use` gives with its path.
fn uses(code: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use") {
        let before = code[..at].chars().next_back();
        let rest = &code[at + 3..];
        // `use<'a>` is a bound.
        if before.is_some_and(is_word) || !rest.starts_with(char::is_whitespace) {
            continue;
        }
        if let Some((tree, _)) = rest.split_once(';') {
            expand(&[], tree, &mut found);
        }
    }
    found
}

/// The leaves of a tree of imports.
fn expand(before: &[String], tree: &str, found: &mut Vec<(String, Vec<String>)>) {
    let (head, list) = match tree.split_once('{') {
        Some((head, list)) => (head, list.trim_end().strip_suffix('}')),
        None => (tree, None),
    };
    let (head, alias) = head.split_once(" as ").unwrap_or((head, ""));
    let names = head.split("::").map(str::trim).filter(|name| !name.is_empty());
    let mut path = before.to_vec();
    path.extend(names.map(str::to_owned));
    if let Some(list) = list {
        branches(list).into_iter().for_each(|branch| expand(&path, branch, found));
        return;
    }
    // `a::{self}` is `a`.
    if path.len() > 1 && path.last().is_some_and(|name| name == "self") {
        path.pop();
    }
    let name = if alias.trim().is_empty() {
        path.last().cloned().unwrap_or_default()
    } else {
        alias.trim().to_owned()
    };
    if !path.is_empty() {
        found.push((name, path));
    }
}

/// A list at the commas that are in no inner braces.
fn branches(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The paths that begin with `crate::` or `super::`, wherever they stand.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            if code[..at].chars().next_back().is_some_and(|letter| is_word(letter) || letter == ':') {
                continue;
            }
            let end = code[at..]
                .find(|letter| !is_word(letter) && letter != ':')
                .map_or(code.len(), |end| at + end);
            let names = code[at..end].split("::").filter(|name| !name.is_empty());
            found.push(names.map(str::to_owned).collect());
        }
    }
    found
}

#[test]
fn imports_are_resolved_to_the_file_that_has_the_name() {
    let texts = [
        ("src/lib.rs", "mod a;\nmod b;\npub use a::inner::Thing;\nmod c;"),
        (
            "src/a/mod.rs",
            "mod inner;\npub(crate) use inner::{Other as Another, Thing};\npub(crate) fn own() {}",
        ),
        ("src/a/inner.rs", "pub struct Thing;\npub struct Other;"),
        ("src/b.rs", "use crate::a::{self, Another};\nfn f() -> impl Sized + use<'_> { super::c::go() }"),
        ("src/c.rs", "use crate::Thing;\n// use crate::b;\n#[cfg(test)]\nmod tests { use crate::b::f; }"),
    ];
    let texts = texts.map(|(path, text)| (PathBuf::from(path), text.to_owned()));
    let edges = Sources::new(Path::new("src"), &texts).edges();
    let of = |module: &str| -> Vec<String> {
        edges[&vec![module.to_owned()]].iter().map(|module| module.join("/")).collect()
    };
    assert_eq!(of("b"), ["a", "a/inner", "c"]);
    assert_eq!(of("c"), ["a/inner"]);
    assert!(edges[&Module::new()].is_empty());
}
