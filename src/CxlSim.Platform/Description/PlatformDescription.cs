namespace CxlSim.Platform;

/// <summary>A machine as its user described it, checked and complete: what was left out is filled in. Immutable.</summary>
public sealed record PlatformDescription
{
    public required string Name { get; init; }

    /// <summary>The file it came from, for messages.</summary>
    public required string File { get; init; }

    public required KernelDescription Kernel { get; init; }

    public required MemoryDescription Memory { get; init; }

    /// <summary>PCI root bridges in the order of the ACPI namespace; Linux numbers <c>ACPI0016:NN</c> and ports by it.</summary>
    public required IReadOnlyList<HostBridgeDescription> HostBridges { get; init; }

    /// <summary>CXL fixed memory windows in the order of the CEDT.</summary>
    public required IReadOnlyList<WindowDescription> Windows { get; init; }

    public required FirmwareDescription Firmware { get; init; }

    public required TimingDescription Timing { get; init; }

    public required IReadOnlyList<StepDescription> Steps { get; init; }

    /// <summary>All memory devices, whatever they are plugged into.</summary>
    public IEnumerable<Type3Description> Devices => HostBridges.SelectMany(Topology.Devices);

    /// <summary>Where the file says all this.</summary>
    public PlatformSources Sources { get; init; } = PlatformSources.None;
}
