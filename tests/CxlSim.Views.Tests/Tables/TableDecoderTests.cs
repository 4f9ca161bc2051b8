namespace CxlSim.Views.Tests;

/// <summary>Broken tables: what can be read is shown, what lies is said, nothing throws.</summary>
public class TableDecoderTests
{
    private static readonly string Golden = Path.Combine(RepositoryRoot.Find(), "tests", "golden");
    private static readonly byte[] Cedt = File.ReadAllBytes(Path.Combine(Golden, "02-hb-interleave-2way", "fw", "tables", "CEDT"));
    private static readonly byte[] Hmat = File.ReadAllBytes(Path.Combine(Golden, "13-hmat-generic-port", "fw", "tables", "HMAT"));

    // The machine of 02-hb-interleave-2way: -M ...,cxl-fmw.2.targets.0=cxl.0,cxl-fmw.2.targets.1=cxl.1 (scenario-qemu.args).
    [Fact]
    public void Cfmws_IsReadFieldByField()
    {
        TableStructure window = TableDecoder.Decode(Cedt).Structures.First(structure => structure.Name.Contains("CFMWS", StringComparison.Ordinal) && structure.Length == 0x2c);

        window.Fields.Select(field => (field.Name, field.Meaning)).Should().Contain(
        [
            ("Encoded Interleave Ways", "2 ways"),
            ("Interleave Arithmetic", "modulo"),
            ("Target[0]", "12"),
        ]);
    }

    [Fact]
    public void WrongChecksum_IsSaid()
    {
        byte[] table = [.. Cedt];
        table[9]++;

        TableDecoder.Decode(table).Faults.Should().Equal("its bytes do not add up to zero: the checksum is wrong");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(0xffff)]
    public void RecordThatLiesAboutItsLength_EndsTheTable(int length)
    {
        byte[] table = [.. Cedt];
        BitConverter.GetBytes((ushort)length).CopyTo(table, 0x24 + 2);

        DecodedTable decoded = TableDecoder.Decode(table);

        decoded.Structures.Should().HaveCount(1, "only the header is left");
        decoded.Faults.Should().Contain($"the record at 0x24 claims {length} bytes, and {table.Length - 0x24} are left");
    }

    [Fact]
    public void RecordTooShortForItsKind_ShowsTheFieldsThatItHas()
    {
        byte[] table = [.. Cedt];
        BitConverter.GetBytes((ushort)8).CopyTo(table, 0x24 + 2);

        DecodedTable decoded = TableDecoder.Decode(table);

        decoded.Structures[1].Fields.Select(field => field.Name).Should().Equal("Type", "Reserved", "Length", "UID");
        decoded.Faults.Should().Contain("the record at 0x24 has 8 bytes, too few for a CXL Host Bridge (CHBS)");
    }

    /// <summary>Records that end before the list that their kind ends with, by signature and type.</summary>
    [Theory]
    [InlineData("CEDT", 0x24, 1, "01000C00")]
    [InlineData("CEDT", 0x24, 2, "02000400")]
    [InlineData("HMAT", 0x28, 1, "0100000008000000")]
    [InlineData("HMAT", 0x28, 2, "0200000008000000")]
    public void RecordThatEndsBeforeItsList_HasNoItems(string signature, int first, int type, string record)
    {
        byte[] table = [.. signature == "CEDT" ? Cedt.AsSpan(0, first) : Hmat.AsSpan(0, first), .. Convert.FromHexString(record), .. new byte[8]];

        TableStructure structure = TableDecoder.Decode(table).Structures.First(structure => structure.Offset == first && structure.Fields[0].Name == "Type");

        structure.Fields[0].Value.Should().EndWith($"{type}");
        structure.Fields.Should().NotContain(field => field.Name.Contains('['));
    }

    [Fact]
    public void MatrixThatClaimsBillionsOfEntries_IsCutAtTheRecordsEnd()
    {
        byte[] table = [.. Hmat];
        int locality = TableDecoder.Decode(Hmat).Structures.First(structure => structure.Name.Contains("Locality", StringComparison.Ordinal)).Offset;
        table.AsSpan(locality + 12, 8).Fill(0xff);

        TableDecoder.Decode(table).Faults.Should().Contain(fault => fault.Contains("too few for a System Locality", StringComparison.Ordinal));
    }

    [Fact]
    public void Mutations_NeverThrow()
    {
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("CXLSIM_FUZZ_ROUNDS"), out int asked) ? asked : 2000;
        Random random = new(11);
        byte[][] tables = [.. Directory.EnumerateFiles(Golden, "*", SearchOption.AllDirectories).Where(file => file.Contains("/fw/tables/", StringComparison.Ordinal)).Select(File.ReadAllBytes)];
        for (int round = 0; round < rounds; round++)
        {
            byte[] table = [.. tables[random.Next(tables.Length)]];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                table[random.Next(table.Length)] = (byte)random.Next(256);
            }

            table = table[..random.Next(table.Length + 1)];
            FluentActions.Invoking(() => (TableDecoder.Decode(table), TableDecoder.DecodeCdat(table, "a"), TableDecoder.DecodeEfiMap(table))).Should().NotThrow("of {0}", Convert.ToHexString(table));
        }
    }
}
