//! The addresses of a tenant, in the shapes in which people copy them.

use url::{Host, Origin, Url};

/// The path of the token endpoint.
const TOKEN: &str = "oauth/token";

/// The root of the API host, from its address with or without `/odata/v2`. What stands before that stays: a gateway may
/// keep several tenants apart by it.
///
/// # Errors
///
/// What is wrong with the address, as the end of a sentence that begins with the key.
pub(super) fn api(text: &str) -> Result<Url, String> {
    let mut url = address(text)?;
    let path = url.path().to_owned();
    let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let is = |place: usize, word: &str| {
        segments.get(place).is_some_and(|segment: &&str| segment.eq_ignore_ascii_case(word))
    };
    let service = (0..segments.len()).find(|place| is(*place, "odata"));
    let end = match service {
        Some(place) if !is(place + 1, "v2") => {
            return Err(
                "names another API than OData V2; it is the API host, with or without /odata/v2".into()
            );
        }
        Some(place) if place + 2 < segments.len() => {
            return Err("goes on behind /odata/v2; it ends there, without an entity or $metadata".into());
        }
        Some(place) => place,
        None if (0..segments.len()).any(|place| is(place, "oauth") || is(place, "sfapi")) => {
            return Err("is not the address of the OData API; it is the API host alone".into());
        }
        None => segments.len(),
    };
    let root: String = segments.iter().take(end).map(|segment| format!("{segment}/")).collect();
    url.set_path(&format!("/{root}"));
    Ok(url)
}

/// The token endpoint, from its address or that of its host.
///
/// # Errors
///
/// As [`api`].
pub(super) fn token_endpoint(text: &str) -> Result<Url, String> {
    let mut url = address(text)?;
    let path = url.path().trim_end_matches('/').to_owned();
    let lower = path.to_ascii_lowercase();
    if lower.ends_with("/oauth/idp") {
        return Err(
            "names /oauth/idp, which wants the private key sent to it; the token endpoint is /oauth/token"
                .into(),
        );
    }
    if path.is_empty() || lower.ends_with("/odata/v2") {
        return api(text).map(|root| token_endpoint_of(&root).unwrap_or(root));
    }
    if lower.split('/').any(|segment| segment == "odata") {
        return Err("is an address of the API; the token endpoint is /oauth/token of its host".into());
    }
    url.set_path(&path);
    Ok(url)
}

/// The token endpoint that goes with a root of the API host.
pub(super) fn token_endpoint_of(root: &Url) -> Option<Url> {
    root.join(TOKEN).ok()
}

/// A host with its scheme and port, and nothing behind it.
///
/// # Errors
///
/// As [`api`].
pub(super) fn host(text: &str) -> Result<Origin, String> {
    let url = address(text)?;
    if !matches!(url.path(), "" | "/") {
        return Err("is not a list of hosts such as https://api4.successfactors.com".into());
    }
    Ok(url.origin())
}

/// Plain http only to this very machine: credentials travel in these requests.
fn address(text: &str) -> Result<Url, String> {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\"<>`\u{feff}\u{200b}".contains(c);
    if text.contains(is_odd) || text.starts_with('\'') {
        return Err("holds a blank or a quotation mark".into());
    }
    if !text.contains("://") {
        return Err("does not begin with https://; write https:// and the API host".into());
    }
    let mut url = Url::parse(text).map_err(|error| format!("is not a URL ({error})"))?;
    // Some guides end the token endpoint with a question mark.
    if url.query() == Some("") {
        url.set_query(None);
    }
    let what = match (url.scheme(), url.host()) {
        _ if !url.username().is_empty() || url.password().is_some() => "holds a user name or password",
        _ if url.query().is_some() || url.fragment().is_some() => "holds a query or a fragment",
        ("https", Some(_)) => return Ok(url),
        ("http", Some(host)) if is_loopback(&host) => return Ok(url),
        ("http", _) => "is not https; plain http is only accepted for this machine's own addresses",
        _ => "is not an https URL",
    };
    Err(what.into())
}

/// Whether this is an address of the very machine.
pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_the_api_is_found_in_every_address_of_it() {
        for (text, root) in [
            ("https://api4.successfactors.com", "https://api4.successfactors.com/"),
            ("https://api4.successfactors.com:443/odata/v2", "https://api4.successfactors.com/"),
            ("https://api4.successfactors.com/odata/v2//", "https://api4.successfactors.com/"),
            ("https://api4.successfactors.com/OData/V2/?", "https://api4.successfactors.com/"),
            ("https://gateway.example/sf/acme", "https://gateway.example/sf/acme/"),
            ("https://gateway.example/sf/acme/odata/v2/", "https://gateway.example/sf/acme/"),
            ("http://localhost:8080/", "http://localhost:8080/"),
        ] {
            assert_eq!(api(text).unwrap().as_str(), root, "{text}");
        }
    }

    #[test]
    fn what_is_no_root_of_the_api_is_refused_with_what_to_write() {
        for (text, word) in [
            ("https://api4.successfactors.com/odata/v2/User", "behind /odata/v2"),
            ("https://api4.successfactors.com/odata/v2/User('sfapi')", "behind /odata/v2"),
            ("https://api4.successfactors.com/odata/v2/$metadata", "behind /odata/v2"),
            ("https://gateway.example/sf/odata/v2/User/$metadata", "behind /odata/v2"),
            ("https://api4.successfactors.com/odata", "another API"),
            ("https://api4.successfactors.com/odata/v4", "another API"),
            ("https://api4.successfactors.com/oauth/token", "the API host alone"),
            ("https://api4.successfactors.com/sfapi/v1/soap", "the API host alone"),
            ("https://api4.successfactors.com/odata/v2?$format=json", "query"),
            ("https://api4.successfactors.com/#", "fragment"),
            ("api4.successfactors.com", "https://"),
            ("api4.successfactors.com:443/odata/v2", "https://"),
            ("localhost:8080", "https://"),
            ("//api4.successfactors.com", "https://"),
            ("https://api4. successfactors.com", "blank"),
            ("\"https://api4.successfactors.com\"", "quotation"),
            ("'https://api4.successfactors.com'", "quotation"),
            ("https://api4.successfactors.com/odata/v2\u{a0}", "blank"),
            ("https://u:p@api4.successfactors.com", "user name"),
            ("http://api4.successfactors.com", "https"),
            ("ftp://api4.successfactors.com", "https"),
            ("https://", "not a URL"),
        ] {
            let error = api(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
    }

    #[test]
    fn the_token_endpoint_is_found_in_every_address_of_it() {
        let endpoint = "https://api4.successfactors.com/oauth/token";
        for text in [
            endpoint,
            "https://api4.successfactors.com",
            "https://api4.successfactors.com/oauth/token?",
            "https://api4.successfactors.com/oauth/token/",
            "https://api4.successfactors.com/odata/v2/",
        ] {
            assert_eq!(token_endpoint(text).unwrap().as_str(), endpoint, "{text}");
        }
        for (text, word) in [
            ("https://api4.successfactors.com/odata/v2/User", "/oauth/token"),
            ("https://api4.successfactors.com/oauth/idp", "private key"),
            ("https://api4.successfactors.com/oauth/token?company_id=A", "query"),
            ("api4.successfactors.com/oauth/token", "https://"),
        ] {
            let error = token_endpoint(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
        let root = Url::parse("https://gateway.example/sf/acme/").unwrap();
        assert_eq!(token_endpoint_of(&root).unwrap().path(), "/sf/acme/oauth/token");
    }
}
