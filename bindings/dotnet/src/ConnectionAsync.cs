using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Sfsf.Connector
{
    // The same operations for whoever goes on meanwhile. A token that is cancelled, that of the method or that of the
    // options, cancels the request at the connector: the task fails with a CancelledException, which says what became of a
    // change, and not with an OperationCanceledException. Whatever is wrong with the arguments fails the task as well. What
    // follows an answer runs on a thread of the pool and never needs the thread that asked, so that thread may wait.
    public sealed partial class Connection
    {
        /// <summary>Is the tenant reachable, and are we let in? No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">The first step that fails.</exception>
        public Task<TestReport> TestAsync(
            CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("test", () => Parameters.None(), json => new TestReport(json), call, cancellation);
        }

        /// <summary>What do objects of the tenant look like? No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Task<Schema> SchemaAsync(
            CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("schema", () => Parameters.None(), json => new Schema(json), call, cancellation);
        }

        /// <summary>One object by its uid, or the certainty that there is none. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Task<GetOutcome> GetAsync(
            string objectClass, string uid, IEnumerable<string> attributesToGet = null, string by = null,
            Date? asOf = null, CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("get", () => Parameters.Get(objectClass, uid, attributesToGet, by, asOf), json => new GetOutcome(json), call, cancellation);
        }

        /// <summary>Creates an object or changes it. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public Task<SaveOutcome> SaveAsync(
            string objectClass, string uid, IDictionary attributes, SaveMode mode = SaveMode.CreateOrUpdate,
            Date? effectiveDate = null, IDictionary expected = null, CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync(
                "save",
                () => Parameters.Save(objectClass, uid, attributes, mode, effectiveDate, expected),
                json => new SaveOutcome(json), call, cancellation);
        }

        /// <summary>What this save would write: a dry run. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Task<SaveExplanation> ExplainSaveAsync(
            string objectClass, string uid, IDictionary attributes, SaveMode mode = SaveMode.CreateOrUpdate,
            Date? effectiveDate = null, IDictionary expected = null, CallOptions call = null,
            CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync(
                "explain",
                () => Parameters.ExplainSave(Parameters.Save(objectClass, uid, attributes, mode, effectiveDate, expected)),
                json => new SaveExplanation(json), call, cancellation);
        }

        /// <summary>Deletes an object; people are made inactive. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public Task<SaveOutcome> DeleteAsync(
            string objectClass, string uid, CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("delete", () => Parameters.About(objectClass, uid), json => new SaveOutcome(json), call, cancellation);
        }

        /// <summary>Makes a person inactive. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public Task<SaveOutcome> SuspendAsync(
            string objectClass, string uid, CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("suspend", () => Parameters.About(objectClass, uid), json => new SaveOutcome(json), call, cancellation);
        }

        /// <summary>Makes a person active. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public Task<SaveOutcome> ResumeAsync(
            string objectClass, string uid, CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("resume", () => Parameters.About(objectClass, uid), json => new SaveOutcome(json), call, cancellation);
        }

        /// <summary>Sets a password without knowing the old one. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong, and what became of the change.</exception>
        public Task<SaveOutcome> ResetPasswordAsync(
            string objectClass, string uid, Secret newPassword,
            CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("reset_password", () => Parameters.ResetPassword(objectClass, uid, newPassword), json => new SaveOutcome(json), call, cancellation);
        }

        /// <summary>The values of a list. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Task<ValueList> LookupAsync(
            string name, TimeSpan? maxAge = null,
            CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("lookup", () => Parameters.Lookup(name, maxAge), json => new ValueList(json), call, cancellation);
        }

        /// <summary>What a search with this filter does. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Task<FilterExplanation> ExplainFilterAsync(
            string objectClass, object filter, CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("explain", () => Parameters.Explain(objectClass, null, filter), json => new FilterExplanation(json), call, cancellation);
        }

        /// <summary>How presence and state of an object come about. No thread waits for the answer.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public Task<ObjectExplanation> ExplainObjectAsync(
            string objectClass, string uid, CallOptions call = null, CancellationToken cancellation = default(CancellationToken))
        {
            return AskAsync("explain", () => Parameters.Explain(objectClass, uid, null), json => new ObjectExplanation(json), call, cancellation);
        }

        private async Task<T> AskAsync<T>(
            string method,
            Func<Dictionary<string, object>> parameters,
            Func<IDictionary<string, object>, T> make,
            CallOptions call,
            CancellationToken cancellation)
        {
            var request = Requested(method, parameters(), call);
            using (var events = Begin(request, call, cancellation))
            {
                for (var line = await events.NextAsync().ConfigureAwait(false);
                    line != null;
                    line = await events.NextAsync().ConfigureAwait(false))
                {
                    var result = Result(line);
                    if (result != null)
                    {
                        return make(result);
                    }
                }
            }
            throw Errors.Of(Unanswered.Broken(request).Bytes);
        }
    }
}
