using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.OpenIam
{
    /// <summary>
    /// The class <c>GetUsers</c> of OpenIAM's SuccessFactors connector, with its nine parameters: the users that satisfy a
    /// filter, with the fields that are wanted. Inactive people come like everybody else, with their status. Groups and roles
    /// come when they are named as fields.
    /// </summary>
    public sealed class GetUsers
    {
        private readonly Connection connection;
        private readonly IList<string> fields;
        private readonly string filter;

        /// <summary>Takes the parameters; nothing is sent.</summary>
        /// <param name="URL">The API host of the tenant.</param>
        /// <param name="client_id">The API key of the OAuth client.</param>
        /// <param name="username">The API user.</param>
        /// <param name="token_url">Where tokens are issued; derived from the URL, if empty.</param>
        /// <param name="private_key">The key of the OAuth client's certificate.</param>
        /// <param name="company_Id">The company id of the tenant.</param>
        /// <param name="fields">The fields with commas between them; all, if empty or a star.</param>
        /// <param name="filter">A filter, such as <c>status eq 't'</c>; everybody, if empty or a star.</param>
        /// <param name="ConnectorFolder">The folder that holds the connector; looked for beside this assembly, if empty.</param>
        public GetUsers(
            string URL,
            string client_id,
            string username,
            string token_url,
            string private_key,
            string company_Id,
            string fields,
            string filter,
            string ConnectorFolder = null)
        {
            connection = new Connection(URL, client_id, username, token_url, private_key, company_Id, ConnectorFolder);
            this.fields = Words.Fields(new[] { fields });
            this.filter = Words.Filter(filter);
        }

        /// <summary>
        /// The users, one after the other; memory does not grow with their number. A list that was cut short ends with an
        /// exception, and never looks whole.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong, from here or while going through them.</exception>
        public IEnumerable<ConnectorObject> Execute()
        {
            using (var opened = connection.Open())
            using (var users = opened.Search("User", filter, new SearchOptions { AttributesToGet = fields }))
            {
                foreach (var user in users)
                {
                    yield return user;
                }
                if (users.Problems.Count > 0)
                {
                    throw users.Problems[0].Error;
                }
            }
        }

        /// <summary>The users as a JSON array of flat objects.</summary>
        /// <exception cref="ConnectorException">What went wrong.</exception>
        public string ToJson()
        {
            return Json.Text(Json.Write(Execute().Select(FlatObject.Of).ToList()));
        }
    }
}
