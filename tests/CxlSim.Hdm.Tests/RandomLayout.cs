using CxlSim.Core;
using CxlSim.Spec.Cxl;
using FsCheck;
using FsCheck.Fluent;

namespace CxlSim.Hdm.Tests;

/// <summary>Decoders and windows as no software would program them, all in a stretch so small that they meet: a seed and a size say which.</summary>
internal sealed class RandomLayout
{
    private static readonly int[] LegalWays = [1, 1, 2, 2, 4, 8, 16, 3, 6, 12];
    private static readonly ulong[] Units = [1, 64, 256, 256, 768, 4096, 65536];

    private readonly Random _random;
    private readonly int _size;
    private readonly ulong _start;
    private readonly ulong _reach;
    private readonly List<ulong> _borders = [];
    private readonly List<DecodeNode> _nodes = [];

    /// <param name="seed">The same seed gives the same layout.</param>
    /// <param name="size">How many windows, devices and ports there may be of each, and one more.</param>
    public RandomLayout(int seed, int size)
    {
        _random = new Random(seed);
        _size = size;
        _reach = 1UL << _random.Next(12, 24);
        _start = Pick<ulong>(0, 0x1_0000_0000, 0x30_1000_0000, 0x7fff_ffff_ffff_ff00, ulong.MaxValue - _reach + 1, ulong.MaxValue - _reach);
        for (int device = UpToSize(); device >= 0; device--)
        {
            _nodes.Add(new EndpointNode(device, Decoders(isPort: false), $"device {device}", Capacity()));
        }

        for (int port = UpToSize(); port > 0; port--)
        {
            _nodes.Add(Port($"port {port}"));
        }

        Windows = [.. Enumerable.Range(0, 1 + UpToSize()).Select(Window)];
    }

    /// <summary>A layout that fails is sought again with fewer parts, and printed as its seed and size.</summary>
    public static Arbitrary<(int Seed, int Size)> Cases { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from size in Gen.Choose(0, 6)
        select (seed, size),
        example => Enumerable.Range(0, example.size).Select(size => (example.seed, size)));

    public DecodeWindow[] Windows { get; }

    public int Devices => _nodes.OfType<EndpointNode>().Count();

    /// <summary>Where something begins or ends, and the neighbours; the rest is anywhere.</summary>
    public ulong[] Addresses(int count)
    {
        ulong[] near = [.. _borders.Concat(Windows.SelectMany(window => new[] { window.Range.Start.Value, window.Range.Last.Value }))];
        return
        [
            .. from border in near from step in new ulong[] { ulong.MaxValue, 0, 1 } select unchecked(border + step),
            .. Enumerable.Range(0, count).Select(_ => Address()),
            .. Enumerable.Range(0, count / 8).Select(_ => unchecked((ulong)_random.NextInt64(long.MinValue, long.MaxValue))),
        ];
    }

    public ulong Below(ulong end) => (ulong)_random.NextInt64((long)end);

    private DecodeWindow Window(int number)
    {
        int ways = Rarely() ? _random.Next(0, 20) : Pick(LegalWays);
        int granularity = Rarely() ? _random.Next(0, 1024) : 256 << _random.Next(7);
        AddressRange range = AddressRange.TryCreate(new Hpa(Address()), new ByteSize(Length()), out AddressRange legal) ? legal : AddressRange.Of(new Hpa(_start), new ByteSize(1));
        IReadOnlyList<ulong>? maps = _random.Next(2) == 0 ? null : [.. Enumerable.Range(0, _random.Next(6)).Select(_ => Map())];
        return new DecodeWindow(range, granularity, [.. Enumerable.Range(0, ways).Select(_ => Rarely() ? null : Pick([.. _nodes]))], maps) { Name = $"window {number}" };
    }

    /// <summary>The bits above are arbitrary, and so is the lowest; now and then there is none.</summary>
    private ulong Map() => Rarely() ? 0 : (1UL << _random.Next(4, 40)) | (Rarely() ? (ulong)_random.NextInt64() : Below(_reach) & Below(_reach) & ~0xffUL);

    private PortNode Port(string name)
    {
        Dictionary<byte, DecodeNode> ports = [];
        for (int i = UpToSize(); i >= 0; i--)
        {
            ports[(byte)i] = Pick([.. _nodes]);
        }

        return new PortNode(_random.Next(5) == 0 ? null : Decoders(isPort: true), ports, name);
    }

    private HdmDecoder[] Decoders(bool isPort) => [.. Enumerable.Range(0, _random.Next(1 + Math.Min(_size, 3))).Select(number => Decoder(number, isPort))];

    private HdmDecoder Decoder(int number, bool isPort)
    {
        ulong start = Rarely() ? (ulong)_random.NextInt64() : Address();
        ulong size = Length();
        _borders.Add(start);
        _borders.Add(unchecked(start + size));
        Interleave.TryEncodeWays(Pick(LegalWays), out byte ways).Should().BeTrue();
        uint control = Rarely() ? (uint)_random.Next(256) : ((uint)ways << 4) | (uint)_random.Next(7);
        return HdmDecoder.FromRegisters(number, start, size, control, isPort ? Targets() : Skip());
    }

    private ulong Targets() => Enumerable.Range(0, 8).Aggregate(0UL, (list, _) => (list << 8) | (uint)_random.Next(_size + 1));

    private ulong Skip() => _random.Next(8) switch
    {
        0 => (ulong)_random.NextInt64(),
        1 => ulong.MaxValue - Below(_reach),
        2 => Below(_reach),
        3 => 256 * Below(_reach / 256),
        _ => 0,
    };

    private ByteSize? Capacity() => _random.Next(2) == 0 ? null : new ByteSize(Below(_reach));

    private ulong Address()
    {
        ulong unit = Pick(Units);
        return _start + (Below(_reach) / unit * unit);
    }

    private ulong Length() => Rarely() ? ulong.MaxValue - Below(_reach) : _random.Next(4) switch
    {
        0 => Below(_reach),
        1 => _reach,
        _ => 768 * Below(1 + (_reach / 768)),
    };

    private int UpToSize() => _random.Next(_size + 1);

    private bool Rarely() => _random.Next(16) == 0;

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
