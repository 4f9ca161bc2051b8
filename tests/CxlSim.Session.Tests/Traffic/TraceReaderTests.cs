using System.Buffers.Binary;
using CxlSim.Core;
using CxlSim.Timing;

namespace CxlSim.Session.Tests.Traffic;

public sealed class TraceReaderTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Text_IsReadLineByLine()
    {
        TraceReadResult read = Read("# a trace\n0 R 0x1000 64\n\n12.5 w 4096 8 # a store\n");

        read.Diagnostics.Should().BeEmpty();
        read.Entries.Should().Equal(new TraceEntry(0, new Hpa(0x1000), 64, AccessKind.Read), new TraceEntry(12_500, new Hpa(4096), 8, AccessKind.Write));
    }

    [Fact]
    public void Records_AreReadAsTheyAreDescribed()
    {
        File.WriteAllBytes(_path, [.. "CXLTRACE"u8, .. Record(0, 0x1000, 64, 0), .. Record(12_500, 4096, 8, 1)]);

        TraceReader.ReadFile(_path).Entries.Should().Equal(new TraceEntry(0, new Hpa(0x1000), 64, AccessKind.Read), new TraceEntry(12_500, new Hpa(4096), 8, AccessKind.Write));
    }

    [Theory]
    [InlineData("0 R 0x1000", "CXT0002", 1, 1)]
    [InlineData("0 R 0x1000 64\n-1 R 0x1000 64", "CXT0002", 2, 1)]
    [InlineData("1e9 R 0x1000 64", "CXT0002", 1, 1)]
    [InlineData("NaN R 0x1000 64", "CXT0002", 1, 1)]
    [InlineData("-Infinity R 0x1000 64", "CXT0002", 1, 1)]
    [InlineData("1,5 R 0x1000 64", "CXT0002", 1, 1)]
    [InlineData("  12.5\tX 0x1000 64", "CXT0002", 1, 8)]
    [InlineData("64 R 64 6x4 # odd", "CXT0002", 1, 9)]
    [InlineData("0 X 0x1000 64", "CXT0002", 1, 3)]
    [InlineData("0 R here 64", "CXT0002", 1, 5)]
    [InlineData("0 R 0x10000000000000 64", "CXT0002", 1, 5)]
    [InlineData("0 R 0x1000 0", "CXT0002", 1, 5)]
    [InlineData("0 R 0x1000 1048577", "CXT0002", 1, 5)]
    [InlineData("5 R 0x1000 64\n4 R 0x1000 64", "CXT0003", 2, 1)]
    [InlineData("# nothing", "CXT0006", 1, 1)]
    [InlineData("", "CXT0006", 1, 1)]
    public void WrongLine_IsNamed(string text, string number, int line, int column)
    {
        TraceReadResult read = Read(text);

        read.Entries.Should().BeEmpty();
        read.Diagnostics.Should().ContainSingle().Which.Should().Match<Diagnostic>(found => found.Id == number && found.Location.Line == line && found.Location.Column == column);
    }

    [Fact]
    public void TraceThatIsCutOff_IsRefused()
    {
        File.WriteAllBytes(_path, [.. "CXLTRACE"u8, .. Record(0, 0x1000, 64, 0)[..23]]);

        TraceReader.ReadFile(_path).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("CXT0005");
    }

    [Theory]
    [InlineData(ulong.MaxValue, 0x1000UL, 64u, 0u)]
    [InlineData(0UL, ulong.MaxValue, 64u, 0u)]
    [InlineData(0UL, 0x1000UL, uint.MaxValue, 0u)]
    [InlineData(0UL, 0x1000UL, 64u, 2u)]
    public void WildRecord_IsRefused(ulong time, ulong address, uint size, uint kind)
    {
        File.WriteAllBytes(_path, [.. "CXLTRACE"u8, .. Record(time, address, size, kind)]);

        TraceReader.ReadFile(_path).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("CXT0002");
    }

    [Fact]
    public void ManyWrongLines_EndWithTheHundredth() => Read(string.Concat(Enumerable.Repeat("what\n", 5000))).Diagnostics.Should().HaveCount(100);

    [Fact]
    public void MissingFile_IsADiagnostic() => TraceReader.ReadFile("there-is-no-such-trace").Diagnostics.Should().ContainSingle().Which.Id.Should().Be("CXT0001");

    private TraceReadResult Read(string text)
    {
        File.WriteAllText(_path, text);
        return TraceReader.ReadFile(_path);
    }

    private static byte[] Record(ulong time, ulong address, uint size, uint kind)
    {
        byte[] record = new byte[TraceReader.RecordBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(record, time);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(8), address);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(16), size);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(20), kind);
        return record;
    }
}
