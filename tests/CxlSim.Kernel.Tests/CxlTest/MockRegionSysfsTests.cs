using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.CxlTest;

/// <summary>The table of <c>cxl-region-sysfs.sh</c>: eight devices, four switches, two host bridges (fact sheet 20, 6.6).</summary>
public class MockRegionSysfsTests
{
    private const string Region = "region3/"; // the number that the window of persistent memory over both bridges has put aside

    /// <summary>Bridges by turns, then switches, then the devices of each switch: cxl_mem.0, 1, 2, 3, 4, 5, 6, 7.</summary>
    private static readonly string[] Endpoints = ["5", "7", "9", "11", "12", "13", "14", "15"];

    [Fact]
    public void EightWays_OverTwoBridgesAndFourSwitches()
    {
        MachineSession session = MockMachine.Loaded();
        string[] members = [.. Endpoints.Select(endpoint => session.Cxl($"endpoint{endpoint}/decoders_committed") == "1" ? $"decoder{endpoint}.1" : $"decoder{endpoint}.0")];
        foreach (string member in members)
        {
            session.Put(member + "/mode", "pmem").Should().Be(Errno.Ok);
            session.Put(member + "/dpa_size", "0x10000000").Should().Be(Errno.Ok);
        }

        session.Cxl("decoder0.3/create_pmem_region").Should().Be("region3");
        session.Put("decoder0.3/create_pmem_region", "region3").Should().Be(Errno.Ok);
        foreach ((string file, string value) in new[] { ("uuid", "7b0a4a16-6de2-4f7c-8c63-3f1f0d6dbd2e"), ("interleave_ways", "8"), ("interleave_granularity", "4096"), ("size", "0x80000000") })
        {
            session.Put(Region + file, value).Should().Be(Errno.Ok, file);
        }

        for (int position = 0; position < members.Length; position++)
        {
            session.Put($"{Region}target{position}", members[position]).Should().Be(Errno.Ok);
        }

        Verify(session, members);
        session.Put(Region + "commit", "1").Should().Be(Errno.Ok);
        session.Cxl("port4/decoders_committed").Should().Be("2", "the second decoder, after the one of region0");
        session.Put(Region + "commit", "0").Should().Be(Errno.Ok);
        for (int position = 0; position < members.Length; position++)
        {
            session.Put($"{Region}target{position}", "").Should().Be(Errno.Ok);
            session.Put(members[position] + "/dpa_size", "0").Should().Be(Errno.Ok);
        }
    }

    private static void Verify(MachineSession session, string[] members)
    {
        string start = $"0x{MockMachine.Windows + 0x1_0000_0000:x}";
        session.Cxl(Region + "resource").Should().Be(start);
        string[] bridges = ["decoder1.1", "decoder2.0"];
        string[] switches = ["decoder4.1", "decoder6.0", "decoder8.0", "decoder10.0"];
        session.Kernel.Cxl.Bus.Devices.OfType<CxlSwitchDecoder>().Where(decoder => decoder.Region?.Name == "region3").Select(decoder => decoder.Name)
            .Should().BeEquivalentTo([.. bridges, .. switches]);
        foreach ((string decoder, string ways, string granularity) in members.Select(name => (name, "8", "4096"))
            .Concat(bridges.Select(name => (name, "2", "8192"))).Concat(switches.Select(name => (name, "2", "16384"))))
        {
            session.Cxl(decoder + "/interleave_ways").Should().Be(ways, decoder);
            session.Cxl(decoder + "/interleave_granularity").Should().Be(granularity, decoder);
            session.Cxl(decoder + "/start").Should().Be(start, decoder);
            session.Cxl(decoder + "/size").Should().Be("0x80000000", decoder);
        }
    }
}
