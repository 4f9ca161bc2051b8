using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Machine.Tests;

/// <summary>The same platform and seed: the same run, line by line.</summary>
public class DeterminismTests
{
    private const string TwoDevices = """
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB, serial: 0xa}}, {type3: {volatile: 512MiB, serial: 0xb}}]}]
        """;

    [Fact]
    public void SamePlatformAndSeed_GiveTheSameTrace() =>
        Given.Boot(Given.SingleDevice()).Lines.Should().Equal(Given.Boot(Given.SingleDevice()).Lines);

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(ulong.MaxValue)]
    public void AnySeed_BootsToTheSameMemory(ulong seed)
    {
        SimulatedMachine machine = Given.SmallMachine(seed);
        SimulatedMachine first = Given.SmallMachine();
        Given.Boot(machine);
        Given.Boot(first);
        machine.Simulation.Seed.Should().Be(seed);
        IomemView.Render(machine.Kernel!.Iomem).Should().Be(IomemView.Render(first.Kernel!.Iomem));
    }

    /// <summary>Recorded kernels named two devices in all four orders: whoever gets the first name need not get the first port.</summary>
    [Fact]
    public void Seeds_NameDevicesAndTheirPortsInAllOrders() =>
        Enumerable.Range(0, 40).Select(seed => Names(Given.Booted(TwoDevices, (ulong)seed))).Distinct().Order().Should().Equal(
            "a mem0 endpoint2, b mem1 endpoint3", "a mem0 endpoint3, b mem1 endpoint2", "a mem1 endpoint2, b mem0 endpoint3", "a mem1 endpoint3, b mem0 endpoint2");

    [Fact]
    public void TwoMachinesInTurn_DoNotTouchEachOther()
    {
        SimulatedMachine one = Given.SmallMachine();
        SimulatedMachine two = Given.SmallMachine();
        StopOnce stop = new(one, "AcpiScan");
        one.Simulation.AddSink(stop);
        one.RunBoot().Should().BeFalse();
        IReadOnlyList<string> undisturbed = Given.Boot(two).Lines;
        one.RunBoot().Should().BeTrue();
        Given.Boot(Given.SmallMachine()).Lines.Should().Equal(undisturbed);
    }

    private static string Names(SimulatedMachine machine) =>
        string.Join(", ", machine.Kernel!.Cxl.Bus.Devices.OfType<CxlMemdev>().OrderBy(memdev => memdev.Serial).Select(memdev => $"{memdev.Serial:x} {memdev.Name} {memdev.Endpoint!.Name}"));
}
