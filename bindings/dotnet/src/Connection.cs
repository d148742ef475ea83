using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>
    /// A connection to one tenant. Several threads may use it at the same time. Nothing is sent when it is opened; what
    /// still runs when it is closed is cancelled.
    /// </summary>
    public sealed class Connection : IDisposable
    {
        private readonly Carrier carrier;
        private readonly Session session;

        /// <summary>
        /// Opens a connection with the keys of a configuration. Secrets may be texts, <see cref="Secret"/> or
        /// <see cref="System.Security.SecureString"/>.
        /// </summary>
        /// <exception cref="ConfigurationException">All that is wrong with the configuration, at once.</exception>
        public Connection(IDictionary configuration, Carrier carrier = null)
            : this(Configuration.Of(configuration), carrier)
        {
        }

        /// <summary>
        /// Opens a connection with the configuration in a JSON file. It may begin with a byte order mark, as editors on Windows
        /// write it; of a key that stands there twice none is taken.
        /// </summary>
        /// <exception cref="ConfigurationException">
        /// The file cannot be read or is no JSON, and where; or all that is wrong with the configuration, at once.
        /// </exception>
        public Connection(string file, Carrier carrier = null) : this(Configuration.Read(file), carrier)
        {
        }

        private Connection(Configuration configuration, Carrier carrier)
        {
            this.carrier = carrier ?? Carrier.Find();
            session = this.carrier.Open(configuration.Keys);
        }

        /// <summary>The way to the connector.</summary>
        public Carrier Carrier
        {
            get { return carrier; }
        }

        /// <summary>Whether it can be used: it is not closed, and its process, if it has one, is there.</summary>
        public bool IsAlive
        {
            get { return session.IsAlive; }
        }

        /// <summary>Is the tenant reachable, and are we let in? May be repeated.</summary>
        /// <exception cref="ConnectorException">The first step that fails.</exception>
        public TestReport Test(CallOptions call = null)
        {
            return new TestReport(Ask("test", new Dictionary<string, object>(), call));
        }

        /// <summary>What do objects of the tenant look like? May be repeated; answers are cached.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Schema Schema(CallOptions call = null)
        {
            return new Schema(Ask("schema", new Dictionary<string, object>(), call));
        }

        /// <summary>
        /// One object by its uid, or the certainty that there is none. Nobody is no error. May be repeated.
        /// </summary>
        /// <param name="objectClass">The class of the object.</param>
        /// <param name="uid">What identifies it.</param>
        /// <param name="attributesToGet">The attributes that are wanted; those that come by default, if absent.</param>
        /// <param name="by">The attribute to look by, if it is not the uid.</param>
        /// <param name="call">What accompanies the call.</param>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Lookup Get(
            string objectClass,
            string uid,
            IEnumerable<string> attributesToGet = null,
            string by = null,
            CallOptions call = null)
        {
            var parameters = About(objectClass, uid);
            parameters.Put("attributes_to_get", attributesToGet);
            parameters.Put("by", by);
            return new Lookup(Ask("get", parameters, call));
        }

        /// <summary>
        /// The objects that satisfy a filter: a text such as <c>status eq 't'</c>, or its JSON form as a dictionary.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong; from here, or while going through the stream.</exception>
        public ObjectStream Search(
            string objectClass, object filter = null, SearchOptions options = null, CallOptions call = null)
        {
            options = options ?? new SearchOptions();
            var parameters = About(objectClass);
            parameters.Put("filter", filter);
            parameters.Put("attributes_to_get", options.AttributesToGet);
            parameters.Put("sort_keys", options.SortKeys == null ? null : options.SortKeys.Select(Key).ToList());
            parameters.Put("page", Page(options));
            return Stream("search", parameters, call);
        }

        /// <summary>All objects of a class that satisfy a filter, or what has changed since an earlier import.</summary>
        /// <exception cref="ConnectorException">What went wrong; from here, or while going through the stream.</exception>
        public ObjectStream Import(
            string objectClass, object filter = null, ImportOptions options = null, CallOptions call = null)
        {
            options = options ?? new ImportOptions();
            var parameters = About(objectClass);
            parameters.Put("filter", filter);
            parameters.Put("attributes_to_get", options.AttributesToGet);
            parameters.Put("sync_token", options.SyncToken);
            parameters.Put("missing", options.Missing);
            parameters.Put("token_only", options.TokenOnly ? (object)true : null);
            return Stream("import", parameters, call);
        }

        /// <summary>
        /// Creates an object or changes it. Each attribute is a value, a list of values (an empty one clears), or
        /// <c>add</c> and <c>remove</c> in a dictionary. May be repeated: what is so already is not written again.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome Save(
            string objectClass,
            string uid,
            IDictionary attributes,
            SaveMode mode = SaveMode.CreateOrUpdate,
            CallOptions call = null)
        {
            var parameters = About(objectClass, uid);
            parameters["attributes"] = attributes == null ? null : Attributes(attributes);
            parameters["mode"] = mode == SaveMode.Create ? "create" : mode == SaveMode.Update ? "update" : "create_or_update";
            return new SaveOutcome(Ask("save", parameters, call));
        }

        /// <summary>Deletes an object. The manifest says what that means; people are made inactive. May be repeated.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome Delete(string objectClass, string uid, CallOptions call = null)
        {
            return new SaveOutcome(Ask("delete", About(objectClass, uid), call));
        }

        /// <summary>Makes a person inactive. May be repeated.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome Suspend(string objectClass, string uid, CallOptions call = null)
        {
            return new SaveOutcome(Ask("suspend", About(objectClass, uid), call));
        }

        /// <summary>Makes a person active. May be repeated.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome Resume(string objectClass, string uid, CallOptions call = null)
        {
            return new SaveOutcome(Ask("resume", About(objectClass, uid), call));
        }

        /// <summary>Sets a password without knowing the old one, and changes nothing else. May be repeated.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome ResetPassword(string objectClass, string uid, Secret newPassword, CallOptions call = null)
        {
            var parameters = About(objectClass, uid);
            parameters["new_password"] = newPassword;
            return new SaveOutcome(Ask("reset_password", parameters, call));
        }

        /// <summary>The values of a list; the manifest names the lists. A <paramref name="maxAge"/> of zero asks anew.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public ValueList Lookup(string name, TimeSpan? maxAge = null, CallOptions call = null)
        {
            var parameters = new Dictionary<string, object> { { "name", name } };
            parameters.Put("max_age_ms", Milliseconds(maxAge, "maxAge"));
            return new ValueList(Ask("lookup", parameters, call));
        }

        /// <summary>
        /// How an answer comes about: what a search with <paramref name="filter"/> would do, or why <paramref name="uid"/>
        /// is active or not. It is for people, and comes as the protocol has it.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public IDictionary<string, object> Explain(
            string objectClass, string uid = null, object filter = null, CallOptions call = null)
        {
            var parameters = About(objectClass, uid);
            parameters.Put("filter", filter);
            return Ask("explain", parameters, call);
        }

        /// <summary>
        /// A new bearer token of the connection's user, for calls of the host's own. Whoever has it is that user until it
        /// expires. The library hands one out, the program does not.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Secret AccessToken(TimeSpan? deadline = null)
        {
            // 0 waits as long as it takes.
            var wait = Milliseconds(deadline, "deadline");
            var milliseconds = wait.HasValue ? (uint)Math.Min(Math.Max(1, wait.Value), uint.MaxValue) : 0;
            return new Secret(Json.ParseObject(session.AccessToken(milliseconds)).Text("access_token"));
        }

        /// <summary>
        /// Any request for an operation, as the protocol has it: gives its events as lines of JSON, result and error among them.
        /// It may have several lines. Its deadline and the token end the wait.
        /// </summary>
        /// <exception cref="ConnectorException">The request cannot be understood, or a key stands in it twice.</exception>
        public Events Events(string request, CancellationToken cancellation = default(CancellationToken))
        {
            return new Events(session.Start(Request.Raw(request)), cancellation);
        }

        /// <summary>Closes the connection and cancels what runs in it.</summary>
        public void Dispose()
        {
            session.Dispose();
        }

        private Events Begin(Request request, CallOptions call)
        {
            return new Events(session.Start(request), call == null ? CancellationToken.None : call.Cancellation);
        }

        private static Request Requested(string method, Dictionary<string, object> parameters, CallOptions call)
        {
            var meta = call == null ? null : call.Meta();
            parameters.Put("meta", meta == null || meta.Count == 0 ? null : meta);
            return Request.Of(method, (Dictionary<string, object>)Wire.To(parameters));
        }

        private ObjectStream Stream(string method, Dictionary<string, object> parameters, CallOptions call)
        {
            return new ObjectStream(Begin(Requested(method, parameters, call), call));
        }

        /// <summary>The result of a request that has one answer. Leaving early, as by an interrupt, cancels it.</summary>
        private IDictionary<string, object> Ask(string method, Dictionary<string, object> parameters, CallOptions call)
        {
            var request = Requested(method, parameters, call);
            using (var events = Begin(request, call))
            {
                for (var line = events.Next(); line != null; line = events.Next())
                {
                    if (line.Content.ContainsKey("error"))
                    {
                        throw Errors.Of(line.Bytes);
                    }
                    if (line.IsAnswer)
                    {
                        return line.Content.Object("result");
                    }
                }
            }
            throw Errors.Of(Unanswered.Broken(request).Bytes);
        }

        /// <summary>Attributes as the protocol has them; whatever cannot be so is an error with the attribute's name.</summary>
        private static Dictionary<string, object> Attributes(IDictionary attributes)
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
                    given[name] = new JsonWriter.Written(Wire.To(attribute.Value));
                }
                catch (InvalidRequestException error)
                {
                    throw new InvalidAttributeException(name, error.Message, error);
                }
            }
            return given;
        }

        private static Dictionary<string, object> About(string objectClass, string uid = null)
        {
            var parameters = new Dictionary<string, object> { { "object_class", objectClass } };
            parameters.Put("uid", uid);
            return parameters;
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

        /// <summary>A time in milliseconds, at least one if there is any; nothing, if it has no limit.</summary>
        internal static long? Milliseconds(TimeSpan? time, string name)
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
    }
}
