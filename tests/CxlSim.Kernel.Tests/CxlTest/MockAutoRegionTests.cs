using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.CxlTest;

/// <summary>The region that firmware would have left: two devices below one switch (fact sheet 20, 6.4).</summary>
public class MockAutoRegionTests
{
    private static readonly MachineSession Session = MockMachine.Loaded();

    [Fact]
    public void Region_IsCommittedAndBound()
    {
        Session.Cxl("region0/commit").Should().Be("1");
        Session.Cxl("region0/mode").Should().Be("ram");
        Session.Cxl("region0/resource").Should().Be($"0x{MockMachine.Windows:x}");
        Session.Cxl("region0/size").Should().Be("0x20000000");
        Session.Cxl("region0/interleave_ways").Should().Be("2");
        Session.Cxl("region0/interleave_granularity").Should().Be("4096");
        Session.Cxl("region0/target0").Should().Be("decoder5.0");
        Session.Cxl("region0/target1").Should().Be("decoder12.0");
        Session.Region("region0").Driver!.Name.Should().Be("cxl_region");
        Session.Region("region0").Parent!.Name.Should().Be("decoder0.0");
    }

    [Theory]
    [InlineData("decoder5.0", 2)] // of cxl_mem.0
    [InlineData("decoder12.0", 2)] // of cxl_mem.4
    [InlineData("decoder4.0", 2, "0,4")]
    [InlineData("decoder1.0", 1, "0")]
    public void Decoders_AreThoseOfFirmware(string decoder, int ways, string? targets = null)
    {
        Session.Cxl(decoder + "/start").Should().Be($"0x{MockMachine.Windows:x}");
        Session.Cxl(decoder + "/size").Should().Be("0x20000000");
        Session.Cxl(decoder + "/interleave_ways").Should().Be($"{ways}");
        Session.Cxl(decoder + "/interleave_granularity").Should().Be("4096");
        Session.Cxl(decoder + "/region").Should().Be("region0");
        if (targets is not null)
        {
            Session.Cxl(decoder + "/target_list").Should().Be(targets);
        }
        else
        {
            Session.Cxl(decoder + "/dpa_resource").Should().Be("0x0");
            Session.Cxl(decoder + "/dpa_size").Should().Be("0x0000000010000000");
        }
    }

    /// <summary>500 ns and 1000 MB/s of each device, and no links that would narrow them.</summary>
    [Fact]
    public void Coordinates_AddUp()
    {
        AccessCoordinates[] known = Session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Single(region => region.Name == "region0").Coordinates;

        known[0].ReadLatency.Should().Be(500);
        known[0].ReadBandwidth.Should().Be(2000);
        known[1].WriteBandwidth.Should().Be(2000);
    }

    [Fact]
    public void Memory_IsAddedAndStaysOffline()
    {
        Session.Text("/sys/bus/dax/devices/dax0.0/size").Should().Be("536870912");
        Session.Kernel.Dax.Bus.Find("dax0.0")!.Driver!.Name.Should().Be("kmem");
        Session.Around(new Hpa(MockMachine.Windows)).Should().Be("CXL Window 0 > region0 > dax0.0 > System RAM (kmem)");
        Session.Text("/sys/devices/system/memory/memory523778/state").Should().Be("offline"); // 0x3ff010000000 in blocks of 128 MiB
    }

    /// <summary>No data comes from there: nothing answers behind the mock decoders.</summary>
    [Fact]
    public void Memory_HoldsNoData()
    {
        byte[] read = new byte[8];
        Session.Machine.Load(new Hpa(MockMachine.Windows), read).Should().Be(BusResult.DecodeError);
        read.Should().AllBeEquivalentTo((byte)0xff);
    }

    /// <summary>With XOR arithmetic the module has no address for its region, and the decoders end up at 0.</summary>
    [Fact]
    public void Xor_HasNoRegion()
    {
        MachineSession session = MockMachine.Loaded("interleave_arithmetic=1");

        session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Should().BeEmpty();
        session.Cxl("decoder5.0/start").Should().Be("0x0");
        session.Kernel.Log.Lines.Should().Contain(line => line.Text.Contains("no CXL window for range", StringComparison.Ordinal));
    }
}
