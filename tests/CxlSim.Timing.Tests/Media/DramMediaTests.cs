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

        Nanoseconds(media, Start + SimDuration.Nanoseconds(200), 8 * 64).Should().BeApproximately(17.5, 0.05); // lines in turn lie in eight bank groups
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

        Nanoseconds(media, Start + SimDuration.Nanoseconds(200), 8 * 64).Should().BeApproximately(31.6, 0.05);
    }

    /// <summary>Once in each interval of 9375 clocks a rank rests for 709: of reads that come alone, one in thirteen waits, at most so long.</summary>
    [Fact]
    public void Reads_WaitForRefreshes()
    {
        DramMedia media = Media(closesRows: true);
        const int reads = 2000;
        double[] waits = [.. Enumerable.Range(0, reads).Select(i => Nanoseconds(media, Start + (SimDuration.Nanoseconds(1237) * i), 0) - 31.6)];

        waits.Should().OnlyContain(wait => wait > -0.1 && wait <= (709 * 0.416) + 0.1);
        (waits.Count(wait => wait > 1) / (double)reads).Should().BeApproximately(709.0 / 9375, 0.02);
    }

    /// <summary>The fifth activate of a rank waits until the window of the first is over: 34 clocks of DDR4-3200, where the bus would have been free after 16.</summary>
    [Fact]
    public void FifthActivate_Waits()
    {
        DramMedia media = new(DramTiming.Ddr4At3200, new DramGeometry(Channels: 1, Ranks: 1, ClosesRows: false, WriteBuffer: 8));
        const ulong stripe = 4 * 8192;
        double[] times = [.. Enumerable.Range(0, 5).Select(row => Nanoseconds(media, Start, ((ulong)(row / 4) * stripe) + ((ulong)(row % 4) * 64)))];

        double idle = (22 + 22 + 4) * 0.63;
        times[3].Should().BeApproximately(idle + (3 * 4 * 0.63), 0.05); // bursts follow each other
        times[4].Should().BeApproximately(idle + (34 * 0.63), 0.05);
    }

    /// <summary>Eight rows of one bank wait for each other; who wants another bank waits for the bus alone.</summary>
    [Fact]
    public void WaitingForABank_KeepsNobodyFromAnother()
    {
        DramMedia media = Media(writeBuffer: 8);
        ulong row = 0;
        for (int i = 0; i < 8; i++)
        {
            media.Access(Start, row, AccessKind.Read);
            row = OtherRow(row);
        }

        Nanoseconds(media, Start, OtherBank).Should().BeApproximately(31.6 + (8 * 8 * 0.416), 0.1);
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

        media.Access(Start, 7 * 64, AccessKind.Write);
        Nanoseconds(media, Start, OtherBank).Should().BeApproximately(31.6 + (((8 * 8) + 24 + 34) * 0.416), 0.1); // eight bursts, and the bus turns
    }

    /// <summary>A row that was written stays open until its data are in the cells: 34 clocks, eight of the burst and 72 more, where 18 are enough after a read.</summary>
    [Theory]
    [InlineData(AccessKind.Write, 34 + 8 + 72)]
    [InlineData(AccessKind.Read, 77 - 34)] // and no sooner than 77 clocks after its activate
    public void AnotherRow_WaitsForTheLast(AccessKind kind, int clocks)
    {
        DramMedia media = Media(writeBuffer: 1);
        media.Access(Start, 0, kind);

        double column = 34 * 0.416;
        Nanoseconds(media, Start, OtherRow(0)).Should().BeApproximately(column + (clocks * 0.416) + 45.8, 0.1);
    }

    /// <summary>A bank that none of the first megabytes' first stripes lies in.</summary>
    private const ulong OtherBank = 3 * 8 * 8192;

    /// <summary>Lines in turn lie in eight bank groups of four banks; the rows of a bank are told by the sum of stripe numbers without carry.</summary>
    private static ulong OtherRow(ulong address)
    {
        const ulong stripeBytes = 8 * 8192;
        return Enumerable.Range(1, 1000).Select(stripe => address + ((ulong)stripe * stripeBytes)).First(other => Bank(other) == Bank(address));

        static ulong Bank(ulong at) => (at / stripeBytes ^ (at / stripeBytes >> 7) ^ (at / stripeBytes >> 13)) % 4;
    }

    private static double Nanoseconds(DramMedia media, SimTime now, ulong address) => (media.Access(now, address, AccessKind.Read) - now).Picoseconds / 1e3;
}
