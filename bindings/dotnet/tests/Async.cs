using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    /// <summary>Operations that no thread waits for.</summary>
    [TestFixture("library")]
    [TestFixture("program")]
    public class Async
    {
        private readonly string carrier;
        private Connection connection;

        public Async(string carrier)
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
            Tenant.Ask("DELETE", "faults");
            connection.Dispose();
        }

        /// <summary>What a task gives; it has to end soon, and its exception is the caller's.</summary>
        private static T Ended<T>(Task<T> task, int milliseconds = 20000)
        {
            Assert.IsTrue(((IAsyncResult)task).AsyncWaitHandle.WaitOne(milliseconds), "it must have ended within " + milliseconds + " ms");
            return task.GetAwaiter().GetResult();
        }

        private static CallOptions Within(int milliseconds)
        {
            return new CallOptions { Deadline = TimeSpan.FromMilliseconds(milliseconds) };
        }

        private string Name(string name)
        {
            return name + "-async-" + carrier;
        }

        [Test]
        public void Every_operation_gives_what_it_gives_to_whoever_waits()
        {
            var uid = Name("ada");
            var person = new Dictionary<string, object> { { "status", "t" }, { "username", uid }, { "title", "CTO" } };
            Assert.AreEqual(CheckOutcome.Ok, Ended(connection.TestAsync()).Checks[0].Outcome);
            Assert.Greater(Ended(connection.SchemaAsync()).ObjectClasses.Count, 0);
            Assert.AreEqual(SaveAction.Created, Ended(connection.SaveAsync("User", uid, person, SaveMode.Create)).Action);
            Assert.AreEqual("CTO", Ended(connection.GetAsync("User", uid, new[] { "title" }, "__NAME__")).Object.First("title"));
            Assert.AreEqual(SaveAction.Suspended, Ended(connection.SuspendAsync("User", uid)).Action);
            Assert.AreEqual(SaveAction.Revived, Ended(connection.ResumeAsync("User", uid)).Action);
            Assert.AreEqual(new[] { "__PASSWORD__" }, Ended(connection.ResetPasswordAsync("User", uid, new Secret("N3w-Pass-Phrase"))).Changed);
            Assert.AreEqual(Presence.Inactive, Ended(connection.DeleteAsync("User", uid)).Presence);
            Assert.AreEqual("divisions", Ended(connection.LookupAsync("divisions", TimeSpan.Zero)).Name);
            StringAssert.Contains("$filter", Ended(connection.ExplainFilterAsync("User", "status eq 't'")).Query);
            Assert.AreEqual(Presence.Inactive, Ended(connection.ExplainObjectAsync("User", uid)).Presence);
        }

        [Test]
        public void What_is_wrong_fails_the_task_as_it_fails_the_call()
        {
            Assert.Throws<NotFoundException>(() => Ended(connection.SuspendAsync("User", "nobody")));
            var values = new Dictionary<string, object> { { "hireDate", new object() } };
            Task<SaveOutcome> refused = null;
            Assert.DoesNotThrow(() => refused = connection.SaveAsync("User", "sfapi", values));
            Assert.AreEqual("hireDate", Assert.Throws<InvalidAttributeException>(() => Ended(refused)).Attributes.Single());
            connection.Dispose();
            Assert.Throws<InvalidRequestException>(() => Ended(connection.GetAsync("User", "sfapi")));
        }

        [Test]
        public void A_stream_is_gone_through_once_object_by_object()
        {
            var people = connection.Search("User", null, new SearchOptions { AttributesToGet = new[] { "title" } });
            Assert.AreEqual(connection.Search("User").Count(), Ended(Count(people)));
            Assert.AreEqual(StreamStatus.Complete, people.Summary.Status);
            Assert.Throws<InvalidOperationException>(() => people.Count());
            var begun = connection.Search("User");
            Assert.IsNotNull(begun.First());
            Assert.Throws<InvalidOperationException>(() => Ended(begun.NextAsync()));
            var failing = connection.Search("User", "shoeSize eq '44'");
            Assert.Throws<InvalidAttributeException>(() => Ended(failing.NextAsync()));
        }

        private static async Task<int> Count(ObjectStream people)
        {
            var count = 0;
            while (await people.NextAsync() != null)
            {
                count++;
            }
            return count;
        }

        [Test]
        public void A_token_cancels_the_request_and_says_what_became_of_the_change()
        {
            Assert.AreEqual(Effect.NotApplied, Cancelled("hang:GET department*1", token => connection.GetAsync(
                "User", "sfapi", new[] { "department" }, cancellation: token)).Effect);
            Assert.AreEqual(Effect.NotApplied, Cancelled("hang:GET division*1", token => connection.GetAsync(
                "User", "sfapi", new[] { "division" }, call: new CallOptions { Cancellation = token })).Effect);
            Assert.AreEqual(Effect.Unknown, Cancelled("hang:POST upsert*1", token => connection.SaveAsync(
                "User", "sfapi", new Dictionary<string, object> { { "title", Name("new") } }, cancellation: token)).Effect);
            Assert.AreEqual(Effect.NotApplied, Cancelled("hang:GET location*1", token => connection.Search(
                "User", null, new SearchOptions { AttributesToGet = new[] { "location" } }).NextAsync(token)).Effect);
            Assert.AreEqual(Presence.Active, Ended(connection.GetAsync("User", "sfapi")).Presence);
        }

        /// <summary>How something ends that is cancelled as soon as the tenant has the request, which it does not answer.</summary>
        private static CancelledException Cancelled<T>(string fault, Func<CancellationToken, Task<T>> work)
        {
            Tenant.Fault(fault);
            using (var source = new CancellationTokenSource())
            {
                var task = work(source.Token);
                // The fault is gone as soon as the request is there.
                Assert.IsTrue(SpinWait.SpinUntil(() => Tenant.Ask("GET", "faults").List("faults").Count == 0, 20000), fault);
                Assert.IsFalse(task.IsCompleted, fault);
                source.Cancel();
                return Assert.Throws<CancelledException>(() => Ended(task, 2000));
            }
        }

        [Test]
        public void A_deadline_and_the_end_of_the_connection_end_the_task()
        {
            Tenant.Fault("hang:GET department");
            Assert.Throws<TimedOutException>(
                () => Ended(connection.GetAsync("User", "sfapi", new[] { "department" }, call: Within(200)), 2000));
            var waiting = connection.GetAsync("User", "sfapi", new[] { "department" });
            Assert.IsFalse(waiting.IsCompleted);
            connection.Dispose();
            Assert.That(Assert.Catch(() => Ended(waiting, 8000)), Is.InstanceOf<ConnectorException>());
        }

        [Test]
        public void A_thread_that_waits_for_a_task_is_not_needed_by_it()
        {
            Tenant.Within(20000, () =>
            {
                SynchronizationContext.SetSynchronizationContext(new Blocked());
                Assert.AreEqual(Presence.Active, connection.GetAsync("User", "sfapi").Result.Presence);
                Assert.IsNotNull(connection.Search("User").NextAsync().Result);
            });
        }

        [Test]
        public void Calls_that_wait_for_the_tenant_hold_no_thread_of_the_pool()
        {
            Ended(connection.GetAsync("User", "sfapi", new[] { "department" }));
            Tenant.Fault("hang:GET department*30");
            int before, during, others;
            ThreadPool.GetAvailableThreads(out before, out others);
            var source = new CancellationTokenSource();
            var calls = Enumerable.Range(0, 30).Select(_ => connection.GetAsync(
                "User", "sfapi", new[] { "department" }, cancellation: source.Token)).ToList();
            // One has come to the tenant by now, and all have looked for their answers.
            Func<string> fault = () => (string)Tenant.Ask("GET", "faults").List("faults").FirstOrDefault();
            Assert.IsTrue(SpinWait.SpinUntil(() => fault() != "hang:GET department*30", 20000), fault());
            ThreadPool.GetAvailableThreads(out during, out others);
            source.Cancel();
            calls.ForEach(call => Assert.Throws<CancelledException>(() => Ended(call)));
            Assert.Less(before - during, 10);
        }

        /// <summary>A thread that does nothing that it is given, since it waits.</summary>
        private sealed class Blocked : SynchronizationContext
        {
            public override void Post(SendOrPostCallback callback, object state)
            {
            }
        }
    }
}
