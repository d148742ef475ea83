using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>
    /// A connection to one tenant. Several threads may use it at the same time. Nothing is sent when it is opened; what
    /// still runs when it is closed is cancelled.
    /// </summary>
    public sealed partial class Connection : IDisposable
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
            return new TestReport(Ask("test", Parameters.None(), call));
        }

        /// <summary>What do objects of the tenant look like? May be repeated; answers are cached.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Schema Schema(CallOptions call = null)
        {
            return new Schema(Ask("schema", Parameters.None(), call));
        }

        /// <summary>
        /// One object by its uid, or the certainty that there is none. Nobody is no error. May be repeated.
        /// </summary>
        /// <param name="objectClass">The class of the object.</param>
        /// <param name="uid">What identifies it.</param>
        /// <param name="attributesToGet">The attributes that are wanted; those that come by default, if absent.</param>
        /// <param name="by">The attribute to look by, if it is not the uid.</param>
        /// <param name="asOf">The day as of which it is read; the target's today, if absent. A class without days refuses it.</param>
        /// <param name="call">What accompanies the call.</param>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public GetOutcome Get(
            string objectClass,
            string uid,
            IEnumerable<string> attributesToGet = null,
            string by = null,
            Date? asOf = null,
            CallOptions call = null)
        {
            return new GetOutcome(Ask("get", Parameters.Get(objectClass, uid, attributesToGet, by, asOf), call));
        }

        /// <summary>
        /// The objects that satisfy a filter: a text such as <c>status eq 't'</c>, or its JSON form as a dictionary. It waits
        /// for nothing: go through the stream, or ask it with <see cref="ObjectStream.NextAsync"/>.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong; from here, or while going through the stream.</exception>
        public ObjectStream Search(
            string objectClass, object filter = null, SearchOptions options = null, CallOptions call = null)
        {
            return Stream("search", Parameters.Search(objectClass, filter, options ?? new SearchOptions()), call);
        }

        /// <summary>
        /// All objects of a class that satisfy a filter, or what has changed since an earlier import. It waits for nothing: go
        /// through the stream, or ask it with <see cref="ObjectStream.NextAsync"/>.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong; from here, or while going through the stream.</exception>
        public ObjectStream Import(
            string objectClass, object filter = null, ImportOptions options = null, CallOptions call = null)
        {
            return Stream("import", Parameters.Import(objectClass, filter, options ?? new ImportOptions()), call);
        }

        /// <summary>
        /// Creates an object or changes it. Each attribute is a value, a list of values (an empty one clears), or
        /// <c>add</c> and <c>remove</c> in a dictionary. May be repeated: what is so already is not written again.
        /// </summary>
        /// <param name="objectClass">The class of the object.</param>
        /// <param name="uid">What identifies it; nothing, if it comes from an attribute.</param>
        /// <param name="attributes">What shall be so.</param>
        /// <param name="mode">What to do about objects that are, or are not, there.</param>
        /// <param name="effectiveDate">The first day on which it holds; the target's today, if absent. A class without days refuses it.</param>
        /// <param name="expected">
        /// What the object is believed to have, a value or a list for each attribute, an empty list for none. If it has anything
        /// else, nothing is written, and <see cref="PreconditionFailedException"/> names the attributes that differ.
        /// </param>
        /// <param name="call">What accompanies the call.</param>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome Save(
            string objectClass,
            string uid,
            IDictionary attributes,
            SaveMode mode = SaveMode.CreateOrUpdate,
            Date? effectiveDate = null,
            IDictionary expected = null,
            CallOptions call = null)
        {
            return new SaveOutcome(
                Ask("save", Parameters.Save(objectClass, uid, attributes, mode, effectiveDate, expected), call));
        }

        /// <summary>
        /// What this save would write, in order and to the byte: a dry run. Nothing is written. It fails as the save would fail
        /// before anything is sent; what the target would refuse, it cannot tell.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public SaveExplanation ExplainSave(
            string objectClass,
            string uid,
            IDictionary attributes,
            SaveMode mode = SaveMode.CreateOrUpdate,
            Date? effectiveDate = null,
            IDictionary expected = null,
            CallOptions call = null)
        {
            var save = Parameters.Save(objectClass, uid, attributes, mode, effectiveDate, expected);
            return new SaveExplanation(Ask("explain", Parameters.ExplainSave(save), call));
        }

        /// <summary>Deletes an object. The manifest says what that means; people are made inactive. May be repeated.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome Delete(string objectClass, string uid, CallOptions call = null)
        {
            return new SaveOutcome(Ask("delete", Parameters.About(objectClass, uid), call));
        }

        /// <summary>Makes a person inactive. May be repeated.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome Suspend(string objectClass, string uid, CallOptions call = null)
        {
            return new SaveOutcome(Ask("suspend", Parameters.About(objectClass, uid), call));
        }

        /// <summary>Makes a person active. May be repeated.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome Resume(string objectClass, string uid, CallOptions call = null)
        {
            return new SaveOutcome(Ask("resume", Parameters.About(objectClass, uid), call));
        }

        /// <summary>Sets a password without knowing the old one, and changes nothing else. May be repeated.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public SaveOutcome ResetPassword(string objectClass, string uid, Secret newPassword, CallOptions call = null)
        {
            return new SaveOutcome(Ask("reset_password", Parameters.ResetPassword(objectClass, uid, newPassword), call));
        }

        /// <summary>The values of a list; the manifest names the lists. A <paramref name="maxAge"/> of zero asks anew.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public ValueList Lookup(string name, TimeSpan? maxAge = null, CallOptions call = null)
        {
            return new ValueList(Ask("lookup", Parameters.Lookup(name, maxAge), call));
        }

        /// <summary>What a search with this filter does. Nothing is searched for.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public FilterExplanation ExplainFilter(string objectClass, object filter, CallOptions call = null)
        {
            return new FilterExplanation(Ask("explain", Parameters.Explain(objectClass, null, filter), call));
        }

        /// <summary>How presence and state of an object come about.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public ObjectExplanation ExplainObject(string objectClass, string uid, CallOptions call = null)
        {
            return new ObjectExplanation(Ask("explain", Parameters.Explain(objectClass, uid, null), call));
        }

        /// <summary>
        /// A new bearer token of the connection's user, for calls of the host's own. Whoever has it is that user until it
        /// expires. The library hands one out, the program does not.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Secret AccessToken(TimeSpan? deadline = null)
        {
            // 0 waits as long as it takes.
            var wait = Parameters.Milliseconds(deadline, "deadline");
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

        private static Request Requested(string method, Dictionary<string, object> parameters, CallOptions call)
        {
            var meta = call == null ? null : call.Meta();
            parameters.Put("meta", meta == null || meta.Count == 0 ? null : meta);
            return Request.Of(method, (Dictionary<string, object>)Wire.To(parameters));
        }

        private Events Begin(Request request, CallOptions call, CancellationToken cancellation = default(CancellationToken))
        {
            return new Events(session.Start(request), call == null ? CancellationToken.None : call.Cancellation, cancellation);
        }

        private ObjectStream Stream(string method, Dictionary<string, object> parameters, CallOptions call)
        {
            return new ObjectStream(Begin(Requested(method, parameters, call), call));
        }

        private IDictionary<string, object> Ask(string method, Dictionary<string, object> parameters, CallOptions call)
        {
            var request = Requested(method, parameters, call);
            using (var events = Begin(request, call))
            {
                for (var line = events.Next(); line != null; line = events.Next())
                {
                    var result = Result(line);
                    if (result != null)
                    {
                        return result;
                    }
                }
            }
            throw Errors.Of(Unanswered.Broken(request).Bytes);
        }

        /// <summary>What a request has come to, if this is the event that says so.</summary>
        /// <exception cref="ConnectorException">It failed.</exception>
        private static IDictionary<string, object> Result(EventLine line)
        {
            if (line.Content.ContainsKey("error"))
            {
                throw Errors.Of(line.Bytes);
            }
            return line.IsAnswer ? line.Content.Object("result") : null;
        }
    }
}
