using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A request that is a piece of work in the caller's words, and hands its result over in the loop.</summary>
/// <param name="description">What it is, for traces.</param>
/// <param name="serve">The work.</param>
/// <param name="done">Takes the result.</param>
/// <param name="abandoned">Called instead where the loop broke.</param>
public sealed class ModelRequest<T>(string description, Func<SimTask<T>> serve, Action<T> done, Action abandoned) : LiveRequest
{
    public override string Description => description;

    internal override void Abandon() => abandoned();

    protected override async SimTask ServeAsync() => done(await serve());
}
