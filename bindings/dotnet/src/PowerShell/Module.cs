using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using Sfsf.Connector.OpenIam;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// A tenant as the PowerShell module <c>SapSuccessFactors</c> works with it, over connections that are kept between calls.
    /// </summary>
    public sealed class Module
    {
        private readonly IDictionary<string, object> configuration;
        private readonly string folder;
        private Schema schema;

        private Module(IDictionary<string, object> configuration, string folder)
        {
            this.configuration = configuration;
            this.folder = folder;
        }

        /// <summary>
        /// A connection for a call. The configuration is a table or the name of a JSON file; without one it is looked for, and
        /// OpenIAM's header and the credential come on top.
        /// </summary>
        /// <exception cref="ConfigurationException">All that is wrong with the configuration, at once.</exception>
        public static Module Open(
            object configuration, IDictionary header, string username, SecureString secret, string folder)
        {
            return Open(ModuleConfiguration.Of(configuration, header, username, secret, folder), folder);
        }

        /// <summary>A connection with these keys.</summary>
        internal static Module Open(IDictionary<string, object> keys, string folder)
        {
            KnownKeys.Check(keys.Keys, Carrier.Find(folder));
            var module = new Module(keys, folder);
            module.Call(connection => connection);
            return module;
        }

        /// <summary>Closes all connections that are kept; those in use when they are not any longer.</summary>
        public static void Close()
        {
            Connections.Close();
        }

        /// <summary>
        /// SEARCH: those who satisfy the filter; without one whoever has this identity; without that everybody. Inactive
        /// people come with their status. Dispose of the stream; its problems are records that could not be read.
        /// </summary>
        public ObjectStream Search(
            string type, string filter, string[] fields, string identity, CallOptions call = null, Date? asOf = null)
        {
            object wanted = Words.Filter(filter);
            if (wanted == null && !string.IsNullOrEmpty(identity))
            {
                wanted = new Dictionary<string, object> { { "equal", new[] { "__UID__", identity } } };
            }
            var objectClass = Words.ObjectClass(type);
            var names = objectClass == "User" ? Words.Fields(fields) : Words.Names(fields);
            var lease = Connections.Borrow(configuration, folder);
            try
            {
                var stream = lease.Connection.Search(objectClass, wanted, new SearchOptions { AttributesToGet = names, AsOf = asOf }, call);
                stream.Holds = lease;
                return stream;
            }
            catch
            {
                lease.Dispose();
                throw;
            }
        }

        /// <summary>SAVE: creates somebody or changes them, from a table or from OpenIAM's list of attributes.</summary>
        public SaveOutcome Save(string type, string identity, object attributes, CallOptions call = null)
        {
            return (SaveOutcome)Save(type, identity, attributes, SaveTerms.None, call);
        }

        /// <summary>The same on terms; gives the outcome, or the explanation of a dry run.</summary>
        internal object Save(string type, string identity, object attributes, SaveTerms terms, CallOptions call)
        {
            var uid = string.IsNullOrEmpty(identity) ? null : identity;
            var objectClass = Words.ObjectClass(type);
            var shape = new Shape(this, objectClass, call);
            var changes = AttributeChanges.Of(attributes, new FieldValues(uid, shape.TypeOf));
            return Save(shape, uid, changes, terms, call);
        }

        /// <summary>Saves somebody from JSON, whose values have the form of the protocol.</summary>
        internal object SaveJson(string uid, Dictionary<string, object> changes, SaveTerms terms, CallOptions call)
        {
            return Save(new Shape(this, "User", call), uid, changes, terms, call);
        }

        private object Save(Shape shape, string uid, Dictionary<string, object> changes, SaveTerms terms, CallOptions call)
        {
            var writable = shape.Writable(uid, changes);
            var expected = terms.Expected(new FieldValues(uid, shape.TypeOf));
            var day = terms.EffectiveDate;
            const SaveMode mode = SaveMode.CreateOrUpdate;
            return Call(connection => terms.IsDry
                ? (object)connection.ExplainSave(shape.ObjectClass, uid, writable, mode, day, expected, call)
                : connection.Save(shape.ObjectClass, uid, writable, mode, day, expected, call));
        }

        /// <summary>The attributes of a class by name, as the schema had them when it was asked for first.</summary>
        internal IDictionary<string, AttributeInfo> Attributes(string objectClass, CallOptions call)
        {
            if (schema == null)
            {
                schema = Call(connection => connection.Schema(call));
            }
            return schema.ObjectClasses.Where(one => one.Name == objectClass).SelectMany(one => one.Attributes)
                .GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        }

        /// <summary>Some attributes of an object as they are; nothing, if it is not there.</summary>
        internal ConnectorObject Get(string objectClass, string uid, IEnumerable<string> attributes, CallOptions call)
        {
            return Call(connection => connection.Get(objectClass, uid, attributes, call: call)).Object;
        }

        /// <summary>DELETE: makes inactive, since SuccessFactors deletes nobody.</summary>
        public SaveOutcome Remove(string type, string identity, CallOptions call = null)
        {
            return Call(connection => connection.Delete(Words.ObjectClass(type), identity, call));
        }

        /// <summary>SUSPEND: makes inactive.</summary>
        public SaveOutcome Suspend(string type, string identity, CallOptions call = null)
        {
            return Call(connection => connection.Suspend(Words.ObjectClass(type), identity, call));
        }

        /// <summary>RESUME: makes active.</summary>
        public SaveOutcome Resume(string type, string identity, CallOptions call = null)
        {
            return Call(connection => connection.Resume(Words.ObjectClass(type), identity, call));
        }

        /// <summary>
        /// RESET_PASSWORD: sets a password, a text, a secure string or a credential of this identity, and leaves the status as
        /// it is.
        /// </summary>
        public SaveOutcome ResetPassword(string type, string identity, object password, CallOptions call = null)
        {
            var secret = Passwords.Of(password, identity);
            return Call(connection => connection.ResetPassword(Words.ObjectClass(type), identity, secret, call));
        }

        /// <summary>TEST: a fresh login and one record read.</summary>
        public IList<Check> Test(CallOptions call = null)
        {
            return Call(connection => connection.Test(call).Checks);
        }

        /// <summary>LOGIN: refused.</summary>
        /// <exception cref="UnsupportedException">Always.</exception>
        public static void TestPassword()
        {
            throw new UnsupportedException("SuccessFactors does not check the passwords of people for others");
        }

        /// <summary>Does something with the connection, which nobody closes meanwhile.</summary>
        private T Call<T>(Func<Sfsf.Connector.Connection, T> work)
        {
            using (var lease = Connections.Borrow(configuration, folder))
            {
                return work(lease.Connection);
            }
        }
    }
}
