using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>What the kernel's heavy work costs; the values come with the machine.</summary>
/// <param name="StructPageInit">Initialising one struct page when memory goes online.</param>
/// <param name="MemoryBlockAdd">Adding one memory block: device, links, uevent.</param>
/// <param name="PageMigration">Moving one page in use to another place.</param>
public sealed record KernelTiming(SimDuration StructPageInit, SimDuration MemoryBlockAdd, SimDuration PageMigration);
