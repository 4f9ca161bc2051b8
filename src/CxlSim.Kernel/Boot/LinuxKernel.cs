using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>The modelled kernel: makes its subsystems, hands each those that it stands on, and shows them to who is outside. Each phase of the boot fills in a part.</summary>
/// <remarks>It sees table bytes, configuration space, registers and memory, and nothing of the description they came from.</remarks>
public sealed class LinuxKernel
{
    public LinuxKernel(Simulation simulation, IHostBus hostBus, KernelConfig config, KernelTiming timing, BootHandoff handoff)
    {
        Core = new KernelCore(simulation, hostBus, config, timing, handoff);
        Modules = new ModuleLoader(Core);
        E820 = new E820Table(Log, config, Core.AddressSizes.LastMapped);
        Tables = new AcpiTables(hostBus, Log, CommandLine);
        AcpiBus = new Bus(Core, "acpi");
        Cpus = new CpuSubsystem(Core);
        CxlTraceEvents traceEvents = new(config);
        RasTraceEvents ras = new(config);
        Tracing = new Tracing(Core, Cpus, [.. traceEvents.All, .. ras.All]);
        Numa = new Numa(Cpus, Log, CommandLine);
        PciBus = new PciBus(Core, Numa, Tracing, ras);
        Tiers = new MemoryTiers(Core, Numa);
        Contiguous = new ContiguousMemory(Core, E820, Numa);
        Pages = new PageAllocator(simulation, Numa, Tiers, Contiguous);
        Weights = new WeightedInterleave(config, Numa);
        HugePages = new HugePages(Core, Pages);
        Memory = new MemoryHotplug(Core, Modules, Tiers, Pages, HugePages);
        Tasks = new TaskMemory(Core, Pages, HugePages, Weights);
        Hmem = new HmemRanges(Core);
        Hmat = new Hmat(Core, Tables, Numa, Tiers, Hmem);
        Cxl = new CxlCore(Core, PciBus, Numa, Hmat, Tracing, traceEvents);
        Dax = new DaxBus(Core, Numa, Memory, Tiers);
        Nvdimm = new NvdimmCore(Core);

        Failures.Acted += (pfn, kind, outcome) => ras.EmitMemoryFailure(Tracing, pfn, kind, outcome);

        // Whoever knows of a node's memory is asked and told in the order of Linux' priorities.
        Tiers.Ask(Hmat.OfNode);
        Tiers.Ask(Cxl.CoordinatesOf);
        Memory.NodeGainedMemory += config.Has(KernelChange.RegionSpeedsRenew) ? Hmat.NodeGainedMemory : Cxl.NodeGainedMemory;
        Memory.NodeGainedMemory += config.Has(KernelChange.RegionSpeedsRenew) ? Cxl.NodeGainedMemory : Hmat.NodeGainedMemory;
    }

    public KernelCore Core { get; }

    public Simulation Simulation => Core.Simulation;

    public IHostBus HostBus => Core.HostBus;

    public KernelConfig Config => Core.Config;

    public BootHandoff Handoff => Core.Handoff;

    public CommandLine CommandLine => Core.CommandLine;

    public KernelLog Log => Core.Log;

    public KernelFindings Findings => Core.Findings;

    public KernelRefusals Refusals => Core.Refusals;

    public Sysfs Sysfs => Core.Sysfs;

    public ResourceTree Iomem => Core.Iomem;

    public E820Table E820 { get; }

    public bool HasPanicked => Core.HasPanicked;

    public IReadOnlyList<E820Entry> FirmwareMap => E820.FirmwareMap;

    public AcpiTables Tables { get; }

    public CpuSubsystem Cpus { get; }

    public Tracing Tracing { get; }

    public Numa Numa { get; }

    public Watermarks Watermarks => Memory.Watermarks;

    public MemoryHotplug Memory { get; }

    public ContiguousMemory Contiguous { get; }

    public MemoryTiers Tiers { get; }

    public WeightedInterleave Weights { get; }

    public PageAllocator Pages { get; }

    public HugePages HugePages { get; }

    public MemoryFailure Failures => Memory.Failures;

    public TaskMemory Tasks { get; }

    public Hmat Hmat { get; }

    public HmemRanges Hmem { get; }

    public Bus AcpiBus { get; }

    public Bus PlatformBus => Core.PlatformBus;

    public PciBus PciBus { get; }

    public List<PciHostBridge> PciRoots => PciBus.Roots;

    public CxlCore Cxl { get; }

    public DaxBus Dax { get; }

    public NvdimmCore Nvdimm { get; }

    public ModuleLoader Modules { get; }
}
