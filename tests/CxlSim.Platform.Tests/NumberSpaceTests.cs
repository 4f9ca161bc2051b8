namespace CxlSim.Platform.Tests;

/// <summary>Whole spaces of numbers: what is legal is exactly what the specifications encode.</summary>
public class NumberSpaceTests
{
    private static readonly int[] Ways = [1, 2, 3, 4, 6, 8, 12, 16];

    private static readonly int[] Decoders = [1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32];

    [Fact]
    public void Ways_AreThoseThatCfmwsEncodes() =>
        Legal(0, 40, n => $"host_bridges: [{{uid: 1, bus: 0}}]\nwindows: [{{targets: [{string.Join(", ", Enumerable.Repeat(1, n))}]}}]").Should().Equal(Ways);

    [Fact]
    public void DecoderCounts_AreThoseThatTheCapabilityEncodes() =>
        Legal(0, 70, n => $"host_bridges: [{{uid: 1, bus: 0, root_ports: [{{type3: {{volatile: 1GiB, hdm_decoders: {n}}}}}]}}]").Should().Equal([0, .. Decoders], "a device may have none");

    [Fact]
    public void Granularities_ArePowersOfTwoUpTo16KiB() =>
        Legal(0, 1100, n => Given.OneBridge.Replace("targets", $"granularity: {n * 16}, targets")).Should().Equal(16, 32, 64, 128, 256, 512, 1024);

    [Fact]
    public void Slots_Are32DevicesOf8Functions() =>
        Legal(0, 512, n => $"host_bridges: [{{uid: 1, bus: 0, root_ports: [{{at: {n >> 4:x2}.{n & 15:x}}}]}}]")
            .Should().Equal(Enumerable.Range(0, 512).Where(n => (n & 15) < 8));

    [Fact]
    public void PortNumbers_AndBuses_AreBytes()
    {
        Legal(250, 260, n => $"host_bridges: [{{uid: 1, bus: 0, root_ports: [{{port: {n}}}]}}]").Should().Equal(250, 251, 252, 253, 254, 255);
        Legal(250, 260, n => $"host_bridges: [{{uid: 1, bus: {n}}}]").Should().Equal(250, 251, 252, 253, 254, 255);
    }

    [Theory]
    [InlineData("4096", 4096ul)]
    [InlineData("0x1000", 4096ul)]
    [InlineData("4_096B", 4096ul)]
    [InlineData("4KiB", 4096ul)]
    [InlineData("4 KiB", 4096ul)]
    [InlineData("0x4KiB", 4096ul)]
    [InlineData("1MiB", 1ul << 20)]
    public void Size_IsUnderstood(string text, ulong expected) =>
        Given.Platform($"host_bridges: [{{uid: 1, bus: 0, root_ports: [{{type3: {{volatile: 1GiB, label_storage: {text}}}}}]}}]")
            .HostBridges[0].RootPorts[0].Child.Should().BeOfType<Type3Description>().Which.LabelStorage.Bytes.Should().Be(expected);

    [Theory]
    [InlineData("12.5ns", 12.5)]
    [InlineData("20us", 20_000)]
    [InlineData("1ms", 1_000_000)]
    [InlineData("0.5s", 500_000_000)]
    [InlineData("0ns", 0)]
    [InlineData("1.001us", 1001)] // the nearest double to 1.001, a thousand times, is not quite that
    [InlineData("0.3us", 300)]
    public void Duration_IsUnderstood(string text, double expectedNs) =>
        Given.Platform($"timing: {{doe_exchange: {text}}}").Timing.DoeExchangeNs.Should().Be(expectedNs);

    [Fact]
    public void EveryTimingKey_SetsItsOwnField() =>
        Given.Platform("""
            timing: {mailbox_command: 1ns, decoder_commit: 2ns, doe_exchange: 3ns, media_ready: 4ns, firmware: 5ns,
              struct_page_init: 6ns, memory_block_add: 7ns, page_migration: 8ns}
            """).Timing
            .Should().Be(new TimingDescription
            {
                MailboxCommandNs = 1,
                DecoderCommitNs = 2,
                DoeExchangeNs = 3,
                MediaReadyNs = 4,
                FirmwareNs = 5,
                StructPageInitNs = 6,
                MemoryBlockAddNs = 7,
                PageMigrationNs = 8,
            });

    private static IEnumerable<int> Legal(int first, int end, Func<int, string> text) =>
        Enumerable.Range(first, end - first).Where(n => Given.Reading(text(n)).Platform is not null);
}
