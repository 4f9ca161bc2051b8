using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The root, a host bridge, a switch or an endpoint: where decoders live (<c>drivers/cxl/core/port.c</c>, struct cxl_port).</summary>
public sealed class CxlPort : CxlDevice
{
    private static readonly AttributeGroup Attributes = new(
        Attr<CxlPort>.ReadOnly("decoders_committed", port => (port.CommitEnd + 1).ToString(CultureInfo.InvariantCulture)),
        Attr<CxlPort>.ReadOnly("CDAT", port => AttributeValue.Binary(port.Cdat ?? []), FileMode.S0400, port => port.Cdat is not null));

    private readonly List<CxlDport> _dports = [];

    public CxlPort(CxlPortKind kind, int id, Device uport, CxlDport? parentDport)
        : base((kind switch { CxlPortKind.Root => "root", CxlPortKind.Endpoint => "endpoint", _ => "port" }) + id.ToString(CultureInfo.InvariantCulture))
    {
        Kind = kind;
        Id = id;
        Uport = uport;
        ParentDport = parentDport;
        Link("uport", uport);
        if (parentDport is not null)
        {
            Link("parent_dport", parentDport.Device);
        }
    }

    public CxlPortKind Kind { get; }

    public int Id { get; }

    public bool IsRoot => Kind == CxlPortKind.Root;

    public bool IsEndpoint => Kind == CxlPortKind.Endpoint;

    /// <summary>The device on its upstream side: the ACPI0017 device, a root bridge, a switch's upstream port, a memdev.</summary>
    public Device Uport { get; }

    /// <summary>The downstream port above; null for the root.</summary>
    public CxlDport? ParentDport { get; }

    public CxlPort? ParentPort => ParentDport?.Port;

    /// <summary>Its component registers; null where there are none.</summary>
    public ComponentRegisterMap? Components { get; set; }

    /// <summary>On its way out: nobody has to remove it any more (<c>port->dead</c>).</summary>
    public bool IsDead { get; set; }

    public IReadOnlyList<CxlDport> Dports => _dports;

    public List<CxlDecoder> Decoders { get; } = [];

    /// <summary>Index of the last decoder that is committed in hardware; −1 for none.</summary>
    public int CommitEnd { get; set; } = -1;

    /// <summary>Index of the last endpoint decoder that holds DPA; −1 for none.</summary>
    public int HdmEnd { get; set; } = -1;

    /// <summary>Mapped HDM decoder registers; null before probe and for a passthrough port.</summary>
    public HdmRegisters? Hdm { get; set; }

    /// <summary>The table read through DOE; null where there is no mailbox for it.</summary>
    public byte[]? Cdat { get; set; }

    /// <summary>Memdevs whose way to the root leads through this port.</summary>
    public List<CxlMemdev> Endpoints { get; } = [];

    /// <summary>Regions that use this port.</summary>
    public List<CxlRegionRef> Regions { get; } = [];

    /// <summary>What findings about the port are about.</summary>
    public FindingPlace Place => Uport switch
    {
        CxlMemdev memdev => memdev.Place,
        PciDevice pci => new FunctionPlace(pci.Address),
        PciHostBridge bridge => new BridgePlace(bridge.Acpi.Node.Integer("_UID")),
        _ => new MachinePlace(),
    };

    public override string DeviceType => "cxl_port";

    protected override int ModaliasType => IsRoot ? 4 : 3;

    protected override IReadOnlyList<AttributeGroup> CxlGroups => [Attributes];

    public CxlDport? FindDport(Device device) => _dports.Find(dport => dport.Device == device);

    public CxlDport? FindDport(int portId) => _dports.Find(dport => dport.PortId == portId);

    public CxlDport AddDport(Device device, int portId, ComponentRegisterMap? components = null, Hpa? rcrb = null)
    {
        CxlDport dport = new(device, portId, this, components) { Rcrb = rcrb };
        _dports.Add(dport);
        Link(LinkName(portId), device);
        return dport;
    }

    /// <summary>Takes its HDM decoder registers into use; false where another has them (<c>devm_cxl_setup_hdm</c>).</summary>
    internal bool TryMapDecoders(KernelCore core, Hpa registers)
    {
        HdmRegisters hdm = new(core.HostBus, registers);
        bool isFree = RegisterMap.Take(core, this, hdm.Block, Name);
        Hdm = isFree ? hdm : Hdm;
        return isFree;
    }

    public void RemoveDports()
    {
        foreach (CxlDport dport in _dports)
        {
            Unlink(LinkName(dport.PortId));
        }

        _dports.Clear();
    }

    /// <summary>The root of the tree that the port stands in.</summary>
    public CxlPort Root => ParentPort is { } parent ? parent.Root : this;

    /// <summary>The host bridge that the way to the root leads through; not of the root.</summary>
    public Device HostBridge => UpToRoot().Last().ParentDport!.Device;

    /// <summary>From this port up to the one below the root.</summary>
    public IEnumerable<CxlPort> UpToRoot()
    {
        for (CxlPort? port = this; port is { IsRoot: false }; port = port.ParentPort)
        {
            yield return port;
        }
    }

    private static string LinkName(int portId) => "dport" + portId.ToString(CultureInfo.InvariantCulture);
}
