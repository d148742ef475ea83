using System;
using System.Collections.Generic;

namespace Sfsf.Connector.OpenIam
{
    /// <summary>
    /// The class <c>Connection</c> of OpenIAM's SuccessFactors connector, with its seven parameters: makes a connection and
    /// gives the bearer token for the calls that follow. The private key signs here and is never sent.
    /// </summary>
    public sealed class Connection
    {
        private readonly Dictionary<string, object> configuration;
        private readonly string folder;

        /// <summary>Takes the parameters; nothing is sent.</summary>
        /// <param name="URL">The API host of the tenant.</param>
        /// <param name="client_id">The API key of the OAuth client.</param>
        /// <param name="username">The API user.</param>
        /// <param name="token_url">Where tokens are issued; derived from the URL, if empty.</param>
        /// <param name="private_key">The key of the OAuth client's certificate.</param>
        /// <param name="company_id">The company id of the tenant.</param>
        /// <param name="ConnectorFolder">
        /// The folder that holds the connector library; looked for beside this assembly, if empty.
        /// </param>
        public Connection(
            string URL,
            string client_id,
            string username,
            string token_url,
            string private_key,
            string company_id,
            string ConnectorFolder = null)
        {
            configuration = Items(URL, client_id, username, token_url, private_key, company_id);
            folder = ConnectorFolder;
        }

        /// <summary>Logs in and gives the bearer token.</summary>
        /// <exception cref="ConnectorException">No token came about; each cause has its own message.</exception>
        public string GetToken()
        {
            using (var connection = Open())
            {
                return connection.AccessToken().Reveal();
            }
        }

        /// <summary>A connection for every operation that there is, which renews its token by itself.</summary>
        /// <exception cref="ConfigurationException">All that is wrong with the parameters, at once.</exception>
        public Sfsf.Connector.Connection Open()
        {
            return new Sfsf.Connector.Connection(configuration, Carrier.Find(folder));
        }

        /// <summary>The connection items that have a value, under the names that the configuration has as well.</summary>
        internal static Dictionary<string, object> Items(
            string url, string clientId, string username, string tokenUrl, string privateKey, string companyId)
        {
            var items = new Dictionary<string, object>
            {
                { "url", url }, { "client_id", clientId }, { "username", username }, { "token_url", tokenUrl },
                { "private_key", privateKey }, { "company_id", companyId },
            };
            foreach (var item in new List<string>(items.Keys))
            {
                if (string.IsNullOrEmpty((string)items[item]))
                {
                    items.Remove(item);
                }
            }
            return items;
        }
    }
}
