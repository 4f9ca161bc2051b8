using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>Goes through a long access run by run; for <c>foreach</c>.</summary>
public struct RunEnumerator
{
    private readonly RouteTable _table;
    private ulong _next;
    private ulong _left;
    private Translation _current;

    internal RunEnumerator(RouteTable table, Hpa start, ByteSize length)
    {
        _table = table;
        _next = start.Value;
        _left = length.Bytes;
    }

    /// <summary>The run: where it begins, and how many bytes of the access lie there. A miss says so for as many bytes as are surely alike.</summary>
    public readonly Translation Current => _current;

    /// <summary>Itself, as it is now.</summary>
    public readonly RunEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next run; false behind the last.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        Translation found = _table.Translate(new Hpa(_next));
        ByteSize alike = found.Outcome == DecodeOutcome.Hit ? found.Run : _table.RunOfMiss(new Hpa(_next));
        _current = found with { Run = new ByteSize(Math.Min(alike.Bytes, _left)) };
        _next = unchecked(_next + _current.Run.Bytes); // past the last address the access goes on at the first
        _left -= _current.Run.Bytes;
        return true;
    }
}
