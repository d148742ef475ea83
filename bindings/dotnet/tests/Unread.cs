using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    /// <summary>A request that the connector cannot read, or does not take: an error at once, and the same over both carriers.</summary>
    [TestFixture("library")]
    [TestFixture("program")]
    public class Unread
    {
        private readonly string carrier;
        private Connection connection;

        public Unread(string carrier)
        {
            this.carrier = carrier;
        }

        [SetUp]
        public void Open()
        {
            connection = Tenant.Connect(carrier);
        }

        [TearDown]
        public void Close()
        {
            Assert.AreEqual(Presence.Active, connection.Get("User", "sfapi", new string[0]).Presence, "the connection is as good as before");
            connection.Dispose();
        }

        /// <summary>The error of what is refused at once.</summary>
        private static T Refused<T>(Action work) where T : ConnectorException
        {
            T seen = null;
            Tenant.Within(10000, () => seen = Assert.Throws<T>(() => work()));
            return seen;
        }

        private T Save<T>(string attribute, object value) where T : ConnectorException
        {
            return Refused<T>(() => connection.Save("User", "sfapi", new Dictionary<string, object> { { attribute, value } }));
        }

        private T Raw<T>(string request) where T : ConnectorException
        {
            return Refused<T>(() => connection.Events(request).Count());
        }

        private static object Nested(int depth)
        {
            object nested = "inside";
            for (var i = 0; i < depth; i++)
            {
                nested = new List<object> { nested };
            }
            return nested;
        }

        [TestCase(0xd800, 'y')]
        [TestCase(0xdc00, 'y')]
        [TestCase(0xd800, 0xd800)]
        [TestCase(0xdc00, 0xd800)]
        public void Half_of_a_character_is_refused_with_the_name_of_its_attribute(int half, int next)
        {
            var text = "x" + (char)half + (char)next;
            foreach (var value in new object[] { text, new[] { "good", text }, new Secret(text), new Dictionary<string, object> { { "add", text } } })
            {
                var error = Save<InvalidAttributeException>("custom01", value);
                Assert.AreEqual("custom01 not_applied", error.Attributes.Single() + " " + error.EffectText);
            }
            Refused<InvalidRequestException>(() => connection.Get("User", text));
            Refused<InvalidRequestException>(() => connection.Search("User", "userId eq '" + text + "'").Count());
            Raw<InvalidRequestException>("{\"id\":15,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"" + text + "\"}}");
            Raw<InvalidRequestException>("{\"id\":15,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"\\ud800\"}}");
        }

        [TestCase(121)]
        [TestCase(128)]
        [TestCase(200)]
        [TestCase(100000)]
        public void What_is_nested_too_deep_is_refused_with_the_name_of_its_attribute(int depth)
        {
            var error = Save<InvalidAttributeException>("custom01", Nested(depth));
            Assert.AreEqual("custom01", error.Attributes.Single());
            var list = new string('[', depth) + new string(']', depth);
            if (depth >= 128)
            {
                Raw<InvalidRequestException>("{\"id\":16,\"method\":\"test\",\"params\":{\"a\":" + list + "}}");
            }
        }

        [Test]
        public void What_holds_itself_is_refused()
        {
            var self = new Dictionary<string, object>();
            self["me"] = self;
            Save<InvalidAttributeException>("custom01", self);
            Refused<ConfigurationException>(() => new Connection(self, Tenant.Carrier(carrier)));
            Refused<InvalidRequestException>(() => connection.Search("User", self).Count());
        }

        [Test]
        public void What_is_too_large_is_refused_and_what_is_almost_so_is_answered()
        {
            StringAssert.Contains("are too many for a request", Save<InvalidRequestException>("custom01", new string('x', 17 << 20)).Message);
            StringAssert.Contains("custom01", Save<InvalidAttributeException>("custom01", new string('x', 15 << 20)).Message);
        }

        [TestCase("")]
        [TestCase("  ")]
        [TestCase("\n")]
        [TestCase("{\n\"id\":1")]
        [TestCase("{\"id\":1,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"a\nb\"}}")]
        [TestCase("{\"id\":1,\"id\":2,\"method\":\"test\"}")]
        [TestCase("{\"id\":1,\"method\":\"test\",\"params\":{\"a\":1,\"a\":2}}")]
        [TestCase("{\"id\":1,\"method\":\"test\",\"params\":{\"a\":1e999}}")]
        [TestCase("{\"id\":1,\"method\":\"hello\"}")]
        [TestCase("{\"id\":1,\"method\":\"open\",\"params\":{\"configuration\":{}}}")]
        [TestCase("{\"id\":1,\"method\":\"close\",\"params\":{\"session\":\"s1\"}}")]
        [TestCase("{\"id\":1,\"method\":\"shutdown\"}")]
        [TestCase("{\"method\":\"cancel\",\"params\":{\"id\":5}}")]
        [TestCase("{\"method\":\"credit\",\"params\":{\"id\":5,\"items\":1}}")]
        [TestCase((string)null)]
        public void A_request_as_text_that_makes_no_sense_is_refused(string request)
        {
            Assert.AreEqual(Effect.NotApplied, Raw<InvalidRequestException>(request).Effect);
        }

        [TestCase("{\n  \"id\": 8,\n  \"method\": \"get\",\r\n  \"params\": {\"object_class\": \"User\", \"uid\": \"sfapi\", \"attributes_to_get\": []}\n}\n")]
        [TestCase("{\"id\":9,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"sfapi\",\"attributes_to_get\":[]}}\r\n")]
        public void A_request_of_several_lines_is_answered(string request)
        {
            StringAssert.Contains("\"presence\":\"active\"", connection.Events(request).Single());
        }

        [TestCase("{\"id\":1.5,\"method\":\"test\"}")]
        [TestCase("{\"id\":true,\"method\":\"test\"}")]
        [TestCase("{\"id\":99999999999999999999,\"method\":\"test\"}")]
        [TestCase("{\"id\":null,\"method\":\"test\"}")]
        [TestCase("{\"id\":[],\"method\":\"test\"}")]
        public void An_id_that_is_none_is_an_error(string request)
        {
            Tenant.Within(10000, () =>
            {
                try
                {
                    StringAssert.Contains("\"error\"", connection.Events(request).Single());
                }
                catch (InvalidRequestException)
                {
                    // The library says so before there is a stream.
                }
            });
        }

        [Test]
        public void A_page_needs_a_size()
        {
            foreach (var options in new[] { new SearchOptions { Cookie = "x" }, new SearchOptions { Offset = 250 } })
            {
                StringAssert.Contains("PageSize", Refused<InvalidRequestException>(() => connection.Search("User", null, options).Count()).Message);
            }
        }

        [Test]
        public void An_endless_deadline_is_no_limit_and_a_negative_one_is_refused()
        {
            var endless = new CallOptions { Deadline = Timeout.InfiniteTimeSpan };
            Assert.AreEqual(Presence.Active, connection.Get("User", "sfapi", new string[0], call: endless).Presence);
            var negative = new CallOptions { Deadline = TimeSpan.FromSeconds(-5) };
            Refused<InvalidRequestException>(() => connection.Get("User", "sfapi", call: negative));
            if (carrier == "library")
            {
                Assert.IsNotEmpty(connection.AccessToken(Timeout.InfiniteTimeSpan).Reveal());
            }
        }

        [Test]
        public void A_value_without_a_form_is_refused_with_the_name_of_its_attribute_and_its_type()
        {
            foreach (var value in new object[] { double.NaN, float.PositiveInfinity, ulong.MaxValue, TimeSpan.FromHours(1), new Version(1, 2), new DateTime(2024, 1, 31) })
            {
                var error = Save<InvalidAttributeException>("hireDate", value);
                Assert.AreEqual("hireDate", error.Attributes.Single());
                StringAssert.Contains(value.GetType().FullName, error.Message);
            }
        }
    }
}
