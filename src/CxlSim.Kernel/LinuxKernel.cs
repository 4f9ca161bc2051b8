using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>The modelled kernel: what it was given, and the subsystems that it is made of. Each phase of the boot fills in a part.</summary>
/// <remarks>It sees table bytes, configuration space, registers and memory, and nothing of the description they came from.</remarks>
public sealed class LinuxKernel
{
    public LinuxKernel(Simulation simulation, IHostBus hostBus, KernelConfig config, KernelTiming timing, BootHandoff handoff)
    {
        Simulation = simulation;
        Refusals = new KernelRefusals(simulation);
        HostBus = hostBus;
        Config = config;
        Timing = timing;
        Handoff = handoff;
        CommandLine = new CommandLine(handoff.CommandLine);
        Log = new KernelLog(simulation);
        E820 = new E820Table(Log);
        Sysfs = new Sysfs(simulation, Refusals, new Device("platform"));
        Interrupts = new Interrupts(this);
        Tables = new AcpiTables(hostBus, Log, CommandLine);
        DeferredProbes = new DeferredProbes(simulation);
        AcpiBus = new Bus(this, "acpi");
        PlatformBus = new Bus(this, "platform");
        PciBus = new PciBus(this);
        Cpus = new CpuSubsystem(this);
        Tracing = new Tracing(this, [CxlPoisonTrace.Event, .. CxlEventTrace.Events, CxlOverflowTrace.Event]);
        Numa = new Numa(Cpus, Log, CommandLine);
        Watermarks = new Watermarks(this);
        Memory = new MemoryHotplug(this);
        Contiguous = new ContiguousMemory(this);
        Tiers = new MemoryTiers(this);
        Weights = new WeightedInterleave(this);
        Pages = new PageAllocator(this);
        Reclaim = new Reclaim(this);
        HugePages = new HugePages(this);
        Failures = new MemoryFailure(this);
        Tasks = new TaskMemory(this);
        Hmem = new HmemRanges(this);
        Hmat = new Hmat(this);
        Cxl = new CxlCore(this);
        Dax = new DaxBus(this);
        Nvdimm = new NvdimmCore(this);
        Modules = new ModuleLoader(this, ModuleTable.All);
    }

    public Simulation Simulation { get; }

    public IHostBus HostBus { get; }

    public KernelConfig Config { get; }

    public KernelTiming Timing { get; }

    public Interrupts Interrupts { get; }

    public BootHandoff Handoff { get; }

    public CommandLine CommandLine { get; }

    public KernelLog Log { get; }

    /// <summary>What it refused or wasted of what firmware and devices gave it.</summary>
    public KernelFindings Findings { get; } = new();

    /// <summary>Why it answered calls with errors.</summary>
    public KernelRefusals Refusals { get; }

    public Sysfs Sysfs { get; }

    public ResourceTree Iomem { get; } = new();

    /// <summary>Soft-reserved ranges of a kernel that keeps them out of iomem (soft_reserve_resource).</summary>
    public ResourceTree SoftReserved { get; } = new();

    public E820Table E820 { get; }

    /// <summary>Nothing runs any more.</summary>
    public bool HasPanicked { get; private set; }

    /// <summary>The memory map as it was handed over, before the kernel changes it (<c>e820_table_kexec</c>).</summary>
    public IReadOnlyList<E820Entry> FirmwareMap { get; internal set; } = [];

    public AcpiTables Tables { get; }

    public CpuSubsystem Cpus { get; }

    public Tracing Tracing { get; }

    public Numa Numa { get; }

    public Watermarks Watermarks { get; }

    public MemoryHotplug Memory { get; }

    public ContiguousMemory Contiguous { get; }

    public MemoryTiers Tiers { get; }

    public WeightedInterleave Weights { get; }

    public PageAllocator Pages { get; }

    public Reclaim Reclaim { get; }

    public HugePages HugePages { get; }

    public MemoryFailure Failures { get; }

    public TaskMemory Tasks { get; }

    public Hmat Hmat { get; }

    public HmemRanges Hmem { get; }

    public DeferredProbes DeferredProbes { get; }

    public Bus AcpiBus { get; }

    public Bus PlatformBus { get; }

    public PciBus PciBus { get; }

    public List<PciHostBridge> PciRoots { get; } = [];

    public CxlCore Cxl { get; }

    public DaxBus Dax { get; }

    public NvdimmCore Nvdimm { get; }

    public ModuleLoader Modules { get; }

    /// <summary>Whether hot-added memory may hold its own struct pages (<c>memory_hotplug.memmap_on_memory</c>).</summary>
    public bool MemmapOnMemory => CommandLine.Value("memory_hotplug.memmap_on_memory") is "Y" or "y" or "1" or "force";

    /// <summary>Ends the boot where it stands (<c>kernel/panic.c</c>).</summary>
    public void Panic(string reason)
    {
        Log.Emergency($"Kernel panic - not syncing: {reason}");
        HasPanicked = true;
    }

    /// <summary>Marks a step of the journey that belongs to an object rather than to a stretch of time.</summary>
    public void Milestone(string name, string subject) => Simulation.Trace(new MilestoneReached(name, subject));

    internal void LogMapUpdate(AddressRange range, E820Type from, E820Type to) =>
        Log.Debug($"e820: update {MemFormat.Of(range)} {NameOf(from)} ==> {NameOf(to)}");

    internal void LogMapRemoval(AddressRange range, E820Type? only) =>
        Log.Debug($"e820: remove {MemFormat.Of(range)} {(only is { } type ? NameOf(type) : string.Empty)}".TrimEnd());

    private string NameOf(E820Type type) => E820Entry.LogName(type, Config.Has(KernelChange.MapPrintedWithGaps));
}
