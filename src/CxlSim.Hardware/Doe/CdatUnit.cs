namespace CxlSim.Hardware;

/// <summary>A value of 16 bits and the unit that it counts in, so that nothing is lost where a round unit divides the whole.</summary>
internal readonly record struct CdatUnit(ulong Unit, ushort Entry)
{
    private const ulong PicosecondsPerNanosecond = 1000;
    private const int LargestEntry = 0xfffe;

    /// <summary>QEMU's devices count in 10 ns.</summary>
    public static CdatUnit OfLatency(int nanoseconds)
    {
        (int unit, ushort entry) = Split(nanoseconds, 10, 1);
        return new CdatUnit((ulong)unit * PicosecondsPerNanosecond, entry);
    }

    /// <summary>QEMU's devices count in 1000 MB/s, its switches in 1024.</summary>
    public static CdatUnit OfBandwidth(int megabytes)
    {
        (int unit, ushort entry) = Split(megabytes, 1000, 1024, 1);
        return new CdatUnit((ulong)unit, entry);
    }

    /// <summary>The first unit that divides the value; where none does, the first that leaves 16 bits.</summary>
    private static (int Unit, ushort Entry) Split(int value, params int[] units)
    {
        int unit = units.Where(unit => value / unit <= LargestEntry).OrderBy(unit => value % unit != 0).First();
        return (unit, (ushort)(value / unit));
    }
}
