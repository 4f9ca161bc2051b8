using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>Looks for what the kernel said of an object, in its findings and in what it refused.</summary>
internal sealed class CapacityCauses(LinuxKernel kernel)
{
    /// <summary>Of a function, a bridge above it, or what the tables say of that; null where nothing was said.</summary>
    public (string Why, string Rule)? OfFunction(Bdf? address)
    {
        PciDevice? function = kernel.PciBus.Devices.OfType<PciDevice>().FirstOrDefault(pci => pci.Address == address);
        List<FindingPlace> way = address is { } own ? [new FunctionPlace(own)] : [];
        PciDevice? top = function;
        for (PciDevice? at = function?.Upstream; at is not null; at = at.Upstream)
        {
            way.Add(new FunctionPlace(at.Address));
            top = at;
        }

        PciHostBridge? bridge = top?.Parent as PciHostBridge;
        if (bridge is not null)
        {
            way.Add(new BridgePlace(bridge.Acpi.Node.Integer("_UID")));
        }

        bool isKnown = bridge is not null && kernel.Cxl.Root?.FindDport(bridge) is not null;
        return Of(finding => way.Contains(finding.Place)) ?? (isKnown ? null : Of(finding => finding.Place is TablePlace { Signature: "CEDT" }));
    }

    /// <summary>Of a decoder that firmware committed, or of the others of its region.</summary>
    public (string Why, string Rule)? OfMembers(IEnumerable<CxlEndpointDecoder> members)
    {
        FindingPlace[] places = [.. members.Select(member => member.Memdev.Place)];
        return Of(finding => places.Contains(finding.Place));
    }

    /// <summary>Of addresses, whole or in part.</summary>
    public (string Why, string Rule)? OfRange(AddressRange range) => Of(finding => finding.Place is AddressPlace place && place.Range.Overlaps(range));

    /// <summary>What an object refused last, or what was refused to a write to one of its attributes.</summary>
    public (string Why, string Rule)? OfObject(string name) =>
        kernel.Refusals.All.LastOrDefault(refusal => refusal.Subject == name || refusal.Write?.Path.Contains($"/{name}/", StringComparison.Ordinal) == true) is { } refusal
            ? (refusal.Reason, refusal.Rule.Number)
            : null;

    private (string Why, string Rule)? Of(Func<KernelFinding, bool> isWanted) =>
        kernel.Findings.All.FirstOrDefault(isWanted) is { } finding ? ($"{finding.Rule.Title}: {finding.Found}", finding.Rule.Number) : null;
}
