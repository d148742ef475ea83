using System;

namespace Sfsf.Connector
{
    /// <summary>A pointer to another object.</summary>
    public sealed class Reference : IEquatable<Reference>
    {
        /// <summary>Points to the object with this uid.</summary>
        public Reference(string objectClass, string uid)
        {
            ObjectClass = objectClass;
            Uid = uid;
        }

        /// <summary>The class of the object.</summary>
        public string ObjectClass { get; private set; }

        /// <summary>Its uid.</summary>
        public string Uid { get; private set; }

        /// <inheritdoc/>
        public bool Equals(Reference other)
        {
            return other != null && other.ObjectClass == ObjectClass && other.Uid == Uid;
        }

        /// <inheritdoc/>
        public override bool Equals(object other)
        {
            return Equals(other as Reference);
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return (Uid ?? "").GetHashCode();
        }

        /// <summary>The uid, which is what a reference looks like in a form.</summary>
        public override string ToString()
        {
            return Uid;
        }
    }
}
