using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>How a device's capacity is divided: volatile first, persistent behind it.</summary>
public sealed record DpaPartitions(ByteSize Ram, ByteSize Pmem)
{
    public ByteSize Of(DecoderMode mode) => mode switch
    {
        DecoderMode.Ram => Ram,
        DecoderMode.Pmem => Pmem,
        _ => ByteSize.Zero,
    };

    public Dpa StartOf(DecoderMode mode) => mode == DecoderMode.Pmem ? Dpa.Zero + Ram : Dpa.Zero;

    public Dpa EndOf(DecoderMode mode) => StartOf(mode) + Of(mode);

    /// <summary>The partition that holds an address; none past the end.</summary>
    public DecoderMode ModeAt(Dpa address) =>
        address < EndOf(DecoderMode.Ram) ? DecoderMode.Ram : address < EndOf(DecoderMode.Pmem) ? DecoderMode.Pmem : DecoderMode.None;
}
