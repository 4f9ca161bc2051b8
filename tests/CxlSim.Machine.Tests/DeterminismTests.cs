using CxlSim.Views;

namespace CxlSim.Machine.Tests;

/// <summary>The same platform and seed: the same run, line by line.</summary>
public class DeterminismTests
{
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
}
