using System.Diagnostics;
using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A decoder object: what Linux believes of one HDM decoder (<c>drivers/cxl/core/port.c</c>, struct cxl_decoder).</summary>
[DebuggerDisplay("{Name,nq} {Range} x{Ways} of {Granularity}, committed {IsEnabled}")]
public abstract class CxlDecoder(CxlPort port, int id) : CxlDevice(string.Create(CultureInfo.InvariantCulture, $"decoder{port.Id}.{id}"))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<CxlDecoder>.ReadOnly("start", d => $"0x{d.Range?.Start.Value ?? 0:x}", FileMode.S0400),
        Attr<CxlDecoder>.ReadOnly("size", d => $"0x{d.Range?.Size.Bytes ?? 0:x}"),
        Attr<CxlDecoder>.ReadOnly("locked", d => d.IsLocked ? "1" : "0"),
        Attr<CxlDecoder>.ReadOnly("interleave_ways", d => d.Ways.ToString(CultureInfo.InvariantCulture)),
        Attr<CxlDecoder>.ReadOnly("interleave_granularity", d => d.Granularity.ToString(CultureInfo.InvariantCulture)));

    public CxlPort Port => port;

    /// <summary>Number within the port: the instance of the hardware decoder.</summary>
    public int Id => id;

    /// <summary>The HPA range; null while the decoder has none.</summary>
    public AddressRange? Range { get; set; }

    /// <summary>1 until hardware or a region says otherwise.</summary>
    public int Ways { get; set; } = 1;

    /// <summary>A decoder object is born with the page size; real HDM decoders are read over it.</summary>
    public int Granularity { get; set; } = 4096;

    public bool IsLocked { get; set; }

    /// <summary>Committed in hardware.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>The region whose reference at the port it holds; null while it is free.</summary>
    public CxlRegion? Region { get; set; }

    /// <summary>Target type: host-only coherent memory (an expander) or device-coherent (an accelerator).</summary>
    public bool IsHostOnly { get; set; } = true;

    protected override int ModaliasType => 0;

    protected string TargetType => IsHostOnly ? "expander" : "accelerator";

    protected override IReadOnlyList<AttributeGroup> CxlGroups => [Attributes, .. DecoderGroups];

    protected abstract IReadOnlyList<AttributeGroup> DecoderGroups { get; }

    /// <summary>The line about one that has come, as the version has it.</summary>
    internal void SayAdded(KernelCore core)
    {
        if (core.Config.Has(KernelChange.DportsWithMemdevs))
        {
            core.Log.Debug(Port.Uport, $"{Name} added to {Port.Name}");
        }
        else
        {
            core.Log.Debug(this, $"Added to port {Port.Name}");
        }
    }
}
