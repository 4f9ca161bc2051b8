using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A request that is a piece of work in the caller's words; its result is there when it is done.</summary>
public sealed class ModelRequest<T>(string description, Func<SimTask<T>> serve) : Request
{
    private readonly ManualResetEventSlim _served = new();
    private T? _result;

    public override string Description => description;

    /// <summary>Waits, on a thread that is not the loop's, until the request is served.</summary>
    public T Wait()
    {
        _served.Wait();
        return _result!;
    }

    protected override async SimTask ServeAsync()
    {
        _result = await serve();
        _served.Set();
    }
}
