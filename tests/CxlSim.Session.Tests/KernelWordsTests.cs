using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>Words of the command line that keep something out, as seen on Linux 6.12.107.</summary>
public sealed class KernelWordsTests
{
    private static string Machine(string words) => $$"""
        kernel: {command_line: "{{words}}"}
        memory: {nodes: [{pxm: 0, size: 1GiB, cpus: 1}, {pxm: 1, size: 1GiB, cpus: 2}]}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {id: card, volatile: 256MiB} }]}]
        windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
        """;

    /// <summary>Built-in drivers are no modules: cxl_port stays. Of two lists the last counts.</summary>
    [Fact]
    public void ModuleBlacklist_KeepsModulesOut()
    {
        MachineSession session = Given.Booted(Machine("module_blacklist=kmem module_blacklist=cxl_port,cxl_pci,dax_hmem"));

        session.Kernel.Log.Lines.Where(line => line.Level == LogLevel.Error && line.Text.EndsWith("is blacklisted", StringComparison.Ordinal)).Select(line => line.Text)
            .Should().Equal("Module cxl_pci is blacklisted", "Module dax_hmem is blacklisted");
        session.Read("/sys/module/dax_hmem/parameters/region_idle").Error.Should().Be(Errno.ENOENT);
        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty();
        session.Kernel.Cxl.Ports.Should().Contain(port => port.IsBound);
    }

    /// <summary>CPUs that do not come up by themselves come when they are asked; until then their node has none.</summary>
    [Theory]
    [InlineData("maxcpus=1", "0", "0")]
    [InlineData("maxcpus=2", "0-1", "0-1")]
    [InlineData("maxcpus=0", "0", "0")]
    [InlineData("maxcpus=9", "0-2", "0-1")]
    public void MaxCpus_LeavesTheOthersOffline(string words, string online, string nodes)
    {
        MachineSession session = Given.Booted(Machine(words));

        session.Read("/sys/devices/system/cpu/online").Text.Should().Be(online);
        session.Read("/sys/devices/system/cpu/present").Text.Should().Be("0-2");
        session.Read("/sys/devices/system/node/has_cpu").Text.Should().Be(nodes);
        session.Write("/sys/devices/system/cpu/cpu2/online", "1").Should().Be(Errno.Ok);
        session.Read("/sys/devices/system/node/has_cpu").Text.Should().Be("0-1");
    }

    [Theory]
    [InlineData("nr_cpus=1", "0", "0")]
    [InlineData("nr_cpus=0", "0-2", "0-1")]
    [InlineData("nr_cpus=2 maxcpus=1", "0-1", "0")]
    public void NrCpus_LeavesTheOthersOut(string words, string present, string nodes)
    {
        MachineSession session = Given.Booted(Machine(words));

        session.Read("/sys/devices/system/cpu/present").Text.Should().Be(present);
        session.Read("/sys/devices/system/node/has_cpu").Text.Should().Be(nodes);
        session.Read("/sys/devices/system/node/online").Text.Should().Be("0-1");
    }
}
