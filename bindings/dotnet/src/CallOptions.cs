using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>What accompanies a call. Everything may be left out.</summary>
    public sealed class CallOptions
    {
        /// <summary>
        /// How long the caller waits; then an error of kind <c>timeout</c> comes. <see cref="Timeout.InfiniteTimeSpan"/> is no limit.
        /// </summary>
        public TimeSpan? Deadline { get; set; }

        /// <summary>The id of the call in logs and at the tenant; made up if absent.</summary>
        public string CorrelationId { get; set; }

        /// <summary>The same for every repeat of the request.</summary>
        public string IdempotencyKey { get; set; }

        /// <summary>Keys of the configuration for this call alone, such as another <c>username</c>.</summary>
        public IDictionary<string, Secret> Credentials { get; set; }

        /// <summary>How much is logged of this call.</summary>
        public LogLevel? Log { get; set; }

        /// <summary>Whether a request with a field that nobody reads is refused; otherwise the field is ignored.</summary>
        public bool Strict { get; set; }

        /// <summary>
        /// Ends the call with a <see cref="CancelledException"/> when it is cancelled, which says what became of a change.
        /// </summary>
        public CancellationToken Cancellation { get; set; }

        internal Dictionary<string, object> Meta()
        {
            var meta = new Dictionary<string, object>();
            meta.Put("deadline_ms", Parameters.Milliseconds(Deadline, "Deadline"));
            meta.Put("correlation_id", CorrelationId);
            meta.Put("idempotency_key", IdempotencyKey);
            meta.Put("credentials", Credentials == null ? null : Credentials.ToDictionary(
                key => key.Key, key => (object)key.Value));
            meta.Put("log", Log.HasValue ? ProtocolWords.Of(Log.Value) : null);
            meta.Put("strict", Strict ? (object)true : null);
            return meta;
        }
    }

    /// <summary>What a search may be told.</summary>
    public sealed class SearchOptions
    {
        /// <summary>The attributes that are wanted; those that come by default, if absent.</summary>
        public IEnumerable<string> AttributesToGet { get; set; }

        /// <summary>What to sort by, the first one first.</summary>
        public IEnumerable<SortKey> SortKeys { get; set; }

        /// <summary>How many objects a page has. The whole result streams, if absent.</summary>
        public int? PageSize { get; set; }

        /// <summary>The page that begins here; it comes from the summary of the page before. It needs a page size.</summary>
        public string Cookie { get; set; }

        /// <summary>The page that begins with this object, counted from 1. It needs a page size.</summary>
        public int? Offset { get; set; }

        /// <summary>The day as of which objects are read; the target's today, if absent. A class without days refuses it.</summary>
        public Date? AsOf { get; set; }
    }

    /// <summary>What an import may be told.</summary>
    public sealed class ImportOptions
    {
        /// <summary>The attributes that are wanted; those that come by default, if absent.</summary>
        public IEnumerable<string> AttributesToGet { get; set; }

        /// <summary>Brings what has changed since the import whose summary had this token.</summary>
        public string SyncToken { get; set; }

        /// <summary>Uids that a complete import did not bring; whoever of them is nowhere comes as gone.</summary>
        public IEnumerable<string> Missing { get; set; }

        /// <summary>The day as of which objects are read; the target's today, if absent. A class without days refuses it.</summary>
        public Date? AsOf { get; set; }

        /// <summary>Brings nobody: the summary has the token for what changes from now on.</summary>
        public bool TokenOnly { get; set; }
    }

    /// <summary>An attribute to sort by.</summary>
    public sealed class SortKey
    {
        /// <summary>Sorts by this attribute.</summary>
        public SortKey(string attribute, bool ascending = true)
        {
            Attribute = attribute;
            Ascending = ascending;
        }

        /// <summary>The attribute.</summary>
        public string Attribute { get; private set; }

        /// <summary>Whether small values come first.</summary>
        public bool Ascending { get; private set; }
    }

    internal static class Putting
    {
        /// <summary>Sets a field, if there is a value.</summary>
        public static void Put(this IDictionary<string, object> json, string name, object value)
        {
            if (value != null)
            {
                json[name] = value;
            }
        }
    }
}
