using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sfsf.Connector.Tests
{
    /// <summary>
    /// Has the runtime compile every method of the class library: <c>Methods.exe LIBRARY</c>. A type that the compiler took from an
    /// assembly where this runtime does not have it comes to light.
    /// </summary>
    internal static class Methods
    {
        private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.DeclaredOnly;

        private static int Main(string[] arguments)
        {
            var types = Assembly.LoadFrom(arguments[0]).GetTypes().Where(type => !type.ContainsGenericParameters).ToList();
            var methods = types.SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
                .Where(method => !method.IsAbstract && !method.ContainsGenericParameters && method.GetMethodBody() != null).ToList();
            var failures = methods.Select(Compile).Where(failure => failure != null).Distinct().ToList();
            failures.ForEach(Console.WriteLine);
            Console.WriteLine(methods.Count + " methods, " + failures.Count + " failures");
            return failures.Count == 0 && methods.Count > 0 ? 0 : 1;
        }

        private static string Compile(MethodBase method)
        {
            try
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
                return null;
            }
            catch (TypeLoadException error)
            {
                return error.Message;
            }
            catch (MissingMemberException error)
            {
                return error.Message;
            }
        }
    }
}
