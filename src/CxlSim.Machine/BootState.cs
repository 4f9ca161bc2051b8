using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Firmware;
using CxlSim.Hardware;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Machine;

/// <summary>What a boot has made up to now, and the phase that it is in.</summary>
internal sealed class BootState
{
    private KernelBoot? _boot;

    public BootState(Simulation simulation, PlatformDescription platform)
    {
        Simulation = simulation;
        Platform = platform;
        Hardware = new HardwareMachine(simulation, platform);
        Firmware = new BoardFirmware(simulation, Hardware, platform);
    }

    public Simulation Simulation { get; }

    public PlatformDescription Platform { get; }

    public HardwareMachine Hardware { get; private set; }

    public BoardFirmware Firmware { get; private set; }

    /// <summary>What the kernel is given; null before firmware has made it.</summary>
    public BootHandoff? Handoff { get; set; }

    /// <summary>The modelled kernel; null before the hand-off.</summary>
    public LinuxKernel? Kernel { get; private set; }

    /// <summary>What that kernel does in its phases.</summary>
    public KernelBoot Boot => _boot!;

    /// <summary>When the kernel's clock started.</summary>
    public SimTime KernelStart { get; private set; }

    public Phase Phase { get; private set; }

    /// <summary>Begins a phase.</summary>
    public void Enter(Phase phase)
    {
        Phase = phase;
        Simulation.Trace(new PhaseEntered(phase.ToString()));
    }

    /// <summary>Begins a phase; the event after it is the first place where a run can stop in it.</summary>
    public DelayAwaiter EnterAsync(Phase phase)
    {
        Enter(phase);
        return Simulation.Delay(SimDuration.Zero);
    }

    /// <summary>Hardware as after power-on, and firmware that has done nothing yet.</summary>
    public void Replace(HardwareMachine fresh)
    {
        Hardware = fresh;
        Firmware = new BoardFirmware(Simulation, fresh, Platform);
    }

    public void WriteTables() => Handoff = Firmware.WriteTables();

    public void StartKernel()
    {
        KernelDescription kernel = Platform.Kernel;
        KernelTiming timing = new(
            SimDuration.Nanoseconds(Platform.Timing.StructPageInitNs), SimDuration.Nanoseconds(Platform.Timing.MemoryBlockAddNs),
            SimDuration.Nanoseconds(Platform.Timing.PageMigrationNs));
        KernelStart = Simulation.Now;
        Kernel = new LinuxKernel(Simulation, Hardware, new KernelConfig(kernel.Version, OptionsOf(kernel)), timing, Handoff!);
        _boot = new KernelBoot(Kernel);
    }

    /// <summary>The test modules stand beside the kernel's own, and no option of it builds them: here one says that they are there.</summary>
    private static IReadOnlyDictionary<string, string> OptionsOf(KernelDescription kernel) =>
        kernel.HasCxlTest ? new Dictionary<string, string>(kernel.Config) { [KernelConfig.CxlTest] = "m" } : kernel.Config;
}
