using System;
using System.Collections;
using System.Collections.Specialized;
using System.IO;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// A function of PowerShell, by its <c>$PSCmdlet</c>, which is known here by its name only, so that this assembly needs
    /// no PowerShell. Its exceptions, by which pipelines end, pass through unchanged.
    /// </summary>
    internal sealed class Cmdlet : Caller
    {
        private const string Namespace = "System.Management.Automation.";

        private static Func<object> newObject;
        private static Action<object, string, object> addProperty;

        private readonly object cmdlet;
        private readonly Func<bool> stopping;
        private readonly Func<string, string, bool> shouldProcess;

        public Cmdlet(object cmdlet)
        {
            this.cmdlet = Unwrap.Value(cmdlet);
            stopping = Bound<Func<bool>>(this.cmdlet.GetType().GetProperty("Stopping").GetGetMethod());
            shouldProcess = Bound<Func<string, string, bool>>(Method("ShouldProcess", typeof(string), typeof(string)));
        }

        public override bool Stopping
        {
            get { return stopping(); }
        }

        public override bool ExpectsInput
        {
            get { return (bool)Get(Get(cmdlet, "MyInvocation"), "ExpectingInput"); }
        }

        public override IDictionary Given
        {
            get { return (IDictionary)Get(Get(cmdlet, "MyInvocation"), "BoundParameters"); }
        }

        public override object Variable(string name)
        {
            return Unwrap.Value(Call(Get(Get(cmdlet, "SessionState"), "PSVariable"), "GetValue", name));
        }

        public override string File(string name)
        {
            try
            {
                var path = Get(Get(cmdlet, "SessionState"), "Path");
                var found = new object[] { name, null, null };
                var file = (string)path.GetType().GetMethods()
                    .First(one => one.Name == "GetUnresolvedProviderPathFromPSPath" && one.GetParameters().Length == found.Length)
                    .Invoke(path, found);
                return (string)Get(found[1], "Name") == "FileSystem" ? file : Path.IsPathRooted(name) ? name : null;
            }
            catch (TargetInvocationException)
            {
                // A drive that is not there, or a name that is none.
                return null;
            }
        }

        public override bool Allows(string whom, string what)
        {
            try
            {
                return shouldProcess(whom, what);
            }
            catch (InvalidOperationException error)
            {
                throw NotAsked(error);
            }
            catch (NotImplementedException error)
            {
                throw NotAsked(error);
            }
            catch (SystemException error) when (error.GetType().FullName == Namespace + "Host.HostException")
            {
                throw NotAsked(error);
            }
        }

        public override object Shape(OrderedDictionary fields)
        {
            if (newObject == null)
            {
                Prepare();
            }
            var shaped = newObject();
            foreach (DictionaryEntry field in fields)
            {
                addProperty(shaped, (string)field.Key, field.Value);
            }
            return shaped;
        }

        public override object Shown(object result)
        {
            return ShownResult.Of(result, Shape);
        }

        public override void Fail(ConnectorException error, object target, bool ends)
        {
            var record = Type("ErrorRecord");
            var what = Expression.Parameter(typeof(object));
            var method = Method(ends ? "ThrowTerminatingError" : "WriteError", record);
            var call = Expression.Call(Expression.Constant(cmdlet), method, Expression.Convert(what, record));
            Expression.Lambda<Action<object>>(call, what).Compile()(Record(error, target));
        }

        /// <summary>In <c>$Error</c>, and as a warning of the host if something may have been written.</summary>
        public override void Remember(ConnectorException error, object target)
        {
            var errors = Variable("Error") as ArrayList;
            if (errors != null)
            {
                errors.Insert(0, Record(error, target));
            }
            if (error.Effect != Effect.NotApplied)
            {
                Call(Get(Get(cmdlet, "Host"), "UI"), "WriteWarningLine", error.Message + " (effect " + error.EffectText + ")");
            }
        }

        /// <summary>A host without people cannot ask them.</summary>
        private static InvalidRequestException NotAsked(Exception error)
        {
            return new InvalidRequestException("nothing was done, since nobody can be asked: " + error.Message, null, error);
        }

        /// <summary>An error of the connector as one of PowerShell, with OpenIAM's word for it as its id.</summary>
        private object Record(ConnectorException error, object target)
        {
            var category = Enum.Parse(Type("ErrorCategory"), ErrorWords.Category(error.Kind));
            return Activator.CreateInstance(Type("ErrorRecord"), error, ErrorWords.OpenIam(error.Kind), category, target);
        }

        private void Prepare()
        {
            var made = Type("PSObject");
            var note = Type("PSNoteProperty").GetConstructor(new[] { typeof(string), typeof(object) });
            var shaped = Expression.Parameter(typeof(object));
            var name = Expression.Parameter(typeof(string));
            var value = Expression.Parameter(typeof(object));
            var properties = Expression.Property(Expression.Convert(shaped, made), "Properties");
            var add = properties.Type.GetMethod("Add", new[] { Type("PSPropertyInfo") });
            var body = Expression.Call(properties, add, Expression.New(note, name, value));
            addProperty = Expression.Lambda<Action<object, string, object>>(body, shaped, name, value).Compile();
            newObject = Expression.Lambda<Func<object>>(Expression.New(made)).Compile();
        }

        /// <summary>A type of the PowerShell that runs.</summary>
        private Type Type(string name)
        {
            var one = cmdlet.GetType();
            while (one.FullName != Namespace + "PSCmdlet")
            {
                one = one.BaseType;
            }
            return one.Assembly.GetType(Namespace + name, true);
        }

        private MethodInfo Method(string name, params Type[] parameters)
        {
            return cmdlet.GetType().GetMethod(name, parameters);
        }

        private T Bound<T>(MethodInfo method)
        {
            return (T)(object)Delegate.CreateDelegate(typeof(T), cmdlet, method);
        }

        private static object Get(object of, string property)
        {
            return of.GetType().GetProperty(property).GetValue(of, null);
        }

        private static object Call(object of, string method, string argument)
        {
            return of.GetType().GetMethod(method, new[] { typeof(string) }).Invoke(of, new object[] { argument });
        }
    }
}
