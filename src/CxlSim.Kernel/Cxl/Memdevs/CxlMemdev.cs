using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>A memory device (<c>drivers/cxl/core/memdev.c</c>, struct cxl_memdev).</summary>
public sealed class CxlMemdev(CxlCore cxl, int id, Device host, CxlMailbox mailbox, ulong serial) : CxlDevice("mem" + id.ToString(CultureInfo.InvariantCulture))
{
    /// <summary>Majors are given out from the top; the number itself means nothing.</summary>
    private const int Major = 250;

    private static readonly AttributeGroup Main = new(
        Attr<CxlMemdev>.ReadOnly("dev", d => string.Create(CultureInfo.InvariantCulture, $"{Major}:{d.Id}")),
        Attr<CxlMemdev>.ReadOnly("serial", d => $"0x{d.Serial:x}"),
        Attr<CxlMemdev>.ReadOnly("firmware_version", d => d.FirmwareVersion),
        Attr<CxlMemdev>.ReadOnly("payload_max", d => d.Mailbox.PayloadSize.ToString(CultureInfo.InvariantCulture)),
        Attr<CxlMemdev>.ReadOnly("label_storage_size", d => d.LabelStorageSize.ToString(CultureInfo.InvariantCulture)),
        Attr<CxlMemdev>.ReadOnly("numa_node", d => d.NumaNode.ToString(CultureInfo.InvariantCulture)),
        Attr<CxlMemdev>.WriteOnly(
            "trigger_poison_list", (d, value) => d.Poison.TriggerListAsync(value), d => d.IsBound && d.Mailbox.IsEnabled(MailboxOpcode.GetPoisonList)));

    private static readonly AttributeGroup Ram = Partition("ram", DecoderMode.Ram);

    private static readonly AttributeGroup Pmem = Partition("pmem", DecoderMode.Pmem);

    private static readonly AttributeGroup SecurityFiles = new(
        "security",
        [
            Attr<CxlMemdev>.ReadOnly("state", d => d.Security.StateText),
            Attr<CxlMemdev>.WriteOnly("sanitize", (d, value) => d.Security.SanitizeAsync(value), d => d.Mailbox.IsEnabled(MailboxOpcode.Sanitize)),
            Attr<CxlMemdev>.WriteOnly("erase", (d, value) => d.Security.EraseAsync(value), d => d.Mailbox.IsEnabled(MailboxOpcode.SecureErase)),
        ]);

    public int Id => id;

    /// <summary>How trace events name it.</summary>
    internal TracedMemdev Traced => new(Name, host.Name, serial);

    /// <summary>The device that it is the CXL side of: a PCI function, or a platform device (<c>cxlds->dev</c>).</summary>
    public Device Host => host;

    /// <summary>Its PCI function; null where it is none.</summary>
    public PciDevice? Pci => host as PciDevice;

    /// <summary>The node that its device was near to when it came; -1 for none.</summary>
    public int NumaNode { get; } = host switch
    {
        PciDevice pci => pci.NumaNode,
        CxlPlatformDevice platform => platform.NumaNode,
        _ => Numa.NoNode,
    };

    public CxlMailbox Mailbox => mailbox;

    public CxlSecurity Security => field ??= new CxlSecurity(cxl.Core, cxl.RegionLock, this);

    public CxlPoison Poison => field ??= new CxlPoison(cxl, this);

    /// <summary>PCIe device serial number; 0 where there is none.</summary>
    public ulong Serial => serial;

    public required string FirmwareVersion { get; init; }

    /// <summary>Bytes.</summary>
    public required uint LabelStorageSize { get; init; }

    public required DpaPartitions Partitions { get; init; }

    /// <summary>What is known of the speed of a partition, the way to it included.</summary>
    public Dictionary<DecoderMode, DpaPerformance> Performance { get; } = [];

    /// <summary>Its component registers; null where there are none.</summary>
    public required ComponentRegisterMap? Components { get; init; }

    /// <summary>A CXL 1.1 device, which hangs at its host bridge without ports between (<c>cxlds->rcd</c>).</summary>
    public bool IsRestricted =>
        host is PciDevice { ExpressType: PciCapability.ExpressTypeIntegratedEndpoint } or CxlPlatformDevice { IsRestricted: true };

    /// <summary>What findings about the device are about.</summary>
    public FindingPlace Place => Pci is { } pci ? new FunctionPlace(pci.Address) : new MachinePlace();

    /// <summary>False where the media did not come up in time: then cxl_mem refuses the device.</summary>
    public required bool IsMediaReady { get; init; }

    /// <summary>Its event logs; null until they are set up.</summary>
    public CxlEvents? Events { get; set; }

    /// <summary>Its persistent side, while cxl_mem is bound; null without persistent capacity.</summary>
    public CxlNvdimm? Nvdimm { get; set; }

    /// <summary>Its port, while cxl_mem is bound.</summary>
    public CxlPort? Endpoint { get; set; }

    /// <summary>Its endpoint has lost its driver, and who takes the memdev's away for that has not begun: cxl_mem refuses it meanwhile.</summary>
    internal bool IsDetaching { get; set; }

    public override string DeviceType => "cxl_memdev";

    public override (int Major, int Minor)? DeviceNumber => (Major, Id);

    public override string NodeName => "cxl/" + Name;

    protected override int ModaliasType => 5;

    protected override bool ShowsType => false;

    protected override IReadOnlyList<AttributeGroup> CxlGroups => [Main, Ram, Pmem, SecurityFiles];

    /// <summary>The decoder that maps a byte, while decoders are committed; null where none does (<c>cxl_dpa_to_region</c>).</summary>
    public CxlEndpointDecoder? DecoderOf(Dpa address) =>
        Endpoint is { CommitEnd: >= 0 } endpoint ? endpoint.Decoders.OfType<CxlEndpointDecoder>().FirstOrDefault(decoder => decoder.Maps(address)) : null;

    private static AttributeGroup Partition(string name, DecoderMode mode) => new(
        name,
        [
            Attr<CxlMemdev>.ReadOnly("size", d => $"0x{d.Partitions.Of(mode).Bytes:x}"),
            Attr<CxlMemdev>.ReadOnly(
                "qos_class", d => d.Performance[mode].QosClass.ToString(CultureInfo.InvariantCulture), visible: d => d.Performance.ContainsKey(mode)),
        ]);
}
