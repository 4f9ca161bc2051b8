namespace CxlSim.Kernel.Tests;

/// <summary>Windows of XOR arithmetic whose CXIMS is not what they need (group E of the sheet on address translation).</summary>
public sealed class XorWindowCasesTests
{
    private static readonly string Machine = $"""
        memory: {"{dram: 1GiB}"}
        host_bridges:
        {string.Join('\n', Enumerable.Range(0, 8).Select(uid => $"  - {{uid: {uid}, bus: {uid * 16}}}"))}
        windows:
          - {"{base: 0x1000000000, size: 2GiB, targets: [0, 1, 2, 3, 4, 5, 6, 7], arithmetic: xor, xor_maps: [0x2020900, 0x4041200, 0x1010400]}"}
          - {"{base: 0x2000000000, targets: [0, 1, 2], arithmetic: xor}"}
        """;

    private readonly HostileBoot _boot = new(Given.Platform(Machine));

    [Fact]
    public void SoundStructure_GivesBothWindows()
    {
        _boot.Run().Should().BeNull();

        Windows().Should().Equal("0x1000000000", "0x2000000000");
    }

    [Theory]
    [InlineData(2, 0, 2, "-6")]
    [InlineData(2, 1, 3, "-22")]
    [InlineData(2, 7, 3, "-22")]
    [InlineData(0x77, 0, 3, "-22")]
    public void UnfitStructure_CostsTheWindowThatNeedsIt(byte type, byte granularity, byte count, string error)
    {
        new TableList(_boot.Hardware, _boot.Handoff.Rsdp).Replace("CEDT", [2, 0, 0x20, 0, 0, 0, 0, 3], [type, 0, 0x20, 0, 0, 0, granularity, count]);

        _boot.Run().Should().BeNull();

        Windows().Should().Equal(["0x2000000000"], "three ways need no maps");
        _boot.Log.Lines.Should().ContainMatch($"*Failed to add decode range: [0x1000000000 - 0x107fffffff] ({error})");
        _boot.Kernel!.Cxl.Root!.Decoders.OfType<CxlRootDecoder>().Single().Window!.Name.Should().Be("CXL Window 1", "the failed one is counted");
    }

    private IEnumerable<string> Windows() => _boot.Kernel!.Cxl.Root!.Decoders.Select(decoder => decoder.Range!.Value.Start.ToString());
}
