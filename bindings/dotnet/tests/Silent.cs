using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    /// <summary>A tenant that accepts connections and never answers.</summary>
    [TestFixture("library")]
    [TestFixture("program")]
    public class Silent
    {
        private readonly string carrier;
        private TcpListener tenant;
        private Connection connection;

        public Silent(string carrier)
        {
            this.carrier = carrier;
        }

        [SetUp]
        public void Open()
        {
            // The system accepts what nobody takes from the queue.
            tenant = new TcpListener(IPAddress.Loopback, 0);
            tenant.Start(100);
            Connect();
        }

        private void Connect()
        {
            var url = "http://" + tenant.LocalEndpoint + "/";
            connection = Tenant.Connect(carrier, "url", url, "token_url", url + "oauth/token");
        }

        [TearDown]
        public void Close()
        {
            connection.Dispose();
            tenant.Stop();
        }

        private IEnumerable<Action<CallOptions>> Operations()
        {
            var attributes = new Dictionary<string, object> { { "title", "x" } };
            yield return call => connection.Test(call);
            yield return call => connection.Schema(call);
            yield return call => connection.Get("User", "sfapi", call: call);
            yield return call => connection.Search("User", call: call).Count();
            yield return call => connection.Import("User", call: call).Count();
            yield return call => connection.Save("User", "sfapi", attributes, call: call);
            yield return call => connection.Delete("User", "sfapi", call);
            yield return call => connection.Suspend("User", "sfapi", call);
            yield return call => connection.Resume("User", "sfapi", call);
            yield return call => connection.ResetPassword("User", "sfapi", new Secret("x"), call);
            yield return call => connection.Lookup("divisions", null, call);
            yield return call => connection.ExplainObject("User", "sfapi", call);
        }

        [Test]
        public void A_token_ends_every_operation_within_a_second()
        {
            foreach (var operation in Operations())
            {
                using (var source = new CancellationTokenSource(100))
                {
                    var call = new CallOptions { Cancellation = source.Token };
                    Tenant.Within(1100, () => Assert.Throws<CancelledException>(() => operation(call)));
                }
            }
        }

        [Test]
        public void A_deadline_ends_every_operation_within_a_second()
        {
            foreach (var operation in Operations())
            {
                var call = new CallOptions { Deadline = TimeSpan.FromMilliseconds(100) };
                Tenant.Within(1100, () => Assert.Throws<TimedOutException>(() => operation(call)));
            }
        }

        [Test]
        public void The_end_of_its_connection_ends_every_operation_within_a_second()
        {
            var operations = Operations().ToList();
            if (carrier == "library")
            {
                operations.Add(call => connection.AccessToken());
            }
            foreach (var operation in operations)
            {
                Exception seen = null;
                var thread = Tenant.Start(() => operation(null), error => seen = error.SourceException);
                Thread.Sleep(100);
                connection.Dispose();
                Assert.IsTrue(thread.Join(1000));
                Assert.IsInstanceOf<CancelledException>(seen);
                Connect();
            }
        }

        [Test]
        public void An_interrupt_ends_every_operation_within_a_second()
        {
            foreach (var operation in Operations())
            {
                Exception seen = null;
                var thread = Tenant.Start(() => operation(null), error => seen = error.SourceException);
                thread.Interrupt();
                Assert.IsTrue(thread.Join(1000));
                Assert.IsInstanceOf<ThreadInterruptedException>(seen);
            }
        }
    }
}
