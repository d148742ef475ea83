using System;

namespace Sfsf.Connector
{
    // What this library itself finds to be wrong, before anything is sent or where no answer came.

    public sealed partial class InvalidRequestException
    {
        internal InvalidRequestException(string message, string advice = null, Exception cause = null)
            : base(ErrorKind.InvalidRequest, message, advice, cause)
        {
        }
    }

    public sealed partial class UnsupportedException
    {
        internal UnsupportedException(string message, string advice = null, Exception cause = null)
            : base(ErrorKind.Unsupported, message, advice, cause)
        {
        }
    }

    public sealed partial class ConfigurationException
    {
        internal ConfigurationException(string message, string advice = null, Exception cause = null)
            : base(ErrorKind.Configuration, message, advice, cause)
        {
        }
    }

    public sealed partial class InvalidAttributeException
    {
        internal InvalidAttributeException(string attribute, string message, Exception cause = null)
            : base(ErrorKind.InvalidAttribute, "'" + attribute + "': " + message, null, cause)
        {
            Attributes.Add(attribute);
        }
    }

    public sealed partial class CancelledException
    {
        internal CancelledException(string message) : base(ErrorKind.Cancelled, message)
        {
        }
    }

    public sealed partial class InternalException
    {
        internal InternalException(string message, string advice = null, Exception cause = null)
            : base(ErrorKind.Internal, message, advice, cause)
        {
        }
    }
}
