using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>The parameters of requests, as the protocol has them.</summary>
    internal static class Parameters
    {
        public static Dictionary<string, object> None()
        {
            return new Dictionary<string, object>();
        }

        public static Dictionary<string, object> About(string objectClass, string uid = null)
        {
            var parameters = new Dictionary<string, object> { { "object_class", objectClass } };
            parameters.Put("uid", uid);
            return parameters;
        }

        public static Dictionary<string, object> Get(string objectClass, string uid, IEnumerable<string> attributesToGet, string by, Date? asOf)
        {
            var parameters = About(objectClass, uid);
            parameters.Put("attributes_to_get", attributesToGet);
            parameters.Put("by", by);
            parameters.Put("as_of", Day(asOf));
            return parameters;
        }

        public static Dictionary<string, object> Search(string objectClass, object filter, SearchOptions options)
        {
            var parameters = About(objectClass);
            parameters.Put("filter", filter);
            parameters.Put("attributes_to_get", options.AttributesToGet);
            parameters.Put("sort_keys", options.SortKeys == null ? null : options.SortKeys.Select(Key).ToList());
            parameters.Put("page", Page(options));
            parameters.Put("as_of", Day(options.AsOf));
            return parameters;
        }

        public static Dictionary<string, object> Import(string objectClass, object filter, ImportOptions options)
        {
            var parameters = About(objectClass);
            parameters.Put("filter", filter);
            parameters.Put("attributes_to_get", options.AttributesToGet);
            parameters.Put("sync_token", options.SyncToken);
            parameters.Put("missing", options.Missing);
            parameters.Put("token_only", options.TokenOnly ? (object)true : null);
            parameters.Put("as_of", Day(options.AsOf));
            return parameters;
        }

        public static Dictionary<string, object> Save(
            string objectClass, string uid, IDictionary attributes, SaveMode mode, Date? effectiveDate, IDictionary expected)
        {
            var parameters = About(objectClass, uid);
            parameters["attributes"] = attributes == null ? null : Attributes(attributes, value => value);
            parameters["mode"] = ProtocolWords.Of(mode);
            parameters.Put("effective_date", Day(effectiveDate));
            parameters.Put("expected", expected == null ? null : Attributes(expected, Unwrap.Values));
            return parameters;
        }

        /// <summary>What such a save would write.</summary>
        public static Dictionary<string, object> ExplainSave(Dictionary<string, object> save)
        {
            var parameters = About((string)save["object_class"]);
            save.Remove("object_class");
            parameters["save"] = save;
            return parameters;
        }

        public static Dictionary<string, object> ResetPassword(string objectClass, string uid, Secret newPassword)
        {
            var parameters = About(objectClass, uid);
            parameters["new_password"] = newPassword;
            return parameters;
        }

        public static Dictionary<string, object> Lookup(string name, TimeSpan? maxAge)
        {
            var parameters = new Dictionary<string, object> { { "name", name } };
            parameters.Put("max_age_ms", Milliseconds(maxAge, "maxAge"));
            return parameters;
        }

        public static Dictionary<string, object> Explain(string objectClass, string uid, object filter)
        {
            var parameters = About(objectClass, uid);
            parameters.Put("filter", filter);
            return parameters;
        }

        /// <summary>A time in milliseconds, at least one if there is any; nothing, if it has no limit.</summary>
        public static long? Milliseconds(TimeSpan? time, string name)
        {
            if (!time.HasValue || time.Value == Timeout.InfiniteTimeSpan)
            {
                return null;
            }
            if (time.Value < TimeSpan.Zero)
            {
                throw new InvalidRequestException(name + " is a time of less than nothing");
            }
            return (long)Math.Ceiling(time.Value.TotalMilliseconds);
        }

        /// <summary>Attributes as the protocol has them; whatever cannot be so is an error with the attribute's name.</summary>
        private static Dictionary<string, object> Attributes(IDictionary attributes, Func<object, object> values)
        {
            var given = new Dictionary<string, object>();
            foreach (DictionaryEntry attribute in attributes)
            {
                var name = Convert.ToString(attribute.Key, CultureInfo.InvariantCulture);
                if (given.ContainsKey(name))
                {
                    throw new InvalidAttributeException(name, "it is given twice");
                }
                try
                {
                    given[name] = new JsonWriter.Written(Wire.To(values(attribute.Value)));
                }
                catch (InvalidRequestException error)
                {
                    throw new InvalidAttributeException(name, error.Message, error);
                }
            }
            return given;
        }

        private static string Day(Date? day)
        {
            return day.HasValue ? day.Value.ToString() : null;
        }

        private static Dictionary<string, object> Key(SortKey key)
        {
            return new Dictionary<string, object> { { "attribute", key.Attribute }, { "ascending", key.Ascending } };
        }

        private static Dictionary<string, object> Page(SearchOptions options)
        {
            if (!options.PageSize.HasValue)
            {
                if (options.Cookie != null || options.Offset.HasValue)
                {
                    throw new InvalidRequestException("a page that begins with a Cookie or an Offset needs a PageSize");
                }
                return null;
            }
            var page = new Dictionary<string, object> { { "size", options.PageSize.Value } };
            page.Put("cookie", options.Cookie);
            page.Put("offset", options.Offset);
            return page;
        }
    }
}
