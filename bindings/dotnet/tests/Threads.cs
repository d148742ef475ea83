using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    [TestFixture]
    public class Threads
    {
        [TestCase("library")]
        [TestCase("program")]
        public void A_connection_is_shared_by_threads_without_crosstalk(string carrier)
        {
            var seen = new ConcurrentBag<string>();
            Tenant.Ask("DELETE", "requests");
            using (var connection = Tenant.Connect(carrier))
            {
                ParameterizedThreadStart look = uid =>
                {
                    for (var i = 0; i < 10; i++)
                    {
                        seen.Add(uid + " " + connection.Get("User", (string)uid, new string[0]).PresenceText);
                    }
                };
                var people = Enumerable.Repeat(new[] { "sfapi", "nobody" }, 10).SelectMany(pair => pair).ToList();
                var threads = people.Select(_ => new Thread(look)).ToList();
                foreach (var pair in threads.Zip(people, (thread, uid) => new { thread, uid }))
                {
                    pair.thread.Start(pair.uid);
                }
                threads.ForEach(thread => thread.Join());
            }
            Assert.AreEqual(200, seen.Count);
            Assert.AreEqual(new[] { "nobody not_found", "sfapi active" }, seen.Distinct().OrderBy(line => line).ToArray());
            Assert.AreEqual(1, Tenant.Logins(), "one token for all");
        }

        [Test]
        public void The_program_has_one_request_with_an_id_at_a_time()
        {
            var request = "{\"id\":\"same\",\"method\":\"search\",\"params\":{\"object_class\":\"User\"}}";
            using (var connection = Tenant.Connect("program"))
            {
                using (connection.Events(request))
                {
                    var error = Assert.Throws<InvalidRequestException>(() => connection.Events(request));
                    StringAssert.Contains("\"same\" is under way", error.Message);
                }
                Assert.AreEqual(Presence.Active, connection.Get("User", "sfapi").Presence);
            }
        }
    }
}
