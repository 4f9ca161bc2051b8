using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>All committed decoders of a machine, compiled: where every address goes, for one or for millions. Immutable.</summary>
/// <remarks>Faulty decoders are reported by <see cref="Faults"/>; an address that meets one misses with the outcome that names it. Nothing here throws for
/// what registers say.</remarks>
public sealed class RouteTable
{
    /// <summary>What a batch gives as a target below it is a device's number; a target of this plus a <see cref="DecodeOutcome"/> is a miss.</summary>
    public const int FirstMiss = RouteSlot.FirstMiss;

    /// <summary>What a batch gives where no address leads to a byte of a device.</summary>
    public static readonly Hpa NoAddress = new(ulong.MaxValue);

    private readonly ReferenceTranslator _reference;
    private readonly RouteSegment[] _segments;
    private readonly RouteSegment? _largest;

    /// <summary>The largest segment's arithmetic where no call is needed for it.</summary>
    private readonly UniformRoute? _quickest;
    private readonly ReverseRoutes _reverse;

    private RouteTable(IReadOnlyList<DecodeWindow> windows)
    {
        Windows = windows;
        _reference = new ReferenceTranslator(windows);
        _segments = new RouteCompiler(windows).Compile();
        _largest = _segments.MaxBy(segment => segment.Last - segment.First);
        _quickest = _largest is { Uniform: { IsQuick: true } route } ? route : null;
        _reverse = new ReverseRoutes(windows, _segments);
        Faults = RouteFaults.Of(windows);
    }

    /// <summary>What the table was compiled from.</summary>
    public IReadOnlyList<DecodeWindow> Windows { get; }

    /// <summary>What makes some addresses miss.</summary>
    public IReadOnlyList<RouteFault> Faults { get; }

    /// <summary>Cuts the windows at the borders of all decoders below them. Wrong decoders are <see cref="Faults"/>; nothing is refused.</summary>
    public static RouteTable Compile(IReadOnlyList<DecodeWindow> windows) => new(windows);

    /// <summary>The outcome of a batch's target.</summary>
    public static DecodeOutcome OutcomeOf(ushort target) => target < FirstMiss ? DecodeOutcome.Hit : (DecodeOutcome)(target - FirstMiss);

    /// <summary>Where an address goes.</summary>
    public Translation Translate(Hpa address)
    {
        UniformRoute? route = _quickest;
        return route is not null && route.Holds(address.Value) ? route.TranslateQuickly(address.Value) : TranslateAny(address);
    }

    /// <summary>How many bytes surely miss as an address that misses does, itself included.</summary>
    public ByteSize RunOfMiss(Hpa address)
    {
        ulong more = EndOfMiss(address.Value) - address.Value;
        return new ByteSize(more == ulong.MaxValue ? more : more + 1);
    }

    /// <summary>The levels that an address passes, and why it misses where it does.</summary>
    public IReadOnlyList<RouteStep> Explain(Hpa address)
    {
        List<RouteStep> story = [];
        _reference.Translate(address, story);
        return story;
    }

    /// <summary>Which address leads to a byte of a device; null where none does. Several may, where decoders were programmed so: then the first of <see cref="ReferenceTranslator.Reverse"/>'s order.</summary>
    public Hpa? Reverse(int device, Dpa address)
    {
        foreach (ref readonly ReverseRoute route in _reverse.Of(device))
        {
            for (int i = 0; route.Holds(address.Value) && i < route.Positions.Length; i++)
            {
                if (route.TryGetAddress(address.Value, route.Positions[i], out Hpa candidate)
                    && Translate(candidate.Value, out ulong dpa) == device && dpa == address.Value)
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>Which addresses lead to many bytes of devices; <see cref="NoAddress"/> where none does. The three spans are of one length and share no memory.</summary>
    public void Reverse(ReadOnlySpan<ushort> devices, ReadOnlySpan<Dpa> dpas, Span<Hpa> addresses)
    {
        Check.That(dpas.Length == devices.Length && addresses.Length == devices.Length, "spans of one length, not {0} and {1}", dpas.Length, addresses.Length);
        Check.That(!MemoryMarshal.Cast<Dpa, Hpa>(dpas).Overlaps(addresses), "answers that are not written over addresses");
        for (int i = 0; i < devices.Length; i++)
        {
            addresses[i] = Reverse(devices[i], dpas[i]) ?? NoAddress;
        }
    }

    internal ushort Translate(ulong address, out ulong dpa)
    {
        RouteSegment? segment = Find(address);
        if (segment is { IsLeftToReference: false })
        {
            return segment.Translate(address, out dpa);
        }

        Translation found = segment is null ? Translation.Miss(DecodeOutcome.NoWindow) : _reference.Translate(new Hpa(address));
        dpa = found.Address.Value;
        return (ushort)(found.Outcome == DecodeOutcome.Hit ? found.Device : FirstMiss + (int)found.Outcome);
    }

    /// <summary>The last address up to which all surely miss as this one does.</summary>
    private ulong EndOfMiss(ulong address)
    {
        if (Find(address) is { } segment)
        {
            return segment.IsLeftToReference ? address : segment.EndOfRun(address);
        }

        foreach (RouteSegment next in _segments)
        {
            if (next.First > address)
            {
                return next.First - 1;
            }
        }

        return ulong.MaxValue;
    }

    /// <summary>The segment that holds an address; null outside all windows. Most addresses are in the largest, and it is looked at first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal RouteSegment? Find(ulong address) => _largest is { } largest && largest.Holds(address) ? largest : Search(address);

    private Translation TranslateAny(Hpa address)
    {
        RouteSegment? segment = Find(address.Value);
        return segment is null ? Translation.Miss(DecodeOutcome.NoWindow)
            : segment.IsLeftToReference ? _reference.Translate(address)
            : segment.Translate(address.Value);
    }

    /// <summary>The last one that begins at or before the address, by halves.</summary>
    private RouteSegment? Search(ulong address)
    {
        RouteSegment[] segments = _segments;
        int low = 0;
        int high = segments.Length;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (segments[middle].First <= address)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low < segments.Length && segments[low].Holds(address) ? segments[low] : null;
    }
}
