using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    [TestFixture("library")]
    [TestFixture("program")]
    public class Operations
    {
        private readonly string carrier;
        private Connection connection;

        public Operations(string carrier)
        {
            this.carrier = carrier;
        }

        [TestFixtureSetUp]
        public void Open()
        {
            connection = Tenant.Connect(carrier);
        }

        [TestFixtureTearDown]
        public void Close()
        {
            connection.Dispose();
        }

        private SaveOutcome Person(string uid, params object[] attributes)
        {
            var all = new Dictionary<string, object> { { "status", "t" }, { "username", uid } };
            for (var i = 0; i < attributes.Length; i += 2)
            {
                all[(string)attributes[i]] = attributes[i + 1];
            }
            return connection.Save("User", uid, all);
        }

        private string Name(string name)
        {
            return name + "." + carrier;
        }

        [Test]
        public void Test_says_what_was_checked()
        {
            var checks = connection.Test().Checks;
            Assert.AreEqual("token", checks[0].Name);
            Assert.IsTrue(checks.All(check => check.Outcome == CheckOutcome.Ok && check.Detail != ""));
        }

        [Test]
        public void Schema_has_attributes_with_types()
        {
            var user = connection.Schema().ObjectClasses.Single(info => info.Name == "User");
            var attributes = user.Attributes.ToDictionary(attribute => attribute.Name);
            Assert.AreEqual(ValueType.Date, attributes["hireDate"].ValueType);
            Assert.AreEqual("User", attributes["manager"].ReferencedObjectClass);
            Assert.IsTrue(attributes["username"].Filterable);
            Assert.Contains("__ACCOUNT__", user.Aliases.ToList());
        }

        [Test]
        public void Save_and_get_keep_values_and_their_types()
        {
            var uid = Name("zoë");
            var hired = new Date(2024, 1, 31);
            var boss = new Reference("User", "sfapi");
            var outcome = Person(uid, "firstName", "Zoë 👩‍🚀 \"<&>\"", "hireDate", hired, "manager", boss);
            Assert.AreEqual(SaveAction.Created, outcome.Action);
            Assert.AreEqual(Presence.NotFound, outcome.PresenceBefore);
            Assert.AreEqual("User", outcome.Parts[0].Entity);
            var found = connection.Get("User", uid, new[] { "firstName", "hireDate", "manager", "title" });
            Assert.AreEqual(Presence.Active, found.Presence);
            Assert.AreEqual(uid, found.Object.Name);
            Assert.AreEqual("Zoë 👩‍🚀 \"<&>\"", found.Object.First("firstName"));
            Assert.AreEqual(hired, found.Object.First("hireDate"));
            Assert.AreEqual(boss, found.Object.First("manager"));
            Assert.IsNull(found.Object.First("title"));
            Assert.AreEqual(SaveAction.Unchanged, Person(uid, "hireDate", hired).Action);
        }

        [Test]
        public void Get_of_nobody_is_an_answer_with_evidence()
        {
            var found = connection.Get("User", "nobody");
            Assert.AreEqual(Presence.NotFound, found.Presence);
            Assert.IsNull(found.Object);
            StringAssert.Contains("nobody", found.Evidence[0].Query);
        }

        [Test]
        public void Somebody_is_found_by_name_and_explained()
        {
            Person(Name("lookme"));
            Assert.AreEqual(Name("lookme"), connection.Get("User", Name("lookme"), by: "__NAME__").Object.Uid);
            Assert.AreEqual(true, connection.ExplainObject("User", Name("lookme")).Enabled);
            StringAssert.Contains("$filter", connection.ExplainFilter("User", "status eq 't'").Query);
        }

        [Test]
        public void Suspend_resume_and_delete_say_what_they_did()
        {
            Person(Name("sam"));
            Assert.AreEqual(SaveAction.Suspended, connection.Suspend("User", Name("sam")).Action);
            Assert.AreEqual(SaveAction.Revived, connection.Resume("User", Name("sam")).Action);
            var outcome = connection.Delete("User", Name("sam"));
            Assert.AreEqual(Presence.Inactive, outcome.Presence);
            Assert.AreEqual(1, outcome.Notices.Count);
        }

        [Test]
        public void A_password_is_set_and_a_list_is_cleared()
        {
            Person(Name("pat"), "title", "CTO");
            var reset = connection.ResetPassword("User", Name("pat"), new Secret("N3w-Pass-Phrase"));
            Assert.AreEqual(new[] { "__PASSWORD__" }, reset.Changed);
            Assert.AreEqual(new[] { "title" }, Person(Name("pat"), "title", new object[0]).Changed);
        }

        [Test]
        public void A_save_may_insist_on_a_new_person_or_on_a_known_one()
        {
            var attributes = new Dictionary<string, object> { { "status", "t" }, { "username", Name("only") } };
            Assert.Throws<NotFoundException>(() => connection.Save("User", Name("only"), attributes, SaveMode.Update));
            connection.Save("User", Name("only"), attributes, SaveMode.Create);
            Assert.Throws<AlreadyExistsException>(() => connection.Save("User", Name("only"), attributes, SaveMode.Create));
        }

        [Test]
        public void Search_and_import_bring_people_and_a_summary()
        {
            var progress = new List<Progress>();
            var people = connection.Import("User", options: new ImportOptions { AttributesToGet = new[] { "status" } });
            people.OnProgress = progress.Add;
            var everybody = people.Select(person => person.Uid).ToList();
            Assert.GreaterOrEqual(everybody.Count, 300);
            Assert.AreEqual(everybody.Count, everybody.Distinct().Count());
            Assert.AreEqual(StreamStatus.Complete, people.Summary.Status);
            Assert.AreEqual(everybody.Count, people.Summary.Count);
            Assert.AreEqual(everybody.Count, progress.Last().Fetched);
            Assert.Greater(people.Summary.Cost.Requests, 0);
            var filter = new Dictionary<string, object> { { "equal", new[] { "userId", "sfapi" } } };
            var found = connection.Search("User", filter, new SearchOptions { AttributesToGet = new[] { "username" } });
            Assert.AreEqual(new[] { "sfapi" }, found.Select(person => person.Uid).ToArray());
            Assert.Throws<InvalidOperationException>(() => found.GetEnumerator());
        }

        [Test]
        public void An_import_goes_on_from_where_the_last_one_ended()
        {
            var checkpoints = new List<string>();
            var people = connection.Import("User", options: new ImportOptions { AttributesToGet = new[] { "status" } });
            people.OnCheckpoint = checkpoints.Add;
            var everybody = people.Select(person => person.Uid).ToList();
            CollectionAssert.IsNotEmpty(checkpoints);
            Person(Name("latecomer"));
            var options = new ImportOptions { SyncToken = people.Summary.SyncToken, Missing = new[] { "nobody.at.all" } };
            var changes = connection.Import("User", options: options);
            var changed = changes.Select(person => person.Uid).Except(everybody).ToList();
            CollectionAssert.Contains(changed, Name("latecomer"));
            Assert.AreEqual(new[] { "nobody.at.all removed" }, changes.Gone.Select(gone => gone.Uid + " " + gone.ReasonText));
        }

        [Test]
        public void A_token_for_now_brings_nobody_and_later_what_has_changed()
        {
            var nobody = connection.Import("User", options: new ImportOptions { TokenOnly = true });
            Assert.IsEmpty(nobody.ToList());
            Person(Name("newcomer"));
            var changes = connection.Import("User", options: new ImportOptions { SyncToken = nobody.Summary.SyncToken });
            CollectionAssert.Contains(changes.Select(person => person.Uid).ToList(), Name("newcomer"));
        }

        [Test]
        public void Pages_come_by_cookie_and_by_offset()
        {
            var seen = new List<string>();
            string cookie = null;
            do
            {
                var page = connection.Search("User", options: new SearchOptions
                {
                    AttributesToGet = new string[0], PageSize = 150, Cookie = cookie,
                });
                seen.AddRange(page.Select(person => person.Uid));
                cookie = page.Summary.Cookie;
            }
            while (cookie != null);
            Assert.GreaterOrEqual(seen.Count, 300);
            Assert.AreEqual(seen.Count, seen.Distinct().Count());
            var sorted = connection.Search("User", options: new SearchOptions
            {
                SortKeys = new[] { new SortKey("username", false) }, PageSize = 2, Offset = 1,
            });
            var names = sorted.Select(person => person.Name).ToList();
            Assert.AreEqual(names.OrderByDescending(name => name, StringComparer.Ordinal).ToList(), names);
            Assert.AreEqual(2, names.Count);
        }

        [Test]
        public void A_list_has_codes_and_labels()
        {
            var divisions = connection.Lookup("divisions", TimeSpan.Zero);
            Assert.AreEqual("divisions", divisions.Name);
            Assert.AreEqual("100", divisions.Values[0].Code);
            Assert.AreEqual("Betrieb", divisions.Values[0].Labels["de_DE"]);
        }

        [Test]
        public void A_record_that_cannot_be_read_is_a_problem_and_no_end()
        {
            Tenant.Fault("bad-record:GET division*1");
            var told = new List<Problem>();
            var people = connection.Import("User", options: new ImportOptions { AttributesToGet = new[] { "division" } });
            people.OnProblem = told.Add;
            var count = people.Count();
            Assert.AreEqual(count, people.Summary.Count);
            Assert.AreEqual(1, people.Summary.Problems);
            Assert.AreEqual(told, people.Problems);
            Assert.AreEqual(ProblemKind.UnreadableRecord, told[0].Kind);
            Assert.IsInstanceOf<TargetProtocolException>(told[0].Error);
        }

        [Test]
        public void The_manifest_says_what_can_be_done()
        {
            var info = Tenant.Carrier(carrier).Info();
            Assert.AreEqual("sfc/1", info["protocol"]);
            Assert.AreEqual("sfsf", ((Dictionary<string, object>)info["manifest"])["name"]);
        }

        [Test]
        public void Log_lines_come_as_asked_for_and_hold_no_secret()
        {
            var way = connection.Carrier;
            way.LogLines().Count();
            connection.Get("User", "sfapi", new string[0]);
            Assert.AreEqual(0, way.LogLines().Count());
            var call = new CallOptions { Log = LogLevel.Trace, CorrelationId = "order-66" };
            connection.ResetPassword("User", "sfapi", new Secret("N3w-Pass-Phrase"), call);
            var lines = way.LogLines(TimeSpan.FromSeconds(1)).TakeWhile(line => (string)line["message"] != "request ended");
            var text = string.Join("\n", lines.Select(line => Json.Text(Json.Write(line))));
            StringAssert.Contains("order-66", text);
            StringAssert.DoesNotContain("N3w-Pass-Phrase", text);
            StringAssert.DoesNotContain("PRIVATE KEY", text);
        }
    }
}
