using CxlSim.Core;

namespace CxlSim.Platform.Tests;

/// <summary>Platform texts, and what is wrong with them, in few words.</summary>
internal static class Given
{
    /// <summary>A machine on which everything that a test leaves alone is legal. Lines 1 to 3.</summary>
    public const string OneBridge = """
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, type3: {volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, targets: [5]}]
        """;

    public static PlatformReadResult Reading(string text) => PlatformReader.ReadText(text, "p.yaml");

    /// <summary>The description of a text that must have no finding at all.</summary>
    public static PlatformDescription Platform(string text)
    {
        PlatformReadResult result = Reading(text);
        result.Diagnostics.Should().BeEmpty();
        return result.Platform!;
    }

    /// <summary>Every finding as <c>CXPnnnn line:column</c>.</summary>
    public static IReadOnlyList<string> Findings(string text) => [.. Reading(text).Diagnostics.Select(Show)];

    public static string Show(Diagnostic d) => $"{d.Id} {d.Location.Line}:{d.Location.Column}";
}
