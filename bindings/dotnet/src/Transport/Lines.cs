using System;
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>Bytes in lines.</summary>
    internal static class Lines
    {
        private const byte LineFeed = 10;

        /// <summary>The lines of a text, without their ends; empty ones are left out.</summary>
        public static IList<byte[]> Of(byte[] text)
        {
            var lines = new List<byte[]>();
            for (var start = 0; start < text.Length;)
            {
                var end = Array.IndexOf(text, LineFeed, start);
                end = end < 0 ? text.Length : end;
                if (end > start)
                {
                    var line = new byte[end - start];
                    Buffer.BlockCopy(text, start, line, 0, line.Length);
                    lines.Add(line);
                }
                start = end + 1;
            }
            return lines;
        }
    }
}
