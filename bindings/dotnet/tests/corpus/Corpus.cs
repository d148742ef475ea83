using System;
using System.IO;
using System.Text;
using System.Threading;

namespace Sfsf.Connector.Tests
{
    /// <summary>
    /// Carries the requests of a file to a tenant and prints the events: <c>Corpus.exe CONFIGURATION.json REQUESTS</c>.
    /// tests/corpus/README.md has the form of the file.
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
                try
                {
                    using (var connection = new Connection(arguments[0]))
                    {
                        Talk(connection, File.ReadAllText(arguments[1]), print);
                    }
                }
                catch (ConnectorException error)
                {
                    print(error.Event);
                }
            }
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
                    print(error.Event);
                }
            }
        }
    }
}
