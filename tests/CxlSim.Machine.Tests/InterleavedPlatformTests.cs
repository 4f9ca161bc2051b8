using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Machine.Tests;

/// <summary>The documented multi-interleave machine: what firmware programmed is what Linux takes over, and where stores land (rows S9 to S15 of the sheet on address translation).</summary>
public class InterleavedPlatformTests
{
    private const string Devices = "/sys/bus/cxl/devices/";
    private static readonly SimulatedMachine Machine = Boot();

    [Theory]
    [InlineData("decoder0.0", 2, 256, "5,4")]
    [InlineData("decoder1.0", 2, 512, "0,2")]
    [InlineData("decoder3.0", 2, 512, "0,2")]
    public void Decoders_SpreadAsDocumented(string decoder, int ways, int granularity, string targets)
    {
        Read($"{decoder}/start").Should().Be("0xc050000000");
        Read($"{decoder}/size").Should().Be("0x8000000000");
        Read($"{decoder}/interleave_ways").Should().Be($"{ways}");
        Read($"{decoder}/interleave_granularity").Should().Be($"{granularity}");
        Read($"{decoder}/target_list").Should().Be(targets);
    }

    [Fact]
    public void Region_HasFourMembers_ThatTakeTurnsByBridge()
    {
        Read("region0/resource").Should().Be("0xc050000000");
        Read("region0/size").Should().Be("0x8000000000");
        Read("region0/interleave_ways").Should().Be("4");
        Read("region0/interleave_granularity").Should().Be("256");
        Read("region0/commit").Should().Be("1");
        CxlRegion region = (CxlRegion)Machine.Kernel!.Cxl.Bus.Find("region0")!;
        region.Targets.Take(4).Select(target => target!.Memdev.Name).Should().Equal("mem0", "mem2", "mem1", "mem3");
        region.Targets.Take(4).Select(target => (target!.Ways, target.Granularity, target.Dpa!.Size)).Should().AllBeEquivalentTo((4, 256, ByteSize.GiB(128)));
    }

    [Fact]
    public void Memory_IsOnlineToItsLastBlock()
    {
        foreach (int block in new[] { 6154, 8000, 10249 })
        {
            Machine.Kernel!.Sysfs.Read($"/sys/devices/system/memory/memory{block}/state").Text.Should().Be("online");
        }
    }

    [Theory]
    [InlineData(0xc050000000, "d2-01.1", 0x0)]
    [InlineData(0xc050000100, "a8-01.1", 0x0)]
    [InlineData(0xc050000200, "d2-01.3", 0x0)]
    [InlineData(0xc050000300, "a8-01.3", 0x0)]
    [InlineData(0xc050000400, "d2-01.1", 0x100)]
    [InlineData(0xc0500abcde, "d2-01.1", 0x2afde)]
    [InlineData(0x1404fffffff, "a8-01.3", 0x1fffffffff)]
    public void StoredByte_LandsOnTheMember(ulong address, string device, ulong dpa)
    {
        byte tag = (byte)(0x80 | Bits.ByteAt(address, 1));
        Machine.Store(new Hpa(address), [tag]).Should().Be(BusResult.Done);

        byte[] found = new byte[1];
        Machine.Media.TryRead(device, new Dpa(dpa), found).Should().BeTrue();
        found.Should().Equal(tag);
        Machine.Resolve(new Hpa(address)).Should().Be(new DataPathTarget(device, new Dpa(dpa)));
    }

    private static SimulatedMachine Boot()
    {
        SimulatedMachine machine = new(PlatformReader.ReadFile(RepositoryRoot.File("platforms/multi-interleave.yaml")).Platform!);
        machine.RunBoot().Should().BeTrue();
        return machine;
    }

    private static string Read(string path) => Machine.Kernel!.Sysfs.Read(Devices + path).Text;
}
