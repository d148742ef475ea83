//! `search`, and what it shares with `import`.

use clap::Args;
use connector_core::Filter;
use connector_core::object::AttributeName;
use connector_core::operation::{Page, PageStart, SearchRequest, SortKey};

use super::ClassArgs;

/// Which objects, and what of them.
#[derive(Clone, Debug, Args)]
pub struct SelectionArgs {
    /// Their class.
    #[command(flatten)]
    pub class: ClassArgs,

    /// Condition, for example "status eq 'f' and startswith(lastName,'M')"; what the tenant cannot evaluate
    /// is evaluated here
    #[arg(long, value_name = "TEXT", value_parser = filter)]
    pub filter: Option<Filter>,

    /// Attributes to show, separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub attributes: Vec<AttributeName>,
}

/// Which objects, in which order, and which part of them.
#[derive(Clone, Debug, Args)]
pub struct SearchArgs {
    /// Which objects.
    #[command(flatten)]
    pub selection: SelectionArgs,

    /// Order, for example lastName,-hireDate (- sorts downwards)
    #[arg(long, value_name = "NAMES", value_delimiter = ',', allow_hyphen_values = true, value_parser = sort_key)]
    pub sort: Vec<SortKey>,

    /// Only one page, of at most so many objects
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub page_size: Option<u32>,

    /// Where the page begins, counted from 1
    #[arg(long, value_name = "NUMBER", requires = "page_size", value_parser = clap::value_parser!(i64).range(1..))]
    pub page_offset: Option<i64>,

    /// The cookie that came with the page before
    #[arg(long, value_name = "TEXT", requires = "page_size", conflicts_with = "page_offset")]
    pub cookie: Option<String>,
}

impl SelectionArgs {
    /// The attributes that were asked for, if any.
    pub fn attributes_to_get(&self) -> Option<Vec<AttributeName>> {
        (!self.attributes.is_empty()).then(|| self.attributes.clone())
    }
}

impl SearchArgs {
    /// The request that these arguments ask for.
    pub fn request(&self) -> SearchRequest {
        let start = PageStart { cookie: self.cookie.clone(), offset: self.page_offset };
        SearchRequest {
            object_class: self.selection.class.object_class.clone(),
            filter: self.selection.filter.clone(),
            attributes_to_get: self.selection.attributes_to_get(),
            sort_keys: self.sort.clone(),
            page: self.page_size.map(|size| Page { size, start }),
            as_of: None,
        }
    }
}

pub(super) fn filter(text: &str) -> Result<Filter, String> {
    Filter::parse(text).map_err(|error| error.to_string())
}

fn sort_key(text: &str) -> Result<SortKey, String> {
    let (name, ascending) = text.strip_prefix('-').map_or((text, true), |name| (name, false));
    if name.is_empty() {
        return Err("give the names of attributes, such as lastName,-hireDate".to_owned());
    }
    Ok(SortKey { attribute: name.into(), ascending })
}

#[cfg(test)]
mod tests {
    use crate::cli::{Cli, Command};
    use clap::Parser;

    fn search(arguments: &[&str]) -> Result<super::SearchRequest, clap::Error> {
        let cli = Cli::try_parse_from(["sfsf-connector", "search"].iter().chain(arguments))?;
        let Command::Search(search) = cli.command else { panic!("not a search") };
        Ok(search.request())
    }

    #[test]
    fn a_minus_sorts_downwards() {
        let keys = search(&["--sort", "-lastName,userId"]).unwrap().sort_keys;
        let keys: Vec<_> = keys.iter().map(|key| (key.attribute.as_str(), key.ascending)).collect();
        assert_eq!(keys, [("lastName", false), ("userId", true)]);
    }

    #[test]
    fn a_page_is_by_offset_or_by_cookie() {
        let page = search(&["--page-size", "5", "--cookie", "c"]).unwrap().page.unwrap();
        assert_eq!((page.size, page.start.cookie.as_deref()), (5, Some("c")));
        assert!(search(&["--page-size", "5", "--cookie", "c", "--page-offset", "6"]).is_err());
        assert!(search(&["--cookie", "c"]).is_err());
    }

    #[test]
    fn a_wrong_filter_says_where() {
        let error = search(&["--filter", "status eq"]).unwrap_err().to_string();
        assert!(error.contains("at character"), "{error}");
    }
}
