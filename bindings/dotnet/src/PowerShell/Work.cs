using System;
using System.Collections.Generic;
using Sfsf.Connector.OpenIam;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>What all functions of the module have in common: whom they are about, where, and what becomes of errors.</summary>
    internal sealed class Work
    {
        private readonly string folder;
        private readonly List<IDisposable> held = new List<IDisposable>();
        private Dictionary<string, object> header;
        private Module tenant;
        private Watch watch;

        public Work(Caller caller, string folder)
        {
            Caller = caller;
            this.folder = folder;
        }

        /// <summary>The function that runs.</summary>
        public Caller Caller { get; private set; }

        /// <summary>Whether an error has ended the pipeline. What still comes through it is left alone.</summary>
        public bool HasEnded { get; private set; }

        /// <summary>OpenIAM's header, which is empty if there is none.</summary>
        public Dictionary<string, object> Header
        {
            get { return header ?? (header = PowerShell.Header.Of(Caller)); }
        }

        /// <summary>The type of identity that the call or the header names.</summary>
        public string Type
        {
            get
            {
                var said = Caller.Parameter("Type") as string;
                return string.IsNullOrEmpty(said) ? Header.Text("Type") : said;
            }
        }

        /// <summary>The tenant, which is connected when it is needed first.</summary>
        public Module Tenant
        {
            get { return tenant ?? (tenant = Module.Open(ModuleConfiguration.Of(Caller, Header, folder), folder)); }
        }

        /// <summary>What goes along with each call: it ends when the pipeline is stopped.</summary>
        public CallOptions Options
        {
            get { return (watch ?? (watch = Hold(new Watch(Caller)))).Options; }
        }

        /// <summary>Keeps something until the end.</summary>
        public T Hold<T>(T one) where T : IDisposable
        {
            held.Add(one);
            return one;
        }

        /// <summary>Lets go of what is kept.</summary>
        public void End()
        {
            held.ForEach(one => one.Dispose());
            held.Clear();
            watch = null;
        }

        /// <summary>Whether something succeeds that concerns the whole call; its error ends the pipeline.</summary>
        public bool Try(Action attempt)
        {
            return Try(attempt, null, true, true);
        }

        /// <summary>
        /// Whether something succeeds that concerns one of several, or the only one. The error of one of several ends nothing,
        /// unless it would be that of all.
        /// </summary>
        public bool Try(Action attempt, object target, bool isOnly)
        {
            return Try(attempt, target, isOnly, false);
        }

        /// <summary>Whether this may be done to somebody.</summary>
        public bool Allows(string uid, string what, bool isOnly)
        {
            var allows = false;
            return Try(() => allows = Caller.Allows(uid, what), uid, isOnly) && allows;
        }

        /// <summary>Changes those whom the call names, one after the other.</summary>
        /// <param name="what">What is done to them.</param>
        /// <param name="prepare">Refuses what makes no sense, and gives what does it.</param>
        /// <param name="isDry">Nothing is done to them, so nobody is asked whether it may be.</param>
        public IEnumerable<object> Change(string what, Func<string, string, Func<object>> prepare, bool isDry = false)
        {
            IList<object> people = null;
            if (HasEnded || !Try(() => people = Whom.Of(Caller, Header)))
            {
                yield break;
            }
            var isOnly = people.Count == 1 && !Caller.ExpectsInput;
            foreach (var one in people)
            {
                string uid = null;
                Func<object> change = null;
                object outcome = null;
                var isPrepared = Try(() => change = prepare(Type, uid = Named(one)), Record.Target(one, Caller), isOnly);
                if (isPrepared && (isDry || Allows(uid, what, isOnly)) && Try(() => outcome = change(), uid, isOnly))
                {
                    yield return outcome;
                }
                if (HasEnded)
                {
                    yield break;
                }
            }
        }

        /// <summary>Tells of a record that could not be read, which ends nothing.</summary>
        public void Report(ConnectorException problem)
        {
            Caller.Fail(problem, problem.Uid, false);
        }

        private string Named(object one)
        {
            return Whom.One(one, Words.ObjectClass(Type), Header);
        }

        private bool Try(Action attempt, object target, bool isOnly, bool concernsAll)
        {
            ConnectorException error;
            try
            {
                attempt();
                return true;
            }
            catch (ConnectorException caught)
            {
                error = caught;
            }
            concernsAll = concernsAll || Faults.ConcernsAll(error);
            HasEnded = HasEnded || concernsAll;
            if (!Caller.Stopping)
            {
                // Whoever says what an error does has said it of this one too.
                Caller.Fail(error, target, (isOnly || concernsAll) && !Caller.Has("ErrorAction"));
            }
            else if (error.Effect != Effect.NotApplied)
            {
                HasEnded = true;
                Caller.Remember(error, target);
            }
            return false;
        }
    }
}
