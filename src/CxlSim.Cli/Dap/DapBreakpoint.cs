using System.Text.Json.Nodes;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>A breakpoint as the client knows it. It outlives the machine that it is set in.</summary>
/// <param name="Id">From 1; never given twice.</param>
/// <param name="Group">Those that the client sets together: a source, or <c>functions</c>, <c>exceptions</c>, <c>data</c>.</param>
/// <param name="Reason">What the client is told when it is met.</param>
/// <param name="Place">As <see cref="BreakpointParser"/> reads it; of the boot script, the line's text.</param>
internal sealed record DapBreakpoint(int Id, string Group, string Reason, string Place)
{
    /// <summary>Line of the platform file; null for none.</summary>
    public int? PlatformLine { get; init; }

    /// <summary>Line of the boot script, from 0; null for none.</summary>
    public int? ScriptLine { get; init; }

    /// <summary>In the machine at hand; null where it makes no sense there.</summary>
    public Breakpoint? Set { get; init; }

    /// <summary>What is wrong with it, or where it was moved to; empty where nothing is to be said.</summary>
    public string Message { get; init; } = string.Empty;

    /// <param name="firstLine">What the client calls the first line.</param>
    public JsonObject ToJson(int firstLine)
    {
        JsonObject json = new() { ["id"] = Id, ["verified"] = Set is not null };
        if (Message.Length > 0)
        {
            json["message"] = Message;
        }

        if ((PlatformLine - 1 ?? ScriptLine) is { } line)
        {
            json["line"] = line + firstLine;
        }

        return json;
    }
}
