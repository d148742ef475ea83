using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Program
{
    /// <summary>A program that does nothing any more: the deadline, the token and an interrupt end the wait all the same.</summary>
    [TestFixture]
    public class Stopped
    {
        private Connection connection;
        private int child;

        [SetUp]
        public void Stop()
        {
            var before = Leaks.Children.Own();
            connection = Tenant.Connect("program");
            child = Leaks.Children.Own().Except(before).Single();
            Tenant.Run("kill", "-STOP " + child);
        }

        [TearDown]
        public void Kill()
        {
            Tenant.Run("kill", "-KILL " + child);
            connection.Dispose();
        }

        private static readonly Dictionary<string, object> Small = new Dictionary<string, object> { { "title", "x" } };

        /// <summary>More than fits into the pipe.</summary>
        private static readonly Dictionary<string, object> Large = new Dictionary<string, object> { { "title", new string('x', 2000000) } };

        private static CallOptions Soon()
        {
            return new CallOptions { Deadline = TimeSpan.FromMilliseconds(200) };
        }

        private static CallOptions Cancelled()
        {
            return new CallOptions { Cancellation = new CancellationTokenSource(200).Token };
        }

        [Test]
        public void A_deadline_ends_the_wait()
        {
            Tenant.Within(1200, () => Assert.AreEqual(Effect.NotApplied, Assert.Throws<TimedOutException>(
                () => connection.Get("User", "sfapi", call: Soon())).Effect));
            Tenant.Within(1200, () => Assert.Throws<TimedOutException>(() => connection.Search("User", call: Soon()).Count()));
            Tenant.Within(1200, () => Assert.AreEqual(Effect.Unknown, Assert.Throws<TimedOutException>(
                () => connection.Save("User", "sfapi", Small, call: Soon())).Effect));
            // The first one blocks the pipe, so the second one never left.
            Tenant.Within(1200, () => Assert.AreEqual(Effect.Unknown, Assert.Throws<TimedOutException>(
                () => connection.Save("User", "sfapi", Large, call: Soon())).Effect));
            Tenant.Within(1200, () => Assert.AreEqual(Effect.NotApplied, Assert.Throws<TimedOutException>(
                () => connection.Save("User", "sfapi", Large, call: Soon())).Effect));
        }

        [Test]
        public void The_deadline_of_a_request_as_text_ends_the_wait()
        {
            Tenant.Within(1200, () => StringAssert.Contains("\"timeout\"", connection.Events(
                "{\"id\":1,\"method\":\"suspend\",\"params\":{\"object_class\":\"User\",\"uid\":\"x\",\"meta\":{\"deadline_ms\":200}}}").Single()));
        }

        [Test]
        public void A_token_ends_the_wait()
        {
            Tenant.Within(1200, () => Assert.AreEqual(Effect.NotApplied, Assert.Throws<CancelledException>(
                () => connection.Get("User", "sfapi", call: Cancelled())).Effect));
            Tenant.Within(1200, () => Assert.AreEqual(Effect.Unknown, Assert.Throws<CancelledException>(
                () => connection.Save("User", "sfapi", Large, call: Cancelled())).Effect));
            Tenant.Within(1200, () => Assert.AreEqual(Effect.NotApplied, Assert.Throws<CancelledException>(
                () => connection.Save("User", "sfapi", Small, call: Cancelled())).Effect));
            Tenant.Within(1200, () => Assert.AreEqual(0, connection.Events("{\"id\":1,\"method\":\"test\"}", new CancellationToken(true))
                .Count(line => !line.Contains("\"cancelled\""))));
        }

        [Test]
        public void Whoever_cancels_does_not_wait()
        {
            using (var source = new CancellationTokenSource())
            {
                var call = new CallOptions { Cancellation = source.Token };
                var seen = new ConcurrentBag<Exception>();
                var threads = Enumerable.Range(0, 3).Select(_ => Tenant.Start(
                    () => connection.Save("User", "sfapi", Large, call: call), error => seen.Add(error.SourceException))).ToList();
                Tenant.Within(500, source.Cancel);
                threads.ForEach(thread => Assert.IsTrue(thread.Join(1200)));
                Assert.AreEqual(3, seen.OfType<CancelledException>().Count());
            }
        }

        [Test]
        public void An_interrupt_ends_the_wait()
        {
            foreach (var attributes in new[] { Small, Large, Large })
            {
                Exception seen = null;
                var thread = Tenant.Start(() => connection.Save("User", "sfapi", attributes), error => seen = error.SourceException);
                thread.Interrupt();
                Assert.IsTrue(thread.Join(1000));
                Assert.IsInstanceOf<ThreadInterruptedException>(seen);
            }
        }

        [Test]
        public void Closing_kills_after_its_limit_and_ends_what_runs()
        {
            Exception seen = null;
            var waiting = Tenant.Start(() => connection.Save("User", "sfapi", Large), error => seen = error.SourceException);
            var people = connection.Search("User");
            var watch = Stopwatch.StartNew();
            Tenant.Within(8000, connection.Dispose);
            Assert.Greater(watch.ElapsedMilliseconds, 4000, "it had its time to end by itself");
            Assert.IsTrue(waiting.Join(1000));
            Assert.IsInstanceOf<ConnectorException>(seen);
            Assert.Throws<CancelledException>(() => people.Count());
            CollectionAssert.DoesNotContain(Leaks.Children.Own(), child);
        }
    }
}
