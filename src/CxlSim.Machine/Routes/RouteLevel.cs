using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>One level of an address's way: the windows, a host bridge, a switch, a device.</summary>
public sealed record RouteLevel
{
    /// <summary>What the hardware calls it, or the device's name in the platform file.</summary>
    public required string Unit { get; init; }

    /// <summary>The kernel's port: <c>root0</c>, <c>port1</c>, <c>endpoint2</c>; null where it has none.</summary>
    public required string? Port { get; init; }

    public required RouteOutcome Outcome { get; init; }

    /// <summary>The address as the level's decoders see it: after XOR maps.</summary>
    public required Hpa Address { get; init; }

    /// <summary>What took it; null in a bridge without decoders, and where nothing or too much claims it.</summary>
    public required RouteDecoder? Decoder { get; init; }

    /// <summary>All windows, or all committed decoders of the level.</summary>
    public required IReadOnlyList<RouteDecoder> Decoders { get; init; }

    /// <summary>Decoders that the kernel has set up for the address, but that are not committed.</summary>
    public IReadOnlyList<string> Uncommitted { get; init; } = [];

    /// <summary>XOR maps of the window, in the order in which they work.</summary>
    public IReadOnlyList<RouteMap> Maps { get; init; } = [];

    /// <summary>Which target's turn it was; null where none was chosen.</summary>
    public int? Position { get; init; }

    /// <summary>What stands below; null where nothing does.</summary>
    public string? Target { get; init; }

    /// <summary>Where the decoder's share of the device begins; null for other levels, and past the device's end.</summary>
    public Dpa? Base { get; init; }

    /// <summary>Where in its share the address lies; null for other levels.</summary>
    public ByteSize? Offset { get; init; }

    /// <summary>Whether it is a bridge that sends everything to its only port.</summary>
    public bool IsPassthrough { get; init; }
}
