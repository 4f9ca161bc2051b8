using CxlSim.Core;

namespace CxlSim.Timing;

/// <summary>Addresses in equal steps, from the beginning again at the end. Steps of a line are a sequential stream.</summary>
public sealed class StridedStream : IAddressStream
{
    private readonly AddressPool _pool;
    private readonly ulong _stride;
    private ulong _next;

    /// <param name="pool">Whose lines.</param>
    /// <param name="stride">In lines; at least 1.</param>
    /// <param name="first">The line to begin with.</param>
    public StridedStream(AddressPool pool, ulong stride, ulong first)
    {
        _pool = pool;
        _stride = stride % pool.Lines;
        _next = first % pool.Lines;
    }

    public Hpa Next()
    {
        ulong line = _next;
        _next += _stride;
        if (_next >= _pool.Lines)
        {
            _next -= _pool.Lines;
        }

        return _pool.At(line);
    }
}
