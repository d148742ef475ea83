# Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
"""The closed lists of words of the protocol."""

from ._words import Word


class ErrorKind(Word):
    """What went wrong. The list is closed: every carrier and every binding knows all of it."""

    #: The request makes no sense as it stands; the caller has to change it.
    INVALID_REQUEST = "invalid_request"
    #: The connector does not do this, and its manifest says so.
    UNSUPPORTED = "unsupported"
    #: The configuration is incomplete or contradictory.
    CONFIGURATION = "configuration"
    #: The target refused the connector's own credentials.
    SERVICE_AUTH = "service_auth"
    #: No connection came about: name resolution, routing, TLS.
    CONNECTION_FAILED = "connection_failed"
    #: A connection was lost in the middle of an exchange.
    CONNECTION_BROKEN = "connection_broken"
    #: The target asks to slow down.
    RATE_LIMITED = "rate_limited"
    #: The target is in maintenance, or overloaded.
    UNAVAILABLE = "unavailable"
    #: The deadline passed before an answer came.
    TIMEOUT = "timeout"
    #: The connector's user may not do this.
    PERMISSION_DENIED = "permission_denied"
    #: There is no such object.
    NOT_FOUND = "not_found"
    #: An object with this identifier or name exists already.
    ALREADY_EXISTS = "already_exists"
    #: The target does not accept an attribute or its value.
    INVALID_ATTRIBUTE = "invalid_attribute"
    #: The password does not satisfy the target's policy.
    PASSWORD_POLICY = "password_policy"
    #: The object is not as the writer expected; nothing was written.
    PRECONDITION_FAILED = "precondition_failed"
    #: Some parts of the change were made, others not.
    PARTIAL = "partial"
    #: Somebody else is changing the same object.
    CONFLICT = "conflict"
    #: The credentials given to ``authenticate`` are wrong.
    LOGIN_FAILED = "login_failed"
    #: The credentials given to ``authenticate`` are right, but the password has expired.
    PASSWORD_EXPIRED = "password_expired"
    #: The caller cancelled the operation.
    CANCELLED = "cancelled"
    #: The target answered something that its protocol does not allow.
    TARGET_PROTOCOL = "target_protocol"
    #: A fault in the connector itself.
    INTERNAL = "internal"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class Retry(Word):
    """Whether the same request may succeed if it is made again."""

    #: Never without a change to the request, the configuration or the target.
    NEVER = "never"
    #: Later; not before ``retry_after_ms`` where the target said so.
    LATER = "later"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class Effect(Word):
    """What became of the change that the failed request asked for, from the least to the most."""

    #: Nothing was changed.
    NOT_APPLIED = "not_applied"
    #: The answer was lost and reading back did not settle it. Or a word that this version does not know, which the
    #: text beside it tells.
    UNKNOWN = "unknown"
    #: The change, or a part of it, was made.
    APPLIED = "applied"


class Operation(Word):
    """The name of an operation, the same on every carrier."""

    #: Is the target reachable, and are we let in?
    TEST = "test"
    #: What do objects look like?
    SCHEMA = "schema"
    #: One object by its uid, or the certainty that there is none.
    GET = "get"
    #: The objects that satisfy a filter.
    SEARCH = "search"
    #: All objects.
    IMPORT = "import"
    #: Create an object, or change it.
    SAVE = "save"
    #: Remove an object, or what the target has instead.
    DELETE = "delete"
    #: Make an account inactive.
    SUSPEND = "suspend"
    #: Make an account active.
    RESUME = "resume"
    #: Set a password.
    RESET_PASSWORD = "reset_password"
    #: The values that an attribute may have.
    LOOKUP = "lookup"
    #: What would be asked, and how an answer came about.
    EXPLAIN = "explain"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class CheckOutcome(Word):
    """How a step went."""

    #: As it should.
    OK = "ok"
    #: It works, but somebody should look at it.
    WARNING = "warning"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class ValueType(Word):
    """The type of an attribute's values."""

    #: ``String``
    STRING = "string"
    #: ``Boolean``
    BOOLEAN = "boolean"
    #: ``Integer``
    INTEGER = "integer"
    #: ``Decimal``
    DECIMAL = "decimal"
    #: ``Date``
    DATE = "date"
    #: ``DateTime``
    DATE_TIME = "date_time"
    #: ``Binary``
    BINARY = "binary"
    #: ``Secret``
    SECRET = "secret"
    #: ``Reference``
    REFERENCE = "reference"
    #: ``Complex``
    COMPLEX = "complex"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class Presence(Word):
    """Whether an object is there. Never "empty": a person who is inactive is not a person who is missing. What kind of
    person it is, an employee or somebody external, is an attribute and not a presence.
    """

    #: There, and may log in.
    ACTIVE = "active"
    #: There, and may not log in.
    INACTIVE = "inactive"
    #: Known to the target, but only from a later day on. There may be no object yet.
    FUTURE_ONLY = "future_only"
    #: There, but the connector's user may not see it.
    NOT_PERMITTED = "not_permitted"
    #: There, but in a state that the connector does not know: neither active nor inactive is said of it. Or a word
    #: that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"
    #: What was asked for fits more than one object.
    AMBIGUOUS = "ambiguous"
    #: Not there.
    NOT_FOUND = "not_found"


class StreamStatus(Word):
    """Whether a stream brought everything."""

    #: Everything that was asked for.
    COMPLETE = "complete"
    #: The caller stopped it early.
    STOPPED = "stopped"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class ImportMode(Word):
    """What an import brings."""

    #: Everything.
    FULL = "full"
    #: What has changed since a token was handed out.
    DELTA = "delta"
    #: Nothing but a token.
    TOKEN_ONLY = "token_only"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class FullReason(Word):
    """Why what has changed since a token cannot be told, or not told with certainty."""

    #: The token is older than the target remembers changes.
    TOKEN_TOO_OLD = "token_too_old"
    #: The target does not say when records were changed.
    NO_TIME_STAMP = "no_time_stamp"
    #: The configuration makes other objects of the same records than it did for the earlier run.
    CONFIGURATION_CHANGED = "configuration_changed"
    #: Other attributes are asked for, or can be read, than in the earlier run.
    ATTRIBUTES_CHANGED = "attributes_changed"
    #: A list of values that attributes are read through has changed.
    VALUE_LISTS_CHANGED = "value_lists_changed"
    #: So much has changed that reading everything is less work.
    TOO_MANY_CHANGES = "too_many_changes"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class SaveAction(Word):
    """What a write did to an object, in one word."""

    #: It was made.
    CREATED = "created"
    #: It was changed.
    UPDATED = "updated"
    #: It was inactive and is active again, whatever else was changed.
    REVIVED = "revived"
    #: It was active and is inactive now, whatever else was changed.
    SUSPENDED = "suspended"
    #: It was removed.
    DELETED = "deleted"
    #: It was so already; nothing was written.
    UNCHANGED = "unchanged"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class ValueStatus(Word):
    """Whether a value may be chosen still."""

    #: It may.
    ACTIVE = "active"
    #: It may not, but objects may have it from before.
    INACTIVE = "inactive"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class DeleteMeaning(Word):
    """What a delete does."""

    #: The object is gone, and a second delete is an error.
    REMOVES = "removes"
    #: The object is made inactive and stays; a second delete succeeds and writes nothing.
    INACTIVATES = "inactivates"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class ProblemKind(Word):
    """What sort of thing is wrong with a record. But for the first, the object comes without the attributes at fault.
    """

    #: The record could not be read: there is no object of it.
    UNREADABLE_RECORD = "unreadable_record"
    #: There are several values where one is wanted, and nothing says which.
    AMBIGUOUS_VALUE = "ambiguous_value"
    #: A value does not satisfy a rule of the configuration.
    FAILED_CHECK = "failed_check"
    #: An expression of the configuration cannot be evaluated for this record.
    FAILED_EXPRESSION = "failed_expression"
    #: A status that nobody has said the meaning of: the object is neither active nor inactive.
    UNKNOWN_STATUS = "unknown_status"
    #: A time zone that nobody knows; the times were taken for those of another one, which the error names.
    UNKNOWN_ZONE = "unknown_zone"
    #: What the configuration reads or translates by is not there at this target.
    MISSING_MAPPING = "missing_mapping"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class GoneReason(Word):
    """What became of an object that is gone."""

    #: The target has it no longer.
    REMOVED = "removed"
    #: It is there, and no longer satisfies the filter of the import.
    LEFT_FILTER = "left_filter"
    #: A word that this version does not know, which the text beside it tells.
    UNKNOWN = "unknown"


class GoneCause(Word):
    """Why an object is gone."""

    #: It goes by another uid from now on: ``new_uid``.
    RENAMED = "renamed"
    #: It was taken back before it began, such as a hire that did not take place.
    RESCINDED = "rescinded"
    #: The target has deleted it for good.
    PURGED = "purged"
    #: It is there, and no longer among the objects that the import is of: filter or configuration leave it out.
    LEFT_POPULATION = "left_population"
    #: It is there, and the connector's user may not see it any more.
    NOT_PERMITTED = "not_permitted"
    #: It was there and is not any more, and nobody knows why. Or a word that this version does not know, which the
    #: text beside it tells.
    UNKNOWN = "unknown"


class LogLevel(Word):
    """How much is logged. Each level contains those before it."""

    #: Nothing.
    OFF = "off"
    #: What failed.
    ERROR = "error"
    #: What somebody should look at.
    WARN = "warn"
    #: What happened: one line for each operation.
    INFO = "info"
    #: Requests and answers, without their content.
    DEBUG = "debug"
    #: Everything there is.
    TRACE = "trace"


class SaveMode(Word):
    """What to do about objects that are, or are not, there."""

    #: Create the object if it is not there.
    CREATE_OR_UPDATE = "create_or_update"
    #: An object that is there is an error (``AlreadyExists``).
    CREATE = "create"
    #: An object that is not there is an error (``NotFound``).
    UPDATE = "update"


__all__ = [
    "ErrorKind",
    "Retry",
    "Effect",
    "Operation",
    "CheckOutcome",
    "ValueType",
    "Presence",
    "StreamStatus",
    "ImportMode",
    "FullReason",
    "SaveAction",
    "ValueStatus",
    "DeleteMeaning",
    "ProblemKind",
    "GoneReason",
    "GoneCause",
    "LogLevel",
    "SaveMode",
]
