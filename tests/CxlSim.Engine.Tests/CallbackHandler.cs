namespace CxlSim.Engine.Tests;

/// <summary>An event that runs a delegate.</summary>
internal sealed class CallbackHandler(Action<ulong> action) : SimHandler
{
    protected internal override void Handle(ulong argument) => action(argument);
}
