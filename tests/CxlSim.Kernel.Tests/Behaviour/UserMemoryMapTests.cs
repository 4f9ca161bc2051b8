using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>mem= and memmap= change the memory map that firmware gave (recordings 10-soft-reserved/sp-over-dram and sp-over-window).</summary>
public sealed class UserMemoryMapTests
{
    private const ulong Dram = 0x1_4000_0000;
    private const ulong Window = 0x4_9000_0000;

    [Fact]
    public void MemoryTurnedSoftReserved_ComesBackThroughHmem()
    {
        MachineSession session = Booted("memmap=0x20000000%0x140000000-1+0xefffffff", out LogSink log);

        session.Around(new Hpa(Dram)).Should().Be("Soft Reserved > dax1.0 > System RAM (kmem)");
        session.Text("/sys/bus/dax/devices/dax1.0/size").Should().Be("536870912");
        session.Text(Given.Devices + "decoder0.0/create_ram_region").Should().Be("region0");
        log.Lines.Should().ContainInOrder(
            "e820: update [mem 0x140000000-0x15fffffff] usable ==> soft reserved",
            "user-defined physical RAM map:",
            "user: [mem 0x0000000140000000-0x000000015fffffff] soft reserved");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" efi=nosoftreserve")]
    public void SoftReservedOverAWindow_IsAddedWhereTheMapHasNothing(string more)
    {
        MachineSession session = Booted("memmap=0x40000000%0x490000000+0xefffffff" + more, out _);

        session.Around(new Hpa(Window)).Should().Be("CXL Window 0 > Soft Reserved");
        session.Kernel.Dax.Bus.Devices.Should().BeEmpty("the range is left to CXL");
    }

    [Theory]
    [InlineData("memmap=512M$0x140000000", "Reserved")]
    [InlineData("memmap=512M!0x140000000", "Persistent Memory (legacy)")]
    [InlineData("memmap=512M#5G", "ACPI Tables")]
    [InlineData("memmap=512M%5G-1", "")]
    [InlineData("memmap=512M%5G", "")]
    [InlineData("memmap=512M%5G-2", "System RAM")]
    [InlineData("memmap=512M%5G-1+2x", "System RAM")]
    [InlineData("memmap=1M$1M,512M$5G", "Reserved")]
    [InlineData("memmap=5G", "")]
    [InlineData("mem=5G", "")]
    [InlineData("mem=6G", "System RAM")]
    [InlineData("memmap=exactmap memmap=640K@0 memmap=3G@1M", "")]
    [InlineData("memmap=exactmap memmap=640K@0 memmap=4G@1M memmap=512M@5G", "System RAM")]
    [InlineData("memmap=many", "System RAM")]
    public void EachForm_DoesItsPart(string commandLine, string expected)
    {
        MachineSession session = Booted(commandLine, out _);

        session.Around(new Hpa(Dram)).Should().Be(expected);
    }

    /// <summary>A map of less than two entries is none.</summary>
    [Fact]
    public void MapOfOneEntry_EndsTheBoot()
    {
        MachineSession session = new(new SimulatedMachine(Given.Platform(Machine("memmap=exactmap memmap=3G@1M"))));
        LogSink log = new();
        session.Machine.Simulation.AddSink(log);

        session.Boot().Should().BeFalse();

        log.Graded[^1].Should().Be("P Kernel panic - not syncing: Invalid user supplied memory map");
        session.Kernel.Numa.PossibleNodes.Should().BeEmpty("nothing went on");
    }

    private static MachineSession Booted(string commandLine, out LogSink log) => Given.Booted(Machine(commandLine), out log);

    private static string Machine(string commandLine) => $$$"""
        kernel: {command_line: "{{{commandLine}}}"}
        memory:
          nodes: [{pxm: 0, size: 4GiB, cpus: 1}]
          efi: [{range: 0x0-0x7fefffff, type: conventional}, {range: 0x7ff00000-0x7fffffff, type: acpi_reclaim},
                {range: 0x100000000-0x17fffffff, type: conventional}]
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """;
}
