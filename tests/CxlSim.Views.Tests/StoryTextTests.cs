using CxlSim.Core;
using CxlSim.Machine;

namespace CxlSim.Views.Tests;

/// <summary>The way of an address in sentences.</summary>
public class StoryTextTests
{
    private static readonly AddressRange Gigabyte = AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(1));
    private static readonly RouteDecoder First = new("host bridge 5 HDM decoder 0", "decoder1.0", Gigabyte, 2, 512, null);
    private static readonly RouteDecoder Second = new("host bridge 5 HDM decoder 1", null, AddressRange.Of(new Hpa(0x2000000000), ByteSize.GiB(1)), 1, 256, null);
    private static readonly RouteDevice Card = new(new DeviceInfo(0, "card", null, ByteSize.GiB(1), ByteSize.Zero), null);

    private static readonly RouteLevel Bridge = new()
    {
        Unit = "host bridge 5",
        Port = "port1",
        Outcome = RouteOutcome.Hit,
        Address = new Hpa(0x1000000300),
        Decoder = First,
        Decoders = [First, Second],
        Position = 1,
        Target = "card",
    };

    /// <summary>Row S12 of the fact sheet: root 2/256 chooses by bit 8, bridges 2/512 by bit 9, chunk 3 of four devices is chunk 0 of the last.</summary>
    [Fact]
    public void Hit_IsToldLevelByLevel() =>
        Lines(Given.Booted(InterleavedPlatforms.AcrossAndWithin), 0xc050000300).Select(WithoutNumbersOfTheKernel).Should().Equal(
            "  decoderN.0 (window 0): 0xc050000000-0x1404fffffff, 2 ways of 256 bytes",
            "    bit 8 of 0xc050000300 is 1: target 1, host bridge 4",
            "  decoderN.0 (host bridge 4 HDM decoder 0): 0xc050000000-0x1404fffffff, 2 ways of 512 bytes",
            "    bit 9 of 0xc050000300 is 1: target 1, a8-2",
            "  decoderN.0 (a8-2 HDM decoder 0): 0xc050000000-0x1404fffffff, 4 ways of 256 bytes",
            "    0xc050000300 - 0xc050000000 = 0x300: chunk 3, byte 0x0",
            "    chunk 3 / 4 ways = chunk 0 of its share: 0 * 256 + 0x0 = 0x0",
            "    its share begins at DPA 0x0: 0x0 + 0x0 = 0x0",
            "  memN, a8-2 of the platform file: DPA 0x0");

    [Fact]
    public void OneWay_NeedsNoBits_AndAPassthroughBridgeNoDecoder() =>
        Lines(Given.WithRegion(), 0x1000000123).Should().Equal(
            "  decoder0.0 (window 0): 0x1000000000-0x10ffffffff, 1 way",
            "    target 0, host bridge 5",
            "  port1 (host bridge 5): one port and no decoder",
            "    everything goes to card",
            "  decoder2.0 (card HDM decoder 0): 0x1000000000-0x103fffffff, 1 way",
            "    0x1000000123 - 0x1000000000 = 0x123",
            "    its share begins at DPA 0x0: 0x0 + 0x123 = 0x123",
            "  mem0, card of the platform file: DPA 0x123");

    [Fact]
    public void SystemMemory_IsTold() => Lines(Given.Booted(), 0x1000).Should().Equal(
        "  system memory 0x0-0x7fffffff answers, no decoder is asked",
        "  root0 (windows)",
        "    no window claims it",
        "    nearest is decoder0.0 (window 0): 0x1000000000-0x10ffffffff begins 0xffffff000 bytes after it");

    [Fact]
    public void XorMaps_StandBeforeTheChoice()
    {
        RouteDecoder window = new("window 0", null, Gigabyte, 2, 256, null);
        RouteLevel level = Bridge with
        {
            Unit = "window 0", Decoder = window, Address = new Hpa(0x1012345778), Maps = [new RouteMap(0x404100, 8, 1)], Outcome = RouteOutcome.NoTarget, Target = null,
        };
        Lines(level).Should().Equal(
            "  window 0: 0x1000000000-0x103fffffff, 2 ways of 256 bytes, XOR arithmetic",
            "    XOR map 0x404100 has parity 1: bit 8 becomes 1",
            "    decoders below see 0x1012345778",
            "    bit 8 of 0x1012345778 is 1: target 1, where nothing is",
            "    target 1 of window 0 leads nowhere");
    }

    [Theory]
    [InlineData(3, 512, 2, "0x1000000300 / 512 mod 3 = 2: target 2, card")]
    [InlineData(4, 256, 3, "bits 9:8 of 0x1000000300 are 3: target 3, card")]
    [InlineData(8, 16384, 0, "bits 16:14 of 0x1000000300 are 0: target 0, card")]
    public void Choice_SaysWhatItCameFrom(int ways, int granularity, int position, string expected) =>
        Lines(Bridge with { Decoder = First with { Ways = ways, Granularity = granularity }, Position = position }).Should().Contain("    " + expected);

    [Theory]
    [InlineData(0xfffffff00, "nearest is decoder1.0 (host bridge 5 HDM decoder 0): 0x1000000000-0x103fffffff begins 0x100 bytes after it")]
    [InlineData(0x1040000000, "nearest is decoder1.0 (host bridge 5 HDM decoder 0): 0x1000000000-0x103fffffff ends 0x1 bytes before it")]
    [InlineData(0x1fffffffff, "nearest is host bridge 5 HDM decoder 1: 0x2000000000-0x203fffffff begins 0x1 bytes after it")]
    public void NoDecoder_NamesTheNearest(ulong address, string expected) =>
        Lines(Bridge with { Outcome = RouteOutcome.NoPortDecoder, Decoder = null, Position = null, Address = new Hpa(address) }).Should().Equal(
            "  port1 (host bridge 5)",
            "    no committed decoder of host bridge 5 claims it",
            "    " + expected);

    [Fact]
    public void NoDecoderAtAll_AndOneThatWaits() =>
        Lines(Bridge with { Outcome = RouteOutcome.NoPortDecoder, Port = null, Decoder = null, Decoders = [], Position = null, Uncommitted = ["decoder1.0"] }).Should().Equal(
            "  host bridge 5",
            "    no committed decoder of host bridge 5 claims it",
            "    there is none",
            "    decoder1.0 is set up for it, but not committed");

    [Fact]
    public void Overlap_NamesAllThatClaim() =>
        Lines(Bridge with { Outcome = RouteOutcome.OverlappingDecoders, Decoder = null, Decoders = [First, Second, First], Position = null }, Bridge).Should().EndWith([
            "    more than one committed decoder of host bridge 5 claims it",
            "    decoder1.0 (host bridge 5 HDM decoder 0) does: 0x1000000000-0x103fffffff",
            "    decoder1.0 (host bridge 5 HDM decoder 0) does: 0x1000000000-0x103fffffff",
        ]);

    [Fact]
    public void PastCapacity_ShowsHowFar()
    {
        RouteLevel level = Bridge with
        {
            Unit = "card", Decoder = First with { Unit = "card HDM decoder 0", Ways = 1 }, Outcome = RouteOutcome.PastCapacity,
            Position = null, Target = null, Base = new Dpa(0x40000000), Offset = new ByteSize(0x300),
        };
        Lines(level).Should().EndWith([
            "    its share begins at DPA 0x40000000: 0x40000000 + 0x300 = 0x40000300",
            "    card HDM decoder 0 leads past the capacity of (card), 1 GiB",
        ]);
        Lines(level with { Base = null }).Should().Contain("    its share begins past the device's capacity");
    }

    [Fact]
    public void IllegalDecoder_SaysWhatIsWrong() =>
        Lines(Bridge with { Decoder = First with { Range = null, Fault = "its range is empty" }, Outcome = RouteOutcome.IllegalDecoder, Position = null }).Should().Equal(
            "  decoder1.0 (host bridge 5 HDM decoder 0): no range, 2 ways of 512 bytes",
            "    host bridge 5 HDM decoder 0 claims it, but its range is empty");

    private static string[] Lines(CxlSim.Session.MachineSession session, ulong address) => [.. StoryText.Lines(session.Machine.Routes.Explain(new Hpa(address)))];

    /// <summary>A story that ends with a level, below others that are hits.</summary>
    private static string[] Lines(RouteLevel end, params RouteLevel[] above) =>
        [.. StoryText.Lines(new RouteStory(end.Address, [.. above, end], end.Outcome == RouteOutcome.PastCapacity ? Card : null, null))];

    private static string WithoutNumbersOfTheKernel(string line) => System.Text.RegularExpressions.Regex.Replace(line, @"(decoder|mem)\d+", "$1N");
}
