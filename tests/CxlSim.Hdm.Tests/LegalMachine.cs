using System.Numerics;
using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>A machine whose decoders software could have programmed: one tree of ports, and windows beside each other that spread over all of it or over one bridge.</summary>
internal sealed class LegalMachine
{
    private const int HighestMapBit = 46;

    private static readonly ByteSize Unit = ByteSize.MiB(256);

    private readonly Random _random;
    private readonly int _bridges;
    private readonly List<(int Ways, bool IsPassthrough)> _levels = [];
    private readonly List<LegalRegion> _regions = [];
    private readonly DecodeNode[] _roots;

    /// <param name="seed">The same seed gives the same machine.</param>
    /// <param name="size">How many windows there may be beside the first.</param>
    public LegalMachine(int seed, int size)
    {
        _random = new Random(seed);
        int three = _random.Next(3) == 0 ? 3 : 1;
        int power = _random.Next(three == 3 ? 3 : 5);
        int bridgePower = _random.Next(power + 1);
        _bridges = three << bridgePower;
        for (power -= bridgePower; _levels.Count < 3 && (power > 0 || _random.Next(3) > 0);)
        {
            int part = _levels.Count == 2 ? Math.Min(power, 3) : _random.Next(Math.Min(power, 3) + 1);
            _levels.Add((1 << part, part == 0 && _random.Next(2) == 0));
            power -= part;
        }

        Hpa next = new(Unit.Bytes * (ulong)_random.Next(1, 4096));
        for (int i = _random.Next(size + 1); i >= 0; i--)
        {
            LegalRegion region = RegionAt(next);
            _regions.Add(region);
            next = region.Range.Start + region.Range.Size + (Unit * (ulong)_random.Next(3));
        }

        _roots = [.. Enumerable.Range(0, _bridges).Select(bridge => NodeAt(0, bridge, bridge))];
        Windows = [.. _regions.Select((region, number) => new DecodeWindow(
            region.Range, region.Granularity, [.. _roots.Where((_, bridge) => region.Covers(bridge))], region.XorMaps) { Name = $"window {number}" })];
    }

    public DecodeWindow[] Windows { get; }

    private int DevicesPerBridge => _levels.Aggregate(1, (product, level) => product * level.Ways);

    /// <summary>Addresses of a window, each from a part of its own, so that no two are the same, in any order; the first and the last are among them.</summary>
    public ulong[] AddressesOf(DecodeWindow window, int count)
    {
        ulong part = window.Range.Size.Bytes / (ulong)count;
        ulong[] addresses = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            addresses[i] = window.Range.Start.Value + (part * (ulong)i) + (ulong)_random.NextInt64((long)part);
        }

        addresses[0] = window.Range.Start.Value;
        addresses[^1] = window.Range.Last.Value;
        _random.Shuffle(addresses);
        return addresses;
    }

    private LegalRegion RegionAt(Hpa start)
    {
        int? only = _random.Next(4) == 0 ? _random.Next(_bridges) : null;
        int rootWays = only is null ? _bridges : 1;
        int ways = rootWays * DevicesPerBridge;
        int rootPower = BitOperations.TrailingZeroCount(rootWays);
        int highest = 6 - rootPower - BitOperations.Log2((uint)DevicesPerBridge);
        int granularity = 256 << _random.Next(Math.Max(highest, 0) + 1);
        AddressRange range = AddressRange.Of(start, Unit * (ulong)(ways * _random.Next(1, 4)));
        return new LegalRegion(range, ways, granularity, granularity << rootPower, only, _random.Next(2) == 0 ? null : MapsFor(rootPower, granularity));
    }

    /// <summary>The lowest bits are those that choose a target; above all of them any may be set, beyond the window too. A map more than is needed is not used.</summary>
    private ulong[] MapsFor(int count, int granularity)
    {
        int lowest = BitOperations.TrailingZeroCount(granularity);
        ulong above = ~((1UL << (lowest + count)) - 1) & ((1UL << HighestMapBit) - 1);
        return [.. Enumerable.Range(0, count + 1).Select(i => (1UL << (lowest + i)) | ((ulong)_random.NextInt64() & above & ~(1UL << (lowest + count))))];
    }

    private DecodeNode NodeAt(int level, int number, int bridge)
    {
        LegalRegion[] regions = [.. _regions.Where(region => region.Covers(bridge))];
        if (level == _levels.Count)
        {
            HdmDecoder[] shares = [.. regions.Select(region => new HdmDecoder(region.Range, region.Ways, region.Granularity, Skip()))];
            ulong capacity = shares.Aggregate(0UL, (bytes, share) => bytes + share.DpaSkip.Bytes + share.DpaSize.Bytes);
            return new EndpointNode((7 * number) + 3, shares, $"device {number}", new ByteSize(capacity));
        }

        (int ways, bool isPassthrough) = _levels[level];
        Dictionary<byte, DecodeNode> ports = Enumerable.Range(0, ways).ToDictionary(PortNumber, i => NodeAt(level + 1, (number * ways) + i, bridge));
        ulong targets = Enumerable.Range(0, ways).Aggregate(0UL, (list, i) => list | ((ulong)PortNumber(i) << (8 * i)));
        int before = _levels.Take(level).Aggregate(1, (product, above) => product * above.Ways);
        HdmDecoder[] decoders = [.. regions.Select(region => new HdmDecoder(region.Range, ways, region.BridgeGranularity * before, targets))];
        return new PortNode(isPassthrough ? null : decoders, ports, $"port {level}.{number}");
    }

    /// <summary>Nothing, up to where persistent capacity begins, or any number of lines.</summary>
    private ulong Skip() => _random.Next(3) switch
    {
        0 => 0,
        1 => Unit.Bytes * (ulong)_random.Next(16),
        _ => 256 * (ulong)_random.Next(1 << 20),
    };

    private static byte PortNumber(int index) => (byte)(0x20 + (5 * index));
}
