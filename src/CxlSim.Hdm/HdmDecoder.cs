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
    /// <summary>Capacity that the decoder takes of an endpoint.</summary>
    public ByteSize DpaSize => Range.Size / (ulong)Ways;

    /// <summary>What an endpoint leaves out before the decoder's first byte.</summary>
    public ByteSize DpaSkip => new(TargetList);

    /// <summary>False where the register values are no decoder: an illegal encoding, an empty or impossible range.</summary>
    public static bool TryDecode(ulong hpaBase, ulong size, uint control, ulong targetList, out HdmDecoder decoder)
    {
        decoder = default;
        if (!Interleave.TryDecodeWays(Bits.Get(control, 7, 4), out int ways)
            || !Interleave.TryDecodeGranularity(Bits.Get(control, 3, 0), out int granularity)
            || !AddressRange.TryCreate(new Hpa(hpaBase), new ByteSize(size), out AddressRange range))
        {
            return false;
        }

        decoder = new HdmDecoder(range, ways, granularity, targetList);
        return true;
    }

    /// <summary>Which position of the interleave the address belongs to; absolute bits count, as in hardware.</summary>
    public int PositionOf(Hpa address) => (int)(address.Value / (ulong)Granularity % (ulong)Ways);

    /// <summary>The port number at a position of the target list; false past its eight bytes (CXL r3.1 8.2.4.20.9).</summary>
    public bool TryGetTarget(int position, out byte port)
    {
        port = Bits.ByteAt(TargetList, position);
        return position < sizeof(ulong);
    }

    /// <summary>Where the address lies within this device's share: chunks of other devices are left out.</summary>
    public ByteSize OffsetOf(Hpa address)
    {
        ulong offset = (address - Range.Start).Bytes;
        ulong granularity = (ulong)Granularity;
        return new ByteSize((offset / granularity / (ulong)Ways * granularity) + (offset % granularity));
    }
}
