using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Platform files that are checked, and mended as a finding says.</summary>
internal static class Checked
{
    public static IReadOnlyList<CheckFinding> Findings(string text) => PlatformCheck.Run(PlatformReader.ReadText(text, "p.yaml"));

    /// <summary>In the form <c>LINE:COLUMN NUMBER</c>.</summary>
    public static IEnumerable<string> Places(string text) => Findings(text).Select(finding => $"{finding.Place.Line}:{finding.Place.Column} {finding.Number}");

    /// <summary>The file with the nearest value in the place of the one that it states for the field.</summary>
    public static string Mend(string text, CheckFinding finding)
    {
        SimulatedMachine machine = new(PlatformReader.ReadText(text, "p.yaml").Platform!);
        machine.RunBoot();
        FieldValue nearest = finding.Nearest!;
        TableSource source = machine.TableSources.Field(nearest.Table, nearest.Offset, nearest.Width)!;
        source.IsStated.Should().BeTrue("only what the file states can be mended there");
        SourceLocation at = source.Location;
        string[] lines = text.Split('\n');
        string line = lines[at.Line - 1];
        int end = line.IndexOfAny([',', '}', ']', ' ', '\n'], at.Column - 1);
        lines[at.Line - 1] = $"{line[..(at.Column - 1)]}0x{nearest.Value:x}{(end < 0 ? string.Empty : line[end..])}";
        return string.Join('\n', lines);
    }
}
