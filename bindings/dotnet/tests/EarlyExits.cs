using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    [TestFixture("library")]
    [TestFixture("program")]
    public class EarlyExits
    {
        private static readonly ImportOptions Nothing = new ImportOptions { AttributesToGet = new string[0] };

        private readonly string carrier;
        private Connection connection;

        public EarlyExits(string carrier)
        {
            this.carrier = carrier;
        }

        [SetUp]
        public void Open()
        {
            connection = Tenant.Connect(carrier, "page_size", 10L);
            connection.Test();
            Tenant.Ask("DELETE", "requests");
        }

        [TearDown]
        public void Close()
        {
            connection.Dispose();
            Tenant.Ask("DELETE", "faults");
        }

        /// <summary>What a slow answer asks for: an attribute, for which the tenant hangs.</summary>
        private ObjectStream Hanging(CallOptions call = null)
        {
            Tenant.Fault("hang:GET department*1");
            return connection.Import("User", options: new ImportOptions { AttributesToGet = new[] { "department" } }, call: call);
        }

        /// <summary>Ends within a second of the signal, which comes after so many milliseconds.</summary>
        private static TException Within<TException>(int signal, TestDelegate work) where TException : Exception
        {
            var watch = Stopwatch.StartNew();
            var error = Assert.Throws<TException>(work);
            Assert.Less(watch.ElapsedMilliseconds, signal + 1000);
            return error;
        }

        [Test]
        public void Leaving_a_stream_ends_it()
        {
            ObjectStream people;
            using (people = connection.Import("User", options: Nothing))
            {
                foreach (var person in people)
                {
                    break;
                }
            }
            Assert.IsNull(people.Summary);
            // The connector reads ahead at most what a stream may hold.
            var before = Tenant.Pages();
            connection.Get("User", "sfapi", new string[0]);
            Assert.LessOrEqual(Tenant.Pages(), before + 2);
            Assert.Less(before, 30);
        }

        [Test]
        public void A_stream_that_was_left_looks_whole_to_nobody()
        {
            var people = connection.Import("User", options: Nothing);
            people.Dispose();
            Assert.Throws<CancelledException>(() => people.Count());

            people = connection.Import("User", options: Nothing);
            var found = people.GetEnumerator();
            Assert.IsTrue(found.MoveNext());
            Tenant.Start(people.Dispose, error => { }).Join();
            Assert.Throws<CancelledException>(() =>
            {
                while (found.MoveNext())
                {
                }
            });
        }

        [Test]
        public void First_of_linq_ends_the_stream()
        {
            Assert.IsNotNull(connection.Search("User").First().Uid);
            var before = Tenant.Pages();
            connection.Get("User", "sfapi", new string[0]);
            Assert.LessOrEqual(Tenant.Pages(), before + 2);
            Assert.Less(before, 30);
        }

        [Test]
        public void A_stream_is_cancelled_from_another_thread()
        {
            var people = Hanging();
            using (new Timer(_ => people.Cancel(), null, 100, Timeout.Infinite))
            {
                Within<CancelledException>(100, () => people.Count());
            }
        }

        [Test]
        public void A_token_that_is_cancelled_ends_a_stream_and_a_single_answer()
        {
            using (var source = new CancellationTokenSource(100))
            {
                var call = new CallOptions { Cancellation = source.Token };
                Within<CancelledException>(100, () => Hanging(call).Count());
                // A token that was cancelled before ends at once what begins now.
                Tenant.Fault("hang:GET userId*1");
                Within<CancelledException>(0, () => connection.Get("User", "sfapi", call: call));
            }
        }

        [Test]
        public void An_interrupt_of_the_thread_ends_the_wait_and_the_request()
        {
            var people = Hanging();
            Exception seen = null;
            var thread = new Thread(() =>
            {
                try
                {
                    people.Count();
                }
                catch (ThreadInterruptedException error)
                {
                    seen = error;
                }
            });
            thread.Start();
            thread.Interrupt();
            Assert.IsTrue(thread.Join(1000));
            Assert.IsInstanceOf<ThreadInterruptedException>(seen);
            Tenant.Ask("DELETE", "faults");
            Assert.AreEqual(Presence.Active, connection.Get("User", "sfapi").Presence);
        }

        [Test]
        public void A_deadline_is_kept()
        {
            var call = new CallOptions { Deadline = TimeSpan.FromMilliseconds(300) };
            Within<TimedOutException>(300, () => Hanging(call).Count());
        }

        [Test]
        public void Closing_the_connection_ends_its_streams()
        {
            var people = connection.Import("User", options: Nothing).GetEnumerator();
            Assert.IsTrue(people.MoveNext());
            connection.Dispose();
            Assert.Throws<CancelledException>(() =>
            {
                while (people.MoveNext())
                {
                }
            });
            Assert.Throws<InvalidRequestException>(() => connection.Test());
            connection.Dispose();
        }
    }
}
