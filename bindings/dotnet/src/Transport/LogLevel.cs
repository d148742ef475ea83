namespace Sfsf.Connector
{
    /// <summary>How much is logged. Each level contains those before it.</summary>
    public enum LogLevel
    {
        /// <summary>Nothing.</summary>
        Off = 0,

        /// <summary>What failed.</summary>
        Error = 1,

        /// <summary>What somebody should look at.</summary>
        Warn = 2,

        /// <summary>One line for each operation.</summary>
        Info = 3,

        /// <summary>Requests and answers, without their content.</summary>
        Debug = 4,

        /// <summary>Everything there is.</summary>
        Trace = 5,
    }
}
