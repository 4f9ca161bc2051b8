using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Machine.Tests;

/// <summary>One kernel after another on one machine, as the trace and the hardware show it.</summary>
public class KexecTests
{
    private readonly SimulatedMachine _machine = Given.SmallMachine();
    private readonly TraceLines _trace;

    public KexecTests() => _trace = Given.Boot(_machine);

    [Fact]
    public void WithoutALoadedKernel_IsRefused_AndTheOldOneGoesOn()
    {
        LinuxKernel before = _machine.Kernel!;
        Kexec().Should().Be(Errno.EINVAL);
        _machine.Kernel.Should().BeSameAs(before);
    }

    [Fact]
    public void LoadedKernel_ShowsInSysfs_UntilItIsUnloaded()
    {
        Loaded().Should().Be("0");
        KexecLoader.Load(_machine.Kernel!, "quiet").Should().Be(Errno.Ok);
        Loaded().Should().Be("1");
        KexecLoader.Unload(_machine.Kernel!);
        Loaded().Should().Be("0");
        Kexec().Should().Be(Errno.EINVAL);

        string Loaded() => _machine.Kernel!.Sysfs.Read("/sys/kernel/kexec_loaded").Text;
    }

    /// <summary>COMMAND_LINE_SIZE is 2048, with the zero at the end.</summary>
    [Theory]
    [InlineData(2046, Errno.Ok)]
    [InlineData(2047, Errno.EINVAL)]
    public void CommandLine_MayHave2046Letters(int length, Errno expected) => KexecLoader.Load(_machine.Kernel!, new string('x', length)).Should().Be(expected);

    [Fact]
    public void Phases_AreThoseFromTheHandoffOn()
    {
        int first = _trace.Records.Count;
        Start("quiet");
        _trace.Records.Skip(first).OfType<PhaseEntered>().Select(phase => phase.Phase).Should().Equal(
            "Handoff", "MemoryMap", "NumaNodes", "ContiguousMemory", "MemoryTiers",
            "AcpiScan", "PciScan", "SoftReservedFallback", "LateInit", "DriverProbe", "Running");
        _machine.Phase.Should().Be(Phase.Running);
    }

    [Fact]
    public void NewKernel_HasItsOwnCommandLineAndLog_AndTheSimulationGoesOn()
    {
        SimTime before = _machine.Simulation.Now;
        Start("quiet oracle.second");
        _machine.Kernel!.CommandLine.Text.Should().Be("quiet oracle.second");
        _machine.KernelStart.Should().Be(before);
        _machine.Kernel.Log.FirstSequence.Should().Be(0);
        _machine.Kernel.Log[0].Since.Should().Be(SimDuration.Zero);
        _machine.Kernel.Log.Lines.Should().ContainSingle(line => line.Text == "Command line: quiet oracle.second");
    }

    /// <summary>What the old kernel still had to do is done by nobody.</summary>
    [Fact]
    public void ThreadsOfTheOldKernel_DoNotRunOn()
    {
        bool ran = false;
        _machine.Simulation.Spawn("old", async () =>
        {
            await _machine.Simulation.Delay(SimDuration.Nanoseconds(1));
            ran = true;
        });
        Start("quiet");
        _machine.Simulation.RunUntilIdle().Should().BeTrue();
        ran.Should().BeFalse();
    }

    [Fact]
    public void MemoryMap_IsTheOneThatTheOldKernelWasGiven()
    {
        string[] before = [.. Map()];
        KexecLoader.Load(_machine.Kernel!, "efi=nosoftreserve").Should().Be(Errno.Ok);
        Kexec().Should().Be(Errno.Ok);
        Map().Should().NotBeEmpty().And.Equal(before);

        IEnumerable<string> Map() => _machine.Kernel!.Log.Lines.Select(line => line.Text).Where(text => text.StartsWith("BIOS-e820", StringComparison.Ordinal));
    }

    private void Start(string commandLine)
    {
        KexecLoader.Load(_machine.Kernel!, commandLine).Should().Be(Errno.Ok);
        Kexec().Should().Be(Errno.Ok);
    }

    private Errno Kexec()
    {
        Errno? error = null;
        _machine.Simulation.Spawn("kexec", async () => error = await _machine.KexecAsync());
        _machine.Simulation.RunUntilIdle().Should().BeTrue();
        return error!.Value;
    }
}
