namespace CxlSim.Engine.Tests;

/// <summary>A request whose work is a delegate.</summary>
internal sealed class LambdaRequest(string description, Func<SimTask> serve) : Request
{
    public override string Description => description;

    protected override SimTask ServeAsync() => serve();
}
