using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.OpenIam
{
    /// <summary>What became of one record.</summary>
    public sealed class UpsertRow
    {
        internal UpsertRow(string uid, SaveOutcome outcome, ConnectorException error)
        {
            Uid = uid;
            Outcome = outcome;
            Error = error;
        }

        /// <summary>Whom it is about.</summary>
        public string Uid { get; private set; }

        /// <summary>What was done; nothing, if it failed.</summary>
        public SaveOutcome Outcome { get; private set; }

        /// <summary>Why it failed; nothing, if it did not.</summary>
        public ConnectorException Error { get; private set; }

        internal Dictionary<string, object> ToJson(int index)
        {
            var code = Error == null ? 200 : Error.Target != null && Error.Target.Status.HasValue ? Error.Target.Status : 500;
            var row = new Dictionary<string, object>
            {
                { "key", "User/userId=" + Uid },
                { "status", Error == null ? "OK" : "ERROR" },
                { "editStatus", Error != null ? null : Outcome.Action == SaveAction.Unchanged ? "NOCHANGE" : "UPSERTED" },
                { "message", Error == null ? null : Error.Message },
                { "index", index },
                { "httpCode", code },
                { "inlineResults", null },
            };
            if (Error == null)
            {
                row["action"] = Outcome.ActionText;
                row["presence_before"] = Outcome.PresenceBeforeText;
                row["presence"] = Outcome.PresenceText;
            }
            else
            {
                row["kind"] = Error.KindText;
                row["attributes"] = Error.Attributes;
            }
            return row;
        }
    }

    /// <summary>What became of an upsert, record by record.</summary>
    public sealed class UpsertResult
    {
        internal UpsertResult(IList<UpsertRow> rows)
        {
            Rows = rows;
        }

        /// <summary>The records in their order.</summary>
        public IList<UpsertRow> Rows { get; private set; }

        /// <summary>Whether every record was saved.</summary>
        public bool Succeeded
        {
            get { return Rows.All(row => row.Error == null); }
        }

        /// <summary>
        /// JSON in the shape of SuccessFactors' own answer, with the action and the presence before and after.
        /// </summary>
        public override string ToString()
        {
            var rows = Rows.Select((row, index) => row.ToJson(index)).ToList();
            return Json.Text(Json.Write(new Dictionary<string, object> { { "d", rows } }));
        }
    }

    /// <summary>
    /// Some of several records were not saved. Its kind is <c>partial</c> if others were, or else that of the first failure.
    /// </summary>
    public sealed class UpsertException : ConnectorException
    {
        internal UpsertException(UpsertResult result, ConnectorException first)
            : base(result.Rows.Any(IsSaved) ? ErrorKind.Partial : first.Kind, Sentence(result), null, first)
        {
            Result = result;
            Retry = first.Retry;
            Effect = result.Rows.Any(row => row.Error != null && row.Error.Effect == Effect.Unknown) ? Effect.Unknown
                : result.Rows.Any(IsSaved) ? Effect.Applied : Effect.NotApplied;
        }

        /// <summary>What became of each record.</summary>
        public UpsertResult Result { get; private set; }

        private static bool IsSaved(UpsertRow row)
        {
            return row.Error == null;
        }

        private static string Sentence(UpsertResult result)
        {
            var failed = result.Rows.Where(row => row.Error != null).ToList();
            return failed.Count + " of " + result.Rows.Count + " records were not saved: "
                + string.Join(" | ", failed.Select(row => row.Error.Message));
        }
    }
}
