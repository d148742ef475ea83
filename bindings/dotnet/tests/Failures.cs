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
            Assert.AreEqual("invalid_attribute", error.Kind);
            Assert.AreEqual(-31012, error.Code);
            Assert.AreEqual("never", error.Retry);
            Assert.IsNull(error.RetryAfter);
            Assert.AreEqual("not_applied", error.Effect);
            Assert.AreEqual("save User eve", error.Operation + " " + error.ObjectClass + " " + error.Uid);
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
            Assert.AreEqual("later", error.Retry);
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
            Assert.AreEqual("active", connection.Get("User", "sfapi").Presence);
        }
    }

    [TestFixture]
    public class Kinds
    {
        [Test]
        public void Every_kind_has_a_class_of_its_own()
        {
            var kinds = Environment.GetEnvironmentVariable("SFSF_TEST_KINDS").Split(' ');
            CollectionAssert.AreEquivalent(kinds, Errors.Kinds.ToList());
        }

        [Test]
        public void A_kind_of_a_newer_library_is_still_an_error()
        {
            var error = Errors.Of(Json.Bytes("{\"error\":{\"code\":-1,\"message\":\"x\",\"data\":{\"kind\":\"new\",\"retry\":\"later\"}}}"));
            Assert.AreEqual("new later x", error.Kind + " " + error.Retry + " " + error.Message);
            Assert.AreEqual("internal", Errors.Of(Json.Bytes("no json")).Kind);
        }
    }
}
