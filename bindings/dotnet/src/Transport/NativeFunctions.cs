using System;
using System.Runtime.InteropServices;

namespace Sfsf.Connector
{
    /// <summary>The functions of the C library, from <c>sfsf_connector.h</c>, by their names.</summary>
    internal sealed class NativeFunctions
    {
        private const CallingConvention C = CallingConvention.Cdecl;

        public readonly InfoFunction Info;
        public readonly OpenFunction Open;
        public readonly AccessTokenFunction AccessToken;
        public readonly StartFunction Start;
        public readonly NextFunction Next;
        public readonly StreamFunction Cancel;
        public readonly HandleFunction StreamFree;
        public readonly HandleFunction Close;
        public readonly BufferFreeFunction BufferFree;
        public readonly LogLevelFunction LogLevel;
        public readonly LogNextFunction LogNext;

        private readonly IntPtr library;
        private readonly string path;

        /// <summary>Loads the library, and checks its version before anything else is looked for.</summary>
        /// <exception cref="ConfigurationException">It is no connector library, or not one of this version.</exception>
        public NativeFunctions(string path, int major, int minor)
        {
            this.path = path;
            library = Platform.Load(path);
            var version = Find<VersionFunction>("sfsf_abi_version")();
            if (version >> 16 != major || (version & 0xFFFF) < minor)
            {
                throw new ConfigurationException(
                    path + " has version " + (version >> 16) + "." + (version & 0xFFFF)
                        + " of the ABI; this package needs " + major + "." + minor + " or a later " + major,
                    "take the library and this package from the same release");
            }
            Info = Find<InfoFunction>("sfsf_info");
            Open = Find<OpenFunction>("sfsf_open");
            AccessToken = Find<AccessTokenFunction>("sfsf_access_token");
            Start = Find<StartFunction>("sfsf_start");
            Next = Find<NextFunction>("sfsf_next");
            Cancel = Find<StreamFunction>("sfsf_cancel");
            StreamFree = Find<HandleFunction>("sfsf_stream_free");
            Close = Find<HandleFunction>("sfsf_close");
            BufferFree = Find<BufferFreeFunction>("sfsf_buffer_free");
            LogLevel = Find<LogLevelFunction>("sfsf_log_level");
            LogNext = Find<LogNextFunction>("sfsf_log_next");
        }

        private T Find<T>(string name) where T : class
        {
            var address = Platform.Function(library, name);
            if (address == IntPtr.Zero)
            {
                throw new ConfigurationException(
                    path + " is not the connector library: it has no function " + name,
                    "name the file " + ConnectorLibrary.FileName + " that belongs to this package");
            }
            return (T)(object)Marshal.GetDelegateForFunctionPointer(address, typeof(T));
        }

        /// <summary>What <c>sfsf_status</c> says besides success and failure.</summary>
        public static class Status
        {
            public const int Ok = 0;
            public const int Wait = 2;
        }

        /// <summary><c>sfsf_buffer</c></summary>
        [StructLayout(LayoutKind.Sequential)]
        public struct Buffer
        {
            public IntPtr Data;
            public UIntPtr Length;
            public UIntPtr Capacity;
        }

        [UnmanagedFunctionPointer(C)]
        public delegate uint VersionFunction();

        [UnmanagedFunctionPointer(C)]
        public delegate int InfoFunction(ref Buffer answer);

        [UnmanagedFunctionPointer(C)]
        public delegate int OpenFunction(byte[] configuration, UIntPtr length, out IntPtr connection, ref Buffer reason);

        [UnmanagedFunctionPointer(C)]
        public delegate int AccessTokenFunction(IntPtr connection, uint waitMilliseconds, ref Buffer answer);

        [UnmanagedFunctionPointer(C)]
        public delegate int StartFunction(
            ConnectionHandle connection, byte[] request, UIntPtr length, out IntPtr stream, ref Buffer reason);

        [UnmanagedFunctionPointer(C)]
        public delegate int NextFunction(StreamHandle stream, uint waitMilliseconds, uint maxItems, ref Buffer events);

        [UnmanagedFunctionPointer(C)]
        public delegate int StreamFunction(StreamHandle stream);

        [UnmanagedFunctionPointer(C)]
        public delegate int HandleFunction(IntPtr handle);

        [UnmanagedFunctionPointer(C)]
        public delegate void BufferFreeFunction(ref Buffer buffer);

        [UnmanagedFunctionPointer(C)]
        public delegate void LogLevelFunction(int level);

        [UnmanagedFunctionPointer(C)]
        public delegate int LogNextFunction(uint waitMilliseconds, ref Buffer lines);
    }
}
