//! Pages of people as a tenant sends them, and the metadata for them.

use std::fmt::Write;

/// How many people a page has.
pub const PAGE: usize = 1000;

/// Properties besides the three that make a person, by type.
const TEXTS: usize = 42;
const DATES: usize = 10;
const NUMBERS: usize = 5;
/// Navigations that are sent as links; the first two are the ones that can be expanded.
const LINKS: usize = 14;

/// What is sent.
#[derive(Clone, Copy)]
pub struct Shape {
    pub people: usize,
    pub expand: bool,
}

impl Shape {
    /// How many pages there are.
    pub fn pages(self) -> usize {
        self.people.div_ceil(PAGE)
    }

    /// A page as JSON, with the link to the next one.
    pub fn page(self, page: usize, base: &str) -> String {
        let (first, last) = (page * PAGE, ((page + 1) * PAGE).min(self.people));
        let people: Vec<_> = (first..last).map(|number| self.person(number, base)).collect();
        let next = match page + 1 {
            next if next < self.pages() => format!(",\"__next\":\"{base}/odata/v2/User?page={next}\""),
            _ => String::new(),
        };
        format!("{{\"d\":{{\"results\":[{}]{next}}}}}", people.join(","))
    }

    fn person(self, number: usize, base: &str) -> String {
        let uri = format!("{base}/odata/v2/User('{number:07}')");
        let mut json = format!(
            "{{\"__metadata\":{{\"uri\":\"{uri}\",\"type\":\"SFOData.User\"}},\"userId\":\"{number:07}\",\
             \"username\":\"user{number:07}\",\"status\":\"{}\"",
            if number.is_multiple_of(8) { 'f' } else { 't' }
        );
        for text in 0..TEXTS {
            let value = match text % 4 {
                0 => "null".to_owned(),
                1 => format!("\"Value {text} of {number}\""),
                2 => format!("\"Zürich-{}\"", number % 97),
                _ => format!("\"{}\"", number % 1000),
            };
            let _ = write!(json, ",\"text{text:02}\":{value}");
        }
        for date in 0..DATES {
            let _ = write!(
                json,
                ",\"date{date:02}\":\"/Date({})/\"",
                1_600_000_000_000_u64 + (number as u64) * 1000
            );
        }
        for value in 0..NUMBERS {
            let _ = write!(json, ",\"number{value:02}\":\"{}\"", number % 500);
        }
        for link in 0..LINKS {
            let (name, expanded) = navigation(link);
            if self.expand && expanded {
                let other = number / 10;
                let _ = write!(
                    json,
                    ",\"{name}\":{{\"__metadata\":{{\"uri\":\"{base}/odata/v2/User('{other:07}')\",\"type\":\"SFOData.User\"}},\"userId\":\"{other:07}\"}}"
                );
            } else {
                let _ = write!(json, ",\"{name}\":{{\"__deferred\":{{\"uri\":\"{uri}/{name}\"}}}}");
            }
        }
        json.push('}');
        json
    }

    /// The document of `User/$metadata`.
    pub fn metadata(self) -> String {
        let property = |name: &str, kind: &str| {
            format!(
                "<Property Name=\"{name}\" Type=\"Edm.{kind}\" sap:filterable=\"true\" sap:sortable=\"true\"/>"
            )
        };
        let mut body = ["userId", "username", "status"].map(|name| property(name, "String")).concat();
        (0..TEXTS).for_each(|number| body.push_str(&property(&format!("text{number:02}"), "String")));
        (0..DATES).for_each(|number| body.push_str(&property(&format!("date{number:02}"), "DateTime")));
        (0..NUMBERS).for_each(|number| body.push_str(&property(&format!("number{number:02}"), "Int64")));
        if self.expand {
            for name in ["manager", "hr"] {
                let _ = write!(
                    body,
                    "<NavigationProperty Name=\"{name}\" Relationship=\"SFOData.{name}_of_User\" FromRole=\"a\" ToRole=\"b\"/>"
                );
            }
        }
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"1.0\" \
             xmlns:edmx=\"http://schemas.microsoft.com/ado/2007/06/edmx\" xmlns:sap=\"http://www.sap.com/Protocols/SAPData\">\
             <edmx:DataServices><Schema Namespace=\"SFOData\" xmlns=\"http://schemas.microsoft.com/ado/2008/09/edm\">\
             <EntityType Name=\"User\"><Key><PropertyRef Name=\"userId\"/></Key>{body}</EntityType>\
             </Schema></edmx:DataServices></edmx:Edmx>"
        )
    }
}

fn navigation(number: usize) -> (String, bool) {
    match number {
        0 => ("manager".to_owned(), true),
        1 => ("hr".to_owned(), true),
        _ => (format!("link{number:02}Nav"), false),
    }
}
