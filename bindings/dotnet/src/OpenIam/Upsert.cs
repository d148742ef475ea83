using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.OpenIam
{
    /// <summary>
    /// The class <c>Upsert</c> of OpenIAM's SuccessFactors connector, with its four parameters: saves new and existing users,
    /// and makes every other change as well, by a status or a password. A record that was not saved is an exception, also
    /// where the tenant answered 200.
    /// </summary>
    public sealed class Upsert
    {
        private readonly Dictionary<string, object> configuration;
        private readonly string json;
        private readonly string folder;

        /// <summary>Takes the parameters; nothing is sent.</summary>
        /// <param name="URL">The API host of the tenant.</param>
        /// <param name="access_token">The bearer token that <see cref="Connection"/> gave.</param>
        /// <param name="Json">A record or a list of records, as SuccessFactors takes them.</param>
        /// <param name="ConnectorFolder">The folder that holds the connector; looked for beside this assembly, if empty.</param>
        public Upsert(string URL, string access_token, string Json, string ConnectorFolder = null)
        {
            configuration = new Dictionary<string, object> { { "url", URL }, { "access_token", access_token } };
            json = Json;
            folder = ConnectorFolder;
        }

        /// <summary>
        /// Saves the records, each by itself. May be repeated: what is so already is not written again.
        /// </summary>
        /// <exception cref="InvalidRequestException">The JSON is no upsert; nothing was sent.</exception>
        /// <exception cref="UpsertException">There are several records, and some were not saved.</exception>
        /// <exception cref="ConnectorException">The one record was not saved.</exception>
        public UpsertResult Execute()
        {
            var records = UpsertRecord.Read(json);
            using (var connection = new Sfsf.Connector.Connection(configuration, Carrier.Find(folder)))
            {
                return Save(connection, records);
            }
        }

        /// <summary>Saves records through a connection that is open already.</summary>
        internal static UpsertResult Save(Sfsf.Connector.Connection connection, IList<UpsertRecord> records)
        {
            var result = new UpsertResult(records.Select(record => Save(connection, record)).ToList());
            var first = result.Rows.Select(row => row.Error).FirstOrDefault(error => error != null);
            if (first == null)
            {
                return result;
            }
            throw records.Count == 1 ? first : new UpsertException(result, first);
        }

        private static UpsertRow Save(Sfsf.Connector.Connection connection, UpsertRecord record)
        {
            try
            {
                return new UpsertRow(record.Uid, connection.Save("User", record.Uid, record.Attributes), null);
            }
            catch (ConnectorException error)
            {
                return new UpsertRow(record.Uid, null, error);
            }
        }
    }
}
