using System;
using System.Runtime.InteropServices;

namespace Sfsf.Connector
{
    /// <summary>A handle of the library, which is given back exactly once, whatever becomes of its holder.</summary>
    internal abstract class LibraryHandle : SafeHandle
    {
        private readonly NativeFunctions.HandleFunction release;

        protected LibraryHandle(IntPtr handle, NativeFunctions.HandleFunction release) : base(IntPtr.Zero, true)
        {
            this.release = release;
            SetHandle(handle);
        }

        public override bool IsInvalid
        {
            get { return handle == IntPtr.Zero; }
        }

        protected override bool ReleaseHandle()
        {
            return release(handle) == NativeFunctions.Status.Ok;
        }
    }

    /// <summary>A connection of the library.</summary>
    internal sealed class ConnectionHandle : LibraryHandle
    {
        public ConnectionHandle(IntPtr handle, NativeFunctions functions) : base(handle, functions.Close)
        {
        }
    }

    /// <summary>A stream of the library.</summary>
    internal sealed class StreamHandle : LibraryHandle
    {
        public StreamHandle(IntPtr handle, NativeFunctions functions) : base(handle, functions.StreamFree)
        {
        }
    }
}
