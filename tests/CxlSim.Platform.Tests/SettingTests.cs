using CxlSim.Core;

namespace CxlSim.Platform.Tests;

/// <summary>Settings that take the place of what a platform file says, and what is wrong with them.</summary>
public class SettingTests
{
    private const string File = """
        kernel: {command_line: quiet}
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - uid: 5
            bus: 0x10
            root_ports:
              - {at: 01.0, port: 0, type3: {id: card, volatile: 1GiB}}
              - {at: 02.0, port: 1, type3: {volatile: 1GiB}}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    [Fact]
    public void Scalar_IsReplaced() => Read("kernel.cmdline=memhp_default_state=offline # no comment").Kernel.CommandLine.Should().Be("memhp_default_state=offline # no comment");

    [Fact]
    public void KeyThatIsNotThere_IsAdded()
    {
        PlatformDescription platform = Read("firmware.decoders=programmed", "name=mine");
        platform.Firmware.Decoders.Should().Be(FirmwareDecoders.Programmed);
        platform.Name.Should().Be("mine");
    }

    [Fact]
    public void Item_IsFoundByItsIndex() => Read("windows[0].size=8GiB").Windows[0].Range.Size.Should().Be(ByteSize.GiB(8));

    [Fact]
    public void Item_IsFoundByItsId() => Read("host_bridges.5.root_ports[0].type3.volatile=2GiB").Devices.First().Volatile.Should().Be(ByteSize.GiB(2));

    [Theory]
    [InlineData("devices[1].volatile=2GiB", 1)]
    [InlineData("devices.card.volatile=2GiB", 0)]
    [InlineData("devices.mem-uid5-02.0.volatile=2GiB", 1)]
    public void Device_IsFoundWhereverItIs(string setting, int index) => Read(setting).Devices.ElementAt(index).Volatile.Should().Be(ByteSize.GiB(2));

    [Fact]
    public void IndexBehindTheLast_AddsAnItem()
    {
        PlatformDescription platform = Read("windows[1]={base: 0x2000000000, size: 1GiB, targets: [5]}", "steps[0].offline=memory33");
        platform.Windows.Select(window => window.Range.Size).Should().Equal(ByteSize.GiB(4), ByteSize.GiB(1));
        platform.Steps.Should().ContainSingle();
    }

    [Fact]
    public void ListsAndQuotes_AreYaml()
    {
        Read("windows[0].targets=[5]", "kernel.command_line=''").Kernel.CommandLine.Should().BeEmpty();
        Read("kernel.cmdline=\"a b\"").Kernel.CommandLine.Should().Be("a b");
    }

    [Fact]
    public void LaterSetting_Wins() => Read("name=a", "name=b").Name.Should().Be("b");

    [Theory]
    [InlineData("kernel", "CXP0006 --set:2:1")]
    [InlineData("=x", "CXP0006 --set:2:1")]
    [InlineData("a..b=x", "CXP0006 --set:2:2")]
    [InlineData("windows[x].size=1GiB", "CXP0006 --set:2:8")]
    [InlineData("windows[0]size=1GiB", "CXP0006 --set:2:11")]
    [InlineData("kernel.cmdlin=quiet", "CXP0003 --set:2:8")]
    [InlineData("windows[0].size=much", "CXP0006 --set:2:17")]
    [InlineData("windows[0].targets=[5, x]", "CXP0006 --set:2:24")]
    [InlineData("windows[0].targets=[5", "CXP0002 --set:2:22")]
    [InlineData("windows[2].size=1GiB", "CXP0008 --set:2:8")]
    [InlineData("windows.first.size=1GiB", "CXP0003 --set:2:9")]
    [InlineData("kernel.command_line.x=1", "CXP0005 --set:2:21")]
    [InlineData("memory[0]=1", "CXP0005 --set:2:7")]
    [InlineData("devices.crad.volatile=1GiB", "CXP0003 --set:2:9")]
    [InlineData("devices[2].volatile=1GiB", "CXP0008 --set:2:8")]
    [InlineData("devices.card.volatle=1GiB", "CXP0003 --set:2:14")]
    public void WrongSetting_IsPlaced(string setting, string finding) =>
        PlatformReader.ReadText(File, "p.yaml", "name=fine", setting).Diagnostics.Select(found => $"{found.Id} {found.Location}").Should().Equal(finding);

    [Fact]
    public void PathWithoutEnd_IsRefused() => PlatformReader.ReadText(File, "p.yaml", $"steps{string.Concat(Enumerable.Repeat("[0]", 100_000))}=x").Diagnostics.Select(found => found.Id).Should().Equal("CXP0006");

    /// <summary>What the file itself says wrong stands before what the settings do.</summary>
    [Fact]
    public void FindingsOfTheFile_ComeFirst() =>
        PlatformReader.ReadText("naem: x\n", "p.yaml", "kernel.cmdlin=x").Diagnostics.Select(found => found.Location.ToString()).Should().Equal("p.yaml:1:1", "--set:1:8");

    private static PlatformDescription Read(params string[] settings)
    {
        PlatformReadResult read = PlatformReader.ReadText(File, "p.yaml", settings);
        read.Diagnostics.Should().BeEmpty();
        return read.Platform!;
    }
}
