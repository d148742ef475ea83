using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using Sfsf.Connector.OpenIam;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>The functions that search.</summary>
    internal sealed class Searches
    {
        private static readonly Dictionary<string, object> NoHeader = new Dictionary<string, object>();

        /// <summary>Everybody, whom one question asks for.</summary>
        private static readonly IList<object> All = new object[] { null };

        private readonly Work work;
        private readonly Caller caller;

        public Searches(Work work)
        {
            this.work = work;
            caller = work.Caller;
        }

        private bool IsNamed
        {
            get { return Whom.IsNamed(caller); }
        }

        private string Filter
        {
            get { return caller.Parameter("Filter") as string; }
        }

        /// <summary>
        /// <c>Get-SAPData</c>: whom the filter describes, or those who are named, or everybody if neither is said. A header
        /// says where to search, and nothing else.
        /// </summary>
        public IEnumerable<object> Get()
        {
            return Found(NoHeader, () => caller.Parameter("Type") as string, () =>
            {
                if (IsNamed && caller.Has("Filter"))
                {
                    throw new InvalidRequestException("a filter and an identity exclude each other; say one of them");
                }
                return IsNamed ? Whom.Of(caller, NoHeader) : Everybody();
            });
        }

        /// <summary>
        /// <c>Search-Data</c>: those who are named, or whom the filter describes, or the header's identity, or everybody if
        /// none of them is said.
        /// </summary>
        public IEnumerable<object> OfOpenIam()
        {
            return Found(null, () => work.Type, () =>
            {
                var isFiltered = !string.IsNullOrWhiteSpace(Filter);
                if (IsNamed && isFiltered)
                {
                    throw new InvalidRequestException("a filter and an identity exclude each other; say one of them");
                }
                var isOfHeader = !isFiltered && work.Header.ContainsKey("IdentityName");
                return IsNamed || isOfHeader ? Whom.Of(caller, work.Header) : Everybody();
            });
        }

        /// <summary>Everybody, unless a filter was given that says nothing.</summary>
        private IList<object> Everybody()
        {
            if (caller.Has("Filter") && string.IsNullOrWhiteSpace(Filter))
            {
                throw new InvalidRequestException("the filter is empty; a star means everybody");
            }
            return All;
        }

        private IEnumerable<object> Found(
            Dictionary<string, object> header, Func<string> type, Func<IList<object>> whom)
        {
            IList<object> people = null;
            if (work.HasEnded || !work.Try(() => people = whom()))
            {
                yield break;
            }
            var isNamed = people != All;
            var isOnly = people.Count == 1 && !caller.ExpectsInput;
            foreach (var one in people)
            {
                string uid = null;
                ObjectStream stream = null;
                Action search = () =>
                {
                    uid = isNamed ? Whom.One(one, Words.ObjectClass(type()), header ?? work.Header) : null;
                    var day = SaveTerms.Day(caller, "AsOf");
                    var fields = caller.Parameter("Fields") as string[];
                    stream = work.Hold(work.Tenant.Search(type(), Filter, fields, uid, work.Options, day));
                };
                if (work.Try(search, Record.Target(one, caller), isOnly))
                {
                    foreach (var found in Objects(stream, uid, isOnly))
                    {
                        yield return found;
                    }
                }
                if (work.HasEnded)
                {
                    yield break;
                }
            }
        }

        private IEnumerable<object> Objects(ObjectStream stream, string uid, bool isOnly)
        {
            using (var found = stream.GetEnumerator())
            {
                OrderedDictionary fields = null;
                while (work.Try(() => fields = found.MoveNext() ? FlatObject.Of(found.Current) : null, uid, isOnly) && fields != null)
                {
                    yield return caller.Shape(fields);
                }
            }
            foreach (var problem in stream.Problems)
            {
                work.Report(problem.Error);
            }
        }
    }
}
