using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace Sfsf.Connector
{
    /// <summary>The connector in this process: the C library <c>sfsf_connector</c>.</summary>
    public sealed class ConnectorLibrary : Carrier
    {
        /// <summary>The version of the ABI that this package was written for.</summary>
        public const int AbiMajor = 1;

        /// <summary>The smallest minor version that has what this package needs.</summary>
        public const int AbiMinor = 1;

        /// <summary>The variable of the environment that names the library.</summary>
        public const string Variable = "SFSF_CONNECTOR_LIBRARY";

        private static readonly Dictionary<string, ConnectorLibrary> Loaded = new Dictionary<string, ConnectorLibrary>();

        private readonly string path;

        private ConnectorLibrary(string path)
        {
            this.path = path;
            Functions = new NativeFunctions(path, AbiMajor, AbiMinor);
        }

        /// <summary>What the library's file is called on this operating system.</summary>
        public static string FileName
        {
            get
            {
                return Platform.IsWindows ? "sfsf_connector.dll"
                    : Platform.IsMac ? "libsfsf_connector.dylib"
                    : "libsfsf_connector.so";
            }
        }

        /// <inheritdoc/>
        public override string Path
        {
            get { return path; }
        }

        internal NativeFunctions Functions { get; private set; }

        /// <summary>
        /// Loads the library at this path, once per process. It is never unloaded. A relative path is one from the
        /// working folder.
        /// </summary>
        /// <exception cref="ConfigurationException">It is not there, is something else, or has another version.</exception>
        public static ConnectorLibrary Load(string path)
        {
            var whole = System.IO.Path.GetFullPath(path);
            if (!File.Exists(whole))
            {
                throw new ConfigurationException("there is no connector library at " + whole);
            }
            lock (Loaded)
            {
                ConnectorLibrary library;
                if (!Loaded.TryGetValue(whole, out library))
                {
                    library = new ConnectorLibrary(whole);
                    Loaded[whole] = library;
                }
                return library;
            }
        }

        /// <inheritdoc/>
        public override IDictionary<string, object> Info()
        {
            var answer = new NativeFunctions.Buffer();
            return Json.ParseObject(Checked(Functions.Info(ref answer), ref answer));
        }

        /// <inheritdoc/>
        public override void SetLogLevel(LogLevel level)
        {
            Functions.LogLevel((int)level);
        }

        internal override IList<byte[]> NextLogLines(uint waitMilliseconds)
        {
            var lines = new NativeFunctions.Buffer();
            return Lines.Of(Checked(Functions.LogNext(waitMilliseconds, ref lines), ref lines));
        }

        internal override Session Open(Dictionary<string, object> configuration)
        {
            var keys = Json.Write(configuration);
            var reason = new NativeFunctions.Buffer();
            IntPtr connection;
            var status = Functions.Open(keys, (UIntPtr)keys.Length, out connection, ref reason);
            Checked(status, ref reason);
            return new LibrarySession(this, new ConnectionHandle(connection, Functions));
        }

        /// <summary>The bytes of a buffer, which is freed; the exception that they describe, if the status is below zero.</summary>
        internal byte[] Checked(int status, ref NativeFunctions.Buffer buffer)
        {
            var bytes = Take(ref buffer);
            if (status < NativeFunctions.Status.Ok)
            {
                throw Errors.Of(bytes);
            }
            return bytes;
        }

        /// <summary>The bytes of a buffer, which is freed.</summary>
        internal byte[] Take(ref NativeFunctions.Buffer buffer)
        {
            try
            {
                var bytes = new byte[(int)buffer.Length];
                if (bytes.Length > 0)
                {
                    Marshal.Copy(buffer.Data, bytes, 0, bytes.Length);
                }
                return bytes;
            }
            finally
            {
                Functions.BufferFree(ref buffer);
            }
        }
    }
}
