using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>create-region, as the cxl tool does it.</summary>
public class RegionCreatorTests
{
    [Theory]
    [InlineData("")]
    [InlineData(", memdevs: [mem0]")]
    [InlineData(", memdevs: [card]")]
    [InlineData(", size: 1GiB")]
    [InlineData(", type: ram, granularity: 256")]
    public void WholeCard_BecomesARegion(string options) => Create(Given.Booted(), options).Should().Be((Errno.Ok, "region0 0x1000000000 1 GiB"));

    [Fact]
    public void PartOfTheCard_LeavesRoomForAnother()
    {
        MachineSession session = Given.Booted(Given.OneCard.Replace("bus: 0x10,", "bus: 0x10, hdm_decoders: 4,", StringComparison.Ordinal));
        Create(session, ", size: 256MiB").Should().Be((Errno.Ok, "region0 0x1000000000 256 MiB"));
        Create(session, ", size: 768MiB").Should().Be((Errno.Ok, "region1 0x1010000000 768 MiB"));
        session.Do("load: {hpa: 0x1010000008}").Result.Should().Be("0x0 (card dpa 0x10000008)");
    }

    /// <summary>A host bridge with one root port and no HDM decoders has one pass-through decoder, and that serves one region (<c>match_free_decoder</c>).</summary>
    [Fact]
    public void SecondRegionThroughAPassThroughDecoder_IsRefused()
    {
        MachineSession session = Given.Booted();
        Create(session, ", size: 256MiB").Error.Should().Be(Errno.Ok);
        Create(session, ", size: 256MiB").Should().Be((Errno.EBUSY, "/sys/bus/cxl/devices/region1/target0 decoder2.1: EBUSY"));
    }

    [Fact]
    public void TwoCards_Interleave_InTheOrderOfTheFile()
    {
        MachineSession session = Given.Booted(Given.TwoCards);
        Create(session, ", memdevs: [left, right]").Should().Be((Errno.Ok, "region0 0x1000000000 2 GiB"));
        session.Do("load: {hpa: 0x1000000000}").Result.Should().Be("0x0 (left dpa 0x0)");
        session.Do("load: {hpa: 0x1000000100}").Result.Should().Be("0x0 (right dpa 0x0)");
        session.Do("load: {hpa: 0x1000000208}").Result.Should().Be("0x0 (left dpa 0x108)");
    }

    [Theory]
    [InlineData("decoder9.9", "", Errno.ENOENT, "no root decoder decoder9.9")]
    [InlineData("decoder1.0", "", Errno.ENOENT, "no root decoder decoder1.0")] // a host bridge's
    [InlineData("mem0", "", Errno.ENOENT, "no root decoder mem0")]
    [InlineData("decoder0.0", ", memdevs: [mem7]", Errno.ENXIO, "no active memdev mem7 below decoder0.0")]
    [InlineData("decoder0.0", ", memdevs: [card, nobody]", Errno.ENXIO, "no active memdev nobody below decoder0.0")]
    [InlineData("decoder0.0", ", size: 2GiB", Errno.ENOSPC, "/sys/bus/cxl/devices/decoder2.0/dpa_size 2147483648: ENOSPC")]
    [InlineData("decoder0.0", ", size: 8GiB", Errno.ERANGE, "/sys/bus/cxl/devices/region0/size 8589934592: ERANGE")]
    [InlineData("decoder0.0", ", size: 100MiB", Errno.EINVAL, "/sys/bus/cxl/devices/region0/size 104857600: EINVAL")]
    [InlineData("decoder0.0", ", type: pmem", Errno.EINVAL, "decoder0.0 is not pmem capable")] // the window's restrictions
    [InlineData("decoder0.0", ", granularity: 300", Errno.EINVAL, "/sys/bus/cxl/devices/region0/interleave_granularity 300: EINVAL")]
    public void Refusal_NamesTheWrite_AndLeavesNoRegion(string decoder, string options, Errno error, string result)
    {
        MachineSession session = Given.Booted();
        StepOutcome outcome = session.Do($"create-region: {{decoder: {decoder}{options}}}");
        (outcome.Error, outcome.Result).Should().Be((error, result));
        session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Should().BeEmpty();
        session.Read("/sys/bus/cxl/devices/decoder0.0/create_ram_region").Text.Should().Be("region0", "the id is free again");
    }

    [Fact]
    public void SecondRegionOnAFullCard_IsRefused_AndTheFirstStays()
    {
        MachineSession session = Given.WithRegion();
        Create(session, "").Error.Should().NotBe(Errno.Ok);
        session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Should().ContainSingle().Which.State.Should().Be(RegionState.Commit);
    }

    [Theory]
    [InlineData("{decoder: decoder0.0}", "create-region decoder0.0 ram")]
    [InlineData("{decoder: decoder0.0, type: pmem, memdevs: [card, mem1], size: 512MiB}", "create-region decoder0.0 pmem card mem1 512 MiB")]
    public void Text_SaysWhatWasAskedFor(string options, string text) => Given.Booted().Do($"create-region: {options}").Text.Should().Be(text);

    [Fact]
    public void PersistentRegions_GetAUuidEach_BeforeTheirSize()
    {
        MachineSession session = Given.Booted(Given.OneCard
            .Replace("bus: 0x10,", "bus: 0x10, hdm_decoders: 4,", StringComparison.Ordinal)
            .Replace("volatile: 1GiB", "volatile: 512MiB, persistent: 512MiB, serial: 1", StringComparison.Ordinal)
            .Replace("targets: [5]", "targets: [5], restrictions: 0xf", StringComparison.Ordinal));

        Create(session, ", type: pmem, size: 256MiB").Should().Be((Errno.Ok, "region0 0x1000000000 256 MiB"));
        Create(session, ", type: pmem").Should().Be((Errno.ENOSPC, "/sys/bus/cxl/devices/decoder2.1/dpa_size 536870912: ENOSPC"));
        Create(session, ", type: pmem, size: 256MiB").Should().Be((Errno.Ok, "region1 0x1010000000 256 MiB"));

        string[] uuids = [.. session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Select(region => region.Uuid)];
        uuids.Should().OnlyHaveUniqueItems().And.AllSatisfy(uuid => uuid.Should().MatchRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    }

    private static (Errno Error, string Result) Create(MachineSession session, string options)
    {
        StepOutcome outcome = session.Do($"create-region: {{decoder: decoder0.0{options}}}");
        return (outcome.Error, outcome.Result);
    }
}
