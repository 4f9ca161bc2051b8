using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>The sections of the running kernel in physical memory, as <c>/proc/iomem</c> shows them.</summary>
public sealed record KernelImageDescription(AddressRange Code, AddressRange Rodata, AddressRange Data, AddressRange Bss);
