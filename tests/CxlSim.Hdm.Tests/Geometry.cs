using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>A tree that spreads one window over equal devices: ways and granularity of every level, as decoders would be programmed.</summary>
/// <param name="Start">Base of the window and of every decoder.</param>
/// <param name="Capacity">What every device gives.</param>
/// <param name="Root">The window's own spread.</param>
/// <param name="Ports">Host bridge level, then switch levels; a granularity of 0 makes it a passthrough level.</param>
/// <param name="Skip">DPA that every endpoint leaves out first.</param>
internal sealed record Geometry(Hpa Start, ByteSize Capacity, (int Ways, int Granularity) Root, (int Ways, int Granularity)[] Ports, ulong Skip = 0)
{
    /// <summary>Names of the devices by their position in the interleave; empty where nobody asks.</summary>
    public string[] Members { get; init; } = [];

    public ulong[]? XorMaps { get; init; }

    public int Ways => Ports.Aggregate(Root.Ways, (product, level) => product * level.Ways);

    public AddressRange Range => AddressRange.Of(Start, Capacity * (ulong)Ways);

    public EveryTranslator Translator
    {
        get
        {
            DecodeNode[] bridges = [.. Enumerable.Range(0, Root.Ways).Select(i => NodeAt(0, i))];
            return new EveryTranslator(new DecodeWindow(Range, Root.Granularity, bridges, XorMaps));
        }
    }

    /// <summary>Devices are numbered by the way to them, the root's choice counting most.</summary>
    public int DeviceAt(params int[] path)
    {
        int device = path[0];
        for (int level = 0; level < Ports.Length; level++)
        {
            device = (device * Ports[level].Ways) + path[level + 1];
        }

        return device;
    }

    /// <summary>The root's choice counts least in positions: those that follow each other in address go to different bridges.</summary>
    private int PositionOf(int device)
    {
        int position = 0;
        foreach ((int ways, _) in Ports.Reverse().Append(Root))
        {
            position = (position * ways) + (device % ways);
            device /= ways;
        }

        return position;
    }

    private DecodeNode NodeAt(int level, int number)
    {
        if (level == Ports.Length)
        {
            string name = Members.Length == 0 ? $"device {number}" : Members[PositionOf(number)];
            return new EndpointNode(number, [new HdmDecoder(Range, Ways, Root.Granularity, Skip)], name);
        }

        (int ways, int granularity) = Ports[level];
        Dictionary<byte, DecodeNode> ports = [];
        ulong targets = 0;
        for (int i = 0; i < ways; i++)
        {
            byte port = (byte)(0x10 + (3 * i)); // no port bears the number of its position
            ports[port] = NodeAt(level + 1, (number * ways) + i);
            targets |= (ulong)port << (8 * i);
        }

        return new PortNode(granularity == 0 ? null : [new HdmDecoder(Range, ways, granularity, targets)], ports);
    }
}
