using System;
using System.Runtime.InteropServices;
using System.Security;

namespace Sfsf.Connector
{
    /// <summary>A secret text. It shows itself as <c>[redacted]</c>; <see cref="Reveal"/> gives it.</summary>
    public sealed class Secret : IEquatable<Secret>
    {
        private readonly string text;

        /// <summary>Takes a text into custody.</summary>
        public Secret(string text)
        {
            if (text == null)
            {
                throw new ArgumentNullException("text");
            }
            this.text = text;
        }

        /// <summary>Takes the text of a secure string into custody.</summary>
        public Secret(SecureString text)
        {
            if (text == null)
            {
                throw new ArgumentNullException("text");
            }
            var plain = Marshal.SecureStringToGlobalAllocUnicode(text);
            try
            {
                this.text = Marshal.PtrToStringUni(plain);
            }
            finally
            {
                Marshal.ZeroFreeGlobalAllocUnicode(plain);
            }
        }

        /// <summary>The text.</summary>
        public string Reveal()
        {
            return text;
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return "[redacted]";
        }

        /// <inheritdoc/>
        public bool Equals(Secret other)
        {
            return other != null && other.text == text;
        }

        /// <inheritdoc/>
        public override bool Equals(object other)
        {
            return Equals(other as Secret);
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return text.GetHashCode();
        }
    }
}
