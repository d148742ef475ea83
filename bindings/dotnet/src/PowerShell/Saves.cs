using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Sfsf.Connector.OpenIam;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>The functions that save attributes.</summary>
    internal sealed class Saves
    {
        private const string What = "Save in SAP SuccessFactors";

        private readonly Work work;
        private readonly Caller caller;
        private readonly bool clearEmpty;
        private SaveTerms terms;

        public Saves(Work work)
        {
            this.work = work;
            caller = work.Caller;
            clearEmpty = caller.IsOn("ClearEmpty");
        }

        /// <summary><c>Save-SAPData</c>: each record by itself.</summary>
        public IEnumerable<object> Records()
        {
            if (work.HasEnded || !work.Try(() => terms = new SaveTerms(caller)))
            {
                yield break;
            }
            var given = Record.Each(caller.Parameter("InputObject")).ToList();
            foreach (var one in given)
            {
                IList<Func<Record>> records = null;
                if (!work.Try(() => records = Read(one), Record.Shown(one, caller), given.Count == 1 && !caller.ExpectsInput))
                {
                    continue;
                }
                var isOnly = given.Count == 1 && records.Count == 1 && !caller.ExpectsInput;
                foreach (var outcome in records.Select(record => Save(record, one, isOnly)).Where(saved => saved != null))
                {
                    yield return outcome;
                }
            }
        }

        /// <summary><c>Save-Identity</c>: the same attributes for each who is named.</summary>
        public IEnumerable<object> Attributes()
        {
            if (work.HasEnded || !work.Try(() => terms = new SaveTerms(caller)))
            {
                return new object[0];
            }
            return work.Change(What, (type, uid) =>
            {
                if (!caller.Has("Attributes") || caller.Parameter("Attributes") == null)
                {
                    throw new InvalidRequestException("Say what: -Attributes");
                }
                int blank;
                var attributes = Record.Filled(caller.Parameter("Attributes"), clearEmpty, out blank);
                AttributeChanges.Of(attributes, new FieldValues(uid, name => null));
                return () => Noted(work.Tenant.Save(type, uid, attributes, terms, work.Options), blank);
            }, terms.IsDry);
        }

        private IList<Func<Record>> Read(object given)
        {
            var json = given as string;
            if (json != null)
            {
                return UpsertRecord.Objects(json).Select(one => new Func<Record>(() => new Record(one))).ToList();
            }
            if (given == null || given is System.ValueType || Plain.IsNode(given))
            {
                throw new InvalidRequestException("a record is JSON, a table or an object, and not of the type " + Faults.TypeOf(given));
            }
            return new Func<Record>[] { () => new Record(given, clearEmpty) };
        }

        private object Save(Func<Record> read, object given, bool isOnly)
        {
            Record record = null;
            object outcome = null;
            if (work.HasEnded || !work.Try(() => record = Checked(read()), Record.Shown(given, caller), isOnly))
            {
                return null;
            }
            var target = Record.Shown(given, caller) ?? record.Uid;
            var mayBe = terms.IsDry || work.Allows(record.Uid, What, isOnly);
            var isSaved = mayBe && work.Try(() => outcome = Saved(record), target, isOnly);
            return isSaved ? Noted(outcome, record.Blank) : null;
        }

        /// <summary>A record whose values make sense as far as that can be known without the tenant.</summary>
        private static Record Checked(Record record)
        {
            if (!record.IsJson)
            {
                AttributeChanges.Of(record.Attributes, new FieldValues(record.Uid, name => null));
            }
            return record;
        }

        private object Saved(Record record)
        {
            return record.IsJson
                ? work.Tenant.SaveJson(record.Uid, record.Attributes, terms, work.Options)
                : work.Tenant.Save("USER", record.Uid, record.Attributes, terms, work.Options);
        }

        private static object Noted(object outcome, int blank)
        {
            if (blank > 0)
            {
                var saved = outcome as SaveOutcome;
                var notices = saved == null ? ((SaveExplanation)outcome).Notices : saved.Notices;
                notices.Add(blank + (blank == 1 ? " empty field was" : " empty fields were") + " left as they are; -ClearEmpty clears");
            }
            return outcome;
        }
    }
}
