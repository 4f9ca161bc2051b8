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
    private static readonly FlitFormat Flit68 = new(bytes: 68, slots: 4, drsHeaders: 2);

    /// <summary>256 bytes: 15 slots; the rest are header, credits, CRC and FEC (CXL r3.1 4.3.2). Three DRS headers (G15) or NDRs (G7) share a slot.</summary>
    private static readonly FlitFormat Flit256 = new(bytes: 256, slots: 15, drsHeaders: 3);

    private readonly int _drsHeaders;

    private FlitFormat(int bytes, int slots, int drsHeaders)
    {
        Bytes = bytes;
        Slots = slots;
        _drsHeaders = drsHeaders;
    }

    /// <summary>On the wire.</summary>
    public int Bytes { get; }

    /// <summary>For messages and data.</summary>
    public int Slots { get; }

    public static FlitFormat Of(FlitMode mode) => mode == FlitMode.Flit68 ? Flit68 : Flit256;

    /// <summary>What a message takes, its data included. Unit: sixths of a slot.</summary>
    public int ShareOf(MemoryMessage message) => message switch
    {
        MemoryMessage.Req => Slot, // H5, G4: one in a slot
        MemoryMessage.RwD => Slot + Line, // H4, G5, G14: one in a slot
        MemoryMessage.Ndr => Slot / 3,
        MemoryMessage.Drs => (Slot / _drsHeaders) + Line,
        _ => throw new SimulatorBugException("a message of CXL.mem"),
    };
}
