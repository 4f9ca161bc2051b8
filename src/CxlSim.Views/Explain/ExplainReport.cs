using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What became of each device's memory, and why whatever was refused was refused.</summary>
/// <param name="Platform">Name of the platform.</param>
/// <param name="Kernel">Version of the kernel.</param>
/// <param name="Devices">For each device what is in use, by which way, and what is not and why.</param>
/// <param name="Steps">The steps that were refused, those included whose error the file expects.</param>
/// <param name="Refusals">Those that belong to no step: what the kernel tried by itself.</param>
/// <param name="Findings">What the kernel refused or wasted of the machine as it is.</param>
public sealed record ExplainReport(
    string Platform, string Kernel, IReadOnlyList<DeviceCapacity> Devices, IReadOnlyList<StepOutcome> Steps, IReadOnlyList<Refusal> Refusals, IReadOnlyList<KernelFinding> Findings)
{
    /// <summary>How much of all devices is put to a use.</summary>
    public ByteSize Total(CapacityUse use) => Devices.Aggregate(ByteSize.Zero, (sum, device) => sum + device.Total(use));
}
