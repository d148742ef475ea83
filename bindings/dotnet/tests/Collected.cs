using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Collected
{
    /// <summary>A call and a stream keep their connection alive, whatever the collector does, and whatever is forgotten ends.</summary>
    [TestFixture("library")]
    [TestFixture("program")]
    public class Collected
    {
        private static readonly string[] Nothing = new string[0];

        private readonly string carrier;

        public Collected(string carrier)
        {
            this.carrier = carrier;
        }

        [TearDown]
        public void Clean()
        {
            Tenant.Ask("DELETE", "faults");
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private ObjectStream Search()
        {
            // Nobody holds the connection but the stream.
            return Tenant.Connect(carrier, "page_size", 20L).Search("User", options: new SearchOptions { AttributesToGet = Nothing });
        }

        [Test]
        public void A_stream_keeps_its_connection()
        {
            var read = 0;
            foreach (var person in Search())
            {
                if (++read % 25 == 0)
                {
                    Tenant.Collect();
                }
            }
            Assert.GreaterOrEqual(read, 300);
        }

        [Test]
        public void Events_and_an_import_keep_their_connection()
        {
            Func<Events> events = () => Tenant.Connect(carrier).Events(
                "{\"id\":1,\"method\":\"search\",\"params\":{\"object_class\":\"User\",\"attributes_to_get\":[]}}");
            var last = "";
            foreach (var line in events())
            {
                last = line;
                Tenant.Collect();
                Thread.Sleep(0);
            }
            StringAssert.Contains("\"status\":\"complete\"", last);
            Func<ObjectStream> import = () => Tenant.Connect(carrier).Import("User", options: new ImportOptions { AttributesToGet = Nothing });
            Assert.GreaterOrEqual(import().Select(one => { GC.Collect(0); return one; }).Count(), 300);
        }

        /// <summary>The connection is not used any more while its last call waits, so that optimized code lets go of it.</summary>
        [Test]
        public void A_save_keeps_its_connection()
        {
            Tenant.Fault("latency=800:/odata/v2/upsert*1");
            var collecting = true;
            var collector = Tenant.Start(
                () =>
                {
                    while (collecting)
                    {
                        Tenant.Collect();
                        Thread.Sleep(20);
                    }
                },
                error => { });
            try
            {
                Assert.AreEqual("updated", Save("T" + Guid.NewGuid().ToString("N").Substring(0, 8)));
            }
            finally
            {
                collecting = false;
                collector.Join();
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private string Save(string title)
        {
            return Tenant.Connect(carrier).Save("User", "sfapi", new Dictionary<string, object> { { "title", title } }).ActionText;
        }

        [Test]
        public void Whatever_is_forgotten_ends()
        {
            var before = Leaks.Children.Own().Count;
            using (var source = new CancellationTokenSource())
            {
                // Deep in a thread of its own, of whose stack nothing is left.
                Tenant.Within(60000, () => Forget(source.Token));
                var ended = SpinWait.SpinUntil(
                    () =>
                    {
                        Tenant.Collect();
                        Thread.Sleep(20);
                        return Leaks.Children.Own().Count <= before && !Streams.Any(stream => stream.IsAlive);
                    },
                    20000);
                Assert.IsTrue(ended, Leaks.Children.Own().Count - before + " processes, "
                    + Streams.Count(stream => stream.IsAlive) + " streams are still there");
            }
        }

        private static readonly List<WeakReference> Streams = new List<WeakReference>();

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Forget(CancellationToken token)
        {
            Streams.Clear();
            for (var i = 0; i < 5; i++)
            {
                var connection = Tenant.Connect(carrier);
                connection.Get("User", "sfapi", Nothing);
                var call = new CallOptions { Cancellation = token };
                var people = connection.Search("User", options: new SearchOptions { AttributesToGet = Nothing }, call: call);
                people.GetEnumerator().MoveNext();
                Streams.Add(new WeakReference(people));
            }
            // The last one may still be in a register or on the stack.
            Streams.RemoveAt(4);
        }
    }
}
