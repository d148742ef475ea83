using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Sfsf.Connector
{
    /// <summary>What differs between operating systems: names of files, and loading a library by its path.</summary>
    internal static class Platform
    {
        private const int Now = 2;

        /// <summary>Whether this is Windows.</summary>
        public static bool IsWindows
        {
            get { return Environment.OSVersion.Platform == PlatformID.Win32NT; }
        }

        /// <summary>Whether this is macOS.</summary>
        public static bool IsMac
        {
            get { return !IsWindows && File.Exists("/System/Library/CoreServices/SystemVersion.plist"); }
        }

        /// <summary>Loads a library, for good.</summary>
        /// <exception cref="ConfigurationException">It cannot be loaded; the message says why.</exception>
        public static IntPtr Load(string path)
        {
            var library = IsWindows ? Windows.LoadLibraryEx(path, IntPtr.Zero, Windows.WithItsFolder) : Open(path);
            if (library != IntPtr.Zero)
            {
                return library;
            }
            var reason = IsWindows
                ? new System.ComponentModel.Win32Exception(Marshal.GetLastWin32Error()).Message
                : Reason();
            throw new ConfigurationException(
                "the connector library cannot be loaded: " + (reason.Contains(path) ? reason : path + ": " + reason),
                "it must be the file for this operating system and for " + (IntPtr.Size * 8) + "-bit processes");
        }

        /// <summary>The address of a function, or nothing.</summary>
        public static IntPtr Function(IntPtr library, string name)
        {
            if (IsWindows)
            {
                return Windows.GetProcAddress(library, name);
            }
            try
            {
                return Libdl.dlsym(library, name);
            }
            catch (DllNotFoundException)
            {
                return Libc.dlsym(library, name);
            }
        }

        private static IntPtr Open(string path)
        {
            // The first call of a function looks it up, and that would forget why the library could not be loaded.
            Reason();
            try
            {
                return Libdl.dlopen(path, Now);
            }
            catch (DllNotFoundException)
            {
                // Where there is no libdl.so.2, the C library has it: musl, macOS.
                return Libc.dlopen(path, Now);
            }
        }

        private static string Reason()
        {
            IntPtr text;
            try
            {
                text = Libdl.dlerror();
            }
            catch (DllNotFoundException)
            {
                text = Libc.dlerror();
            }
            return Marshal.PtrToStringAnsi(text) ?? "no reason was given";
        }

        private static class Windows
        {
            /// <summary>LOAD_WITH_ALTERED_SEARCH_PATH: what it needs is looked for beside it.</summary>
            public const uint WithItsFolder = 8;

            [DllImport("kernel32", CharSet = CharSet.Unicode, SetLastError = true)]
            public static extern IntPtr LoadLibraryEx(string path, IntPtr reserved, uint flags);

            [DllImport("kernel32", CharSet = CharSet.Ansi, BestFitMapping = false)]
            public static extern IntPtr GetProcAddress(IntPtr library, string name);
        }

        private static class Libdl
        {
            [DllImport("libdl.so.2")]
            public static extern IntPtr dlopen(string path, int mode);

            [DllImport("libdl.so.2")]
            public static extern IntPtr dlsym(IntPtr library, string name);

            [DllImport("libdl.so.2")]
            public static extern IntPtr dlerror();
        }

        private static class Libc
        {
            [DllImport("libc")]
            public static extern IntPtr dlopen(string path, int mode);

            [DllImport("libc")]
            public static extern IntPtr dlsym(IntPtr library, string name);

            [DllImport("libc")]
            public static extern IntPtr dlerror();
        }
    }
}
