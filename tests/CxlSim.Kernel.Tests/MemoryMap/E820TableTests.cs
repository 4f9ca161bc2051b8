using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel.Tests;

/// <summary>The x86 memory map: sorted, without overlaps, joined where the types allow it. Ranges are in pages, to be short.</summary>
public sealed class E820TableTests
{
    private readonly E820Table _table = new(new KernelLog(new Simulation(0)), new KernelConfig(new Version(6, 12), new Dictionary<string, string>()), new Hpa((1UL << 46) - 1));

    [Fact]
    public void Add_SortsAndJoinsNeighboursOfOneType()
    {
        Add(4, 5, E820Type.Ram);
        Add(0, 1, E820Type.Ram);
        Add(2, 3, E820Type.Ram);
        Add(6, 7, E820Type.Reserved);

        Shown().Should().Be("0-5 Ram, 6-7 Reserved");
    }

    [Fact]
    public void SoftReserved_NeverMerges()
    {
        Add(0, 1, E820Type.SoftReserved);
        Add(2, 3, E820Type.SoftReserved);

        Shown().Should().Be("0-1 SoftReserved, 2-3 SoftReserved");
    }

    [Fact]
    public void Overlap_BelongsToTheLargerTypeNumber()
    {
        Add(0, 9, E820Type.Ram);
        Add(2, 3, E820Type.SoftReserved);
        Add(3, 5, E820Type.Reserved);

        Shown().Should().Be("0-1 Ram, 2-2 SoftReserved, 3-3 SoftReserved, 4-5 Reserved, 6-9 Ram", "soft-reserved ranges begin anew where another edge lies in them");
    }

    [Fact]
    public void Overlap_LeavesWhatIsLargerAlready()
    {
        Add(2, 3, E820Type.Reserved);
        Add(0, 5, E820Type.Ram);

        Shown().Should().Be("0-1 Ram, 2-3 Reserved, 4-5 Ram");
    }

    [Fact]
    public void Remove_CutsAHole()
    {
        Add(0, 9, E820Type.Ram);

        _table.Remove(Pages(3, 4));

        Shown().Should().Be("0-2 Ram, 5-9 Ram");
    }

    [Fact]
    public void Remove_MayAskForAType()
    {
        Add(0, 3, E820Type.Ram);
        Add(4, 7, E820Type.Reserved);

        _table.Remove(Pages(2, 5), E820Type.Reserved);

        Shown().Should().Be("0-3 Ram, 6-7 Reserved");
    }

    [Fact]
    public void Retype_ChangesOneTypeOnly()
    {
        Add(0, 3, E820Type.Ram);
        Add(4, 7, E820Type.Reserved);

        _table.Retype(Pages(2, 5), E820Type.Ram, E820Type.SoftReserved);

        Shown().Should().Be("0-1 Ram, 2-3 SoftReserved, 4-7 Reserved");
    }

    [Fact]
    public void MaxAddress_CountsRamAndAcpiTables()
    {
        Add(0, 3, E820Type.Ram);
        Add(4, 5, E820Type.Acpi);
        Add(6, 9, E820Type.SoftReserved);
        Add(10, 11, E820Type.Reserved);

        _table.MaxAddress.Value.Should().Be(6 * 4096);
    }

    [Fact]
    public void MaxAddress_EndsWhereTheProcessorDoes()
    {
        _table.Add(AddressRange.FromBounds(Hpa.Zero, new Hpa(ulong.MaxValue - 1)), E820Type.Ram);
        _table.Add(AddressRange.FromBounds(new Hpa(ulong.MaxValue - 4095), new Hpa(ulong.MaxValue)), E820Type.Acpi);

        _table.MaxAddress.Value.Should().Be(0x4_0000_0000UL << 12, "the log says max_arch_pfn = 0x400000000");
    }

    private void Add(ulong first, ulong last, E820Type type) => _table.Add(Pages(first, last), type);

    private static AddressRange Pages(ulong first, ulong last) => AddressRange.FromBounds(new Hpa(first * 4096), new Hpa((last * 4096) + 4095));

    private string Shown() => string.Join(", ", _table.Entries.Select(entry => $"{entry.Range.Start.Value / 4096}-{entry.Range.Last.Value / 4096} {entry.Type}"));
}
