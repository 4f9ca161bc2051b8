namespace CxlSim.Views.Tests;

/// <summary>Tables that a real firmware wrote: every byte belongs to a field, and the fields give the bytes back.</summary>
public class RecordedTablesTests
{
    private static readonly string Golden = Path.Combine(RepositoryRoot.Find(), "tests", "golden");

    public static TheoryData<string> Tables
    {
        get
        {
            TheoryData<string> data = [];
            foreach (string name in new[] { "CEDT", "SRAT", "SLIT", "HMAT", "APIC" })
            {
                foreach (string file in Directory.EnumerateFiles(Golden, name, SearchOption.AllDirectories).Where(file => file.Contains("/fw/tables/", StringComparison.Ordinal)).Order())
                {
                    data.Add(Path.GetRelativePath(Golden, file));
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Fields_GiveTheTableBack(string file)
    {
        byte[] table = File.ReadAllBytes(Path.Combine(Golden, file));

        DecodedTable decoded = TableDecoder.Decode(table);

        decoded.Faults.Should().BeEmpty();
        byte[] again = FieldBytes.Of(decoded, out int missing);
        missing.Should().Be(-1, "no byte is left out");
        again.Should().Equal(table);
    }

    [Fact]
    public void AllFiveKinds_AreAmongTheRecordings() =>
        Enumerable.Select<object[], string>(Tables, row => Path.GetFileName((string)row[0])).Distinct().Should().BeEquivalentTo("CEDT", "SRAT", "SLIT", "HMAT", "APIC");
}
