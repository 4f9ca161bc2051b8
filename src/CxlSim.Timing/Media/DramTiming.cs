using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Times of a DRAM part, in clocks (JESD79-4, JESD79-5).</summary>
/// <param name="ClockPs">One clock. Unit: picoseconds.</param>
/// <param name="ReadLatency">CL: column command to first data.</param>
/// <param name="RowToColumn">RCD: activate to column command.</param>
/// <param name="Precharge">RP: precharge to activate.</param>
/// <param name="RowActive">RAS: activate to precharge, at least.</param>
/// <param name="WriteRecovery">WR: end of written data to precharge.</param>
/// <param name="ReadToPrecharge">RTP.</param>
/// <param name="WriteToRead">WTR: end of written data to a read command, same bank group.</param>
/// <param name="FourActivates">FAW: no more than four activates of a rank in it.</param>
/// <param name="Burst">A line on the data bus.</param>
/// <param name="Refresh">RFC: what a refresh takes.</param>
/// <param name="RefreshEvery">REFI.</param>
/// <param name="Banks">Of a rank.</param>
/// <param name="BankGroups">Neighbouring lines lie in neighbouring groups, for a group takes commands more slowly than they.</param>
public sealed record DramTiming(
    int ClockPs,
    int ReadLatency,
    int RowToColumn,
    int Precharge,
    int RowActive,
    int WriteRecovery,
    int ReadToPrecharge,
    int WriteToRead,
    int FourActivates,
    int Burst,
    int Refresh,
    int RefreshEvery,
    int Banks,
    int BankGroups)
{
    /// <summary>DDR4-3200, 8 Gb, x8 (as DRAMsim3 has it); burst and banks as JESD79-4 has them.</summary>
    public static DramTiming Ddr4At3200 { get; } = new(
        ClockPs: 630, ReadLatency: 22, RowToColumn: 22, Precharge: 22, RowActive: 52, WriteRecovery: 24, ReadToPrecharge: 12, WriteToRead: 12, FourActivates: 34, Burst: 4,
        Refresh: 560, RefreshEvery: 12480, Banks: 16, BankGroups: 4);

    /// <summary>DDR5-4800AN (as Ramulator 2.1 has it), one of the two 32-bit channels of a DIMM; RFC and REFI as gem5's DDR5-4400 has them, 295 ns and 3.9 us.</summary>
    public static DramTiming Ddr5At4800 { get; } = new(
        ClockPs: 416, ReadLatency: 34, RowToColumn: 34, Precharge: 34, RowActive: 77, WriteRecovery: 72, ReadToPrecharge: 18, WriteToRead: 24, FourActivates: 32, Burst: 8,
        Refresh: 709, RefreshEvery: 9375, Banks: 32, BankGroups: 8);

    internal SimDuration Clocks(int count) => new((long)count * ClockPs);
}
