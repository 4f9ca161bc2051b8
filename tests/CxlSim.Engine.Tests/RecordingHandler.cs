namespace CxlSim.Engine.Tests;

/// <summary>Writes down the arguments it is called with.</summary>
internal sealed class RecordingHandler : IEventHandler
{
    public bool IsBackground { get; init; }

    public List<ulong> Arguments { get; } = [];

    public void Handle(ulong argument) => Arguments.Add(argument);
}
