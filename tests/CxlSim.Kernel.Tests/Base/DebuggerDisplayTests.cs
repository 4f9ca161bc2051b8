using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CxlSim.Kernel.Tests;

/// <summary>What a .NET debugger shows of the kernel's objects: each name in it is a property.</summary>
public partial class DebuggerDisplayTests
{
    [Theory]
    [InlineData(typeof(KObject))]
    [InlineData(typeof(CxlDecoder))]
    [InlineData(typeof(CxlRegion))]
    [InlineData(typeof(MemoryBlock))]
    [InlineData(typeof(DevDax))]
    public void Names_AreProperties(Type type)
    {
        string text = type.GetCustomAttribute<DebuggerDisplayAttribute>(inherit: false)!.Value;

        string[] names = [.. Placeholder().Matches(text).Select(match => match.Groups[1].Value)];

        names.Should().Contain("Name").And.OnlyContain(name => type.GetProperty(name) != null);
    }

    [GeneratedRegex(@"\{(\w+)(?:,nq)?\}")]
    private static partial Regex Placeholder();
}
