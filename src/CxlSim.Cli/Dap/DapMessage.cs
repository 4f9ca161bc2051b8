using System.Text.Json.Nodes;

namespace CxlSim.Cli;

/// <summary>A request of the client, or why what it sent is none.</summary>
/// <param name="Sequence">Its number; 0 where it has none.</param>
/// <param name="Command">What is asked for; empty where nothing can be told.</param>
/// <param name="Arguments">Null where there are none.</param>
/// <param name="Fault">What is wrong; empty where nothing is.</param>
internal sealed record DapMessage(long Sequence, string Command, JsonObject? Arguments, string Fault)
{
    /// <summary>Whether nothing that follows can be understood.</summary>
    public bool IsEnd { get; init; }
}
