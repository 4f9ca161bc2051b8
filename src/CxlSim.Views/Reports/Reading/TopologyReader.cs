using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Spec.Pci;

namespace CxlSim.Views;

/// <summary>Walks from root bridges down to devices, as Linux found them.</summary>
internal sealed class TopologyReader
{
    private readonly SimulatedMachine _machine;
    private readonly LinuxKernel _kernel;
    private readonly Dictionary<Bdf, DeviceInfo> _devices;
    private readonly Dictionary<Device, CxlMemdev> _memdevs;
    private readonly Dictionary<Device, CxlPort> _ports;
    private readonly ILookup<Device, CxlMemdev> _below;

    public TopologyReader(SimulatedMachine machine, LinuxKernel kernel)
    {
        _machine = machine;
        _kernel = kernel;
        _devices = machine.Devices.Where(device => device.Address is not null).ToDictionary(device => device.Address!.Value);
        CxlMemdev[] memdevs = [.. kernel.Cxl.Bus.Devices.OfType<CxlMemdev>()];
        _memdevs = memdevs.ToDictionary(memdev => memdev.Host);
        _below = memdevs.Where(memdev => memdev.Pci is null && memdev.Endpoint?.ParentDport is not null).ToLookup(memdev => memdev.Endpoint!.ParentDport!.Device);
        _ports = kernel.Cxl.Ports.Where(port => !port.IsEndpoint).DistinctBy(port => port.Uport).ToDictionary(port => port.Uport);
    }

    public IReadOnlyList<TopologyNode> Read()
    {
        IEnumerable<Device> mocks = _kernel.Cxl.Ports.Where(port => port.IsRoot).Select(port => port.Uport).OfType<CxlRootDevice>().SelectMany(root => root.Bridges).Select(bridge => bridge.Device);
        return [.. _kernel.PciRoots.Select(OfBridge), .. mocks.Select(bridge => OfMock(bridge, "host bridge"))];
    }

    private TopologyNode OfBridge(PciHostBridge bridge) => new("host bridge", bridge.Name)
    {
        Label = bridge.Acpi.Node.Integer("_UID") is { } uid ? string.Create(CultureInfo.InvariantCulture, $"UID {uid}") : string.Empty,
        CxlName = PortName(bridge),
        Node = NodeOf(bridge),
        Children = [.. bridge.Functions.Select(OfFunction)],
    };

    /// <summary>The node of the domain that the bridge's <c>_PXM</c> names.</summary>
    private int? NodeOf(PciHostBridge bridge) =>
        _machine.Platform.HostBridges.FirstOrDefault(described => (described.Segment, described.Bus) == (bridge.Segment, bridge.BusNumber))?.ProximityDomain is { } domain
            ? _kernel.Numa.PossibleNodes.FirstOrDefault(node => node.Domain == domain)?.Id
            : null;

    private TopologyNode OfFunction(PciDevice pci)
    {
        bool isPort = pci.ExpressType is PciCapability.ExpressTypeRootPort or PciCapability.ExpressTypeDownstreamPort;
        TopologyNode node = new(KindOf(pci), pci.Name)
        {
            Label = isPort ? string.Create(CultureInfo.InvariantCulture, $"port {pci.PortNumber}") : string.Empty,
            CxlName = PortName(pci),
            Link = isPort || PciLink.Width(pci) == 0 || PciLink.Speed(pci) == 0 ? null : new TopologyLink(PciLink.Width(pci), PciLink.Speed(pci)),
            Children = [.. pci.Functions.Select(OfFunction)],
        };
        return _memdevs.GetValueOrDefault(pci) is { } memdev ? OfMemdev(node, memdev) : _devices.GetValueOrDefault(pci.Address) is { } device ? OfDevice(node, device) : node;
    }

    private string KindOf(PciDevice pci) => pci.ExpressType switch
    {
        PciCapability.ExpressTypeRootPort => "root port",
        PciCapability.ExpressTypeUpstreamPort => "switch",
        PciCapability.ExpressTypeDownstreamPort => "downstream port",
        _ => _devices.ContainsKey(pci.Address) || _memdevs.ContainsKey(pci) ? "device" : "function",
    };

    private static TopologyNode OfDevice(TopologyNode node, DeviceInfo device) => node with { Label = device.Id, Capacity = device.Capacity };

    private TopologyNode OfMemdev(TopologyNode node, CxlMemdev memdev) => node with
    {
        Label = memdev.Pci is { } pci && _devices.TryGetValue(pci.Address, out DeviceInfo? device) ? device.Id : string.Empty,
        CxlName = memdev.Name,
        Capacity = memdev.Partitions.Ram + memdev.Partitions.Pmem,
        Regions = [.. memdev.Endpoint?.Decoders.OfType<CxlEndpointDecoder>().Select(decoder => decoder.Region?.Name).OfType<string>().Distinct() ?? []],
    };

    /// <summary>A component of cxl_test: what stands above it, and what Linux makes of it, say what it is.</summary>
    private TopologyNode OfMock(Device device, string kind) => new(kind, device.Name)
    {
        CxlName = PortName(device),
        Children =
        [
            .. CxlWay.DownstreamPorts(device).Where(below => !_memdevs.ContainsKey(below)).Select(below => OfMock(below, KindBelow(kind, below))),
            .. _below[device].Select(memdev => OfMemdev(new TopologyNode("device", memdev.Host.Name), memdev)),
        ],
    };

    private string KindBelow(string kind, Device device) => kind == "host bridge" ? "root port" : _ports.ContainsKey(device) ? "switch" : "downstream port";

    private string PortName(Device device) => _ports.GetValueOrDefault(device)?.Name ?? string.Empty;
}
