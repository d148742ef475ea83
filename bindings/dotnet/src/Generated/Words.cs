// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
namespace Sfsf.Connector
{
    /// <summary>What went wrong. The list is closed: every carrier and every binding knows all of it.</summary>
    public enum ErrorKind
    {
        /// <summary>The request makes no sense as it stands; the caller has to change it.</summary>
        InvalidRequest,

        /// <summary>The connector does not do this, and its manifest says so.</summary>
        Unsupported,

        /// <summary>The configuration is incomplete or contradictory.</summary>
        Configuration,

        /// <summary>The target refused the connector's own credentials.</summary>
        ServiceAuth,

        /// <summary>No connection came about: name resolution, routing, TLS.</summary>
        ConnectionFailed,

        /// <summary>A connection was lost in the middle of an exchange.</summary>
        ConnectionBroken,

        /// <summary>The target asks to slow down.</summary>
        RateLimited,

        /// <summary>The target is in maintenance, or overloaded.</summary>
        Unavailable,

        /// <summary>The deadline passed before an answer came.</summary>
        Timeout,

        /// <summary>The connector's user may not do this.</summary>
        PermissionDenied,

        /// <summary>There is no such object.</summary>
        NotFound,

        /// <summary>An object with this identifier or name exists already.</summary>
        AlreadyExists,

        /// <summary>The target does not accept an attribute or its value.</summary>
        InvalidAttribute,

        /// <summary>The password does not satisfy the target's policy.</summary>
        PasswordPolicy,

        /// <summary>The object is not as the writer expected; nothing was written.</summary>
        PreconditionFailed,

        /// <summary>Some parts of the change were made, others not.</summary>
        Partial,

        /// <summary>Somebody else is changing the same object.</summary>
        Conflict,

        /// <summary>The credentials given to <c>authenticate</c> are wrong.</summary>
        LoginFailed,

        /// <summary>
        /// The credentials given to <c>authenticate</c> are right, but the password has expired.
        /// </summary>
        PasswordExpired,

        /// <summary>The caller cancelled the operation.</summary>
        Cancelled,

        /// <summary>The target answered something that its protocol does not allow.</summary>
        TargetProtocol,

        /// <summary>A fault in the connector itself.</summary>
        Internal,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>Whether the same request may succeed if it is made again.</summary>
    public enum Retry
    {
        /// <summary>Never without a change to the request, the configuration or the target.</summary>
        Never,

        /// <summary>Later; not before <c>retry_after_ms</c> where the target said so.</summary>
        Later,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>
    /// What became of the change that the failed request asked for, from the least to the most.
    /// </summary>
    public enum Effect
    {
        /// <summary>Nothing was changed.</summary>
        NotApplied,

        /// <summary>
        /// The answer was lost and reading back did not settle it. Or a word that this version does not know, which the
        /// text beside it tells.
        /// </summary>
        Unknown,

        /// <summary>The change, or a part of it, was made.</summary>
        Applied,
    }

    /// <summary>The name of an operation, the same on every carrier.</summary>
    public enum Operation
    {
        /// <summary>Is the target reachable, and are we let in?</summary>
        Test,

        /// <summary>What do objects look like?</summary>
        Schema,

        /// <summary>One object by its uid, or the certainty that there is none.</summary>
        Get,

        /// <summary>The objects that satisfy a filter.</summary>
        Search,

        /// <summary>All objects.</summary>
        Import,

        /// <summary>Create an object, or change it.</summary>
        Save,

        /// <summary>Remove an object, or what the target has instead.</summary>
        Delete,

        /// <summary>Make an account inactive.</summary>
        Suspend,

        /// <summary>Make an account active.</summary>
        Resume,

        /// <summary>Set a password.</summary>
        ResetPassword,

        /// <summary>The values that an attribute may have.</summary>
        Lookup,

        /// <summary>What would be asked, and how an answer came about.</summary>
        Explain,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>How a step went.</summary>
    public enum CheckOutcome
    {
        /// <summary>As it should.</summary>
        Ok,

        /// <summary>It works, but somebody should look at it.</summary>
        Warning,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>The type of an attribute's values.</summary>
    public enum ValueType
    {
        /// <summary><c>String</c></summary>
        String,

        /// <summary><c>Boolean</c></summary>
        Boolean,

        /// <summary><c>Integer</c></summary>
        Integer,

        /// <summary><c>Decimal</c></summary>
        Decimal,

        /// <summary><c>Date</c></summary>
        Date,

        /// <summary><c>DateTime</c></summary>
        DateTime,

        /// <summary><c>Binary</c></summary>
        Binary,

        /// <summary><c>Secret</c></summary>
        Secret,

        /// <summary><c>Reference</c></summary>
        Reference,

        /// <summary><c>Complex</c></summary>
        Complex,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>
    /// Whether an object is there. Never "empty": a person who is inactive is not a person who is missing. What kind of
    /// person it is, an employee or somebody external, is an attribute and not a presence.
    /// </summary>
    public enum Presence
    {
        /// <summary>There, and may log in.</summary>
        Active,

        /// <summary>There, and may not log in.</summary>
        Inactive,

        /// <summary>Known to the target, but only from a later day on. There may be no object yet.</summary>
        FutureOnly,

        /// <summary>There, but the connector's user may not see it.</summary>
        NotPermitted,

        /// <summary>
        /// There, but in a state that the connector does not know: neither active nor inactive is said of it. Or a word
        /// that this version does not know, which the text beside it tells.
        /// </summary>
        Unknown,

        /// <summary>What was asked for fits more than one object.</summary>
        Ambiguous,

        /// <summary>Not there.</summary>
        NotFound,
    }

    /// <summary>Whether a stream brought everything.</summary>
    public enum StreamStatus
    {
        /// <summary>Everything that was asked for.</summary>
        Complete,

        /// <summary>The caller stopped it early.</summary>
        Stopped,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>What an import brings.</summary>
    public enum ImportMode
    {
        /// <summary>Everything.</summary>
        Full,

        /// <summary>What has changed since a token was handed out.</summary>
        Delta,

        /// <summary>Nothing but a token.</summary>
        TokenOnly,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>Why what has changed since a token cannot be told, or not told with certainty.</summary>
    public enum FullReason
    {
        /// <summary>The token is older than the target remembers changes.</summary>
        TokenTooOld,

        /// <summary>The target does not say when records were changed.</summary>
        NoTimeStamp,

        /// <summary>
        /// The configuration makes other objects of the same records than it did for the earlier run.
        /// </summary>
        ConfigurationChanged,

        /// <summary>Other attributes are asked for, or can be read, than in the earlier run.</summary>
        AttributesChanged,

        /// <summary>A list of values that attributes are read through has changed.</summary>
        ValueListsChanged,

        /// <summary>So much has changed that reading everything is less work.</summary>
        TooManyChanges,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>What a write did to an object, in one word.</summary>
    public enum SaveAction
    {
        /// <summary>It was made.</summary>
        Created,

        /// <summary>It was changed.</summary>
        Updated,

        /// <summary>It was inactive and is active again, whatever else was changed.</summary>
        Revived,

        /// <summary>It was active and is inactive now, whatever else was changed.</summary>
        Suspended,

        /// <summary>It was removed.</summary>
        Deleted,

        /// <summary>It was so already; nothing was written.</summary>
        Unchanged,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>Whether a value may be chosen still.</summary>
    public enum ValueStatus
    {
        /// <summary>It may.</summary>
        Active,

        /// <summary>It may not, but objects may have it from before.</summary>
        Inactive,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>What a delete does.</summary>
    public enum DeleteMeaning
    {
        /// <summary>The object is gone, and a second delete is an error.</summary>
        Removes,

        /// <summary>
        /// The object is made inactive and stays; a second delete succeeds and writes nothing.
        /// </summary>
        Inactivates,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>
    /// What sort of thing is wrong with a record. But for the first, the object comes without the attributes at fault.
    /// </summary>
    public enum ProblemKind
    {
        /// <summary>The record could not be read: there is no object of it.</summary>
        UnreadableRecord,

        /// <summary>There are several values where one is wanted, and nothing says which.</summary>
        AmbiguousValue,

        /// <summary>A value does not satisfy a rule of the configuration.</summary>
        FailedCheck,

        /// <summary>An expression of the configuration cannot be evaluated for this record.</summary>
        FailedExpression,

        /// <summary>
        /// A status that nobody has said the meaning of: the object is neither active nor inactive.
        /// </summary>
        UnknownStatus,

        /// <summary>
        /// A time zone that nobody knows; the times were taken for those of another one, which the error names.
        /// </summary>
        UnknownZone,

        /// <summary>What the configuration reads or translates by is not there at this target.</summary>
        MissingMapping,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>What became of an object that is gone.</summary>
    public enum GoneReason
    {
        /// <summary>The target has it no longer.</summary>
        Removed,

        /// <summary>It is there, and no longer satisfies the filter of the import.</summary>
        LeftFilter,

        /// <summary>A word that this version does not know, which the text beside it tells.</summary>
        Unknown,
    }

    /// <summary>Why an object is gone.</summary>
    public enum GoneCause
    {
        /// <summary>It goes by another uid from now on: <c>new_uid</c>.</summary>
        Renamed,

        /// <summary>It was taken back before it began, such as a hire that did not take place.</summary>
        Rescinded,

        /// <summary>The target has deleted it for good.</summary>
        Purged,

        /// <summary>
        /// It is there, and no longer among the objects that the import is of: filter or configuration leave it out.
        /// </summary>
        LeftPopulation,

        /// <summary>It is there, and the connector's user may not see it any more.</summary>
        NotPermitted,

        /// <summary>
        /// It was there and is not any more, and nobody knows why. Or a word that this version does not know, which the
        /// text beside it tells.
        /// </summary>
        Unknown,
    }

    /// <summary>How much is logged. Each level contains those before it.</summary>
    public enum LogLevel
    {
        /// <summary>Nothing.</summary>
        Off,

        /// <summary>What failed.</summary>
        Error,

        /// <summary>What somebody should look at.</summary>
        Warn,

        /// <summary>What happened: one line for each operation.</summary>
        Info,

        /// <summary>Requests and answers, without their content.</summary>
        Debug,

        /// <summary>Everything there is.</summary>
        Trace,
    }

    /// <summary>What to do about objects that are, or are not, there.</summary>
    public enum SaveMode
    {
        /// <summary>Create the object if it is not there.</summary>
        CreateOrUpdate,

        /// <summary>An object that is there is an error (<c>AlreadyExists</c>).</summary>
        Create,

        /// <summary>An object that is not there is an error (<c>NotFound</c>).</summary>
        Update,
    }

    /// <summary>From the protocol's words to those of this library, and back.</summary>
    internal static class ProtocolWords
    {
        public static ErrorKind ErrorKind(string word)
        {
            switch (word)
            {
                case "invalid_request":
                    return Sfsf.Connector.ErrorKind.InvalidRequest;
                case "unsupported":
                    return Sfsf.Connector.ErrorKind.Unsupported;
                case "configuration":
                    return Sfsf.Connector.ErrorKind.Configuration;
                case "service_auth":
                    return Sfsf.Connector.ErrorKind.ServiceAuth;
                case "connection_failed":
                    return Sfsf.Connector.ErrorKind.ConnectionFailed;
                case "connection_broken":
                    return Sfsf.Connector.ErrorKind.ConnectionBroken;
                case "rate_limited":
                    return Sfsf.Connector.ErrorKind.RateLimited;
                case "unavailable":
                    return Sfsf.Connector.ErrorKind.Unavailable;
                case "timeout":
                    return Sfsf.Connector.ErrorKind.Timeout;
                case "permission_denied":
                    return Sfsf.Connector.ErrorKind.PermissionDenied;
                case "not_found":
                    return Sfsf.Connector.ErrorKind.NotFound;
                case "already_exists":
                    return Sfsf.Connector.ErrorKind.AlreadyExists;
                case "invalid_attribute":
                    return Sfsf.Connector.ErrorKind.InvalidAttribute;
                case "password_policy":
                    return Sfsf.Connector.ErrorKind.PasswordPolicy;
                case "precondition_failed":
                    return Sfsf.Connector.ErrorKind.PreconditionFailed;
                case "partial":
                    return Sfsf.Connector.ErrorKind.Partial;
                case "conflict":
                    return Sfsf.Connector.ErrorKind.Conflict;
                case "login_failed":
                    return Sfsf.Connector.ErrorKind.LoginFailed;
                case "password_expired":
                    return Sfsf.Connector.ErrorKind.PasswordExpired;
                case "cancelled":
                    return Sfsf.Connector.ErrorKind.Cancelled;
                case "target_protocol":
                    return Sfsf.Connector.ErrorKind.TargetProtocol;
                case "internal":
                    return Sfsf.Connector.ErrorKind.Internal;
                default:
                    return Sfsf.Connector.ErrorKind.Unknown;
            }
        }

        public static Retry Retry(string word)
        {
            switch (word)
            {
                case "never":
                    return Sfsf.Connector.Retry.Never;
                case "later":
                    return Sfsf.Connector.Retry.Later;
                default:
                    return Sfsf.Connector.Retry.Unknown;
            }
        }

        public static Effect Effect(string word)
        {
            switch (word)
            {
                case "not_applied":
                    return Sfsf.Connector.Effect.NotApplied;
                case "unknown":
                    return Sfsf.Connector.Effect.Unknown;
                case "applied":
                    return Sfsf.Connector.Effect.Applied;
                default:
                    return Sfsf.Connector.Effect.Unknown;
            }
        }

        public static Operation Operation(string word)
        {
            switch (word)
            {
                case "test":
                    return Sfsf.Connector.Operation.Test;
                case "schema":
                    return Sfsf.Connector.Operation.Schema;
                case "get":
                    return Sfsf.Connector.Operation.Get;
                case "search":
                    return Sfsf.Connector.Operation.Search;
                case "import":
                    return Sfsf.Connector.Operation.Import;
                case "save":
                    return Sfsf.Connector.Operation.Save;
                case "delete":
                    return Sfsf.Connector.Operation.Delete;
                case "suspend":
                    return Sfsf.Connector.Operation.Suspend;
                case "resume":
                    return Sfsf.Connector.Operation.Resume;
                case "reset_password":
                    return Sfsf.Connector.Operation.ResetPassword;
                case "lookup":
                    return Sfsf.Connector.Operation.Lookup;
                case "explain":
                    return Sfsf.Connector.Operation.Explain;
                default:
                    return Sfsf.Connector.Operation.Unknown;
            }
        }

        public static CheckOutcome CheckOutcome(string word)
        {
            switch (word)
            {
                case "ok":
                    return Sfsf.Connector.CheckOutcome.Ok;
                case "warning":
                    return Sfsf.Connector.CheckOutcome.Warning;
                default:
                    return Sfsf.Connector.CheckOutcome.Unknown;
            }
        }

        public static ValueType ValueType(string word)
        {
            switch (word)
            {
                case "string":
                    return Sfsf.Connector.ValueType.String;
                case "boolean":
                    return Sfsf.Connector.ValueType.Boolean;
                case "integer":
                    return Sfsf.Connector.ValueType.Integer;
                case "decimal":
                    return Sfsf.Connector.ValueType.Decimal;
                case "date":
                    return Sfsf.Connector.ValueType.Date;
                case "date_time":
                    return Sfsf.Connector.ValueType.DateTime;
                case "binary":
                    return Sfsf.Connector.ValueType.Binary;
                case "secret":
                    return Sfsf.Connector.ValueType.Secret;
                case "reference":
                    return Sfsf.Connector.ValueType.Reference;
                case "complex":
                    return Sfsf.Connector.ValueType.Complex;
                default:
                    return Sfsf.Connector.ValueType.Unknown;
            }
        }

        public static Presence Presence(string word)
        {
            switch (word)
            {
                case "active":
                    return Sfsf.Connector.Presence.Active;
                case "inactive":
                    return Sfsf.Connector.Presence.Inactive;
                case "future_only":
                    return Sfsf.Connector.Presence.FutureOnly;
                case "not_permitted":
                    return Sfsf.Connector.Presence.NotPermitted;
                case "unknown":
                    return Sfsf.Connector.Presence.Unknown;
                case "ambiguous":
                    return Sfsf.Connector.Presence.Ambiguous;
                case "not_found":
                    return Sfsf.Connector.Presence.NotFound;
                default:
                    return Sfsf.Connector.Presence.Unknown;
            }
        }

        public static StreamStatus StreamStatus(string word)
        {
            switch (word)
            {
                case "complete":
                    return Sfsf.Connector.StreamStatus.Complete;
                case "stopped":
                    return Sfsf.Connector.StreamStatus.Stopped;
                default:
                    return Sfsf.Connector.StreamStatus.Unknown;
            }
        }

        public static ImportMode ImportMode(string word)
        {
            switch (word)
            {
                case "full":
                    return Sfsf.Connector.ImportMode.Full;
                case "delta":
                    return Sfsf.Connector.ImportMode.Delta;
                case "token_only":
                    return Sfsf.Connector.ImportMode.TokenOnly;
                default:
                    return Sfsf.Connector.ImportMode.Unknown;
            }
        }

        public static FullReason FullReason(string word)
        {
            switch (word)
            {
                case "token_too_old":
                    return Sfsf.Connector.FullReason.TokenTooOld;
                case "no_time_stamp":
                    return Sfsf.Connector.FullReason.NoTimeStamp;
                case "configuration_changed":
                    return Sfsf.Connector.FullReason.ConfigurationChanged;
                case "attributes_changed":
                    return Sfsf.Connector.FullReason.AttributesChanged;
                case "value_lists_changed":
                    return Sfsf.Connector.FullReason.ValueListsChanged;
                case "too_many_changes":
                    return Sfsf.Connector.FullReason.TooManyChanges;
                default:
                    return Sfsf.Connector.FullReason.Unknown;
            }
        }

        public static SaveAction SaveAction(string word)
        {
            switch (word)
            {
                case "created":
                    return Sfsf.Connector.SaveAction.Created;
                case "updated":
                    return Sfsf.Connector.SaveAction.Updated;
                case "revived":
                    return Sfsf.Connector.SaveAction.Revived;
                case "suspended":
                    return Sfsf.Connector.SaveAction.Suspended;
                case "deleted":
                    return Sfsf.Connector.SaveAction.Deleted;
                case "unchanged":
                    return Sfsf.Connector.SaveAction.Unchanged;
                default:
                    return Sfsf.Connector.SaveAction.Unknown;
            }
        }

        public static ValueStatus ValueStatus(string word)
        {
            switch (word)
            {
                case "active":
                    return Sfsf.Connector.ValueStatus.Active;
                case "inactive":
                    return Sfsf.Connector.ValueStatus.Inactive;
                default:
                    return Sfsf.Connector.ValueStatus.Unknown;
            }
        }

        public static DeleteMeaning DeleteMeaning(string word)
        {
            switch (word)
            {
                case "removes":
                    return Sfsf.Connector.DeleteMeaning.Removes;
                case "inactivates":
                    return Sfsf.Connector.DeleteMeaning.Inactivates;
                default:
                    return Sfsf.Connector.DeleteMeaning.Unknown;
            }
        }

        public static ProblemKind ProblemKind(string word)
        {
            switch (word)
            {
                case "unreadable_record":
                    return Sfsf.Connector.ProblemKind.UnreadableRecord;
                case "ambiguous_value":
                    return Sfsf.Connector.ProblemKind.AmbiguousValue;
                case "failed_check":
                    return Sfsf.Connector.ProblemKind.FailedCheck;
                case "failed_expression":
                    return Sfsf.Connector.ProblemKind.FailedExpression;
                case "unknown_status":
                    return Sfsf.Connector.ProblemKind.UnknownStatus;
                case "unknown_zone":
                    return Sfsf.Connector.ProblemKind.UnknownZone;
                case "missing_mapping":
                    return Sfsf.Connector.ProblemKind.MissingMapping;
                default:
                    return Sfsf.Connector.ProblemKind.Unknown;
            }
        }

        public static GoneReason GoneReason(string word)
        {
            switch (word)
            {
                case "removed":
                    return Sfsf.Connector.GoneReason.Removed;
                case "left_filter":
                    return Sfsf.Connector.GoneReason.LeftFilter;
                default:
                    return Sfsf.Connector.GoneReason.Unknown;
            }
        }

        public static GoneCause GoneCause(string word)
        {
            switch (word)
            {
                case "renamed":
                    return Sfsf.Connector.GoneCause.Renamed;
                case "rescinded":
                    return Sfsf.Connector.GoneCause.Rescinded;
                case "purged":
                    return Sfsf.Connector.GoneCause.Purged;
                case "left_population":
                    return Sfsf.Connector.GoneCause.LeftPopulation;
                case "not_permitted":
                    return Sfsf.Connector.GoneCause.NotPermitted;
                case "unknown":
                    return Sfsf.Connector.GoneCause.Unknown;
                default:
                    return Sfsf.Connector.GoneCause.Unknown;
            }
        }

        public static string Of(ErrorKind one)
        {
            switch (one)
            {
                case Sfsf.Connector.ErrorKind.InvalidRequest:
                    return "invalid_request";
                case Sfsf.Connector.ErrorKind.Unsupported:
                    return "unsupported";
                case Sfsf.Connector.ErrorKind.Configuration:
                    return "configuration";
                case Sfsf.Connector.ErrorKind.ServiceAuth:
                    return "service_auth";
                case Sfsf.Connector.ErrorKind.ConnectionFailed:
                    return "connection_failed";
                case Sfsf.Connector.ErrorKind.ConnectionBroken:
                    return "connection_broken";
                case Sfsf.Connector.ErrorKind.RateLimited:
                    return "rate_limited";
                case Sfsf.Connector.ErrorKind.Unavailable:
                    return "unavailable";
                case Sfsf.Connector.ErrorKind.Timeout:
                    return "timeout";
                case Sfsf.Connector.ErrorKind.PermissionDenied:
                    return "permission_denied";
                case Sfsf.Connector.ErrorKind.NotFound:
                    return "not_found";
                case Sfsf.Connector.ErrorKind.AlreadyExists:
                    return "already_exists";
                case Sfsf.Connector.ErrorKind.InvalidAttribute:
                    return "invalid_attribute";
                case Sfsf.Connector.ErrorKind.PasswordPolicy:
                    return "password_policy";
                case Sfsf.Connector.ErrorKind.PreconditionFailed:
                    return "precondition_failed";
                case Sfsf.Connector.ErrorKind.Partial:
                    return "partial";
                case Sfsf.Connector.ErrorKind.Conflict:
                    return "conflict";
                case Sfsf.Connector.ErrorKind.LoginFailed:
                    return "login_failed";
                case Sfsf.Connector.ErrorKind.PasswordExpired:
                    return "password_expired";
                case Sfsf.Connector.ErrorKind.Cancelled:
                    return "cancelled";
                case Sfsf.Connector.ErrorKind.TargetProtocol:
                    return "target_protocol";
                case Sfsf.Connector.ErrorKind.Internal:
                    return "internal";
                default:
                    return "unknown";
            }
        }

        public static string Of(Retry one)
        {
            switch (one)
            {
                case Sfsf.Connector.Retry.Never:
                    return "never";
                case Sfsf.Connector.Retry.Later:
                    return "later";
                default:
                    return "unknown";
            }
        }

        public static string Of(Effect one)
        {
            switch (one)
            {
                case Sfsf.Connector.Effect.NotApplied:
                    return "not_applied";
                case Sfsf.Connector.Effect.Unknown:
                    return "unknown";
                case Sfsf.Connector.Effect.Applied:
                    return "applied";
                default:
                    return "unknown";
            }
        }

        public static string Of(Operation one)
        {
            switch (one)
            {
                case Sfsf.Connector.Operation.Test:
                    return "test";
                case Sfsf.Connector.Operation.Schema:
                    return "schema";
                case Sfsf.Connector.Operation.Get:
                    return "get";
                case Sfsf.Connector.Operation.Search:
                    return "search";
                case Sfsf.Connector.Operation.Import:
                    return "import";
                case Sfsf.Connector.Operation.Save:
                    return "save";
                case Sfsf.Connector.Operation.Delete:
                    return "delete";
                case Sfsf.Connector.Operation.Suspend:
                    return "suspend";
                case Sfsf.Connector.Operation.Resume:
                    return "resume";
                case Sfsf.Connector.Operation.ResetPassword:
                    return "reset_password";
                case Sfsf.Connector.Operation.Lookup:
                    return "lookup";
                case Sfsf.Connector.Operation.Explain:
                    return "explain";
                default:
                    return "unknown";
            }
        }

        public static string Of(CheckOutcome one)
        {
            switch (one)
            {
                case Sfsf.Connector.CheckOutcome.Ok:
                    return "ok";
                case Sfsf.Connector.CheckOutcome.Warning:
                    return "warning";
                default:
                    return "unknown";
            }
        }

        public static string Of(ValueType one)
        {
            switch (one)
            {
                case Sfsf.Connector.ValueType.String:
                    return "string";
                case Sfsf.Connector.ValueType.Boolean:
                    return "boolean";
                case Sfsf.Connector.ValueType.Integer:
                    return "integer";
                case Sfsf.Connector.ValueType.Decimal:
                    return "decimal";
                case Sfsf.Connector.ValueType.Date:
                    return "date";
                case Sfsf.Connector.ValueType.DateTime:
                    return "date_time";
                case Sfsf.Connector.ValueType.Binary:
                    return "binary";
                case Sfsf.Connector.ValueType.Secret:
                    return "secret";
                case Sfsf.Connector.ValueType.Reference:
                    return "reference";
                case Sfsf.Connector.ValueType.Complex:
                    return "complex";
                default:
                    return "unknown";
            }
        }

        public static string Of(Presence one)
        {
            switch (one)
            {
                case Sfsf.Connector.Presence.Active:
                    return "active";
                case Sfsf.Connector.Presence.Inactive:
                    return "inactive";
                case Sfsf.Connector.Presence.FutureOnly:
                    return "future_only";
                case Sfsf.Connector.Presence.NotPermitted:
                    return "not_permitted";
                case Sfsf.Connector.Presence.Unknown:
                    return "unknown";
                case Sfsf.Connector.Presence.Ambiguous:
                    return "ambiguous";
                case Sfsf.Connector.Presence.NotFound:
                    return "not_found";
                default:
                    return "unknown";
            }
        }

        public static string Of(StreamStatus one)
        {
            switch (one)
            {
                case Sfsf.Connector.StreamStatus.Complete:
                    return "complete";
                case Sfsf.Connector.StreamStatus.Stopped:
                    return "stopped";
                default:
                    return "unknown";
            }
        }

        public static string Of(ImportMode one)
        {
            switch (one)
            {
                case Sfsf.Connector.ImportMode.Full:
                    return "full";
                case Sfsf.Connector.ImportMode.Delta:
                    return "delta";
                case Sfsf.Connector.ImportMode.TokenOnly:
                    return "token_only";
                default:
                    return "unknown";
            }
        }

        public static string Of(FullReason one)
        {
            switch (one)
            {
                case Sfsf.Connector.FullReason.TokenTooOld:
                    return "token_too_old";
                case Sfsf.Connector.FullReason.NoTimeStamp:
                    return "no_time_stamp";
                case Sfsf.Connector.FullReason.ConfigurationChanged:
                    return "configuration_changed";
                case Sfsf.Connector.FullReason.AttributesChanged:
                    return "attributes_changed";
                case Sfsf.Connector.FullReason.ValueListsChanged:
                    return "value_lists_changed";
                case Sfsf.Connector.FullReason.TooManyChanges:
                    return "too_many_changes";
                default:
                    return "unknown";
            }
        }

        public static string Of(SaveAction one)
        {
            switch (one)
            {
                case Sfsf.Connector.SaveAction.Created:
                    return "created";
                case Sfsf.Connector.SaveAction.Updated:
                    return "updated";
                case Sfsf.Connector.SaveAction.Revived:
                    return "revived";
                case Sfsf.Connector.SaveAction.Suspended:
                    return "suspended";
                case Sfsf.Connector.SaveAction.Deleted:
                    return "deleted";
                case Sfsf.Connector.SaveAction.Unchanged:
                    return "unchanged";
                default:
                    return "unknown";
            }
        }

        public static string Of(ValueStatus one)
        {
            switch (one)
            {
                case Sfsf.Connector.ValueStatus.Active:
                    return "active";
                case Sfsf.Connector.ValueStatus.Inactive:
                    return "inactive";
                default:
                    return "unknown";
            }
        }

        public static string Of(DeleteMeaning one)
        {
            switch (one)
            {
                case Sfsf.Connector.DeleteMeaning.Removes:
                    return "removes";
                case Sfsf.Connector.DeleteMeaning.Inactivates:
                    return "inactivates";
                default:
                    return "unknown";
            }
        }

        public static string Of(ProblemKind one)
        {
            switch (one)
            {
                case Sfsf.Connector.ProblemKind.UnreadableRecord:
                    return "unreadable_record";
                case Sfsf.Connector.ProblemKind.AmbiguousValue:
                    return "ambiguous_value";
                case Sfsf.Connector.ProblemKind.FailedCheck:
                    return "failed_check";
                case Sfsf.Connector.ProblemKind.FailedExpression:
                    return "failed_expression";
                case Sfsf.Connector.ProblemKind.UnknownStatus:
                    return "unknown_status";
                case Sfsf.Connector.ProblemKind.UnknownZone:
                    return "unknown_zone";
                case Sfsf.Connector.ProblemKind.MissingMapping:
                    return "missing_mapping";
                default:
                    return "unknown";
            }
        }

        public static string Of(GoneReason one)
        {
            switch (one)
            {
                case Sfsf.Connector.GoneReason.Removed:
                    return "removed";
                case Sfsf.Connector.GoneReason.LeftFilter:
                    return "left_filter";
                default:
                    return "unknown";
            }
        }

        public static string Of(GoneCause one)
        {
            switch (one)
            {
                case Sfsf.Connector.GoneCause.Renamed:
                    return "renamed";
                case Sfsf.Connector.GoneCause.Rescinded:
                    return "rescinded";
                case Sfsf.Connector.GoneCause.Purged:
                    return "purged";
                case Sfsf.Connector.GoneCause.LeftPopulation:
                    return "left_population";
                case Sfsf.Connector.GoneCause.NotPermitted:
                    return "not_permitted";
                case Sfsf.Connector.GoneCause.Unknown:
                    return "unknown";
                default:
                    return "unknown";
            }
        }

        public static string Of(LogLevel one)
        {
            switch (one)
            {
                case Sfsf.Connector.LogLevel.Off:
                    return "off";
                case Sfsf.Connector.LogLevel.Error:
                    return "error";
                case Sfsf.Connector.LogLevel.Warn:
                    return "warn";
                case Sfsf.Connector.LogLevel.Info:
                    return "info";
                case Sfsf.Connector.LogLevel.Debug:
                    return "debug";
                case Sfsf.Connector.LogLevel.Trace:
                    return "trace";
                default:
                    throw new InvalidRequestException("there is no LogLevel " + (int)one);
            }
        }

        public static string Of(SaveMode one)
        {
            switch (one)
            {
                case Sfsf.Connector.SaveMode.CreateOrUpdate:
                    return "create_or_update";
                case Sfsf.Connector.SaveMode.Create:
                    return "create";
                case Sfsf.Connector.SaveMode.Update:
                    return "update";
                default:
                    throw new InvalidRequestException("there is no SaveMode " + (int)one);
            }
        }
    }
}
