using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using NUnit.Framework;
using Sfsf.Connector.OpenIam;

namespace Sfsf.Connector.Tests.OpenIam
{
    /// <summary>The three classes that OpenIAM's page describes, with its parameters in its order.</summary>
    [TestFixture]
    public class OpenIamClasses
    {
        private string folder;

        [TestFixtureSetUp]
        public void Prepare()
        {
            folder = System.IO.Path.GetDirectoryName(Tenant.Library);
        }

        private static string Key(string name)
        {
            return Tenant.Key(name);
        }

        private Sfsf.Connector.OpenIam.Connection Connection(string client = null, string key = null)
        {
            return new Sfsf.Connector.OpenIam.Connection(
                Key("url"), client ?? Key("client_id"), Key("username"), Key("url").TrimEnd('/') + "/oauth/token",
                key ?? Key("private_key"), Key("company_id"), folder);
        }

        private GetUsers Users(string fields, string filter)
        {
            return new GetUsers(Key("url"), Key("client_id"), Key("username"), "", Key("private_key"), Key("company_id"),
                fields, filter, folder);
        }

        private UpsertResult Upsert(string json, string token = null)
        {
            return new Upsert(Key("url"), token ?? Connection().GetToken(), json.Replace('\'', '"'), folder).Execute();
        }

        [Test]
        public void Parameters_are_those_of_the_page_in_its_order()
        {
            Action<Type, string> check = (type, names) => Assert.AreEqual(
                names, string.Join(" ", type.GetConstructors().Single().GetParameters().Select(one => one.Name)));
            check(typeof(Sfsf.Connector.OpenIam.Connection),
                "URL client_id username token_url private_key company_id ConnectorFolder");
            check(typeof(GetUsers),
                "URL client_id username token_url private_key company_Id fields filter ConnectorFolder");
            check(typeof(Upsert), "URL access_token Json ConnectorFolder");
        }

        [Test]
        public void A_connection_gives_a_bearer_token_that_the_tenant_takes()
        {
            var token = Connection().GetToken();
            var request = WebRequest.Create(Key("url").TrimEnd('/') + "/odata/v2/User('sfapi')?$format=json&$select=userId");
            request.Proxy = null;
            request.Headers["Authorization"] = "Bearer " + token;
            using (var answer = (HttpWebResponse)request.GetResponse())
            {
                Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
            }
            using (var opened = Connection().Open())
            {
                Assert.AreEqual(Presence.Active, opened.Get("User", "sfapi").Presence);
            }
        }

        [Test]
        public void A_connection_that_is_refused_says_why_and_no_secret()
        {
            var refused = Assert.Throws<ServiceAuthException>(() => Connection("wrong").GetToken());
            StringAssert.Contains("API key", refused.Message);
            StringAssert.DoesNotContain("PRIVATE", refused.ToString());
            var key = Assert.Throws<ConfigurationException>(() => Connection(null, "hunter2").GetToken());
            StringAssert.Contains("private_key", key.Message);
            StringAssert.DoesNotContain("hunter2", key.ToString());
            var missing = Assert.Throws<ConfigurationException>(
                () => new Sfsf.Connector.OpenIam.Connection("", "", "", "", "", "", folder).GetToken());
            foreach (var name in new[] { "url", "client_id", "username", "private_key", "company_id" })
            {
                StringAssert.Contains(name, missing.Message);
            }
        }

        [Test]
        public void The_program_hands_out_no_token_and_says_so()
        {
            using (var connection = Tenant.Connect("program"))
            {
                var error = Assert.Throws<UnsupportedException>(() => connection.AccessToken());
                StringAssert.Contains("library", error.Message);
            }
        }

        [Test]
        public void A_token_has_a_deadline()
        {
            using (var connection = Tenant.Connect())
            {
                Tenant.Fault("hang:POST /oauth/token*1");
                Assert.Throws<TimedOutException>(() => connection.AccessToken(TimeSpan.FromMilliseconds(200)));
                Tenant.Ask("DELETE", "faults");
                Assert.IsNotEmpty(connection.AccessToken(TimeSpan.FromSeconds(30)).Reveal());
            }
        }

        [Test]
        public void Users_come_with_the_fields_and_by_the_filter_and_with_their_status()
        {
            Upsert("{'userId':'flat','status':'t','username':'flat','firstName':'Zoë','hireDate':'2024-01-31','manager':'sfapi'}");
            var found = Users("firstName, hireDate,manager,title", "username eq 'flat'").ToJson();
            Assert.AreEqual("[{\"userId\":\"flat\",\"firstName\":\"Zoë\",\"hireDate\":\"2024-01-31\",\"manager\":\"sfapi\","
                + "\"status\":\"t\",\"title\":null}]", Sorted(found));
        }

        private static string Sorted(string json)
        {
            var rows = ((List<object>)Json.Parse(json)).Cast<Dictionary<string, object>>();
            var sorted = rows.Select(row => row.OrderBy(field => field.Key == "userId" ? "" : field.Key, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => field.Value));
            return Json.Text(Json.Write(sorted.ToList()));
        }

        [Test]
        public void Everybody_is_imported_by_no_filter_or_a_star_the_inactive_too()
        {
            var everybody = Users("*", "*").Execute().Select(user => (string)user.First("status")).ToList();
            Assert.GreaterOrEqual(everybody.Count, 300);
            CollectionAssert.IsSubsetOf(new[] { "t", "f" }, everybody.Distinct());
            Assert.AreEqual(everybody.Count(status => status == "t"), Users("userId", "status eq 't'").Execute().Count());
        }

        [Test]
        public void Groups_and_roles_are_fields()
        {
            var user = Users("userId,groups,roles", "userId eq 'sfapi'").Execute().Single();
            CollectionAssert.IsSubsetOf(new[] { "groups", "roles" }, user.Attributes.Keys);
        }

        [Test]
        public void Somebody_inactive_is_told_from_nobody()
        {
            Upsert("{'userId':'gone','status':'t','username':'gone'}");
            Upsert("{'userId':'gone','status':'f'}");
            Assert.AreEqual("f", Users("firstName", "userId eq 'gone'").Execute().Single().First("status"));
            Assert.IsEmpty(Users("firstName", "userId eq 'never.there'").Execute().ToList());
        }

        [Test]
        public void A_list_that_cannot_be_read_whole_is_no_list()
        {
            Tenant.Fault("bad-record:GET division*1");
            Assert.Throws<TargetProtocolException>(() => Users("division", "").ToJson());
            Assert.Throws<InvalidRequestException>(() => Users("userId", "status eq").Execute().Count());
        }

        [Test]
        public void An_upsert_creates_changes_clears_suspends_revives_and_sets_a_password()
        {
            Func<string, SaveAction> action = json => Upsert(json).Rows.Single().Outcome.Action;
            Assert.AreEqual(SaveAction.Created, action("{'__metadata':{'uri':'User'},'userId':'ups','status':'t','username':'ups','title':'CTO'}"));
            Assert.AreEqual(SaveAction.Unchanged, action("{'userId':'ups','title':'CTO'}"));
            Assert.AreEqual(SaveAction.Updated, action("{'__metadata':{'uri':'User(\\u0027ups\\u0027)'},'title':null}"));
            Assert.AreEqual(SaveAction.Suspended, action("{'userId':'ups','status':'f'}"));
            Assert.AreEqual(SaveAction.Revived, action("{'userId':'ups','status':'t'}"));
            Assert.AreEqual(new[] { "password" }, Changed("{'userId':'ups','password':'N3w-Pass-Phrase'}"));
            Assert.AreEqual(new[] { "manager" }, Changed("{'userId':'ups','manager':{'__metadata':{'uri':'User(\\u0027sfapi\\u0027)'}}}"));
        }

        private string[] Changed(string json)
        {
            return Upsert(json).Rows.Single().Outcome.Changed.ToArray();
        }

        [Test]
        public void A_record_that_the_tenant_refused_within_a_200_is_an_exception()
        {
            Upsert("{'userId':'bad','status':'t','username':'bad'}");
            var error = Assert.Throws<InvalidAttributeException>(() => Upsert("{'userId':'bad','manager':'nobody'}"));
            Assert.AreEqual(new[] { "manager" }, error.Attributes);
            StringAssert.Contains("INVALID_MANAGER_ID", error.Target.Text);
        }

        [Test]
        public void Of_several_records_each_has_its_row_and_one_failure_is_no_success()
        {
            var records = "[{'userId':'one','status':'t','username':'one'},{'userId':'two','manager':'nobody','status':'t','username':'two'}]";
            var error = Assert.Throws<UpsertException>(() => Upsert(records));
            Assert.AreEqual("partial never applied", error.KindText + " " + error.RetryText + " " + error.EffectText);
            Assert.IsFalse(error.Result.Succeeded);
            Assert.AreEqual(SaveAction.Created, error.Result.Rows[0].Outcome.Action);
            Assert.AreEqual(ErrorKind.InvalidAttribute, error.Result.Rows[1].Error.Kind);
            StringAssert.StartsWith("1 of 2 records were not saved: ", error.Message);
            var rows = Json.ParseObject(Json.Bytes(error.Result.ToString())).Objects("d").ToList();
            Assert.AreEqual("OK UPSERTED 200 created not_found", Row(rows[0], "status editStatus httpCode action presence_before"));
            Assert.AreEqual("ERROR  500 invalid_attribute User/userId=two", Row(rows[1], "status editStatus httpCode kind key"));
        }

        private static string Row(IDictionary<string, object> row, string fields)
        {
            return string.Join(" ", fields.Split(' ').Select(field => Convert.ToString(row[field])));
        }

        [Test]
        public void What_is_no_upsert_is_refused_before_anything_is_sent()
        {
            Tenant.Ask("DELETE", "requests");
            Action<string, string> check = (json, sentence) => StringAssert.Contains(
                sentence, Assert.Throws<InvalidRequestException>(() => Upsert(json, "token")).Message);
            check("{'userId':", "is not JSON");
            check("[]", "a record, or a list of records");
            check("{'status':'t'}", "needs a userId");
            check("{'__metadata':{'uri':'EmpJob'},'userId':'x'}", "EmpJob");
            Assert.AreEqual(0, Tenant.Pages());
        }

        [Test]
        public void A_token_that_the_tenant_does_not_take_is_an_exception_that_does_not_show_it()
        {
            var error = Assert.Throws<ServiceAuthException>(() => Upsert("{'userId':'sfapi','title':'x'}", "hunter2-token"));
            StringAssert.DoesNotContain("hunter2", error.ToString());
        }
    }
}
