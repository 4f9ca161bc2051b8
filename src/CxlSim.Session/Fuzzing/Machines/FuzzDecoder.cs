namespace CxlSim.Session;

/// <summary>An HDM decoder as its registers say (CXL r3.1 8.2.4.20).</summary>
/// <param name="Number">Its number in the component.</param>
/// <param name="Base">First address.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Control">The control register.</param>
/// <param name="Targets">Target list; of a device, what is skipped.</param>
internal sealed record FuzzDecoder(int Number, ulong Base, ulong Size, uint Control, ulong Targets)
{
    private static readonly int[] WaysByCode = [1, 2, 4, 8, 16, 0, 0, 0, 3, 6, 12, 0, 0, 0, 0, 0];

    public bool IsCommitted => (Control & 0x400) != 0;

    /// <summary>Until the component is reset no write changes it.</summary>
    public bool IsLocked => IsCommitted && (Control & 0x100) != 0;

    /// <summary>0 for a code without a meaning.</summary>
    public int Ways => WaysByCode[(Control >> 4) & 0xf];

    public ulong Granularity => 256UL << (int)(Control & 0xf);

    public bool Claims(ulong address) => IsCommitted && address >= Base && address - Base < Size;

    public byte Target(int index) => index < 8 ? (byte)(Targets >> (8 * index) & 0xff) : (byte)0xff;

    public override string ToString() => $"decoder {Number}: 0x{Base:x} + 0x{Size:x}, {Ways} ways of {Granularity}, targets or skip 0x{Targets:x}{(IsCommitted ? string.Empty : ", not committed")}";
}
