using System.Text.Json.Nodes;

namespace CxlSim.Cli;

/// <summary>What a request is answered with.</summary>
/// <param name="Body">Null where there is nothing to say.</param>
/// <param name="After">What is to be done when the answer is out, such as a movement that ends with an event; null where nothing.</param>
internal sealed record DapAnswer(JsonObject? Body = null, Action? After = null)
{
    /// <summary>Why it did not work; empty where it did.</summary>
    public string Fault { get; init; } = string.Empty;
}
