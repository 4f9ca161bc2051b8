using CxlSim.Core;
using CxlSim.Views;

namespace CxlSim.Machine.Tests;

/// <summary>A run that was stopped goes on as if it had not been.</summary>
public class StopAndGoTests
{
    private static readonly (string Iomem, string Sysfs, IReadOnlyList<string> Trace) Straight = StraightRun();

    public static TheoryData<string> Names => [.. Enum.GetNames<Phase>(), .. Enum.GetNames<Milestone>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void StoppedRun_EndsAsAStraightOne(string name)
    {
        SimulatedMachine machine = Given.SmallMachine();
        TraceLines trace = new();
        StopOnce stop = new(machine, name);
        machine.Simulation.AddSink(trace);
        machine.Simulation.AddSink(stop);

        bool complete = machine.RunBoot();
        stop.HasStopped.Should().BeTrue();
        complete.Should().Be(name == "Running", "only there is nothing left to do");

        machine.RunBoot().Should().BeTrue();
        IomemView.Render(machine.Kernel!.Iomem).Should().Be(Straight.Iomem);
        SysfsDump.Render(machine.Kernel.Sysfs.Root, intoDevices: true).Should().Be(Straight.Sysfs);
        trace.Lines.Should().Equal(Straight.Trace);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StoppedRun_LeavesNoRequestToStopBehind(string name)
    {
        SimulatedMachine machine = Given.SmallMachine();
        machine.Simulation.AddSink(new StopOnce(machine, name));
        machine.RunBoot();
        machine.Simulation.StopRequested.Should().BeFalse();
    }

    [Theory]
    [InlineData("PowerOn")]
    [InlineData("FirmwareTables")]
    public void BeforeTheHandoff_ThereIsNoKernel(string name)
    {
        SimulatedMachine machine = Given.SmallMachine();
        machine.Simulation.AddSink(new StopOnce(machine, name));
        machine.RunBoot();
        machine.Kernel.Should().BeNull();
        machine.Phase.ToString().Should().Be(name);
    }

    [Fact]
    public void StopInAPhase_ComesBeforeItsWork()
    {
        SimulatedMachine machine = Given.SmallMachine();
        machine.Simulation.AddSink(new StopOnce(machine, "NumaNodes"));
        machine.RunBoot();
        machine.Phase.Should().Be(Phase.NumaNodes);
        machine.Kernel!.Numa.PossibleNodes.Should().BeEmpty();
    }

    [Fact]
    public void DecodersOfFirmware_DecodeBeforeTheKernelLooksAtThem()
    {
        SimulatedMachine machine = Given.SmallMachine();
        machine.Simulation.AddSink(new StopOnce(machine, "Handoff"));
        machine.RunBoot();
        machine.Resolve(new Hpa(0x10_0000_1000)).Should().Be(new DataPathTarget("card", new Dpa(0x1000)));
    }

    private static (string Iomem, string Sysfs, IReadOnlyList<string> Trace) StraightRun()
    {
        SimulatedMachine machine = Given.SmallMachine();
        TraceLines trace = Given.Boot(machine);
        return (IomemView.Render(machine.Kernel!.Iomem), SysfsDump.Render(machine.Kernel.Sysfs.Root, intoDevices: true), trace.Lines);
    }
}
