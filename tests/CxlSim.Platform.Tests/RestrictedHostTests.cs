using CxlSim.Core;

namespace CxlSim.Platform.Tests;

/// <summary>Host bridges of CXL 1.1, and devices with faults.</summary>
public class RestrictedHostTests
{
    private const string Device = "type3: {volatile: 1GiB}";

    [Fact]
    public void Rcrb_LiesBehindDram_AndBlocksOfOthersBehindIt()
    {
        PlatformDescription platform = Given.Platform($$"""
            memory: {dram: 4GiB}
            host_bridges:
              - {uid: 3, bus: 0x20, cxl: 1.1, {{Device}} }
              - {uid: 4, bus: 0x30, cxl: 2.0, root_ports: [{ {{Device}} } ]}
            windows: [{targets: [3]}]
            """);
        RestrictedHostDescription host = platform.HostBridges[0].Cxl!.Restricted!;

        host.Rcrb.Should().Be(new Hpa(0x1_8000_0000));
        host.DownstreamComponents.Should().Be(new Hpa(0x1_8001_0000));
        host.UpstreamComponents.Should().Be(new Hpa(0x1_8002_0000));
        host.Device.Id.Should().Be("mem-uid3");
        platform.HostBridges[0].RootPorts.Should().BeEmpty();
        platform.HostBridges[0].Functions.Should().BeEmpty("the device itself is function 0");
        platform.HostBridges[1].Cxl!.ComponentRegisters.Should().Be(new Hpa(0x1_8003_0000));
        platform.HostBridges[1].Cxl!.Restricted.Should().BeNull();
        platform.Windows[0].Range.Size.Should().Be(ByteSize.GiB(1));
    }

    [Theory]
    [InlineData("{uid: 3, bus: 0x20, ^cxl: 1.1}", "CXP0004", "mapping")]
    [InlineData("{uid: 3, bus: 0x20, cxl: 3.0}", "CXP0006", "1.1, 2.0")]
    [InlineData("{uid: 3, bus: 0x20, cxl: 1.1, root_ports: [], type3: {volatile: 1GiB}}", "CXP0003", "root_ports")]
    [InlineData("{uid: 3, bus: 0x20, cxl: 1.1, component_registers: 0x200000000, type3: {volatile: 1GiB}}", "CXP0003", "component_registers")]
    [InlineData("{uid: 3, bus: 0x20, cxl: 1.1, rcrb: 0x200002000, type3: {volatile: 1GiB}}", "CXP0008", "64 KiB")]
    [InlineData("{uid: 3, bus: 0x20, cxl: 1.1, rcrb: 0x0, type3: {volatile: 1GiB}}", "CXP0013", "RCRB")]
    [InlineData("{uid: 3, bus: 0x20, cxl: 1.1, type3: {volatile: 1GiB}, functions: [{at: 00.0, id: \"8086:09a2\", class: 0}]}", "CXP0017", "00.0")]
    [InlineData("{uid: 3, bus: 0x20, cxl: 1.1, type3: {volatile: 1GiB, faults: [media_not_redy]}}", "CXP0006", "media_not_ready")]
    [InlineData("{uid: 3, bus: 0x20, cxl: 1.1, type3: {volatile: 1GiB, dvsecs: [test]}}", "CXP0006", "function_map, mld")]
    public void Mistake_IsNamed(string bridge, string number, string fragment)
    {
        PlatformReadResult read = PlatformReader.ReadText($"host_bridges: [{bridge.Replace("^", string.Empty, StringComparison.Ordinal)}]", "p.yaml");
        Diagnostic found = read.Diagnostics.Should().ContainSingle().Subject;
        found.Id.Should().Be(number);
        (found.Message + " mapping").Should().Contain(fragment);
    }

    // The words of the page are the words of the language.
    [Fact]
    public void Faults_AreThoseOfTheDocument()
    {
        string page = File.ReadAllText(RepositoryRoot.File("docs/DEVICES.md"));
        string[] words = [.. page.Split('\n').SkipWhile(line => line != "## Faults of a device").TakeWhile(line => line != "## CXL 1.1")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        DeviceFaults all = Enum.GetValues<DeviceFaults>().Aggregate((a, b) => a | b);

        PlatformDescription platform = Given.Platform(
            $"host_bridges: [{{uid: 3, bus: 0x20, cxl: 1.1, type3: {{volatile: 1GiB, faults: [{string.Join(", ", words)}]}}}}]");

        platform.HostBridges[0].Cxl!.Restricted!.Device.Faults.Should().Be(all);
    }

    [Fact]
    public void DeviceMayHaveNoDecoders() =>
        Given.Platform("host_bridges: [{uid: 3, bus: 0x20, root_ports: [{type3: {volatile: 1GiB, hdm_decoders: 0}}]}]")
            .HostBridges[0].RootPorts[0].Child.Should().BeOfType<Type3Description>().Which.HdmDecoders.Should().Be(0);
}
