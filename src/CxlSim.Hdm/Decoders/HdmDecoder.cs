using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hdm;

/// <summary>One committed HDM decoder, as its registers say (CXL r3.1 8.2.4.20).</summary>
/// <param name="Range">The HPA range that it claims.</param>
/// <param name="Ways">Number of targets, or of devices that share the range.</param>
/// <param name="Granularity">Bytes that go to one target before the next has its turn.</param>
/// <param name="TargetList">Ports: port numbers, position 0 in the low byte. Endpoints: bytes of DPA to skip.</param>
public readonly record struct HdmDecoder(AddressRange Range, int Ways, int Granularity, ulong TargetList)
{
    /// <summary>Port numbers that a target list has room for (CXL r3.1 8.2.4.20.9).</summary>
    public const int TargetListRoom = 8;

    /// <summary>Its number in the component.</summary>
    public int Number { get; init; }

    /// <summary>Why its registers are no decoder; it translates nothing then.</summary>
    public RouteFaultKind? Fault { get; init; }

    /// <summary>Capacity that the decoder takes of an endpoint.</summary>
    public ByteSize DpaSize => Fault == RouteFaultKind.ImpossibleRange ? ByteSize.Zero : Range.Size / (ulong)Ways;

    /// <summary>How far into a device's share its addresses lead: past <see cref="DpaSize"/> where the range ends amid a row of chunks. Only of a possible range.</summary>
    internal ByteSize Reach
    {
        get
        {
            ByteSize granularity = new((ulong)Granularity);
            ByteSize row = granularity * (ulong)Ways;
            ByteSize rest = new(Range.Size.Bytes % row.Bytes);
            return (granularity * (Range.Size / row)) + (rest < granularity ? rest : granularity);
        }
    }

    /// <summary>What an endpoint leaves out before the decoder's first byte.</summary>
    public ByteSize DpaSkip => new(TargetList);

    /// <summary>What the registers mean; an illegal encoding, an empty or impossible range is a <see cref="Fault"/>.</summary>
    public static HdmDecoder FromRegisters(int number, ulong hpaBase, ulong size, uint control, ulong targetList)
    {
        RouteFaultKind? fault = null;
        if (!Interleave.TryDecodeWays(Bits.Get(control, 7, 4), out int ways) | !Interleave.TryDecodeGranularity(Bits.Get(control, 3, 0), out int granularity))
        {
            (ways, granularity, fault) = (1, Interleave.MinGranularity, RouteFaultKind.IllegalEncoding);
        }

        if (!AddressRange.TryCreate(new Hpa(hpaBase), new ByteSize(size), out AddressRange range))
        {
            fault = RouteFaultKind.ImpossibleRange;
        }

        return new HdmDecoder(range, ways, granularity, targetList) { Number = number, Fault = fault };
    }

    /// <summary>Whether the address is in its range, whatever else is wrong with it.</summary>
    public bool Claims(Hpa address) => Fault != RouteFaultKind.ImpossibleRange && Range.Contains(address);

    /// <summary>Which position of the interleave the address belongs to; absolute bits count, as in hardware.</summary>
    public int PositionOf(Hpa address) => (int)(address.Value / (ulong)Granularity % (ulong)Ways);

    /// <summary>The port number at a position of the target list; false past its eight bytes (CXL r3.1 8.2.4.20.9).</summary>
    public bool TryGetTarget(int position, out byte port)
    {
        port = Bits.ByteAt(TargetList, position);
        return position < TargetListRoom;
    }

    /// <summary>Where the address lies within this device's share: chunks of other devices are left out.</summary>
    public ByteSize OffsetOf(Hpa address)
    {
        ulong offset = (address - Range.Start).Bytes;
        ulong granularity = (ulong)Granularity;
        return new ByteSize((offset / granularity / (ulong)Ways * granularity) + (offset % granularity));
    }

    /// <summary>The address at an offset of the share of the device that stands at a position, counted from the range's start; null where the range ends before.</summary>
    public Hpa? AddressOf(ByteSize offset, int position)
    {
        ulong granularity = (ulong)Granularity;
        UInt128 bytes = ((((UInt128)(offset.Bytes / granularity) * (ulong)Ways) + (ulong)position) * granularity) + (offset.Bytes % granularity);
        return bytes < Range.Size.Bytes ? Range.Start + new ByteSize((ulong)bytes) : null;
    }
}
