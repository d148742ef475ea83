using System;
using System.IO;
using System.Reflection;
using System.Text;
using System.Threading;

namespace Sfsf.Connector.Tests
{
    /// <summary>
    /// Carries the requests of a file to a tenant and prints the events: <c>Corpus.exe CONFIGURATION.json REQUESTS</c>.
    /// With <c>json TEXTS</c> it reads each line as JSON, and says whether it was taken.
    /// tests/corpus/README.md has the form of the files.
    /// </summary>
    internal static class Corpus
    {
        private const string CancelledMark = "cancel ";

        private static void Main(string[] arguments)
        {
            // Console.Out would write a byte order mark, and end lines as the system does.
            using (var output = Console.OpenStandardOutput())
            {
                Action<string> print = line =>
                {
                    var bytes = Encoding.UTF8.GetBytes(line + "\n");
                    output.Write(bytes, 0, bytes.Length);
                };
                if (arguments[0] == "json")
                {
                    Judge(File.ReadAllBytes(arguments[1]), print);
                    return;
                }
                try
                {
                    using (var connection = new Connection(arguments[0]))
                    {
                        Talk(connection, File.ReadAllText(arguments[1]), print);
                    }
                }
                catch (ConnectorException error)
                {
                    print(Told(error));
                }
            }
        }

        /// <summary>Says of each line whether it is JSON. Lines are bytes: some are no UTF-8.</summary>
        private static void Judge(byte[] texts, Action<string> print)
        {
            // The reader is no part of what others may use.
            var reader = typeof(Connection).Assembly.GetType("Sfsf.Connector.Json");
            var types = new[] { typeof(byte[]) };
            var parse = reader.GetMethod("Parse", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, null, types, null);
            var begin = 0;
            for (var end = Array.IndexOf(texts, (byte)'\n'); end >= 0; end = Array.IndexOf(texts, (byte)'\n', begin))
            {
                var line = new byte[end - begin];
                Array.Copy(texts, begin, line, 0, line.Length);
                print(IsTaken(parse, line) ? "accepted" : "refused");
                begin = end + 1;
            }
        }

        private static bool IsTaken(MethodInfo parse, byte[] text)
        {
            try
            {
                parse.Invoke(null, new object[] { text });
                return true;
            }
            catch (TargetInvocationException refused)
            {
                if (refused.InnerException is FormatException)
                {
                    return false;
                }
                throw;
            }
        }

        /// <summary>The event of an error; of one that comes from the class library itself, its kind in the form of one.</summary>
        private static string Told(ConnectorException error)
        {
            return error.Event ?? "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"data\":{\"kind\":\"" + error.KindText + "\"}}}";
        }

        private static void Talk(Connection connection, string requests, Action<string> print)
        {
            foreach (var line in requests.TrimEnd('\n').Split('\n'))
            {
                var isCancelled = line.StartsWith(CancelledMark, StringComparison.Ordinal);
                try
                {
                    var request = isCancelled ? line.Substring(CancelledMark.Length) : line;
                    var events = connection.Events(request, new CancellationToken(isCancelled));
                    foreach (var answer in events)
                    {
                        print(answer);
                    }
                }
                catch (ConnectorException error)
                {
                    print(Told(error));
                }
            }
        }
    }
}
