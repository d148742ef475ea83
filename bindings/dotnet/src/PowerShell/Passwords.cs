using System.Security;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>Passwords as PowerShell has them.</summary>
    internal static class Passwords
    {
        private const string Credential = "System.Management.Automation.PSCredential";

        /// <summary>A text, a secure string, or a credential of whoever it is for.</summary>
        /// <exception cref="InvalidRequestException">It is something else, empty, or of somebody else.</exception>
        public static Secret Of(object given, string identity)
        {
            given = Unwrap.Value(given);
            if (given is Secret)
            {
                return (Secret)given;
            }
            if (given != null && given.GetType().FullName == Credential)
            {
                return OfCredential(given, identity);
            }
            var secure = given as SecureString;
            var text = secure == null ? given as string : new Secret(secure).Reveal();
            if (text == null)
            {
                throw new InvalidRequestException("a password is a text or a secure string, and not of the type " + Faults.TypeOf(given));
            }
            if (text == "")
            {
                throw new InvalidRequestException("the password is empty");
            }
            return new Secret(text);
        }

        private static Secret OfCredential(object credential, string identity)
        {
            var user = (string)credential.GetType().GetProperty("UserName").GetValue(credential, null);
            if (!string.IsNullOrEmpty(user) && user != identity)
            {
                throw new InvalidRequestException("the credential is of somebody else than the password is for");
            }
            return Of(credential.GetType().GetProperty("Password").GetValue(credential, null) ?? new SecureString(), identity);
        }
    }
}
