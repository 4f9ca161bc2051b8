namespace CxlSim.Platform;

/// <summary>What a CDAT says of itself (CDAT 1.04 2.1).</summary>
/// <param name="Revision">Of the format.</param>
/// <param name="Sequence">Counts changes of the table.</param>
/// <param name="Length">Null: as many bytes as there are.</param>
/// <param name="Checksum">Null: what makes all bytes add up to zero.</param>
public sealed record CdatHeaderDescription(byte Revision, uint Sequence, uint? Length, byte? Checksum)
{
    /// <summary>As QEMU's devices have it.</summary>
    public static readonly CdatHeaderDescription Default = new(2, 0, null, null);
}
