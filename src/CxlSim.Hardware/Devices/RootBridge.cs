using CxlSim.Engine;
using CxlSim.Hdm;
using CxlSim.Platform;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A PCI root bridge and all below it; a CXL host bridge has component registers of its own.</summary>
public sealed class RootBridge
{
    /// <summary>Targets that a host bridge or switch decoder of this hardware can tell apart.</summary>
    private const int PortTargets = 8;

    private readonly Simulation _simulation;
    private readonly TimingDescription _timing;

    public RootBridge(Simulation simulation, HostBridgeDescription description, TimingDescription timing)
    {
        _simulation = simulation;
        _timing = timing;
        Description = description;
        if (description.Cxl?.Restricted is { } host)
        {
            Type3Device device = new(simulation, host.Device, timing, isRestricted: true);
            Devices.Add(device);
            Functions.Add(device);
            Rcrb = new RcrbBlock(new ComponentRegisterBlock(ComponentCapabilities.OfRestrictedPort()), device.Components);
        }
        else if (description.Cxl is { } cxl)
        {
            HdmDecoderBank? hdm = cxl.HdmDecoders == 0 ? null : NewBank(Name, cxl.HdmDecoders, cxl.Interleave);
            Components = new ComponentRegisterBlock(ComponentCapabilities.OfHostBridge(hdm));
        }

        foreach (RootPortDescription port in description.RootPorts)
        {
            CxlPort function = NewPort(port.Device, port.Function, PciCapability.ExpressTypeRootPort, port.PortNumber, port.Child);
            if (port.Hotplug)
            {
                function.AddSlot(port.Slot);
            }

            Functions.Add(function);
        }

        foreach (PciFunctionDescription function in description.Functions)
        {
            Functions.Add(NewFunction(function));
        }

        MarkMultiFunction(Functions);
    }

    public HostBridgeDescription Description { get; }

    /// <summary>For traces and reports.</summary>
    public string Name => $"host bridge {Description.Uid}";

    /// <summary>Component registers at the CHBS base; null for a plain PCIe bridge.</summary>
    public ComponentRegisterBlock? Components { get; }

    /// <summary>Of a CXL 1.1 host: what leads to its component registers. Null for all others.</summary>
    public RcrbBlock? Rcrb { get; }

    /// <summary>The functions on its root bus.</summary>
    public List<PciFunction> Functions { get; } = [];

    public List<Type3Device> Devices { get; } = [];

    /// <summary>All decoder banks of the bridge and its switches, not of its devices.</summary>
    public List<HdmDecoderBank> PortBanks { get; } = [];

    /// <summary>A CXL 1.1 host sends everything to its only device.</summary>
    internal DecodeNode ToDecodeNode(Func<Type3Device, int> numberOf) => Rcrb is not null
        ? new PortNode(null, new Dictionary<byte, DecodeNode> { [0] = Devices[0].ToDecodeNode(numberOf(Devices[0])) }, Name)
        : new PortNode(Components?.Hdm?.Committed(), CxlPort.PortsOf(Functions, numberOf), Name);

    private HdmDecoderBank NewBank(string unit, int decoders, InterleaveCapabilities interleave)
    {
        HdmDecoderBank bank = new(_simulation, unit, decoders, PortTargets, interleave, SimDuration.Nanoseconds(_timing.DecoderCommitNs));
        PortBanks.Add(bank);
        return bank;
    }

    private CxlPort NewPort(byte device, byte function, byte expressType, byte portNumber, PciChildDescription? child)
    {
        CxlPort port = new(device, function, expressType, portNumber, hdm: null);
        switch (child)
        {
            case Type3Description type3:
                Type3Device endpoint = new(_simulation, type3, _timing);
                Devices.Add(endpoint);
                endpoint.TrainLink(type3.Path.Link);
                port.TrainLink(type3.Path.Link);
                port.Children.Add(endpoint);
                break;
            case SwitchDescription fabric:
                CxlPort upstream = NewSwitch(fabric, portNumber);
                upstream.TrainLink(fabric.Path.Link);
                port.TrainLink(fabric.Path.Link);
                port.Children.Add(upstream);
                break;
        }

        return port;
    }

    private CxlPort NewSwitch(SwitchDescription description, byte portNumber)
    {
        HdmDecoderBank bank = NewBank($"host bridge {Description.Uid} switch at port {portNumber}", description.HdmDecoders, description.Interleave);
        DoeMailbox doe = new(_simulation, SimDuration.Nanoseconds(_timing.DoeExchangeNs), new CdatTable(description));
        CxlPort upstream = new(0, 0, PciCapability.ExpressTypeUpstreamPort, portNumber, bank, doe);
        for (int i = 0; i < description.Ports.Count; i++)
        {
            DownstreamPortDescription port = description.Ports[i];
            upstream.Children.Add(NewPort((byte)i, 0, PciCapability.ExpressTypeDownstreamPort, port.PortNumber, port.Child));
        }

        return upstream;
    }

    private static PciFunction NewFunction(PciFunctionDescription description)
    {
        PciFunction function = new(description.Device, description.Function, description.VendorId, description.DeviceId, description.ClassCode);
        foreach (BarDescription bar in description.Bars)
        {
            function.AddBar(new Bar(bar.Index, bar.Size, bar.Is64Bit, bar.Prefetchable, Block: null));
        }

        return function;
    }

    /// <summary>Function 0 of a device with more functions says so, or software never asks for them (PCI Express Base 6.0 7.5.1.1.9).</summary>
    private static void MarkMultiFunction(List<PciFunction> functions)
    {
        foreach (PciFunction first in functions.Where(f => f.Function == 0 && functions.Exists(other => other.Device == f.Device && other.Function != 0)))
        {
            first.Config.Set8(PciConfig.HeaderType, (byte)(first.Config.Read(PciConfig.HeaderType, 1) | PciConfig.HeaderTypeMultiFunction));
        }
    }
}
