//! Log-on by password (docs/successfactors.md#basic-authentication).

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::ODataError;
use crate::habit::users;
use crate::options::access::{Basic, LogonStanding};
use crate::server::Server;
use crate::state::store::Row;

/// The userId of the user that a Basic credential names.
///
/// # Errors
///
/// LGN0010 unless it is switched on, LGN0003 for no credential, LGN0008, LGN0015, LGN0018.
pub(crate) fn logon(server: &Server, credential: &str) -> Result<String, ODataError> {
    let company = &server.options.company;
    let Some(basic) = &server.options.access.basic else {
        let text = format!("Basic authentication for ODATA API is disabled for company {company}");
        return Err(ODataError::logon(StatusCode::FORBIDDEN, "LGN0010", &text));
    };
    let (login, named, password) = parts(credential).ok_or_else(missing)?;
    if named != *company {
        let text = format!(
            "Company [{named}] not found. Please validate the spelling of your company id, which is \
             case-sensitive."
        );
        return Err(ODataError::logon(StatusCode::FORBIDDEN, "LGN0008", &text));
    }
    let user = users::by_login(&server.tenant(), &login);
    match user {
        Some((row, user)) => check(server, basic, row, user, &password),
        None => Err(wrong_password()),
    }
}

/// Login, company and password. The company is what follows the last `@`: logins may be e-mail addresses.
fn parts(credential: &str) -> Option<(String, String, String)> {
    let text = String::from_utf8(STANDARD.decode(credential.trim()).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    let (login, company) = name.rsplit_once('@')?;
    Some((login.to_owned(), company.to_owned(), password.to_owned()))
}

fn check(
    server: &Server,
    basic: &Basic,
    row: Row,
    user: String,
    password: &str,
) -> Result<String, ODataError> {
    let is_api_user = user == server.options.api_user;
    let standing = if is_api_user { basic.standing } else { LogonStanding::Good };
    let refused = |code, text: &str| Err(ODataError::logon(StatusCode::UNAUTHORIZED, code, text));
    match standing {
        // An expired password is told before anything else (KBA 3667426).
        LogonStanding::Expired => {
            refused("LGN0018", "Authentication failed. Your password has expired (status code = 19).")
        }
        LogonStanding::Locked => {
            refused("LGN0015", "Authentication failed. Your user account is locked (status code = 13).")
        }
        LogonStanding::AddressDenied => {
            refused("LGN0015", "Attempted login from unauthorized ip: 127.0.0.1 (status code = 8).")
        }
        LogonStanding::SingleSignOn => Err(wrong_password()),
        LogonStanding::Good => {
            let stored = server.tenant().accounts.password_matches(row, password);
            if stored || (is_api_user && password == basic.password) {
                Ok(user)
            } else {
                Err(wrong_password())
            }
        }
    }
}

fn missing() -> ODataError {
    let text =
        "Authentication credentials are require. Please provide a valid user name, password and company id.";
    ODataError::logon(StatusCode::FORBIDDEN, "LGN0003", text)
}

/// KBA 3350811, 2545055.
fn wrong_password() -> ODataError {
    let text = "Authentication failed. You have entered an incorrect username or password (status code = 4).";
    ODataError::logon(StatusCode::UNAUTHORIZED, "LGN0015", text)
}
