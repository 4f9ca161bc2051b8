using System.Diagnostics;
using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A region: host addresses that decoders spread over devices (<c>drivers/cxl/core/region.c</c>, struct cxl_region).</summary>
/// <remarks>
/// The life of a region that a user makes:
/// <code>
///   create        Idle
///   size          InterleaveActive     addresses taken from the window
///   last target   Active               every port on the way knows ways, granularity, targets
///   commit 1      Commit               decoders programmed, data path open
///   bind          Commit, bound        dax_region or pmem_region below
/// </code>
/// A detach of any member goes back to InterleaveActive. A region found at boot starts at InterleaveActive and ends at Commit without
/// programming anything. Invariants: members are in <see cref="Targets"/> or nowhere, and every port between a member and the root
/// has a <see cref="CxlRegionRef"/>; but for regions of firmware below Commit, which list decoders before they have them and may lose one that they have.
/// </remarks>
[DebuggerDisplay("{Name,nq} {State} {Resource} x{Ways} of {Granularity}, members {TargetCount}")]
public sealed partial class CxlRegion : CxlDevice
{
    private static readonly AttributeGroup Attributes = new(
    [
        Attr<CxlRegion>.ReadOnly("uuid", _ => string.Empty, visible: r => r.Mode == DecoderMode.Ram),
        Attr<CxlRegion>.ReadWrite("uuid", r => r.Uuid, (r, value) => r.StoreUuidAsync(value), r => r.Mode == DecoderMode.Pmem),
        Attr<CxlRegion>.ReadWrite("interleave_ways", r => Decimal(r.Ways), (r, value) => r.StoreWaysAsync(value)),
        Attr<CxlRegion>.ReadWrite("interleave_granularity", r => Decimal(r.Granularity), (r, value) => r.StoreGranularityAsync(value)),
        Attr<CxlRegion>.ReadWrite("size", r => $"0x{r.Resource?.Range.Size.Bytes ?? 0:x}", (r, value) => r.StoreSizeAsync(value)),
        Attr<CxlRegion>.ReadOnly("resource", r => $"0x{r.Resource?.Range.Start.Value ?? ulong.MaxValue:x}"),
        Attr<CxlRegion>.ReadOnly("extended_linear_cache_size", r => $"0x{r.CacheSize.Bytes:x16}", visible: r => !r.CacheSize.IsZero && r._cxl.Core.Config.Has(KernelChange.ExtendedLinearCacheShown)),
        Attr<CxlRegion>.ReadOnly("mode", r => DecoderModes.Word(r.Mode)),
        Attr<CxlRegion>.ReadWrite("commit", r => r.State >= RegionState.Commit ? "1" : "0", (r, value) => r.StoreCommitAsync(value)),
        Attr<CxlRegion>.ReadOnly("locked", r => r.IsLocked ? "1" : "0", visible: r => r._cxl.Core.Config.Has(KernelChange.RegionsShowLock)),
        .. Enumerable.Range(0, Spec.Cxl.Interleave.MaxWays).Select(TargetAttribute),
    ]);

    private readonly CxlCore _cxl;

    /// <summary>Its own place in sysfs, and each decoder that is its.</summary>
    private int _references = 1;

    public CxlRegion(CxlCore cxl, CxlRootDecoder root, int id, DecoderMode mode)
        : base("region" + Decimal(id))
    {
        _cxl = cxl;
        Root = root;
        Id = id;
        Mode = mode;
        IsLocked = root.IsLocked;
    }

    public int Id { get; }

    public CxlRootDecoder Root { get; }

    public DecoderMode Mode { get; }

    public RegionState State { get; internal set; }

    /// <summary>0 until set.</summary>
    public int Ways { get; internal set; }

    /// <summary>Bytes; 0 until set.</summary>
    public int Granularity { get; internal set; }

    /// <summary>The line of iomem; null while the region has no addresses.</summary>
    public Resource? Resource { get; internal set; }

    /// <summary>How much DRAM before the memory of its devices belongs to it, as a cache that adds to them.</summary>
    public ByteSize CacheSize { get; private set; }

    /// <summary>What its decoders decode: all of its addresses but such DRAM.</summary>
    public AddressRange DecodedRange => AddressRange.FromBounds(new Hpa(Resource!.Range.Start.Value + CacheSize.Bytes), Resource.Range.Last);

    /// <summary>Found at boot, not made by a user.</summary>
    public bool IsAuto { get; internal set; }

    /// <summary>The window's configuration is fixed, or a decoder that it took is locked: for good.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>Members by position.</summary>
    public CxlEndpointDecoder?[] Targets { get; } = new CxlEndpointDecoder?[Spec.Cxl.Interleave.MaxWays];

    /// <summary>How many have joined and not left. It is more than <see cref="Targets"/> lists where a member of firmware's region comes back into another's place.</summary>
    public int TargetCount { get; private set; }

    public override string DeviceType => "cxl_region";

    protected override int ModaliasType => 6;

    protected override IReadOnlyList<AttributeGroup> CxlGroups => [Attributes, .. AccessAttributes];

    internal override (string Reason, NearestChange Nearest)? ExplainMissing(string name) => name.StartsWith("target", StringComparison.Ordinal)
        ? Ways == 0
            ? ($"{Name} has no ways yet, and one target for each", new NearestChange($"write {Name}/interleave_ways first"))
            : ($"{Name} has {Ways} {(Ways == 1 ? "way" : "ways")}", new NearestChange(Ways == 1 ? "use target0" : $"use target0 to target{Ways - 1}"))
        : null;

    /// <summary>Leaves sysfs, lets go of its members and its addresses (<c>unregister_region</c>).</summary>
    public async SimTask UnregisterAsync()
    {
        using FrameScope frame = _cxl.Core.Simulation.Enter("unregister_region", Name);
        await RemovePmemRegionAsync();
        await _cxl.Bus.RemoveAsync(this);
        using (await _cxl.RegionLock.LockAsync())
        {
            for (int position = 0; position < Ways; position++)
            {
                await DetachTargetAsync(position);
            }
        }

        ReleaseAddresses();
        Put();
    }

    /// <summary>The number is free once nobody refers to the region: a decoder of a member that vanished does so even after it (<c>cxl_region_release</c>).</summary>
    private void Put()
    {
        if (--_references == 0)
        {
            Root.ReleaseRegionId(Id);
        }
    }

    private static KAttribute TargetAttribute(int position) => Attr<CxlRegion>.ReadWrite(
        "target" + Decimal(position),
        r => r.Targets[position]?.Name ?? string.Empty,
        (r, value) => r.StoreTargetAsync(position, Kstrto.Trim(value)),
        r => position < r.Ways);

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Debug(string text) => _cxl.Core.Log.Debug(this, text);

    private Errno Refuse(KernelRule rule, Errno error, string reason, NearestChange? nearest = null, params ReadOnlySpan<NamedValue> values)
    {
        Debug(reason);
        return Because(rule, error, reason, nearest, values);
    }

    /// <summary>A refusal that the log says otherwise, or not at all.</summary>
    private Errno Because(KernelRule rule, Errno error, string reason, NearestChange? nearest = null, params ReadOnlySpan<NamedValue> values) =>
        _cxl.Core.Refusals.Report(rule, error, Name, reason, nearest, values);
}
