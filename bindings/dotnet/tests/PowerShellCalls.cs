using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Sfsf.Connector.PowerShell;

namespace Sfsf.Connector.Tests.PowerShell
{
    /// <summary>A function of the module as its work sees it, without PowerShell.</summary>
    internal sealed class FakeCaller : Caller
    {
        private readonly Hashtable given = new Hashtable(StringComparer.OrdinalIgnoreCase);

        /// <summary>Called with these parameters: names and values in turn.</summary>
        public FakeCaller(params object[] parameters)
        {
            given["Configuration"] = Tenant.Configuration;
            for (var i = 0; i < parameters.Length; i += 2)
            {
                given[parameters[i]] = parameters[i + 1];
            }
            Errors = new List<ConnectorException>();
            Remembered = new List<ConnectorException>();
            Asked = new List<string>();
        }

        /// <summary>What <c>$headerAttributes</c> is.</summary>
        public object HeaderAttributes { get; set; }

        /// <summary>Whether the pipeline is stopped, from the moment that this says so.</summary>
        public Func<bool> IsStopped { get; set; }

        /// <summary>Whether it is a rehearsal.</summary>
        public bool IsRehearsal { get; set; }

        public List<ConnectorException> Errors { get; private set; }

        public List<ConnectorException> Remembered { get; private set; }

        public List<string> Asked { get; private set; }

        public override bool Stopping
        {
            get { return IsStopped != null && IsStopped(); }
        }

        public override bool ExpectsInput
        {
            get { return given.Contains("InputObject") && !given.Contains("ByPosition"); }
        }

        public override IDictionary Given
        {
            get { return given; }
        }

        public override object Variable(string name)
        {
            return name == "headerAttributes" ? HeaderAttributes : null;
        }

        public override string File(string name)
        {
            return System.IO.Path.GetFullPath(name);
        }

        public override bool Allows(string whom, string what)
        {
            Asked.Add(whom);
            return !IsRehearsal;
        }

        public override object Shape(OrderedDictionary fields)
        {
            return fields;
        }

        public override void Fail(ConnectorException error, object target, bool ends)
        {
            Errors.Add(error);
        }

        public override void Remember(ConnectorException error, object target)
        {
            Remembered.Add(error);
        }
    }

    /// <summary>The functions of the PowerShell module, called as the script calls them.</summary>
    [TestFixture("library")]
    [TestFixture("program")]
    public class PowerShellCalls
    {
        private readonly string carrier;

        public PowerShellCalls(string carrier)
        {
            this.carrier = carrier;
        }

        [TestFixtureSetUp]
        public void Open()
        {
            var variable = carrier == "program" ? ConnectorProgram.Variable : ConnectorLibrary.Variable;
            Environment.SetEnvironmentVariable(variable, carrier == "program" ? Tenant.Program : Tenant.Library);
            Done(new FakeCaller("InputObject", Table("status", "t", "username", Name)), call => call.SaveRecords());
        }

        [TestFixtureTearDown]
        public void Close()
        {
            Call.Close();
            Environment.SetEnvironmentVariable(ConnectorLibrary.Variable, null);
            Environment.SetEnvironmentVariable(ConnectorProgram.Variable, null);
        }

        private string Name
        {
            get { return "calls." + carrier; }
        }

        private Hashtable Table(params object[] fields)
        {
            var table = new Hashtable { { "userId", Name } };
            for (var i = 0; i < fields.Length; i += 2)
            {
                table[fields[i]] = fields[i + 1];
            }
            return table;
        }

        private static List<object> Done(FakeCaller caller, Func<Call, IEnumerable> function)
        {
            var call = new Call(caller, "");
            try
            {
                return function(call).Cast<object>().ToList();
            }
            finally
            {
                call.End();
            }
        }

        private static SaveOutcome Change(FakeCaller caller, Func<Call, IEnumerable> function)
        {
            var outcome = Done(caller, function).Cast<SaveOutcome>().SingleOrDefault();
            Assert.IsEmpty(caller.Errors);
            return outcome;
        }

        [Test]
        public void Each_function_does_what_it_is_called()
        {
            var one = new[] { Name };
            Assert.AreEqual(SaveAction.Suspended, Change(new FakeCaller("Identity", one), call => call.Suspend()).Action);
            Assert.AreEqual(SaveAction.Revived, Change(new FakeCaller("Identity", one), call => call.Resume()).Action);
            Assert.AreEqual(Presence.Inactive, Change(new FakeCaller("Identity", one), call => call.Remove()).Presence);
            Assert.AreEqual(SaveAction.Revived, Change(new FakeCaller("Identity", one), call => call.Resume()).Action);
            var password = new FakeCaller("Identity", one, "Password", "N3w-Pass-Phrase");
            Assert.AreEqual(new[] { "__PASSWORD__" }, Change(password, call => call.ResetPassword()).Changed);
            var attributes = new FakeCaller("Identity", one, "Attributes", new Hashtable { { "title", carrier } });
            Assert.AreEqual(new[] { "title" }, Change(attributes, call => call.SaveIdentity()).Changed);
            var found = (IDictionary)Done(new FakeCaller("Identity", one, "Fields", new[] { "title" }), call => call.Get()).Single();
            Assert.AreEqual(carrier, found["title"]);
            var header = new FakeCaller { HeaderAttributes = new Hashtable { { "IdentityName", Name } } };
            Assert.AreEqual(Name, ((IDictionary)Done(header, call => call.Search()).Single())["userId"]);
            Assert.AreEqual(3, Done(new FakeCaller(), call => call.Test()).Count);
            var login = new FakeCaller();
            Assert.IsEmpty(Done(login, call => call.TestPassword()));
            Assert.IsInstanceOf<UnsupportedException>(login.Errors.Single());
        }

        [Test]
        public void A_rehearsal_asks_and_writes_nothing()
        {
            var records = new object[] { Table("title", "rehearsed"), "{\"userId\":\"" + Name + "\",\"title\":\"rehearsed\"}" };
            var caller = new FakeCaller("InputObject", records) { IsRehearsal = true };
            Assert.IsEmpty(Done(caller, call => call.SaveRecords()));
            Assert.AreEqual(new[] { Name, Name }, caller.Asked);
            var found = (IDictionary)Done(new FakeCaller("Identity", new[] { Name }), call => call.Get()).Single();
            Assert.AreNotEqual("rehearsed", found["title"]);
        }

        /// <summary>PowerShell goes through what an error points at, to show it.</summary>
        [Test]
        public void What_was_done_is_not_done_again_by_looking_at_it()
        {
            var caller = new FakeCaller("Identity", new[] { Name });
            foreach (var function in new Func<Call, IEnumerable>[] { call => call.Resume(), call => call.Get() })
            {
                var call = new Call(caller, "");
                var found = function(call);
                Assert.AreEqual(1, found.Cast<object>().Count());
                Assert.AreEqual(0, found.Cast<object>().Count());
                call.End();
            }
            Assert.AreEqual(new[] { Name }, caller.Asked);
        }

        [Test]
        public void What_is_left_early_is_not_done()
        {
            var caller = new FakeCaller("Identity", new[] { Name, "nobody" });
            var call = new Call(caller, "");
            foreach (var outcome in call.Resume())
            {
                break;
            }
            call.End();
            Assert.AreEqual(new[] { Name }, caller.Asked);
        }

        [Test]
        public void One_bad_record_of_several_is_one_error()
        {
            var records = new object[] { Table("title", "one"), Table("status", "zz"), Table("title", "three") };
            var caller = new FakeCaller("InputObject", records);
            Assert.AreEqual(2, Done(caller, call => call.SaveRecords()).Count);
            Assert.IsInstanceOf<InvalidAttributeException>(caller.Errors.Single());
        }

        [Test]
        public void A_stop_ends_a_change_at_once_and_says_that_its_effect_is_unknown()
        {
            Tenant.Fault("hang:POST upsert*1");
            var isAsked = false;
            var caller = new FakeCaller("InputObject", Table("title", "stopped"))
            {
                // The fault is gone as soon as the change is there.
                IsStopped = () => isAsked = isAsked || Tenant.Ask("GET", "faults").List("faults").Count == 0,
            };
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.IsEmpty(Done(caller, call => call.SaveRecords()));
            Tenant.Ask("DELETE", "faults");
            Assert.Less(watch.Elapsed, TimeSpan.FromSeconds(5));
            Assert.AreEqual("cancelled unknown", caller.Remembered.Single().KindText + " " + caller.Remembered.Single().EffectText);
        }

        [Test]
        public void A_day_is_taken_in_every_form_and_what_is_none_is_refused()
        {
            var day = new DateTime(2026, 11, 29);
            foreach (var given in new object[] { "2026-11-29", day, new DateTimeOffset(day, TimeSpan.FromHours(9)), new Date(2026, 11, 29) })
            {
                Assert.AreEqual("as_of", Refused<UnsupportedException>(call => call.Get(), "Identity", new[] { Name }, "AsOf", given).Attributes.Single());
                Assert.AreEqual("as_of", Refused<UnsupportedException>(call => call.Search(), "Identity", new[] { Name }, "AsOf", given).Attributes.Single());
                Assert.AreEqual("effective_date", Refused<UnsupportedException>(
                    call => call.SaveRecords(), "InputObject", Table("title", "x"), "EffectiveDate", given).Attributes.Single());
            }
            foreach (var wrong in new object[] { "29.11.2026", day.AddHours(3), 20261129, null, "" })
            {
                StringAssert.Contains("-AsOf takes a day", Refused<InvalidRequestException>(
                    call => call.Get(), "Identity", new[] { Name }, "AsOf", wrong).Message);
                StringAssert.Contains("-EffectiveDate takes a day", Refused<InvalidRequestException>(
                    call => call.SaveIdentity(), "Identity", new[] { Name }, "Attributes", Table("title", "x"), "EffectiveDate", wrong).Message);
            }
        }

        [Test]
        public void What_is_expected_and_a_dry_run_are_what_the_manifest_says()
        {
            var offered = Tenant.Carrier("library").Manifest().ObjectClasses.Single(one => one.Name == "User").Save;
            var before = Tenant.Connect().Get("User", Name, new[] { "title" }).Object.First("title");
            var expecting = new object[] { "InputObject", Table("title", "unexpected"), "Expected", new Hashtable { { "title", "somebody else's" } } };
            Assert.AreEqual(offered.Expected ? "title" : "expected", Refused<ConnectorException>(call => call.SaveRecords(), expecting).Attributes.Single());
            var dry = new FakeCaller("InputObject", Table("title", "dry"), "DryRun", true);
            var said = Done(dry, call => call.SaveRecords());
            Assert.AreEqual(offered.DryRun ? 1 : 0, said.OfType<SaveExplanation>().Count());
            Assert.AreEqual(offered.DryRun ? 0 : 1, dry.Errors.OfType<UnsupportedException>().Count());
            Assert.IsEmpty(dry.Asked, "nothing is done, so nobody is asked");
            Assert.AreEqual(before, Tenant.Connect().Get("User", Name, new[] { "title" }).Object.First("title"));
            foreach (var wrong in new object[] { "title", new[] { "title" }, null, 7 })
            {
                StringAssert.Contains("-Expected takes", Refused<InvalidRequestException>(
                    call => call.SaveRecords(), "InputObject", Table("title", "x"), "Expected", wrong).Message);
            }
        }

        /// <summary>How a function refuses to do anything.</summary>
        private static T Refused<T>(Func<Call, IEnumerable> function, params object[] parameters) where T : ConnectorException
        {
            var caller = new FakeCaller(parameters);
            Assert.IsEmpty(Done(caller, function));
            Assert.IsInstanceOf<T>(caller.Errors.Single());
            return (T)caller.Errors.Single();
        }

        [Test]
        public void A_collector_between_any_two_objects_changes_nothing()
        {
            var call = new Call(new FakeCaller("Fields", new[] { "title" }), "");
            var count = 0;
            foreach (var found in call.Get())
            {
                count++;
                if (count % 20 == 0)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }
            }
            call.End();
            Assert.GreaterOrEqual(count, 300);
            for (var round = 0; round < 3; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Assert.IsNotNull(Change(new FakeCaller("InputObject", Table("title", "round " + round)), one => one.SaveRecords()));
            }
        }
    }
}
