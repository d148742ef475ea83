using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using Sfsf.Connector.OpenIam;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// What the PowerShell module <c>SapSuccessFactors</c> calls: a method for each of its functions. The module itself only
    /// passes on what it is given.
    /// </summary>
    public sealed class Module
    {
        private readonly IDictionary<string, object> configuration;
        private readonly string folder;

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
            var keys = ModuleConfiguration.Of(configuration, header, username, secret, folder);
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
        public ObjectStream Search(string type, string filter, string[] fields, string identity)
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
                var stream = lease.Connection.Search(objectClass, wanted, new SearchOptions { AttributesToGet = names });
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
        public SaveOutcome Save(string type, string identity, object attributes)
        {
            var changes = AttributeChanges.Of(attributes);
            var uid = string.IsNullOrEmpty(identity) ? null : identity;
            return Call(connection => connection.Save(Words.ObjectClass(type), uid, changes));
        }

        /// <summary>Every other change by JSON, as the class <see cref="Upsert"/> takes it.</summary>
        public UpsertResult SaveJson(string json)
        {
            return Call(connection => Upsert.Save(connection, UpsertRecord.Read(json)));
        }

        /// <summary>DELETE: makes inactive, since SuccessFactors deletes nobody.</summary>
        public SaveOutcome Remove(string type, string identity)
        {
            return Call(connection => connection.Delete(Words.ObjectClass(type), identity));
        }

        /// <summary>SUSPEND: makes inactive.</summary>
        public SaveOutcome Suspend(string type, string identity)
        {
            return Call(connection => connection.Suspend(Words.ObjectClass(type), identity));
        }

        /// <summary>RESUME: makes active.</summary>
        public SaveOutcome Resume(string type, string identity)
        {
            return Call(connection => connection.Resume(Words.ObjectClass(type), identity));
        }

        /// <summary>RESET_PASSWORD: sets a password, a text or a secure string, and leaves the status as it is.</summary>
        public SaveOutcome ResetPassword(string type, string identity, object password)
        {
            password = Unwrap.Value(password);
            var secret = password is SecureString ? new Secret((SecureString)password) : new Secret(Convert.ToString(password));
            return Call(connection => connection.ResetPassword(Words.ObjectClass(type), identity, secret));
        }

        /// <summary>TEST: a fresh login and one record read.</summary>
        public IList<Check> Test()
        {
            return Call(connection => connection.Test().Checks);
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

        /// <summary>The error of the connector in an exception that PowerShell has wrapped; nothing, if it is another one.</summary>
        public static ConnectorException Error(Exception exception)
        {
            for (; exception != null; exception = exception.InnerException)
            {
                var error = exception as ConnectorException;
                if (error != null)
                {
                    return error;
                }
            }
            return null;
        }
    }
}
