using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>What a run came to: the same facts for the table and for JSON.</summary>
/// <param name="Platform">Name of the platform.</param>
/// <param name="Kernel">Version of the kernel.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Phase">The phase that the run reached.</param>
/// <param name="Devices">A row for each piece of capacity.</param>
/// <param name="Checks">Where bytes of the regions were looked for on the media.</param>
/// <param name="Steps">What the steps answered.</param>
/// <param name="KernelTime">Virtual time since the kernel's start.</param>
/// <param name="VirtualTime">Virtual time since power-on.</param>
/// <param name="Events">Events handled.</param>
public sealed record RunReport(
    string Platform,
    string Kernel,
    ulong Seed,
    string Phase,
    IReadOnlyList<DeviceRow> Devices,
    IReadOnlyList<PlacementCheck> Checks,
    IReadOnlyList<StepOutcome> Steps,
    SimDuration KernelTime,
    SimDuration VirtualTime,
    long Events)
{
    /// <summary>For each device, what of it is in use, and what is not and why.</summary>
    public IReadOnlyList<DeviceCapacity> Capacities { get; init; } = [];

    /// <summary>Memory that is online, and that no decoder leads to.</summary>
    public IReadOnlyList<AddressRange> Lost { get; init; } = [];
}
