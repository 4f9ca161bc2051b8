using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>All that can be known of a platform file before it runs: what the reader says, and what a boot without steps finds.</summary>
public static class PlatformCheck
{
    /// <param name="read">A platform file that was read.</param>
    /// <returns>In the order of the file; errors alone where there are any, for then there is nothing to boot.</returns>
    public static IReadOnlyList<CheckFinding> Run(PlatformReadResult read)
    {
        List<CheckFinding> findings = [];
        if (read.Platform is { } platform)
        {
            SimulatedMachine machine = new(platform);
            machine.RunBoot();
            FindingLocator locator = new(machine);
            findings.AddRange(Of(machine).Select(finding => CheckFinding.Of(finding, CheckPlace.Of(locator.LocationOf(finding.Place)))));
        }

        // Of one place the kernel says more than a warning of the reader.
        CheckPlace[] places = [.. findings.Select(finding => finding.Place)];
        findings.AddRange(read.Diagnostics.Select(CheckFinding.Of).Where(said => said.Severity == DiagnosticSeverity.Error || !places.Contains(said.Place)));
        return [.. findings.OrderBy(finding => finding.Place.Line).ThenBy(finding => finding.Place.Column)];
    }

    /// <summary>What the kernel met on its way, then what the machine that came of it has for nothing.</summary>
    internal static IEnumerable<KernelFinding> Of(SimulatedMachine machine)
    {
        LinuxKernel kernel = machine.Kernel!;
        KernelFindings unused = new();
        UnusedDevices.Report(kernel, unused);
        UnusedWindows.Report(kernel, unused);
        StrandedCapacity.Report(kernel, unused);
        foreach (AddressRange range in LostMemory.Of(machine))
        {
            unused.Report(KernelRules.MemoryLost, new AddressPlace(range), $"{range.Size} online at {range}");
        }

        return [.. kernel.Findings.All, .. unused.All];
    }
}
