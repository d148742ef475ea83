//! What the tenant says when it refuses a person, and what that means.

use connector_core::ErrorKind;

use crate::odata::upsert::Refusal;

pub(super) const REFUSALS: &[Refusal] = &[
    Refusal {
        mark: "DUPLICATE_USERNAME",
        kind: ErrorKind::AlreadyExists,
        message: "another person, perhaps an inactive one, has this username",
        advice: "usernames of leavers stay taken (KBA 3550451)",
        attribute: Some("username"),
    },
    Refusal {
        mark: "INVALID_HR_ID",
        kind: ErrorKind::InvalidAttribute,
        message: "the tenant does not know this HR representative",
        advice: "give the user id of an existing person as hr, or clear it (KBA 2178217)",
        attribute: Some("hr"),
    },
    Refusal {
        mark: "INVALID_MANAGER_ID",
        kind: ErrorKind::InvalidAttribute,
        message: "the tenant does not know this manager",
        advice: "give the user id of an existing person as manager, or clear it",
        attribute: Some("manager"),
    },
    Refusal {
        mark: "NO_PERMISSIONS_EXCEPTION",
        kind: ErrorKind::PermissionDenied,
        message: "the API user may not write users",
        advice: "grant Manage User > Import Employee Data (KBA 2160948)",
        attribute: None,
    },
    Refusal {
        mark: "Cannot upsert an inactive user",
        kind: ErrorKind::PermissionDenied,
        message: "the tenant does not let inactive users be written",
        advice: "enable the Effective Dated Data Platform, which processInactiveEmployees needs, or configure an \
                 api_option_profile with Process Inactive Employees (KBA 2768078)",
        attribute: None,
    },
    Refusal {
        mark: "can not get personId",
        kind: ErrorKind::AlreadyExists,
        message: "another person has this user id as their person id",
        advice: "look for the person in Admin Center (KBA 3075524)",
        attribute: None,
    },
];
