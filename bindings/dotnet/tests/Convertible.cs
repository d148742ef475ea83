using System;
using System.Globalization;

namespace Sfsf.Connector.Tests
{
    /// <summary>A text in a type that others have made, as libraries for JSON do. Whoever wants a number of it is told the text.</summary>
    internal sealed class Convertible : IConvertible
    {
        private readonly IConvertible text;

        public Convertible(string text)
        {
            this.text = text;
        }

        public TypeCode GetTypeCode() => TypeCode.Object;

        public bool ToBoolean(IFormatProvider provider) => text.ToBoolean(provider);

        public byte ToByte(IFormatProvider provider) => text.ToByte(provider);

        public char ToChar(IFormatProvider provider) => text.ToChar(provider);

        public DateTime ToDateTime(IFormatProvider provider) => text.ToDateTime(provider);

        public decimal ToDecimal(IFormatProvider provider) => text.ToDecimal(provider);

        public double ToDouble(IFormatProvider provider) => text.ToDouble(provider);

        public short ToInt16(IFormatProvider provider) => text.ToInt16(provider);

        public int ToInt32(IFormatProvider provider) => text.ToInt32(provider);

        public long ToInt64(IFormatProvider provider)
        {
            // .NET 8 and later say it themselves.
            throw new FormatException("'" + text.ToString(CultureInfo.InvariantCulture) + "' is no number");
        }

        public sbyte ToSByte(IFormatProvider provider) => text.ToSByte(provider);

        public float ToSingle(IFormatProvider provider) => text.ToSingle(provider);

        public string ToString(IFormatProvider provider) => text.ToString(provider);

        public object ToType(Type type, IFormatProvider provider) => text.ToType(type, provider);

        public ushort ToUInt16(IFormatProvider provider) => text.ToUInt16(provider);

        public uint ToUInt32(IFormatProvider provider) => text.ToUInt32(provider);

        public ulong ToUInt64(IFormatProvider provider) => text.ToUInt64(provider);
    }
}
