using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>The configurations of the Linux documentation and further set-ups: ways and granularity that the driver programs at every level (fact sheet on the CXL driver, 4.6 and 4.7).</summary>
public sealed class DocumentedSetUpsTests
{
    /// <summary>Level by level from the window down: ways/granularity. Decoders of one level are alike.</summary>
    [Theory]
    [InlineData("single-device", "1/256", "1/256", "1/256", "0x2000000000")]
    [InlineData("hb-interleave", "2/256", "1/512", "2/256", "0x4000000000")]
    [InlineData("intra-hb-interleave", "1/256", "2/256", "2/256", "0x4000000000")]
    [InlineData("multi-interleave", "2/256", "2/512", "4/256", "0x8000000000")]
    public void DocumentedMachines_ComeUpAsDocumented(string platform, string root, string bridges, string endpoints, string size)
    {
        MachineSession session = new(new SimulatedMachine(PlatformReader.ReadFile(RepositoryRoot.File($"platforms/{platform}.yaml")).Platform!));
        session.Boot().Should().BeTrue();
        Levels(session).Should().Equal(root, bridges, endpoints);
        session.Text(Given.Devices + "region0/size").Should().Be(size);
        session.Text(Given.Devices + "region0/resource").Should().Be("0xc050000000");
        session.Text(Given.Devices + "region0/commit").Should().Be("1");
    }

    /// <summary>Host bridge by host bridge, root port by root port: the position of each device.</summary>
    [Theory]
    [InlineData("hb-interleave", "0000:d2:01.1", "0000:a8:01.1")]
    [InlineData("intra-hb-interleave", "0000:d2:01.1", "0000:d2:01.3")]
    [InlineData("multi-interleave", "0000:d2:01.1", "0000:a8:01.1", "0000:d2:01.3", "0000:a8:01.3")]
    public void DocumentedMachines_HaveTheirDevicesInOrder(string platform, params string[] rootPorts)
    {
        MachineSession session = new(new SimulatedMachine(PlatformReader.ReadFile(RepositoryRoot.File($"platforms/{platform}.yaml")).Platform!));
        session.Boot().Should().BeTrue();
        session.Region("region0").Targets.OfType<CxlEndpointDecoder>().Select(target => target.Port.ParentDport!.Device.Name).Should().Equal(rootPorts);
    }

    [Theory]
    [InlineData(2, 2, 2, 4096, "2/4096", "2/8192", "2/16384", "8/4096")]
    [InlineData(1, 2, 2, 256, "1/256", "2/256", "2/512", "4/256")]
    [InlineData(1, 1, 2, 4096, "1/256", "1/4096", "2/4096", "2/4096")]
    [InlineData(2, 1, 4, 256, "2/256", "1/512", "4/512", "8/256")]
    [InlineData(4, 4, 0, 256, "4/256", "4/1024", "16/256")]
    [InlineData(3, 1, 0, 512, "3/512", "1/512", "3/512")]
    [InlineData(3, 2, 0, 256, "3/256", "2/256", "6/256")]
    [InlineData(3, 2, 2, 256, "3/256", "2/256", "2/512", "12/256")]
    [InlineData(12, 1, 0, 256, "12/256", "1/1024", "12/256")]
    [InlineData(16, 1, 0, 256, "16/256", "1/4096", "16/256")]
    public void Ways_MultiplyTheGranularityDownwards(int bridges, int rootPorts, int switchPorts, int granularity, params string[] levels)
    {
        MachineSession session = Given.AfterSteps(Machine(bridges, rootPorts, switchPorts, granularity));
        Levels(session).Should().Equal(levels);
        session.CheckPlacement().Should().OnlyContain(check => check.Found);
    }

    /// <summary>The order of members is free in the platform file: the lowest level spreads last.</summary>
    private static string Machine(int bridges, int rootPorts, int switchPorts, int granularity)
    {
        string Device(int b, int r, int s) => $"type3: {{id: d{b}x{r}x{s}, volatile: 256MiB}}";
        string Port(int b, int r) => switchPorts == 0
            ? $"{{{Device(b, r, 0)}}}"
            : $"{{switch: {{ports: [{string.Join(", ", Enumerable.Range(0, switchPorts).Select(s => $"{{{Device(b, r, s)}}}"))}]}}}}";
        string Bridge(int b) => $"{{uid: {b + 1}, bus: {b * 16}, hdm_decoders: 4, root_ports: [{string.Join(", ", Enumerable.Range(0, rootPorts).Select(r => Port(b, r)))}]}}";
        IEnumerable<string> members =
            from s in Enumerable.Range(0, Math.Max(1, switchPorts))
            from r in Enumerable.Range(0, rootPorts)
            from b in Enumerable.Range(0, bridges)
            select $"d{b}x{r}x{s}";
        string windowGranularity = bridges == 1 ? string.Empty : $", granularity: {granularity}B";
        return $$$"""
            host_bridges: [{{{string.Join(", ", Enumerable.Range(0, bridges).Select(Bridge))}}}]
            windows: [{base: 0x6000000000, size: 12GiB, targets: [{{{string.Join(", ", Enumerable.Range(1, bridges))}}}], restrictions: 0xf{{{windowGranularity}}} }]
            steps: [{create-region: {decoder: decoder0.0, memdevs: [{{{string.Join(", ", members)}}}], granularity: {{{granularity}}}B}}]
            """;
    }

    private static List<string> Levels(MachineSession session)
    {
        CxlRegion region = session.Region("region0");
        List<string> levels = [Text(region.Root)];
        CxlPort[] way = [.. region.Targets[0]!.Port.UpToRoot()];
        foreach (CxlPort port in way.Skip(1).Reverse())
        {
            levels.Add(Text(port.Decoders[0]));
        }

        levels.Add(region.Targets.OfType<CxlEndpointDecoder>().Select(Text).Distinct().Should().ContainSingle().Which);
        return levels;
    }

    private static string Text(CxlDecoder decoder) => $"{decoder.Ways}/{decoder.Granularity}";
}
