using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Media;

/// <summary>Idle reads of DDR5-4800 (fact sheet 40, section 6): row hit 17.5, closed 31.6, conflict 45.8 ns.</summary>
public class DramMediaTests
{
    /// <summary>Away from a refresh.</summary>
    private static readonly SimTime Start = new(1_000_000);

    private static DramMedia Media(bool closesRows = false, int writeBuffer = 8) =>
        new(DramTiming.Ddr5At4800, new DramGeometry(Channels: 1, Ranks: 1, closesRows, writeBuffer));

    [Fact]
    public void Read_OfAClosedRow_TakesActivateColumnAndBurst() => Nanoseconds(Media(), Start, 0).Should().BeApproximately(31.6, 0.05);

    [Fact]
    public void Read_OfAnOpenRow_TakesColumnAndBurst()
    {
        DramMedia media = Media();
        media.Access(Start, 0, AccessKind.Read);

        Nanoseconds(media, Start + SimDuration.Nanoseconds(200), 64).Should().BeApproximately(17.5, 0.05);
    }

    [Fact]
    public void Read_OfAnotherRowOfTheBank_WaitsForAPrecharge()
    {
        DramMedia media = Media();
        media.Access(Start, 0, AccessKind.Read);

        Nanoseconds(media, Start + SimDuration.Nanoseconds(200), OtherRow(0)).Should().BeApproximately(45.8, 0.05);
    }

    [Fact]
    public void RowThatIsClosed_IsActivatedAnew()
    {
        DramMedia media = Media(closesRows: true);
        media.Access(Start, 0, AccessKind.Read);

        Nanoseconds(media, Start + SimDuration.Nanoseconds(200), 64).Should().BeApproximately(31.6, 0.05);
    }

    /// <summary>A refresh of 709 clocks begins with each interval of 9375.</summary>
    [Fact]
    public void Read_DuringARefresh_Waits() =>
        Nanoseconds(Media(), new SimTime(9375L * 416), 0).Should().BeApproximately(31.6 + (709 * 0.416), 0.05);

    /// <summary>The fifth activate of a rank waits until the window of the first is over: 32 clocks.</summary>
    [Fact]
    public void FifthActivate_Waits()
    {
        DramMedia media = Media();
        double[] times = [.. Enumerable.Range(0, 5).Select(bank => Nanoseconds(media, Start, (ulong)bank * 8192))];

        times[3].Should().BeApproximately(31.6 + (3 * 8 * 0.416), 0.05); // bursts follow each other
        times[4].Should().BeApproximately(31.6 + (32 * 0.416), 0.05);
    }

    /// <summary>Writes are accepted at once; when the buffer is full they go to the banks, and the bus turns twice: a read waits for that.</summary>
    [Fact]
    public void Writes_AreDoneTogether_AndReadsWaitForThem()
    {
        DramMedia media = Media(writeBuffer: 8);
        for (ulong i = 0; i < 7; i++)
        {
            media.Access(Start, i * 64, AccessKind.Write).Should().Be(Start);
        }

        Nanoseconds(media, Start, 1 << 20).Should().BeApproximately(31.6, 0.05);
        media.Access(Start, 7 * 64, AccessKind.Write);
        Nanoseconds(media, Start, 2 << 20).Should().BeGreaterThan(17.5 + (8 * 8 * 0.416));
    }

    /// <summary>The second row of a bank comes 32 rows later: banks are told by the sum of row numbers without carry.</summary>
    private static ulong OtherRow(ulong address)
    {
        const ulong RowBytes = 8192;
        return Enumerable.Range(1, 1000).Select(row => address + ((ulong)row * RowBytes)).First(other => Bank(other) == Bank(address));

        static ulong Bank(ulong at) => (at / RowBytes ^ (at / RowBytes >> 7) ^ (at / RowBytes >> 13)) % 32;
    }

    private static double Nanoseconds(DramMedia media, SimTime now, ulong address) => (media.Access(now, address, AccessKind.Read) - now).Picoseconds / 1e3;
}
