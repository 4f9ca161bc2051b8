using System.Globalization;
using System.Text.RegularExpressions;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Places of PCI functions and root buses as Linux names them: <c>0000:0d:00.0</c>, <c>pci0000:0c</c>.</summary>
internal static partial class BdfText
{
    public static Bdf? Function(string? text) =>
        text is not null && FunctionName().Match(text) is { Success: true } match
            ? new Bdf((ushort)Hex(match, "segment"), (byte)Hex(match, "bus"), (byte)Hex(match, "device"), (byte)Hex(match, "function"))
            : null;

    public static (ushort Segment, byte Bus)? RootBus(string? text) =>
        text is not null && RootName().Match(text) is { Success: true } match ? ((ushort)Hex(match, "segment"), (byte)Hex(match, "bus")) : null;

    private static uint Hex(Match match, string group) => uint.Parse(match.Groups[group].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<segment>[0-9a-f]{4}):(?<bus>[0-9a-f]{2}):(?<device>[01][0-9a-f])\.(?<function>[0-7])$")]
    private static partial Regex FunctionName();

    [GeneratedRegex("^pci(?<segment>[0-9a-f]{4}):(?<bus>[0-9a-f]{2})$")]
    private static partial Regex RootName();
}
