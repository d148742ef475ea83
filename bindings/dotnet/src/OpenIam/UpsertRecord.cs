using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.OpenIam
{
    /// <summary>One record of an upsert, as SuccessFactors has it in JSON.</summary>
    internal sealed class UpsertRecord
    {
        public UpsertRecord(IDictionary<string, object> json)
        {
            var uri = json.Object("__metadata").Text("uri");
            var uid = json.Text("userId");
            if (uri != null && Entity(uri) != "User")
            {
                throw new InvalidRequestException("an upsert writes users, and not " + Entity(uri));
            }
            if (!string.IsNullOrEmpty(uid) && Key(uri) != null && uid != Key(uri) && uid != Uri.UnescapeDataString(Key(uri)))
            {
                throw new InvalidRequestException("the record names several by userId and __metadata");
            }
            Uid = string.IsNullOrEmpty(uid) ? Key(uri) : uid;
            if (string.IsNullOrEmpty(Uid))
            {
                throw new InvalidRequestException("Say whom: a record needs a userId");
            }
            Attributes = json.Where(field => field.Key != "__metadata" && field.Key != "userId")
                .ToDictionary(field => field.Key, field => Value(field.Key, field.Value));
        }

        /// <summary>Whom it is about.</summary>
        public string Uid { get; private set; }

        /// <summary>What shall be so.</summary>
        public Dictionary<string, object> Attributes { get; private set; }

        /// <summary>The records of a text: one, or a list.</summary>
        public static IList<UpsertRecord> Read(string text)
        {
            return Objects(text).Select(record => new UpsertRecord(record)).ToList();
        }

        /// <summary>The objects of a text that are to be records.</summary>
        /// <exception cref="InvalidRequestException">This is no JSON, or no list of objects.</exception>
        public static IList<Dictionary<string, object>> Objects(string text)
        {
            object json;
            try
            {
                json = Json.Parse(text ?? "");
            }
            catch (FormatException error)
            {
                throw new InvalidRequestException("the upsert is not JSON: " + error.Message, null, error);
            }
            var list = json as List<object> ?? new List<object> { json };
            if (list.Count == 0 || !list.All(record => record is Dictionary<string, object>))
            {
                throw new InvalidRequestException("an upsert is a record, or a list of records");
            }
            return list.Cast<Dictionary<string, object>>().ToList();
        }

        private static object Value(string name, object value)
        {
            var members = value as Dictionary<string, object>;
            if (value == null)
            {
                // An empty list clears.
                return new List<object>();
            }
            if (members != null && members.ContainsKey("results"))
            {
                return members.List("results").Select(one => Value(name, one)).ToList();
            }
            if (members != null && members.ContainsKey("__metadata"))
            {
                return new Reference("User", Key(members.Object("__metadata").Text("uri")));
            }
            var isPassword = name.Equals("password", StringComparison.OrdinalIgnoreCase) || name == "__PASSWORD__";
            return isPassword && value is string ? new Secret((string)value) : value;
        }

        /// <summary><c>User</c> of <c>https://host/odata/v2/User('zoe')</c>.</summary>
        private static string Entity(string uri)
        {
            var path = uri.Split('(')[0];
            return path.Substring(path.LastIndexOf('/') + 1);
        }

        /// <summary><c>zoe</c> of <c>User('zoe')</c> and of <c>User(userId='zoe')</c>.</summary>
        private static string Key(string uri)
        {
            var start = uri == null ? -1 : uri.IndexOf('\'');
            var end = uri == null ? -1 : uri.LastIndexOf('\'');
            return start < 0 || end <= start ? null : uri.Substring(start + 1, end - start - 1).Replace("''", "'");
        }
    }
}
