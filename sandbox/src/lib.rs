//! An embedded SAP SuccessFactors tenant, to try, test and break connectors against without a network.
//!
//! It speaks real HTTP: `/oauth/token` verifies signed assertions, `/odata/v2` has metadata, queries,
//! paging and upserts, with the tenant's habits, good and bad. The people are made from a seed, trouble
//! comes on demand ([`Fault`]), and every request is remembered ([`RecordedRequest`]). What the public
//! sources leave open is a switch with a stated default ([`Switches`]).
//!
//! Start one with [`Sandbox::start`]. While it runs, the paths below `/sandbox/`, which no tenant has, show
//! and drive it without a program:
//!
//! | request | does |
//! |---|---|
//! | `GET /sandbox/status` | company, client, people by status, faults to come |
//! | `POST /sandbox/token` | an access token without an assertion |
//! | `GET /sandbox/switches` | the switches as they are set |
//! | `GET`, `DELETE /sandbox/requests` | what was asked of the tenant, all of it or chosen by `?method=`, `path=`, `status=`, `fault=`, `after=`, `limit=`; forgets it |
//! | `GET`, `POST`, `DELETE /sandbox/faults` | troubles to come; adds one in its text form; ends them |
//! | `POST /sandbox/expire-tokens` | ends all access tokens |
//! | `POST /sandbox/hris-sync` | copies Employee Central to the users, as the daily job does |
//! | `POST /sandbox/lose-snapshots` | loses all snapshots |
//! | `POST /sandbox/clock` | puts the tenant's clock ahead by the seconds in the body, or behind |
//!
//! ```sh
//! curl -d 'throttle=1:/odata/v2/User*2' http://127.0.0.1:8080/sandbox/faults
//! ```
//!
//! No web page reaches it: a request names a loopback host or one of [`Options::host_names`], nothing changes for a
//! foreign origin, and on other addresses than loopback ones the control interface wants [`Options::control_token`].
//!
//! Requests come alone or in a `$batch`, whose change sets are transactions. The API user may be limited in what it
//! sees and does ([`Access`]), and may log on with a certificate on a port of its own ([`Tls`]).
//!
//! What exists is data: an entity is a table in `data/` (names, types, annotations, keys, navigations), its
//! rows are held by column, and queries, answers and metadata are made from the model. Some forty entities are
//! there: users and accounts, the people, employments and jobs of Employee Central, foundation objects and
//! positions, picklists, groups and roles, photos. All but `User` are derived from the users and the seed when
//! a request first needs them, so that a large company starts at once. What SuccessFactors does with one entity or
//! another (statuses, unique names, terminations, HRIS sync, groups) is a file each in `habit`; the engine in `odata`
//! knows no entity by its name, `state` is the tenant without its requests, and `service` answers them.

mod auth;
mod error;
mod evidence;
mod fault;
mod habit;
mod http;
mod odata;
mod options;
mod people;
mod server;
mod service;
mod state;
mod time;
mod tls;
mod xml;

pub use error::StartError;
pub use evidence::{RecordedPart, RecordedRequest};
pub use fault::{Fault, FaultKind, FaultParseError, Matching};
pub use options::access::{Access, Basic, LogonStanding};
pub use options::{BaseProfile, ListOrder, OnRequest, Options, Profile, Switches, UriPort};
pub use service::sandbox::Sandbox;
pub use state::clock::{Clock, FixedClock, ShiftedClock, SystemClock};
pub use tls::{MutualTls, Tls};
