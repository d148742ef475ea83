using System.Collections.Generic;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    /// <summary>What is said to the connector.</summary>
    [TestFixture]
    public class Requests
    {
        private static readonly Date Day = new Date(2026, 11, 29);

        private static string Said(Dictionary<string, object> parameters)
        {
            return Json.Text(Json.Write(Wire.To(parameters))).Replace('"', '\'');
        }

        [Test]
        public void Days_are_said_as_the_protocol_has_them()
        {
            Assert.AreEqual("{'object_class':'User','uid':'jdoe','as_of':'2026-11-29'}", Said(Parameters.Get("User", "jdoe", null, null, Day)));
            Assert.AreEqual("{'object_class':'User','as_of':'2026-11-29'}", Said(Parameters.Search("User", null, new SearchOptions { AsOf = Day })));
            Assert.AreEqual("{'object_class':'User','as_of':'2026-11-29'}", Said(Parameters.Import("User", null, new ImportOptions { AsOf = Day })));
        }

        [Test]
        public void A_save_and_its_explanation_say_the_same()
        {
            var title = new Dictionary<string, object> { { "title", "CTO" } };
            var expected = new Dictionary<string, object>
            {
                { "title", "Engineer" }, { "manager", new Reference("User", "boss") }, { "division", new object[0] },
                { "email", new[] { "a", "b" } }, { "custom01", null },
            };
            var rest = "'uid':'jdoe','attributes':{'title':'CTO'},'mode':'update','effective_date':'2026-11-29','expected':{"
                + "'title':['Engineer'],'manager':[{'$reference':{'object_class':'User','uid':'boss'}}],'division':[],"
                + "'email':['a','b'],'custom01':[]}}";
            var save = Parameters.Save("User", "jdoe", title, SaveMode.Update, Day, expected);
            Assert.AreEqual("{'object_class':'User'," + rest, Said(save));
            Assert.AreEqual("{'object_class':'User','save':{" + rest + "}", Said(Parameters.ExplainSave(save)));
        }

        [Test]
        public void What_is_expected_and_cannot_be_carried_is_refused_by_its_name()
        {
            var expected = new Dictionary<string, object> { { "title", new object() } };
            var error = Assert.Throws<InvalidAttributeException>(() => Parameters.Save(
                "User", "x", new Dictionary<string, object>(), SaveMode.Update, null, expected));
            Assert.AreEqual(new[] { "title" }, error.Attributes);
        }

        [Test]
        public void A_day_means_something_to_the_connector()
        {
            using (var connection = Tenant.Connect())
            {
                var error = Assert.Throws<UnsupportedException>(() => connection.Get("User", "sfapi", asOf: Day));
                Assert.AreEqual(new[] { "as_of" }, error.Attributes);
                error = Assert.Throws<UnsupportedException>(() => connection.Save(
                    "User", "sfapi", new Dictionary<string, object> { { "title", "x" } }, effectiveDate: Day));
                Assert.AreEqual(new[] { "effective_date" }, error.Attributes);
            }
        }
    }
}
