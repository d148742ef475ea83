using System;
using System.IO;

namespace Sfsf.Connector
{
    /// <summary>The lines of a stream of bytes, none of which is longer than a limit.</summary>
    internal sealed class StreamLines
    {
        private const byte LineFeed = 10;

        private readonly Stream stream;
        private readonly int limit;
        private readonly byte[] buffer = new byte[65536];
        private int start;
        private int end;

        public StreamLines(Stream stream, int limit)
        {
            this.stream = stream;
            this.limit = limit;
        }

        /// <summary>The next line without its end; nothing at the end of the stream, and of a last line that has none.</summary>
        /// <exception cref="FormatException">A line is longer than the limit.</exception>
        public byte[] Next()
        {
            var line = new MemoryStream();
            while (true)
            {
                var stop = Array.IndexOf(buffer, LineFeed, start, end - start);
                line.Write(buffer, start, (stop < 0 ? end : stop) - start);
                if (line.Length > limit)
                {
                    throw new FormatException("a line is longer than " + limit + " bytes");
                }
                if (stop >= 0)
                {
                    start = stop + 1;
                    return line.ToArray();
                }
                start = 0;
                end = stream.Read(buffer, 0, buffer.Length);
                if (end <= 0)
                {
                    end = 0;
                    return null;
                }
            }
        }
    }
}
