namespace NUnit.Framework
{
    /// <summary>What NUnit 2.6, which Mono has, calls it.</summary>
    internal sealed class TestFixtureSetUpAttribute : OneTimeSetUpAttribute
    {
    }

    /// <summary>What NUnit 2.6, which Mono has, calls it.</summary>
    internal sealed class TestFixtureTearDownAttribute : OneTimeTearDownAttribute
    {
    }
}
