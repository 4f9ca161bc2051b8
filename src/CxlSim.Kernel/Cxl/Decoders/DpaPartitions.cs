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

    /// <summary>The partition that holds all of a range.</summary>
    /// <param name="start">Of the range, which does not end behind the last partition.</param>
    /// <param name="size">Of the range.</param>
    /// <param name="kernel">From 6.15 on a range of both is of none.</param>
    public DecoderMode ModeOf(Dpa start, ByteSize size, KernelConfig kernel)
    {
        DecoderMode mode = ModeAt(start);
        return size.IsZero || start + size <= EndOf(mode) ? mode : kernel.Has(KernelChange.PartitionsInOrder) ? DecoderMode.None : DecoderMode.Mixed;
    }

    /// <summary>The partition that holds an address; none past the end.</summary>
    public DecoderMode ModeAt(Dpa address) =>
        address < EndOf(DecoderMode.Ram) ? DecoderMode.Ram : address < EndOf(DecoderMode.Pmem) ? DecoderMode.Pmem : DecoderMode.None;
}
