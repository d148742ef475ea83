using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Leaks
{
    /// <summary>The processes that this one has started.</summary>
    internal static class Children
    {
        public static IList<int> Own()
        {
            var tasks = Directory.GetDirectories("/proc/self/task").Select(Of);
            return tasks.SelectMany(text => text.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse).ToList();
        }

        private static string Of(string task)
        {
            try
            {
                return File.ReadAllText(task + "/children");
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
                return "";
            }
        }
    }

    /// <summary>What thousands of calls leave behind, as the operating system sees it.</summary>
    [TestFixture]
    public class Leaks
    {
        private const int Calls = 10000;

        /// <summary>What the runtimes may keep for themselves after they have warmed up.</summary>
        private const long Tolerance = 8 << 20;

        /// <summary>.NET keeps what it has collected, for later, unless it is told to give it back to the system; Mono does so anyway.</summary>
        private static readonly GCCollectionMode GiveBack = Enum.GetNames(typeof(GCCollectionMode)).Contains("Aggressive")
            ? (GCCollectionMode)Enum.Parse(typeof(GCCollectionMode), "Aggressive")
            : GCCollectionMode.Forced;

        private static long Resident()
        {
            Tenant.Collect();
            GC.Collect(GC.MaxGeneration, GiveBack, true, true);
            var line = File.ReadAllLines("/proc/self/status").Single(one => one.StartsWith("VmRSS:"));
            return long.Parse(line.Split(new[] { ' ', '\t' }, StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }

        private static int Files()
        {
            return Directory.GetFileSystemEntries("/proc/self/fd").Length;
        }

        /// <summary>Memory and open files are as they were when everything was warm.</summary>
        private static void Stays(int warm, int rounds, Action round)
        {
            Repeat(warm, round);
            var memory = Resident();
            var files = Files();
            Repeat(rounds, round);
            Assert.Less(Resident() - memory, Tolerance, "bytes more than before");
            Assert.LessOrEqual(Files(), files + 2, "open files");
        }

        private static void Repeat(int times, Action work)
        {
            for (var i = 0; i < times; i++)
            {
                work();
            }
        }

        [Test]
        public void Calls_that_are_answered_and_calls_that_fail_leave_nothing()
        {
            using (var connection = Tenant.Connect())
            {
                Stays(Calls / 10, Calls / 2, () =>
                {
                    // A list is kept, so the tenant is asked once only.
                    Assert.AreEqual("divisions", connection.Lookup("divisions").Name);
                    Assert.Throws<InvalidRequestException>(() => connection.Get("Planet", "earth"));
                });
            }
        }

        [Test]
        public void Streams_that_are_left_or_forgotten_leave_nothing()
        {
            using (var connection = Tenant.Connect())
            {
                var nothing = new SearchOptions { AttributesToGet = new string[0] };
                Stays(200, 200, () =>
                {
                    connection.Search("User", options: nothing).First();
                    // Nobody disposes of this one but the collector of garbage.
                    connection.Search("User", options: nothing).GetEnumerator().MoveNext();
                });
            }
        }

        [Test]
        public void Connections_that_are_closed_or_forgotten_leave_nothing()
        {
            // .NET has its memory for connections only after some hundred of them.
            Stays(400, 200, () =>
            {
                Tenant.Connect().Dispose();
                Tenant.Connect();
            });
        }

        [Test]
        public void Programs_end_with_their_connections()
        {
            Func<int> children = () => Children.Own().Count;
            var before = children();
            for (var i = 0; i < 5; i++)
            {
                using (var connection = Tenant.Connect("program"))
                {
                    Assert.AreEqual(Presence.Active, connection.Get("User", "sfapi", new string[0]).Presence);
                    Assert.AreEqual(before + 1, children());
                }
            }
            Assert.AreEqual(before, children());
        }
    }
}
