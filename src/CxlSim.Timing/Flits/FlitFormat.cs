using CxlSim.Core;

namespace CxlSim.Timing;

/// <summary>What a flit is and what messages take of it. A slot is 16 bytes; a line of data fills four, and a header shares its slot with others of its kind.</summary>
/// <remarks>Shares are counted in sixths of a slot, so that halves and thirds are whole numbers.</remarks>
public sealed class FlitFormat
{
    /// <summary>Sixths in a slot.</summary>
    public const int Slot = 6;

    private const int Line = 4 * Slot;

    /// <summary>68 bytes: a protocol ID of two, four slots, a CRC of two (CXL r3.1 4.2.2). Two DRS headers share a slot (H5). NDRs ride beside DRS headers (H3, G4),
    /// which comes to three in a slot: fitted to the saturation of a vendor's device model, the one share that no format says.</summary>
    private static readonly FlitFormat Flit68 = new(bytes: 68, slots: 4, drsHeaders: 2, checkedBytes: 68);

    /// <summary>256 bytes: 15 slots; the rest are header, credits, CRC and FEC (CXL r3.1 4.3.2). Three DRS headers (G15) or NDRs (G7) share a slot.</summary>
    private static readonly FlitFormat Flit256 = new(bytes: 256, slots: 15, drsHeaders: 3, checkedBytes: 256);

    /// <summary>The same slots, one of them shorter; a CRC for each half (CXL r3.1 4.3.3).</summary>
    private static readonly FlitFormat LatencyOptimized256 = new(bytes: 256, slots: 15, drsHeaders: 3, checkedBytes: 128);

    private readonly int _drsHeaders;

    private FlitFormat(int bytes, int slots, int drsHeaders, int checkedBytes)
    {
        Bytes = bytes;
        Slots = slots;
        CheckedBytes = checkedBytes;
        _drsHeaders = drsHeaders;
    }

    /// <summary>On the wire.</summary>
    public int Bytes { get; }

    /// <summary>For messages and data.</summary>
    public int Slots { get; }

    /// <summary>What has to be there before the receiver knows that it is sound and looks into it.</summary>
    public int CheckedBytes { get; }

    public static FlitFormat Of(FlitMode mode) => mode switch
    {
        FlitMode.Flit68 => Flit68,
        FlitMode.Flit256 => Flit256,
        _ => LatencyOptimized256,
    };

    /// <summary>What a message takes, its data included. Unit: sixths of a slot.</summary>
    /// <param name="message">Which one.</param>
    /// <param name="packsHeaders">Whether answers with data share slots for their headers, or each takes one, as a simpler device does it.</param>
    public int ShareOf(MemoryMessage message, bool packsHeaders = true) => message switch
    {
        MemoryMessage.Req => Slot, // H5, G4: one in a slot
        MemoryMessage.RwD => Slot + Line, // H4, G5, G14: one in a slot
        MemoryMessage.Ndr => Slot / 3,
        MemoryMessage.Drs => (packsHeaders ? Slot / _drsHeaders : Slot) + Line,
        _ => throw new SimulatorBugException("a message of CXL.mem"),
    };
}
