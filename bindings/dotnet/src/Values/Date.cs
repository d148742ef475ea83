using System;
using System.Globalization;

namespace Sfsf.Connector
{
    /// <summary>A day, without a time and without a time zone.</summary>
    public struct Date : IEquatable<Date>, IFormattable
    {
        private readonly DateTime day;

        /// <summary>This day of the calendar.</summary>
        public Date(int year, int month, int day)
        {
            this.day = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        }

        /// <summary>The year.</summary>
        public int Year { get { return day.Year; } }

        /// <summary>The month, from 1.</summary>
        public int Month { get { return day.Month; } }

        /// <summary>The day of the month, from 1.</summary>
        public int Day { get { return day.Day; } }

        /// <summary>Midnight of that day, of no time zone.</summary>
        public DateTime ToDateTime()
        {
            return day;
        }

        /// <summary>Reads <c>2024-01-31</c>.</summary>
        /// <exception cref="FormatException">This is no day.</exception>
        public static Date Parse(string text)
        {
            var day = DateTime.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            return new Date(day.Year, day.Month, day.Day);
        }

        /// <inheritdoc/>
        public bool Equals(Date other)
        {
            return day == other.day;
        }

        /// <inheritdoc/>
        public override bool Equals(object other)
        {
            return other is Date && Equals((Date)other);
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return day.GetHashCode();
        }

        /// <summary><c>2024-01-31</c></summary>
        public override string ToString()
        {
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        /// <summary><c>2024-01-31</c>, or as the format says.</summary>
        public string ToString(string format, IFormatProvider provider)
        {
            return format == null ? ToString() : day.ToString(format, provider);
        }
    }
}
