using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Sfsf.Connector")]
[assembly: AssemblyDescription("The SAP SuccessFactors connector for identity products, over its C library or its program")]
[assembly: AssemblyProduct("sfsf-connector")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyInformationalVersion("0.1.0")]
[assembly: ComVisible(false)]
[assembly: InternalsVisibleTo("Sfsf.Connector.Tests")]
