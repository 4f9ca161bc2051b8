namespace CxlSim.Engine.Tests;

/// <summary>Writes down the arguments it is called with.</summary>
internal sealed class RecordingHandler(bool isBackground = false) : SimHandler
{
    public override bool IsBackground => isBackground;

    public List<ulong> Arguments { get; } = [];

    protected internal override void Handle(ulong argument) => Arguments.Add(argument);
}
