using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Serialization;
using System.Security;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    [TestFixture]
    public class Values
    {
        private static object RoundTrip(object value)
        {
            return Wire.From(Json.Parse(Json.Write(Wire.To(value))));
        }

        [Test]
        public void Values_survive_the_wire()
        {
            var values = new object[]
            {
                "text", "", "Zoë 👩‍🚀 \u0000\u001f\"\\/<&>\u2028", true, 7L, -9007199254740993L, long.MinValue, 0.50m, 1e-10m,
                new Date(2024, 1, 31), new DateTimeOffset(2024, 1, 31, 12, 0, 0, TimeSpan.FromHours(2)),
                new Reference("User", "boss"), new Secret("Pa55"),
            };
            foreach (var value in values)
            {
                Assert.AreEqual(value, RoundTrip(value));
            }
            Assert.AreEqual(new byte[] { 0, 255 }, RoundTrip(new byte[] { 0, 255 }));
            Assert.AreEqual(new DateTimeOffset(2024, 1, 31, 12, 0, 0, TimeSpan.Zero),
                RoundTrip(new DateTime(2024, 1, 31, 12, 0, 0, DateTimeKind.Utc)));
            var midnight = new DateTime(2024, 1, 31, 0, 0, 0, DateTimeKind.Local);
            StringAssert.Contains("2024-01-31T00:00:00", Json.Text(Json.Write(Wire.To(midnight))), "the day is the one of its own offset");
            Assert.AreEqual(new DateTimeOffset(midnight), RoundTrip(midnight));
            foreach (var number in new[] { 0.1, 1e-300, 1.7976931348623157e308, 0.12345678901234568 })
            {
                StringAssert.Contains(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture), Json.Text(Json.Write(Wire.To(number))));
            }
            Assert.AreEqual(new List<object> { 1L, null }, RoundTrip(new object[] { 1, null }));
            var parts = (Dictionary<string, object>)RoundTrip(new Dictionary<string, object> { { "street", new[] { "Main" } }, { "a b", 1 } });
            Assert.AreEqual(new List<object> { "Main" }, parts["street"]);
            Assert.AreEqual(1L, parts["a b"]);
        }

        [Test]
        public void A_time_without_a_zone_is_refused_and_an_unknown_tag_is_kept()
        {
            Assert.Throws<InvalidRequestException>(() => Wire.To(new DateTime(2024, 1, 31)));
            var tagged = (Dictionary<string, object>)Wire.From(Json.Parse("{\"$new\":\"x\"}"));
            Assert.AreEqual("x", tagged["$new"]);
        }

        [Test]
        public void A_large_text_and_deep_nesting_are_read()
        {
            var large = new string('x', 20000000);
            Assert.AreEqual(large, RoundTrip(large));
            object nested = "inside";
            for (var depth = 0; depth < 100; depth++)
            {
                nested = new List<object> { nested };
            }
            Assert.AreEqual(nested, RoundTrip(nested));
        }

        [Test]
        public void A_secret_shows_itself_to_nobody()
        {
            var secret = new Secret("Pa55");
            var shown = secret + string.Format("{0}", secret) + string.Join("", new object[] { secret });
            StringAssert.DoesNotContain("Pa55", shown);
            Assert.AreEqual("Pa55", secret.Reveal());
            Assert.IsFalse(typeof(Secret).IsSerializable);
            Assert.IsEmpty(typeof(Secret).GetProperties(), "a form or a log that walks over properties finds none");
            Assert.Catch(() => new DataContractSerializer(typeof(Secret)).WriteObject(System.IO.Stream.Null, secret));
        }

        [Test]
        public void A_secure_string_is_a_secret()
        {
            var secure = new SecureString();
            "Pä55😀".ToList().ForEach(secure.AppendChar);
            Assert.AreEqual("Pä55😀", new Secret(secure).Reveal());
            Assert.AreEqual(new Secret("Pä55😀"), RoundTrip(secure));
        }

        [Test]
        public void Bytes_are_split_into_lines()
        {
            Assert.AreEqual(new[] { "a", "b" }, Lines.Of(Json.Bytes("a\n\nb\n")).Select(Json.Text).ToArray());
            Assert.AreEqual(new[] { "a" }, Lines.Of(Json.Bytes("a")).Select(Json.Text).ToArray());
        }
    }
}
