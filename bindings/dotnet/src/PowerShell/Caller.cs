using System.Collections;
using System.Collections.Specialized;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>The function of the module that runs, as far as its work needs to know it.</summary>
    internal abstract class Caller
    {
        /// <summary>Whether the pipeline is being stopped. Any thread may ask.</summary>
        public abstract bool Stopping { get; }

        /// <summary>Whether objects come through the pipeline.</summary>
        public abstract bool ExpectsInput { get; }

        /// <summary>The parameters that were given, by name.</summary>
        public abstract IDictionary Given { get; }

        /// <summary>A variable that whoever called the function sees; nothing, if there is none.</summary>
        public abstract object Variable(string name);

        /// <summary>The file that a name means where the caller stands; nothing, if it can mean none.</summary>
        public abstract string File(string name);

        /// <summary>Whether this may be done to somebody: <c>-WhatIf</c> and <c>-Confirm</c> have their say.</summary>
        /// <exception cref="InvalidRequestException">Nobody can be asked.</exception>
        public abstract bool Allows(string whom, string what);

        /// <summary>The fields as an object of PowerShell.</summary>
        public abstract object Shape(OrderedDictionary fields);

        /// <summary>A result as it is handed on.</summary>
        public virtual object Shown(object result)
        {
            return result;
        }

        /// <summary>Tells of an error; one that ends the pipeline is thrown.</summary>
        public abstract void Fail(ConnectorException error, object target, bool ends);

        /// <summary>Leaves word of an error in a pipeline that is being stopped, and can be told nothing any longer.</summary>
        public abstract void Remember(ConnectorException error, object target);

        /// <summary>Whether a parameter was given, empty or not.</summary>
        public bool Has(string parameter)
        {
            return Given.Contains(parameter);
        }

        /// <summary>Whether a switch was given, and not turned off.</summary>
        public bool IsOn(string name)
        {
            var given = Parameter(name);
            var present = given == null ? null : given.GetType().GetProperty("IsPresent");
            return present == null ? true.Equals(given) : (bool)present.GetValue(given, null);
        }

        /// <summary>What was given for a parameter; nothing, if it was not given.</summary>
        public object Parameter(string name)
        {
            return Given.Contains(name) ? Unwrap.Value(Given[name]) : null;
        }
    }
}
