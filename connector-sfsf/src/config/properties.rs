//! Every key of the configuration, once: what it is called, what it means, what holds without it.

use connector_core::manifest::ConfigurationProperty;

struct Key {
    name: &'static str,
    display: &'static str,
    help: &'static str,
    default: Option<&'static str>,
    required: bool,
    /// A secret has two more keys, `…_file` and `…_env`, which say where to find it.
    secret: bool,
}

const fn key(name: &'static str, display: &'static str, help: &'static str) -> Key {
    Key { name, display, help, default: None, required: false, secret: false }
}

impl Key {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }
}

const KEYS: &[Key] = &[
    key("url", "Data center API URL", "The API host of the tenant, for example https://api4.successfactors.com/. It begins with https:// and is not the host that people log in at. With or without /odata/v2, and nothing behind it.").required(),
    key("company_id", "Company id", "The company id of the tenant. Case matters. Needed unless access_token is given."),
    key("username", "API user", "The user in whose name the connector works: the user id, unless name_id says otherwise. Needed unless access_token or assertion is given."),
    key("client_id", "API key", "The API key that Admin Center > Manage OAuth2 Client Applications shows. Needed unless access_token is given."),
    key("token_url", "Token URL", "Where tokens are issued; /oauth/token at url if absent."),
    key("private_key", "Private key", "The RSA key that belongs to the certificate of the OAuth client: PEM (PKCS#8, PKCS#1, or encrypted PKCS#8), with or without its lines, or what Admin Center generated, as it was downloaded. Needed unless access_token or assertion is given.").secret(),
    key("private_key_passphrase", "Passphrase of the private key", "Only for an encrypted key.").secret(),
    key("certificate", "Certificate", "The certificate of private_key, as PEM, as base64 without its lines, or the name of a file of either; put into the assertion so that the receiving side can tell which key was used. Not needed for the signature to be accepted."),
    key("grant_type", "Grant type", "The OAuth grant.").default("urn:ietf:params:oauth:grant-type:saml2-bearer"),
    key("assertion", "Assertion", "A SAML assertion that somebody else signed, base64 or XML, instead of private_key.").secret(),
    key("access_token", "Access token", "A bearer token that somebody else obtained, instead of all of the above. It cannot be renewed here.").secret(),
    key("name_id", "Kind of user name", "What username is: user_id, username or email.").default("user_id"),
    key("issuer", "Issuer", "The issuer in the assertion; client_id if absent. SuccessFactors does not look at it."),
    key("audience", "Audience", "The audience in the assertion.").default("www.successfactors.com"),
    key("assertion_lifetime", "Lifetime of an assertion", "How long an assertion is valid, in seconds.").default("600"),
    key("assertion_backdate", "Clock tolerance", "How far before now an assertion begins to be valid, in seconds, against clocks that differ.").default("300"),
    key("statuses", "Statuses", "Whose records exist for the connector, as status letters: t and f active and inactive employees, T and F external people, e and d people of onboarding and learning.").default("tfTFed"),
    key("future_hires", "People who begin later", "Whether get also looks for an employment that begins on a later day (EmpEmployment), where User shows nobody or somebody inactive: yes or no.").default("yes"),
    key("page_size", "Page size", "Records asked for at a time, 1 to 1000.").default("1000"),
    key("lookup_age", "Age of lists", "How long a list of values is kept before the tenant is asked again, in seconds, 0 to 86400.").default("3600"),
    key("instance_key", "Key of the instance", "What stands before the codes of lists of values, so that several tenants can be told apart: 101 gives 101~VP-MKT. company_id if absent."),
    key("instance_name", "Name of the instance", "What stands before the labels of lists of values.").default("SuccessFactors"),
    key("tenant_time_zone", "Time zone of the tenant", "The time zone of the tenant's server, for example America/New_York or UTC: times without an offset are what its clock showed. What the tenant says of itself if absent."),
    key("paging", "Pages of an import", "How the pages of an import follow one another: snapshot (links to a list of keys that the tenant keeps, and by key where there is none), key (each page a query of its own, behind the last user id), or link (the tenant's plain links, which are offsets: people are missed when others come or go).").default("snapshot"),
    key("parallel", "Stretches of an import", "In how many stretches of user ids an import is read at the same time, 1 to 20, as far as requests_in_flight allows it. Ask SAP before you go beyond a few.").default("1"),
    key("sync_overlap", "Overlap of deltas", "How far before the last run a delta begins, in seconds, since changes may be committed after they were stamped (KBA 2767376). What falls into it comes twice.").default("600"),
    key("sync_null_timestamps", "People without a time stamp", "Whether people who have no lastModifiedDateTime, as system users, come with every delta: yes or no.").default("yes"),
    key("api_option_profile", "API option profile", "The id of an API option profile (Admin Center, Manage API Option Profile) that every write of a person names. Its option Process Inactive Employees is another way to let inactive people be written (KBA 2768078)."),
    key("batch_size", "Requests of a batch", "How many reads go into one $batch, 1 to 180 (KBA 2614934). Groups and roles of people are read so.").default("180"),
    key("group_types", "Types of groups", "The types of groups that exist for the connector, separated by commas: permission, or workflow too.").default("permission"),
    key("static_group_add", "Word for adding members", "What updateStaticGroup calls adding members. SAP does not document it; this is the word of the import in Admin Center (KBA 2956909).").default("ADD"),
    key("static_group_remove", "Word for removing members", "What updateStaticGroup calls removing members; see static_group_add.").default("REMOVE"),
    key("static_group_separator", "Separator of members", "What stands between the user ids that updateStaticGroup is given; not documented either.").default(","),
    key("requests_in_flight", "Requests in flight", "How many requests may run at once, 1 to 20. Writes run one at a time whatever this says.").default("4"),
    key("max_attempts", "Attempts", "How often a request is sent at most when a repeat is safe.").default("4"),
    key("first_retry_wait", "First wait", "The wait before the first repeat, in milliseconds; the next ones are longer, and random.").default("500"),
    key("max_retry_wait", "Longest wait", "The longest wait before a repeat, in seconds; if the tenant asks for more, the call fails and says when to come back.").default("60"),
    key("connect_timeout", "Connect timeout", "In seconds.").default("15"),
    key("read_timeout", "Read timeout", "How long the tenant may be silent, in seconds. Its gateway gives up after 420 (KBA 3308167).").default("450"),
    key("max_answer", "Largest answer", "How large an answer of the tenant may be, after decompression, in MiB, 1 to 64.").default("64"),
    key("allow_hosts", "Allowed hosts", "The hosts that url and token_url of a request may name, each with scheme and port, such as https://api4.successfactors.com, separated by commas. The configured tenant's if absent. Needed where every request brings its connection."),
    key("allow_users", "Allowed users", "The users, separated by commas, in whose name a request may work without bringing a secret: the configured private_key signs for them. Nobody but username if absent."),
    key("ca_file", "CA certificates", "A PEM file of the certificate authorities to trust instead of the system's."),
    key("proxy", "Proxy", "The URL of an HTTP or SOCKS proxy (http, https, socks4, socks4a, socks5, socks5h); the environment's if absent."),
];

/// The keys of the configuration, for manifests, forms and help texts.
pub(crate) fn properties() -> Vec<ConfigurationProperty> {
    KEYS.iter().flat_map(expand).collect()
}

/// The default of a key, as text.
pub(super) fn default_of(name: &str) -> Option<&'static str> {
    KEYS.iter().find(|key| key.name == name).and_then(|key| key.default)
}

/// Whether a key says where a secret is.
pub(super) fn is_source(name: &str) -> bool {
    let base = name.strip_suffix("_file").or_else(|| name.strip_suffix("_env"));
    base.is_some_and(|base| KEYS.iter().any(|key| key.secret && key.name == base))
}

fn expand(key: &Key) -> Vec<ConfigurationProperty> {
    let property = |name: String, display: String, help: String, confidential| ConfigurationProperty {
        name,
        display_name: display,
        help,
        required: key.required,
        confidential,
        default: key.default.map(ToOwned::to_owned),
    };
    let mut all = vec![property(key.name.into(), key.display.into(), key.help.into(), key.secret)];
    if key.secret {
        let (name, display) = (key.name, key.display);
        all.push(property(
            format!("{name}_file"),
            format!("{display} (file)"),
            format!("A file that holds {name}."),
            false,
        ));
        all.push(property(
            format!("{name}_env"),
            format!("{display} (environment)"),
            format!("The name of an environment variable that holds {name}."),
            false,
        ));
    }
    all
}
