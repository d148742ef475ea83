using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// A call of a function of the PowerShell module, from its first object to its last. The methods are the functions; what
    /// they give is worked for while one goes through it, so that whoever leaves early has nothing more done. Errors and
    /// questions come in between, and exceptions of PowerShell pass.
    /// </summary>
    public sealed class Call
    {
        private readonly Work work;

        /// <summary>A call of the function whose <c>$PSCmdlet</c> this is, of a module in this folder.</summary>
        public Call(object cmdlet, string folder) : this(new Cmdlet(cmdlet), folder)
        {
        }

        internal Call(Caller caller, string folder)
        {
            work = new Work(caller, folder);
        }

        /// <summary>Closes all connections that are kept; those in use when they are not any longer.</summary>
        public static void Close()
        {
            Connections.Close();
        }

        /// <summary>Lets go of what is under way. To be called after each object of a pipeline, however it went.</summary>
        public void End()
        {
            work.End();
        }

        /// <summary><c>Get-SAPData</c>: whom a filter describes, or those who are named, or everybody.</summary>
        public IEnumerable Get()
        {
            return new Once(new Searches(work).Get());
        }

        /// <summary><c>Search-Data</c>: as OpenIAM searches, by a filter or for the header's identity.</summary>
        public IEnumerable Search()
        {
            return new Once(new Searches(work).OfOpenIam());
        }

        /// <summary><c>Save-SAPData</c>: saves records.</summary>
        public IEnumerable SaveRecords()
        {
            return Shown(new Saves(work).Records());
        }

        /// <summary><c>Save-Identity</c>: saves attributes of those who are named.</summary>
        public IEnumerable SaveIdentity()
        {
            return Shown(new Saves(work).Attributes());
        }

        /// <summary><c>Suspend-Identity</c>.</summary>
        public IEnumerable Suspend()
        {
            return Shown(work.Change("Make inactive in SAP SuccessFactors", (type, uid) =>
                () => work.Tenant.Suspend(type, uid, work.Options)));
        }

        /// <summary><c>Resume-Identity</c>.</summary>
        public IEnumerable Resume()
        {
            return Shown(work.Change("Make active in SAP SuccessFactors", (type, uid) =>
                () => work.Tenant.Resume(type, uid, work.Options)));
        }

        /// <summary><c>Remove-Identity</c>: makes inactive, since SuccessFactors deletes nobody.</summary>
        public IEnumerable Remove()
        {
            return Shown(work.Change("Make inactive in SAP SuccessFactors", (type, uid) =>
                () => work.Tenant.Remove(type, uid, work.Options)));
        }

        /// <summary><c>Reset-IdentityPassword</c>.</summary>
        public IEnumerable ResetPassword()
        {
            return Shown(work.Change("Set the password in SAP SuccessFactors", (type, uid) =>
            {
                var password = Passwords.Of(work.Caller.Parameter("Password"), uid);
                return () => work.Tenant.ResetPassword(type, uid, password, work.Options);
            }));
        }

        /// <summary><c>Test-ConnectorConnection</c>: a fresh login and one record read.</summary>
        public IEnumerable Test()
        {
            IList<Check> checks = null;
            return Shown(work.Try(() => checks = work.Tenant.Test(work.Options)) ? checks : Enumerable.Empty<Check>());
        }

        /// <summary><c>Test-IdentityPassword</c>: refused.</summary>
        public IEnumerable TestPassword()
        {
            work.Try(Module.TestPassword);
            return Enumerable.Empty<object>();
        }

        private IEnumerable Shown(IEnumerable<object> results)
        {
            return new Once(results.Select(work.Caller.Shown));
        }
    }
}
