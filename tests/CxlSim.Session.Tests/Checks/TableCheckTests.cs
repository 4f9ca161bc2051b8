using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Dumped tables before the kernel, sound and spoiled.</summary>
public sealed class TableCheckTests
{
    /// <summary>CFMWS of the recorded CEDT: behind the header and one CHBS of 32 bytes.</summary>
    private const int Window = 0x44;

    private static readonly string Golden = RepositoryRoot.File("tests/golden");

    public static TheoryData<string> Recorded =>
        [.. Directory.EnumerateDirectories(Golden, "tables", SearchOption.AllDirectories).Select(folder => Path.GetRelativePath(Golden, folder)).Order(StringComparer.Ordinal)];

    /// <summary>A machine that was recorded, and that Linux liked; but for the two nodes of DRAM whose speeds differ, as its log says.</summary>
    [Theory]
    [MemberData(nameof(Recorded))]
    public void RecordedTables_AreClean(string folder) =>
        TableCheck.Run(folder, Read(folder)).Select(finding => finding.Number).Should().Equal(folder.StartsWith("13-", StringComparison.Ordinal) ? ["CXK0049"] : []);

    [Fact]
    public void SpoiledField_IsFoundByFileAndOffset_WithOrWithoutANamespace()
    {
        DumpedTable[] tables = Patched(Read("01-single-volatile/fw/tables"), "CEDT", Window + 9, 1);

        foreach (DumpedTable[] dump in new[] { tables, [.. tables.Where(table => table.Signature == "CEDT")] })
        {
            CheckFinding finding = TableCheck.Run("dump", dump).Should().ContainSingle().Subject;
            finding.Number.Should().Be("CXK0003");
            finding.Place.Should().Be(new CheckPlace(tables.Single(table => table.Signature == "CEDT").File, 0, 0, "CEDT", Window + 8, 8, IsBinary: true));
            finding.Nearest.Should().Be(new FieldValue("CEDT", "Base HPA", Window + 8, 8, 0x4_9000_0000));
        }
    }

    /// <summary>The CXL root of this namespace stands in an SSDT; without it nobody reads the windows.</summary>
    [Fact]
    public void TablesThatGoOnWithTheNamespace_AreRead()
    {
        byte[] cedt = GivenCapture.Table("CEDT", 1, body => body.Bridge(0x0c, 1, 0x480000000).Window(0x1000000001, 0x100000000, 0, 0, 0x0c)).Bytes;
        byte[] header = [.. "SSDT"u8, 36, 0, 0, 0, .. CompiledNamespace.Ssdt[8..36]];
        DumpedTable[] tables = [new("cedt", true, cedt), new("dsdt", true, CompiledNamespace.Dsdt), new("ssdt1", true, header), new("ssdt2", true, CompiledNamespace.Ssdt)];

        TableCheck.Run("dump", tables[..3]).Select(finding => finding.Number).Should().NotContain("CXK0003");
        TableCheck.Run("dump", tables).Select(finding => finding.Number).Should().Contain("CXK0003").And.NotContain("CXK0205");
    }

    /// <summary>A dump that was cut, or a length that lies: said before what comes of it.</summary>
    [Theory]
    [InlineData(9, "found a length of 108 with 9 bytes")]
    [InlineData(35, "found a length of 108 with 35 bytes")]
    [InlineData(60, "found a length of 108 with 60 bytes")]
    [InlineData(200, "found a length of 108 with 200 bytes")]
    public void ATableOfAnotherLength_IsToldFirst(int bytes, string found)
    {
        DumpedTable[] tables = [.. Read("01-single-volatile/fw/tables").Select(table => table.Signature == "CEDT" ? table with { Bytes = [.. table.Bytes.Concat(new byte[200]).Take(bytes)] } : table)];

        CheckFinding first = TableCheck.Run("dump", tables)[0];

        first.Number.Should().Be("CXK0204");
        first.Message.Should().StartWith(found);
        first.Nearest.Should().Be(bytes < 36 ? null : new FieldValue("CEDT", "Length", 4, 4, (ulong)bytes));
    }

    [Fact]
    public void NothingOfUse_IsNoMachine_AndNoBug()
    {
        TableCheck.Run("dump", []).Should().BeEmpty();
        TableCheck.Run("dump", [new DumpedTable("a", true, [1, 2, 3])]).Should().BeEmpty();
    }

    /// <summary>
    /// A few random changes in the recorded tables with all kinds of record. Whatever is found, with the nearest value in place it is not found there again;
    /// and whatever was done, there is an answer.
    /// </summary>
    [Fact]
    public void NearestValue_Works()
    {
        DumpedTable[] sound = Read("13-hmat-generic-port/fw/tables");
        string[] spoilt = ["CEDT", "SRAT", "SLIT", "HMAT"];
        Random random = new(20);
        int mended = 0;
        for (int round = 0; round < 150; round++)
        {
            DumpedTable[] tables = sound;
            string signature = spoilt[random.Next(spoilt.Length)];
            int length = tables.Single(table => table.Signature == signature).Bytes.Length;
            for (int change = random.Next(1, 3); change > 0; change--)
            {
                tables = Patched(tables, signature, random.Next(8, length), (byte)random.Next(256));
            }

            foreach (CheckFinding finding in TableCheck.Run("dump", tables).Where(finding => finding.Nearest is not null).Take(2))
            {
                FieldValue nearest = finding.Nearest!;
                DumpedTable[] better = Patched(tables, nearest.Table, nearest.Offset, BitConverter.GetBytes(nearest.Value)[..nearest.Width]);
                TableCheck.Run("dump", better).Should().NotContain(other => other.Number == finding.Number && other.Place == finding.Place, "{0} in round {1}", finding, round);
                mended++;
            }
        }

        mended.Should().BeGreaterThan(20, "the changes are to hit fields that matter");
    }

    private static DumpedTable[] Read(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Golden, folder)).Order(StringComparer.Ordinal).Select(file => new DumpedTable(file, true, File.ReadAllBytes(file)))];

    private static DumpedTable[] Patched(DumpedTable[] tables, string signature, int offset, params byte[] bytes) =>
        [.. tables.Select(table => table.Signature == signature ? table with { Bytes = [.. table.Bytes[..offset], .. bytes, .. table.Bytes[(offset + bytes.Length)..]] } : table)];
}
