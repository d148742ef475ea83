using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    [TestFixture("library")]
    [TestFixture("program")]
    public class Failures
    {
        private readonly string carrier;
        private Connection connection;

        public Failures(string carrier)
        {
            this.carrier = carrier;
        }

        [TestFixtureSetUp]
        public void Open()
        {
            connection = Tenant.Connect(carrier, "max_attempts", 1L);
        }

        [TestFixtureTearDown]
        public void Close()
        {
            connection.Dispose();
        }

        [Test]
        public void An_error_carries_everything_to_decide_by()
        {
            var attributes = new Dictionary<string, object> { { "status", "t" }, { "username", "eve" }, { "manager", "nobody" } };
            var call = new CallOptions { CorrelationId = "order-66" };
            var error = Assert.Throws<InvalidAttributeException>(() => connection.Save("User", "eve", attributes, call: call));
            Assert.AreEqual(ErrorKind.InvalidAttribute, error.Kind);
            Assert.AreEqual(-31012, error.Code);
            Assert.AreEqual(Retry.Never, error.Retry);
            Assert.IsNull(error.RetryAfter);
            Assert.AreEqual(Effect.NotApplied, error.Effect);
            Assert.AreEqual("save User eve", error.OperationText + " " + error.ObjectClass + " " + error.Uid);
            Assert.AreEqual(new[] { "manager" }, error.Attributes);
            Assert.AreEqual("order-66", error.CorrelationId);
            Assert.AreEqual(500, error.Target.Status);
            StringAssert.Contains("INVALID_MANAGER_ID", error.Target.Text);
            StringAssert.Contains("manager", error.Advice);
            StringAssert.Contains("order-66", error.Message);
            StringAssert.Contains("\"error\"", error.Event);
        }

        [Test]
        public void When_to_try_again_is_a_time()
        {
            Tenant.Fault("throttle=300:GET location*1");
            var options = new SearchOptions { AttributesToGet = new[] { "location" } };
            var error = Assert.Throws<RateLimitedException>(() => connection.Search("User", null, options).Count());
            Assert.AreEqual(Retry.Later, error.Retry);
            Assert.AreEqual(TimeSpan.FromMinutes(5), error.RetryAfter);
        }

        [Test]
        public void Not_found_and_requests_that_make_no_sense_are_told_apart()
        {
            Assert.Throws<NotFoundException>(() => connection.Suspend("User", "nobody"));
            Assert.Throws<InvalidRequestException>(() => connection.Get("Planet", "earth"));
            var error = Assert.Throws<InvalidRequestException>(() => connection.Search("User", "status eq").Count());
            Assert.AreEqual(-32602, error.Code);
        }

        [Test]
        public void A_configuration_is_refused_with_every_wrong_key()
        {
            var keys = new Dictionary<string, object> { { "url", "ftp://nowhere" }, { "page_size", "many" } };
            var error = Assert.Throws<ConfigurationException>(() => new Connection(keys, Tenant.Carrier(carrier)));
            foreach (var key in new[] { "url", "page_size", "company_id" })
            {
                StringAssert.Contains(key, error.Message);
            }
        }

        [Test]
        public void Credentials_of_a_request_are_used_for_it_alone()
        {
            var call = new CallOptions
            {
                Credentials = new Dictionary<string, Secret> { { "access_token", new Secret("nonsense") } },
            };
            var error = Assert.Throws<ServiceAuthException>(() => connection.Get("User", "sfapi", call: call));
            StringAssert.DoesNotContain("nonsense", error.ToString());
            Assert.AreEqual(Presence.Active, connection.Get("User", "sfapi").Presence);
        }
    }

    [TestFixture]
    public class Kinds
    {
        /// <summary>The kinds that this version knows.</summary>
        public static IEnumerable<ErrorKind> Known
        {
            get { return Enum.GetValues(typeof(ErrorKind)).Cast<ErrorKind>().Where(kind => kind != ErrorKind.Unknown); }
        }

        [Test]
        public void Every_kind_has_a_class_of_its_own()
        {
            var kinds = Environment.GetEnvironmentVariable("SFSF_TEST_KINDS").Split(' ');
            CollectionAssert.AreEquivalent(kinds, Known.Select(ProtocolWords.Of).ToList());
            var errors = Known.Select(kind => Failure("{\"kind\":\"" + ProtocolWords.Of(kind) + "\"}")).ToList();
            CollectionAssert.AreEqual(Known, errors.Select(error => error.Kind));
            Assert.AreEqual(kinds.Length, errors.Select(error => error.GetType()).Distinct().Count());
            CollectionAssert.DoesNotContain(errors.Select(error => error.GetType()), typeof(ConnectorException));
        }

        [Test]
        public void A_kind_of_a_newer_library_is_still_an_error()
        {
            var error = Errors.Of(Json.Bytes("{\"error\":{\"code\":-1,\"message\":\"x\",\"data\":{\"kind\":\"new\",\"retry\":\"later\"}}}"));
            Assert.AreEqual("new later x", error.KindText + " " + error.RetryText + " " + error.Message);
            Assert.AreEqual(ErrorKind.Internal, Errors.Of(Json.Bytes("no json")).Kind);
        }

        [Test]
        public void Words_that_a_newer_library_may_say_are_unknown_and_can_be_read()
        {
            var error = Failure("{\"kind\":\"eclipse\",\"retry\":\"tomorrow\",\"effect\":\"doubled\",\"operation\":\"merge\"}");
            Assert.AreEqual(typeof(ConnectorException), error.GetType());
            Assert.AreEqual(ErrorKind.Unknown, error.Kind);
            Assert.AreEqual(Retry.Unknown, error.Retry);
            Assert.AreEqual(Effect.Unknown, error.Effect);
            Assert.AreEqual(Operation.Unknown, error.Operation);
            Assert.AreEqual("eclipse tomorrow doubled merge",
                error.KindText + " " + error.RetryText + " " + error.EffectText + " " + error.OperationText);
            var found = new GetOutcome(Json.ParseObject(Json.Bytes("{\"presence\":\"elsewhere\",\"evidence\":[],\"fresh\":1}")));
            Assert.AreEqual(Presence.Unknown, found.Presence);
            Assert.AreEqual("elsewhere", found.PresenceText);
            var manifest = new ObjectClassManifest(Json.ParseObject(Json.Bytes("{\"operations\":[\"get\",\"merge\"]}")));
            Assert.AreEqual(new[] { Operation.Get, Operation.Unknown }, manifest.Operations);
            Assert.AreEqual(new[] { "get", "merge" }, manifest.OperationsText);
        }

        private static ConnectorException Failure(string data)
        {
            return Errors.Of(Json.Bytes("{\"error\":{\"message\":\"x\",\"data\":" + data + "}}"));
        }
    }
}
