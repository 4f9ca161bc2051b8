using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Where a decoder leads, as its registers have it (CXL r3.1 8.2.4.20).</summary>
/// <param name="Base">First address; bytes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Interleaving">Granularity and ways as the control register encodes them: bits 3:0 and 7:4.</param>
/// <param name="Targets">Port numbers, a byte each; of an endpoint decoder the capacity that is skipped.</param>
internal readonly record struct DecoderForm(ulong Base, ulong Size, uint Interleaving, ulong Targets)
{
    /// <summary>Ways and granularity must be such that CXL has.</summary>
    public static DecoderForm Of(AddressRange range, int ways, int granularity, ulong targets)
    {
        Check.That(Interleave.TryEncodeWays(ways, out byte eiw), "legal ways at {0}", range);
        Check.That(Interleave.TryEncodeGranularity(granularity, out byte eig), "a legal granularity at {0}", range);
        return new DecoderForm(range.Start.Value, range.Size.Bytes, eig | ((uint)eiw << 4), targets);
    }

    /// <summary>As the attributes of a decoder have it.</summary>
    public override string ToString()
    {
        bool isLegal = Interleave.TryDecodeWays(Interleaving >> 4, out int ways) & Interleave.TryDecodeGranularity(Interleaving & 0xf, out int granularity);
        return $"0x{Base:x} size 0x{Size:x} {(isLegal ? $"x{ways} at {granularity}" : $"encoded 0x{Interleaving:x}")}";
    }
}
