using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>A CXL fixed memory window: an address range that the host spreads over host bridges.</summary>
public sealed record WindowDescription
{
    public required AddressRange Range { get; init; }

    /// <summary>UIDs of host bridges in interleave order; their number is the ways.</summary>
    public required IReadOnlyList<uint> Targets { get; init; }

    /// <summary>Bytes: 256 to 16384, a power of two.</summary>
    public required int Granularity { get; init; }

    /// <summary>XOR arithmetic: what each bit of the target's position is the parity of, lowest bit of the position first (CXL r3.1 9.18.1.4). Null for modulo arithmetic.</summary>
    public IReadOnlyList<ulong>? XorMaps { get; init; }

    /// <summary>Base as the table has it; null: where the window begins.</summary>
    public ulong? EncodedBase { get; init; }

    /// <summary>Size as the table has it; null: the window's.</summary>
    public ulong? EncodedSize { get; init; }

    /// <summary>ENIW as the table has it; null: the number of targets.</summary>
    public byte? EncodedWays { get; init; }

    /// <summary>HBIG as the table has it; null: the granularity.</summary>
    public uint? EncodedGranularity { get; init; }

    /// <summary>Arithmetic as the table has it.</summary>
    public byte EncodedArithmetic { get; init; }

    /// <summary>Record length as the table has it; what is longer than the record is filled with zeros. Null: its bytes.</summary>
    public ushort? RecordLength { get; init; }

    /// <summary>CFMWS restriction bits (CXL r3.1 9.18.1.3).</summary>
    public required ushort Restrictions { get; init; }

    /// <summary>QoS throttling group.</summary>
    public required ushort QosClass { get; init; }

    /// <summary>What firmware lists in the EFI map where it has programmed decoders below the window.</summary>
    public required WindowEfiMap EfiMap { get; init; }
}
