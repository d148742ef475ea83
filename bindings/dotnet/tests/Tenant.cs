using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Threading;

namespace Sfsf.Connector.Tests
{
    /// <summary>
    /// The tenant that the suite <c>dotnet</c> of the crate <c>tests</c> has started, and what it says of it:
    /// <c>SFSF_TEST_CONFIGURATION</c> names a configuration, <c>SFSF_TEST_LIBRARY</c> and <c>SFSF_TEST_PROGRAM</c> are where
    /// the connector is.
    /// </summary>
    internal static class Tenant
    {
        public static readonly string Configuration = Environment.GetEnvironmentVariable("SFSF_TEST_CONFIGURATION");
        public static readonly string Library = Environment.GetEnvironmentVariable("SFSF_TEST_LIBRARY");
        public static readonly string Program = Environment.GetEnvironmentVariable("SFSF_TEST_PROGRAM");

        public static Dictionary<string, object> Keys
        {
            get { return Json.ParseObject(File.ReadAllBytes(Configuration)); }
        }

        public static string Key(string name)
        {
            return (string)Keys[name];
        }

        public static Carrier Carrier(string name)
        {
            return name == "program" ? (Carrier)new ConnectorProgram(Program) : ConnectorLibrary.Load(Library);
        }

        /// <summary>A connection with some keys changed.</summary>
        public static Connection Connect(string carrier = "library", params object[] changes)
        {
            var keys = Keys;
            for (var i = 0; i < changes.Length; i += 2)
            {
                keys[(string)changes[i]] = changes[i + 1];
            }
            return new Connection(keys, Carrier(carrier));
        }

        public static Dictionary<string, object> Ask(string method, string path, string body = null)
        {
            var request = (HttpWebRequest)WebRequest.Create(Key("url").TrimEnd('/') + "/sandbox/" + path);
            request.Method = method;
            request.Proxy = null;
            if (body != null)
            {
                var bytes = Encoding.UTF8.GetBytes(body);
                using (var stream = request.GetRequestStream())
                {
                    stream.Write(bytes, 0, bytes.Length);
                }
            }
            using (var answer = request.GetResponse())
            using (var reader = new StreamReader(answer.GetResponseStream()))
            {
                var text = reader.ReadToEnd();
                return text == "" ? null : Json.Parse(text) as Dictionary<string, object>;
            }
        }

        /// <summary>The program behind one that makes trouble: <c>tests/support/fake_program.py</c>.</summary>
        public static ConnectorProgram Fake
        {
            get
            {
                Environment.SetEnvironmentVariable("SFSF_REAL_PROGRAM", Program);
                return new ConnectorProgram(Environment.GetEnvironmentVariable("SFSF_TEST_FAKE_PROGRAM"));
            }
        }

        /// <summary>Runs a program of the system to its end.</summary>
        public static void Run(string program, string arguments)
        {
            using (var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { UseShellExecute = false }))
            {
                process.WaitForExit();
            }
        }

        /// <summary>Does something that has to end within a time, whatever happens. Its exception is the caller's.</summary>
        public static void Within(int milliseconds, Action work)
        {
            ExceptionDispatchInfo seen = null;
            var thread = Start(work, error => seen = error);
            NUnit.Framework.Assert.IsTrue(thread.Join(milliseconds), "it must have ended within " + milliseconds + " ms");
            if (seen != null)
            {
                seen.Throw();
            }
        }

        /// <summary>Does something in another thread, which tells how it failed, if it did.</summary>
        public static Thread Start(Action work, Action<ExceptionDispatchInfo> failed)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    work();
                }
                catch (Exception error)
                {
                    failed(ExceptionDispatchInfo.Capture(error));
                }
            }) { IsBackground = true };
            thread.Start();
            return thread;
        }

        /// <summary>Has the collector take whatever it can.</summary>
        public static void Collect()
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }

        /// <summary>Makes trouble, in the text form of the sandbox.</summary>
        public static void Fault(string text)
        {
            Ask("POST", "faults", text);
        }

        /// <summary>How many pages of people the tenant has been asked for.</summary>
        public static int Pages()
        {
            var requests = Ask("GET", "requests").Objects("requests").Select(request => request.Text("path"));
            return requests.Count(path => path.StartsWith("/odata/v2/User") && !path.Contains("metadata"));
        }

        /// <summary>How often the tenant was asked for a token.</summary>
        public static int Logins()
        {
            return Ask("GET", "requests").Objects("requests").Count(one => one.Text("path").Contains("/oauth/token"));
        }
    }
}
