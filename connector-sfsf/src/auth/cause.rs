//! Why a log-on was refused, and what to do about it.
//!
//! A code decides where there is one: `LGN…` (KBA 2524436), or the number of a `status code` (KBA 2161058, 2254423,
//! 2255660). The texts of the token endpoint have none. Of `Unable to authenticate the client (…)` only what stands in
//! the brackets says anything, so the rest is left out before words are looked for.

use connector_core::{Error, ErrorKind, Retry};

/// Why a log-on was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The API user may not log in from where this machine is.
    Address,
    PasswordExpired,
    WrongPassword,
    Locked,
    InactiveUser,
    UnknownUser,
    /// The user behind `user_uuid` is another one than the assertion names.
    UserUuid,
    /// The user is known and may not log in this way.
    NotAllowed,
    UnknownCompany,
    UnknownClient,
    DisabledClient,
    /// The assertion names another API key than the request.
    OtherClient,
    /// The OAuth client is bound to other users.
    NotBound,
    Signature,
    Certificate,
    Audience,
    Recipient,
    Issuer,
    NotYetValid,
    Expired,
    /// Outside its validity, on whichever side.
    Validity,
    Unreadable,
    Incomplete,
    Grant,
    BasicDisabled,
    NoPermission,
    NotAnApiHost,
    NotAnEndpoint,
    ApiDisabled,
    NoCredentials,
    Token,
}

/// Words that stand together in a text, and what they mean. The first line that fits counts, so what quotes others
/// comes before them: the sentence about addresses names company and user too.
const TEXTS: &[(&[&str], Cause)] = &[
    (&["from ip"], Cause::Address),
    (&["ip address"], Cause::Address),
    (&["unauthorized ip"], Cause::Address),
    (&["ip restrict"], Cause::Address),
    (&[" ip "], Cause::Address),
    (&["password", "expire"], Cause::PasswordExpired),
    (&["password", "must be changed"], Cause::PasswordExpired),
    (&["password", "change your"], Cause::PasswordExpired),
    (&["password", "reset"], Cause::PasswordExpired),
    (&["username or password"], Cause::WrongPassword),
    (&["client", "blocked"], Cause::DisabledClient),
    (&["locked"], Cause::Locked),
    (&["signature"], Cause::Signature),
    (&["not signed"], Cause::Signature),
    (&["unsigned"], Cause::Signature),
    (&["digest"], Cause::Signature),
    (&["certificate"], Cause::Certificate),
    (&["x.509"], Cause::Certificate),
    (&["x509"], Cause::Certificate),
    (&["audience"], Cause::Audience),
    (&["recipient"], Cause::Recipient),
    (&["issuer"], Cause::Issuer),
    (&["useruuid"], Cause::UserUuid),
    (&["user_uuid"], Cause::UserUuid),
    (&["user uuid"], Cause::UserUuid),
    (&["bound"], Cause::NotBound),
    (&["match", "client_id"], Cause::OtherClient),
    (&["match", "client id"], Cause::OtherClient),
    (&["client", "disabled"], Cause::DisabledClient),
    (&["client", "inactive"], Cause::DisabledClient),
    (&["client", "not active"], Cause::DisabledClient),
    (&["client", "not enabled"], Cause::DisabledClient),
    (&["application", "disabled"], Cause::DisabledClient),
    (&["application", "inactive"], Cause::DisabledClient),
    (&["api key"], Cause::UnknownClient),
    (&["api_key"], Cause::UnknownClient),
    (&["apikey"], Cause::UnknownClient),
    (&["grant_type"], Cause::Grant),
    (&["grant type"], Cause::Grant),
    (&["missing"], Cause::Incomplete),
    (&["required"], Cause::Incomplete),
    (&["client"], Cause::UnknownClient),
    (&["company"], Cause::UnknownCompany),
    (&["not yet valid"], Cause::NotYetValid),
    (&["in the future"], Cause::NotYetValid),
    (&["notbefore", "notonorafter"], Cause::Validity),
    (&["notbefore"], Cause::NotYetValid),
    (&["notonorafter"], Cause::Expired),
    (&["no longer valid"], Cause::Expired),
    (&["too old"], Cause::Expired),
    (&["assertion", "expired"], Cause::Expired),
    (&["account", "expired"], Cause::InactiveUser),
    (&["user has expired"], Cause::InactiveUser),
    (&["user expired"], Cause::InactiveUser),
    (&["expired"], Cause::Expired),
    (&["validity"], Cause::Validity),
    (&["permission"], Cause::NotAllowed),
    (&["privilege"], Cause::NotAllowed),
    (&["not allowed"], Cause::NotAllowed),
    (&["not permitted"], Cause::NotAllowed),
    (&["not authorized"], Cause::NotAllowed),
    (&["inactive"], Cause::InactiveUser),
    (&["not active"], Cause::InactiveUser),
    (&["disabled"], Cause::InactiveUser),
    (&["deactivated"], Cause::InactiveUser),
    (&["terminated"], Cause::InactiveUser),
    (&["invalid password"], Cause::WrongPassword),
    (&["wrong password"], Cause::WrongPassword),
    (&["user"], Cause::UnknownUser),
    (&["nameid"], Cause::UnknownUser),
    (&["name id"], Cause::UnknownUser),
    (&["subject"], Cause::UnknownUser),
    (&["assertion"], Cause::Unreadable),
    (&["saml"], Cause::Unreadable),
];

impl Cause {
    /// The cause that a code of the tenant names.
    pub fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "LGN0001" => Self::NotAnEndpoint,
            "LGN0002" => Self::NoPermission,
            "LGN0003" => Self::NoCredentials,
            "LGN0004" => Self::NotAnApiHost,
            "LGN0005" | "LGN0006" | "LGN0007" | "LGN0022" => Self::Token,
            "LGN0008" => Self::UnknownCompany,
            "LGN0009" => Self::ApiDisabled,
            "LGN0010" => Self::BasicDisabled,
            "LGN0014" => Self::Locked,
            "LGN0015" => Self::WrongPassword,
            "LGN0018" => Self::PasswordExpired,
            _ => return None,
        })
    }

    /// The cause that a text of the token endpoint names.
    pub fn of_text(text: &str) -> Option<Self> {
        if let Some(cause) = Self::of_status_code(text) {
            return Some(cause);
        }
        let reason = reason(&text.to_lowercase());
        let found = TEXTS.iter().find(|(words, _)| words.iter().all(|word| reason.contains(word)));
        found.map(|(_, cause)| *cause)
    }

    /// The cause that a number in a text names: `(status code = 19)`.
    pub fn of_status_code(text: &str) -> Option<Self> {
        Some(match status_code(&text.to_lowercase())? {
            4 => Self::WrongPassword,
            8 => Self::Address,
            13 => Self::Locked,
            19 => Self::PasswordExpired,
            _ => return None,
        })
    }

    /// Whether clocks have to do with it, or may have.
    pub fn is_of_time(self) -> bool {
        matches!(self, Self::NotYetValid | Self::Expired | Self::Validity | Self::Unreadable)
    }

    /// The error for it.
    pub fn error(self) -> Error {
        let (message, advice) = self.words();
        let kind = match self {
            Self::NoPermission => ErrorKind::PermissionDenied,
            Self::UnknownCompany | Self::ApiDisabled | Self::NotAnEndpoint => ErrorKind::Configuration,
            _ => ErrorKind::ServiceAuth,
        };
        Error::new(kind, message).with_retry(Retry::Never).with_advice(advice)
    }

    /// What it means, and the next step.
    pub fn words(self) -> (&'static str, &'static str) {
        self.of_user().or_else(|| self.of_client()).unwrap_or_else(|| self.of_place())
    }

    fn of_user(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Address => (
                "the tenant does not let the API user log in from this machine's address",
                "add the address that the tenant names under Admin Center > Password & Login Policy Settings > Set API login exceptions (KBA 2253200)",
            ),
            Self::PasswordExpired => (
                "the password of the API user has expired",
                "set a new one, and a maximum password age of -1 under Admin Center > Password & Login Policy Settings > Set API login exceptions (KBA 2254423, 2253200)",
            ),
            Self::WrongPassword => (
                "the tenant knows the API user's name or password to be wrong",
                "check username and name_id; an API user who logs in by single sign-on is refused so as well (KBA 3350811)",
            ),
            Self::Locked => (
                "the API user is locked",
                "unlock the user that username names in Admin Center, and look for who uses it with a wrong password (KBA 3336550)",
            ),
            Self::InactiveUser => {
                ("the API user is inactive", "activate the user that username names, or take another one")
            }
            Self::UnknownUser => (
                "the tenant does not know the API user",
                "username must be the user id, not the login name or e-mail, unless name_id says so (KBA 2668018)",
            ),
            Self::UserUuid => (
                "the assertion holds a user_uuid that is not the API user's",
                "leave the attribute out where the assertion is made; destinations of SAP BTP do so with skipUserUuidInSAMLAttributes = true",
            ),
            Self::NotAllowed => (
                "the API user may not log in to the API",
                "grant General User Permission > SFAPI User Login, and see the permissions in docs/operations.md",
            ),
            Self::NoPermission => (
                "the API user may not use the OData API",
                "grant Manage Integration Tools > Allow Admin to Access OData API (KBA 2524436)",
            ),
            Self::NotBound => (
                "the OAuth client is bound to other users than the API user",
                "add the user that username names under Admin Center > Manage OAuth2 Client Applications > Bind to Users",
            ),
            _ => return None,
        })
    }

    fn of_client(self) -> Option<(&'static str, &'static str)> {
        const CLOCK: &str = "set this machine's clock by NTP, or raise assertion_backdate; an assertion made elsewhere may simply be old";
        Some(match self {
            Self::UnknownClient => (
                "the tenant does not know the API key",
                "check client_id against Admin Center > Manage OAuth2 Client Applications, and that the client is enabled",
            ),
            Self::DisabledClient => (
                "the OAuth client is disabled",
                "enable it in Admin Center > Manage OAuth2 Client Applications",
            ),
            Self::OtherClient => (
                "the assertion is for another API key than client_id",
                "give the client_id for which the assertion was made; leave issuer out unless it is that API key",
            ),
            Self::Signature => (
                "the tenant does not accept the signature of the assertion",
                "check that private_key belongs to the certificate registered for client_id, and client_id itself (KBA 3336571)",
            ),
            Self::Certificate => (
                "the tenant does not accept the certificate of the OAuth client",
                "look at its date in Admin Center > Manage OAuth2 Client Applications",
            ),
            Self::Audience => (
                "the tenant does not accept the audience of the assertion",
                "leave audience out: it is www.successfactors.com everywhere",
            ),
            Self::Recipient => (
                "the tenant does not accept the recipient of the assertion",
                "token_url has to name the tenant's own API host, which the assertion names as its recipient",
            ),
            Self::Issuer => (
                "the tenant does not accept the issuer of the assertion",
                "leave issuer out, so that it is client_id, unless an administrator registered another one",
            ),
            Self::NotYetValid => ("the assertion is not valid yet, by the tenant's clock", CLOCK),
            Self::Expired => ("the assertion has expired, by the tenant's clock", CLOCK),
            Self::Validity => ("the assertion is outside its time of validity", CLOCK),
            Self::Unreadable => (
                "the tenant does not accept the assertion",
                "if it was made elsewhere, give it whole, as XML or base64; else look at `sfsf-connector assertion`",
            ),
            Self::Incomplete => (
                "the tenant misses something in the request for a token",
                "check that company_id, client_id and username are not empty, and that no proxy changes the request",
            ),
            Self::Grant => (
                "the tenant does not accept the grant of the request for a token",
                "leave grant_type out, and check that token_url is SuccessFactors' own",
            ),
            _ => return None,
        })
    }

    fn of_place(self) -> (&'static str, &'static str) {
        match self {
            Self::UnknownCompany => (
                "the tenant does not know the company id",
                "check company_id, whose case matters, and that url is the API host of that company's data center (KBA 2524436)",
            ),
            Self::ApiDisabled => (
                "the OData API is not enabled for this company",
                "ask SAP support to enable it (KBA 2524436)",
            ),
            Self::NotAnEndpoint => (
                "this is not an address of the tenant's API",
                "check url; it is the API host, with nothing after /odata/v2",
            ),
            Self::NotAnApiHost => (
                "the host does not serve the API",
                "url must be the API host, not the host that people log in at",
            ),
            Self::BasicDisabled => (
                "the tenant takes no passwords from API users, or none from this machine's address",
                "this connector sends none: look for what stands between and adds one, and at the addresses that the tenant allows (KBA 2524436)",
            ),
            Self::NoCredentials => (
                "the tenant saw no credentials",
                "this is a fault of the connector or of a proxy that removes them",
            ),
            Self::Token => (
                "the tenant refuses the access token",
                "it was renewed once already; see whether the OAuth client or its user was changed",
            ),
            _ => (
                "the tenant refused the log-on",
                "check company_id, client_id, username and private_key against Admin Center > Manage OAuth2 Client Applications",
            ),
        }
    }
}

/// The number in `(status code = 19)`.
fn status_code(text: &str) -> Option<u16> {
    let rest = text.split_once("status code")?.1;
    let number = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '\\' | ':'));
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// What says something: of the sentence about authenticating the client what stands in its brackets, without names that
/// are quoted in `[…]`.
fn reason(text: &str) -> String {
    let after = text.split_once("unable to authenticate the client").map(|(_, rest)| rest);
    let reason = after.map_or(text, |rest| match (rest.find('('), rest.rfind(')')) {
        (Some(from), Some(to)) if from < to => &rest[from + 1..to],
        (Some(from), _) => &rest[from + 1..],
        _ => rest,
    });
    let mut parts = reason.split('[');
    let head = parts.next().unwrap_or_default().to_owned();
    parts.fold(head, |whole, part| whole + part.split_once(']').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, cause: impl Into<Option<Cause>>) {
        assert_eq!(Cause::of_text(text), cause.into(), "{text}");
    }

    fn login(reason: &str) -> String {
        format!("Unable to authenticate the client (Login failed - {reason})")
    }

    /// docs/successfactors.md#refused-tokens, docs/successfactors.md#logon-errors; KBA 2161058, 2254423, 2255660,
    /// 2668018, 3336550, 3336571, and what vendors' guides quote.
    #[test]
    fn what_the_tenant_is_known_to_say_is_understood() {
        let address = "login from IP address 203.0.113.7 is prohibited. You can set an API login exception to allow login from this IP address";
        check(&login(address), Cause::Address);
        check(&login("invalid user"), Cause::UnknownUser);
        check(&login("account locked"), Cause::Locked);
        check("Invalid useruuid", Cause::UserUuid);
        check(
            "Unable to verify the signature of the SAML assertion. Please ensure that the assertion has a signature and the key pairs match the client ID",
            Cause::Signature,
        );
        check("Unable to verify the SAML assertion - api_key doesn't match client_id", Cause::OtherClient);
        check("The recipient attribute value must be set as the URL of the API server", Cause::Recipient);
        check("API key does not exist in company", Cause::UnknownClient);
        let company = "Company [locked client] not found. Please validate the spelling of your company id, which is case-sensitive.";
        check(company, Cause::UnknownCompany);
        check(
            "Authentication failed. Attempted login from unauthorized ip: 203.0.113.7 to company id: ACME by username: sfapi(status code = 8)",
            Cause::Address,
        );
        check("Authentication failed, password has expired(status code = 19)", Cause::PasswordExpired);
        check("Authentication failed. The password has expired (status code \\= 19)", Cause::PasswordExpired);
        check("Authentication failed, user account is locked(status code = 13)", Cause::Locked);
        check(
            "Authentication failed. You've entered an incorrect username or password (status code = 4).",
            Cause::WrongPassword,
        );
    }

    #[test]
    fn the_reason_in_the_brackets_decides_and_never_the_word_client_before_them() {
        check(&login("password expired"), Cause::PasswordExpired);
        check(&login("user is inactive"), Cause::InactiveUser);
        check(&login("inactive user"), Cause::InactiveUser);
        check(&login("account disabled"), Cause::InactiveUser);
        check(&login("company not found"), Cause::UnknownCompany);
        check(&login("no permission"), Cause::NotAllowed);
        check(&login("permission not granted"), Cause::NotAllowed);
        check(&login("access from IP 203.0.113.7 is not allowed"), Cause::Address);
        check("Unable to authenticate the client (client is blocked)", Cause::DisabledClient);
        check("The SAML assertion of user sfapi has expired", Cause::Expired);
        check("Unable to authenticate the client (client ID is not found)", Cause::UnknownClient);
        check("Unable to authenticate the client (client is disabled)", Cause::DisabledClient);
        check("Unable to authenticate the client (SAML assertion expired)", Cause::Expired);
        check("Unable to authenticate the client (certificate has expired)", Cause::Certificate);
        check("Unable to authenticate the client (Login failed - something new)", None);
        check("Unable to authenticate the client", None);
        check(
            "Unable to authenticate the client (Login failed - user [password expired] not found",
            Cause::UnknownUser,
        );
        check("The SAML assertion is not yet valid", Cause::NotYetValid);
        check("The SAML assertion has expired", Cause::Expired);
        check("The audience of the SAML assertion is invalid", Cause::Audience);
        check("The issuer of the assertion is unknown", Cause::Issuer);
        check("Unable to parse the SAML assertion", Cause::Unreadable);
        check("The parameter client_id is missing in the request", Cause::Incomplete);
        check("The grant_type is not supported", Cause::Grant);
        check("Internal Server Error", None);
    }

    #[test]
    fn a_code_is_known_for_every_documented_number() {
        for number in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 18, 22] {
            assert!(Cause::of_code(&format!("LGN{number:04}")).is_some(), "{number}");
        }
        assert_eq!(Cause::of_code("COE0021"), None);
    }
}
