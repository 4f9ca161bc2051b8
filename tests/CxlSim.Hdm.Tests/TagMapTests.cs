using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>Every line of a region lies where it lay on the recorded machine, whose decoders the recorded kernel had programmed.</summary>
public class TagMapTests
{
    public static TheoryData<string, string, string> Recordings
    {
        get
        {
            TheoryData<string, string, string> recordings = new();
            recordings.Add("01-single-volatile", "03-devdax", "scan-r512.txt");
            recordings.Add("04-switch-4way", "two-regions", "scan-two-r0.txt");
            foreach (string state in Directory.GetDirectories(RepositoryRoot.Golden(), "geo-*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                string scan = Path.GetFileName(state).Replace("geo-", "scan-", StringComparison.Ordinal) + ".txt";
                string scenario = Path.GetFileName(Path.GetDirectoryName(state)!);
                recordings.Add(scenario, Path.GetFileName(state), scan);
            }

            return recordings;
        }
    }

    [Fact]
    public void EveryTagMap_IsCompared() => Recordings.Select(row => (string)row[0] + "/" + (string)row[2]).Should().BeEquivalentTo(
        Directory.GetFiles(RepositoryRoot.Golden(), "scan-*.txt", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(RepositoryRoot.Golden(), path)));

    [Theory]
    [MemberData(nameof(Recordings))]
    public void EveryLine_LiesWhereItWasRecorded(string scenario, string state, string scan)
    {
        TagMap map = TagMap.Read(RepositoryRoot.Golden(scenario, scan));
        RouteTable table = RouteTable.Compile(new RecordedMachine(scenario, state).Windows);
        table.Faults.Should().BeEmpty();
        ulong[] addresses = new ulong[map.Lines];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = map.Start + ((ulong)i * TagMap.Stride);
        }

        ulong[] offsets = new ulong[map.Lines];
        ushort[] files = new ushort[map.Lines];
        Batch.Translate(table, addresses, offsets, files, Batch.Widest);
        TagMap.HashOf(files, offsets).Should().Be(map.Hash);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void EveryStretchThatIsWrittenOut_LiesWhereItWasRecorded(string scenario, string state, string scan)
    {
        TagMap map = TagMap.Read(RepositoryRoot.Golden(scenario, scan));
        EveryTranslator translator = new(new RecordedMachine(scenario, state).Windows);
        map.Rows.Should().NotBeEmpty();
        foreach ((ulong hpa, int file, ulong offset, ulong length) in map.Rows)
        {
            Hpa address = new(hpa);
            translator.Translate(address).Should().Be(new Translation(DecodeOutcome.Hit, file, new Dpa(offset), new ByteSize(length)));
            translator.Reverse(file, new Dpa(offset)).Should().Be(address);
            translator.Reverse(file, new Dpa(offset + length - 1)).Should().Be(address + new ByteSize(length - 1));
        }
    }
}
