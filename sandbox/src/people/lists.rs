//! The word lists in `data/`.

/// A name and its Latin form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    pub(crate) written: &'static str,
    pub(crate) latin: &'static str,
}

/// A region with its names.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) locale: &'static str,
    pub(crate) country: &'static str,
    /// The country's code of three letters, by which Employee Central knows it.
    pub(crate) code: &'static str,
    /// The country's code of two letters.
    pub(crate) short: &'static str,
    /// The option id of the language in the picklist `language`.
    pub(crate) language: &'static str,
    pub(crate) time_zone: &'static str,
    pub(crate) cities: Vec<City>,
    pub(crate) women: Vec<Name>,
    pub(crate) men: Vec<Name>,
    pub(crate) families: Vec<Name>,
}

/// A city with the option id of its state, if its addresses have one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct City {
    pub(crate) name: &'static str,
    pub(crate) state: &'static str,
}

/// A department.
#[derive(Debug)]
pub(crate) struct Department {
    pub(crate) division: String,
    pub(crate) name: String,
    pub(crate) code: &'static str,
    pub(crate) titles: Vec<&'static str>,
}

/// A person with a trap.
#[derive(Debug)]
pub(crate) struct Landmark {
    pub(crate) user_id: &'static str,
    pub(crate) username: &'static str,
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) status: &'static str,
    pub(crate) born: &'static str,
    pub(crate) nickname: Option<&'static str>,
}

/// All lists.
#[derive(Debug)]
pub(crate) struct Lists {
    pub(crate) regions: Vec<Region>,
    pub(crate) departments: Vec<Department>,
    pub(crate) landmarks: Vec<Landmark>,
}

impl Lists {
    pub(crate) fn new() -> Self {
        Self {
            regions: lines(include_str!("../../data/regions.tsv")).filter_map(region).collect(),
            departments: lines(include_str!("../../data/organization.tsv")).filter_map(department).collect(),
            landmarks: lines(include_str!("../../data/landmarks.tsv")).filter_map(landmark).collect(),
        }
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn names(list: &'static str) -> Vec<Name> {
    list.split(',')
        .map(|name| {
            let (written, latin) = name.split_once('|').unwrap_or((name, name));
            Name { written, latin }
        })
        .collect()
}

fn city(text: &'static str) -> City {
    let (name, state) = text.split_once('|').unwrap_or((text, ""));
    City { name, state }
}

fn region(cells: Vec<&'static str>) -> Option<Region> {
    let [locale, country, code, short, language, time_zone, cities, women, men, families] = cells[..] else {
        return None;
    };
    Some(Region {
        locale,
        country,
        code,
        short,
        language,
        time_zone,
        cities: cities.split(',').map(city).collect(),
        women: names(women),
        men: names(men),
        families: names(families),
    })
}

fn department(cells: Vec<&'static str>) -> Option<Department> {
    let [division, name, code, titles] = cells[..] else { return None };
    Some(Department {
        division: format!("{division} ({}00)", &code[..1]),
        name: format!("{name} ({code})"),
        code,
        titles: titles.split(',').collect(),
    })
}

fn landmark(cells: Vec<&'static str>) -> Option<Landmark> {
    let [user_id, username, first, last, status, born, nickname] = cells[..] else { return None };
    let nickname = Some(nickname).filter(|text| *text != "-");
    Some(Landmark { user_id, username, first, last, status, born, nickname })
}
