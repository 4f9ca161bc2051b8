using System.Globalization;
using CxlSim.Core;
using CxlSim.Hdm;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Machine;

/// <summary>Puts the data path's steps and the kernel's names together.</summary>
internal sealed class RouteStoryTeller(PlatformDescription platform, LinuxKernel? kernel, RouteTable table, IReadOnlyList<RouteDevice> devices)
{
    private readonly KernelPorts _ports = new(kernel);

    public RouteStory Tell(Hpa address)
    {
        IReadOnlyList<RouteStep> steps = table.Explain(address);
        List<RouteLevel> levels = [];
        CxlPort? port = _ports.Root;
        for (int i = 0; i < steps.Count; i++)
        {
            RouteLevel level = LevelOf(steps[i], port);
            DecodeNode? next = i + 1 < steps.Count ? steps[i + 1].Node : null;
            levels.Add(next is null ? level : level with { Target = next.Name });
            port = Next(steps[i], port);
        }

        if (levels.Count == 0)
        {
            levels.Add(WindowMiss(address));
        }

        RouteDevice? device = steps.Count > 0 && steps[^1].Node is EndpointNode endpoint ? devices[endpoint.Device] : null;
        return new RouteStory(address, levels, device, DramAt(address));
    }

    private RouteLevel LevelOf(RouteStep step, CxlPort? port)
    {
        RouteDecoder[] decoders = step.Node is null ? Windows() : [.. step.Node.Decoders.Select(decoder => Describe(step.Node, decoder, port))];
        RouteLevel level = new()
        {
            Unit = step.Node?.Name ?? step.Window.Name,
            Port = port?.Name,
            Outcome = (RouteOutcome)step.Outcome,
            Address = step.Address,
            Decoder = step.Node is null ? Describe(step.Window) : step.Decoder is { } taken && step.Outcome != DecodeOutcome.OverlappingDecoders ? Describe(step.Node, taken, port) : null,
            Decoders = decoders,
            Uncommitted = KernelPorts.UncommittedAt(port, step.Address),
            Maps = step.Node is null ? MapsOf(step.Window, step.Address) : [],
            Position = step.Position,
            IsPassthrough = step.Node is PortNode { IsPassthrough: true },
        };
        if (level.Decoder is null || step is not { Node: EndpointNode endpoint, Decoder: { Fault: null } decoder })
        {
            return level;
        }

        Dpa? start = endpoint.TryGetBase(endpoint.Decoders.ToList().IndexOf(decoder), out Dpa found) ? found : null;
        return level with { Base = start, Offset = decoder.OffsetOf(step.Address) };
    }

    /// <summary>The kernel's port below, through the same target as the address.</summary>
    private CxlPort? Next(RouteStep step, CxlPort? port) => step switch
    {
        { Node: null, Position: { } position } => _ports.Below(port, platform.Windows[IndexOf(step.Window)].Targets[position]),
        { Node: PortNode, Decoder: { } decoder, Position: { } position } when decoder.TryGetTarget(position, out byte number) => _ports.Below(port, number),
        { Node: PortNode { IsPassthrough: true } bridge } when bridge.Ports.Count == 1 => _ports.Below(port, bridge.Ports.Keys.First()),
        _ => null,
    };

    private RouteLevel WindowMiss(Hpa address)
    {
        DecodeWindow[] claimants = [.. table.Windows.Where(window => window.Range.Contains(address))];
        return new RouteLevel
        {
            Unit = claimants.Length == 1 ? claimants[0].Name : "windows",
            Port = _ports.Root?.Name,
            Outcome = claimants.Length switch { 0 => RouteOutcome.NoWindow, 1 => RouteOutcome.IllegalDecoder, _ => RouteOutcome.OverlappingDecoders },
            Address = address,
            Decoder = claimants.Length == 1 ? Describe(claimants[0]) : null,
            Decoders = Windows(),
        };
    }

    private int IndexOf(DecodeWindow window) => table.Windows.TakeWhile(other => !ReferenceEquals(other, window)).Count();

    private RouteDecoder[] Windows() => [.. table.Windows.Select(Describe)];

    private RouteDecoder Describe(DecodeWindow window) => new(
        window.Name, _ports.NameOf(window.Range), window.Range, window.Targets.Count, window.Granularity, FaultOf(window.Name, null, window.Fault));

    private static RouteDecoder Describe(DecodeNode node, HdmDecoder decoder, CxlPort? port) => new(
        string.Create(CultureInfo.InvariantCulture, $"{node.Name} HDM decoder {decoder.Number}"),
        KernelPorts.NameOf(port, decoder.Number),
        decoder.Fault == RouteFaultKind.ImpossibleRange ? null : decoder.Range,
        decoder.Ways,
        decoder.Granularity,
        FaultOf(node.Name, decoder.Number, decoder.Fault));

    /// <summary>The fault's own words; whose it is stands beside them.</summary>
    private static string? FaultOf(string unit, int? number, RouteFaultKind? kind) => kind is { } fault ? new RouteFault(unit, number, fault).Reason : null;

    /// <summary>The address before the maps is what their inverse makes of it.</summary>
    private static RouteMap[] MapsOf(DecodeWindow window, Hpa transformed) =>
        window.Xor is { } xor ? [.. xor.Explain(xor.Invert(transformed)).Select(step => new RouteMap(step.Map, step.Bit, step.Parity))] : [];

    private AddressRange? DramAt(Hpa address)
    {
        foreach (AddressRange range in platform.Memory.Nodes.SelectMany(node => node.Ranges).Where(range => range.Contains(address)))
        {
            return range;
        }

        return null;
    }
}
