using System.Text.RegularExpressions;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>What of a machine has to be as before when all is taken down: addresses, capacity, decoders, memory.</summary>
internal static partial class RestState
{
    /// <summary>Devices that come back may come in another order.</summary>
    private static readonly Regex PortNumber = Ports();

    public static string Of(MachineSession session)
    {
        IEnumerable<string> memdevs = session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().OrderBy(memdev => memdev.Serial).Select(memdev =>
            $"device {memdev.Serial}: {Endpoint(memdev.Endpoint)}");
        IEnumerable<string> ports = session.Kernel.Cxl.Bus.Devices.OfType<CxlPort>().Where(port => !port.IsEndpoint).OrderBy(port => port.Uport.Path, StringComparer.Ordinal)
            .Select(port => $"{port.Uport.Name}: {Committed(port)} {port.Regions.Count} {string.Join(',', port.Decoders.Select(Decoder))}");
        IEnumerable<string> others = session.Kernel.Cxl.Bus.Devices.Where(device => device is CxlRegion or CxlDaxRegion or CxlPmemRegion).Select(device => device.Name)
            .Concat(session.Kernel.Dax.Bus.Devices.Select(device => device.Name));
        return string.Join('\n', [.. memdevs, .. ports, .. others, $"{session.Kernel.Memory.Blocks.Count} memory blocks", PortNumber.Replace(IomemView.Render(session.Kernel.Iomem), "port")]);
    }

    private static string Endpoint(CxlPort? port) => port is null
        ? "no endpoint"
        : $"{Committed(port)} {port.HdmEnd} {string.Join(',', port.Decoders.Select(Decoder))}";

    /// <summary>The last decoder that is counted as committed; a commit that failed is counted for good, and is none.</summary>
    private static int Committed(CxlPort port) => port.Decoders.Take(port.CommitEnd + 1).LastOrDefault(decoder => decoder.IsEnabled)?.Id ?? -1;

    /// <summary>A switch decoder may keep the range of the last region (fact sheet on the CXL driver, 3.7).</summary>
    private static string Decoder(CxlDecoder decoder) => decoder is CxlEndpointDecoder endpoint ? $"{decoder.Range} {decoder.IsEnabled} {endpoint.Dpa}" : $"{decoder.IsEnabled}";

    [GeneratedRegex(@"(end)?po(r|in)t\d+")]
    private static partial Regex Ports();
}
