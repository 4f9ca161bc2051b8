using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>A fixed memory window as a decoder of the root (<c>struct cxl_root_decoder</c>).</summary>
public sealed class CxlRootDecoder : CxlDecoder
{
    private static readonly AttributeGroup Attributes = new(
        Attr<CxlRootDecoder>.ReadOnly("cap_pmem", d => d.Flag(CedtCfmws.RestrictPersistent)),
        Attr<CxlRootDecoder>.ReadOnly("cap_ram", d => d.Flag(CedtCfmws.RestrictVolatile)),
        Attr<CxlRootDecoder>.ReadOnly("cap_type2", d => d.Flag(CedtCfmws.RestrictDeviceCoherent)),
        Attr<CxlRootDecoder>.ReadOnly("cap_type3", d => d.Flag(CedtCfmws.RestrictHostOnly)),
        Attr<CxlRootDecoder>.ReadOnly("target_list", d => CxlSwitchDecoder.TargetList(d.Targets)),
        Attr<CxlRootDecoder>.ReadOnly("qos_class", d => d.QosClass.ToString(CultureInfo.InvariantCulture)),
        Attr<CxlRootDecoder>.ReadWrite(
            "create_pmem_region", d => d.NextRegionName, (d, value) => d.CreateAsync(value, DecoderMode.Pmem), d => d.Allows(DecoderMode.Pmem)),
        Attr<CxlRootDecoder>.ReadWrite(
            "create_ram_region", d => d.NextRegionName, (d, value) => d.CreateAsync(value, DecoderMode.Ram), d => d.Allows(DecoderMode.Ram)),
        Attr<CxlRootDecoder>.WriteOnly("delete_region", (d, value) => d.DeleteAsync(value), d => d.Allows(DecoderMode.Ram) || d.Allows(DecoderMode.Pmem)));

    private readonly CxlCore _cxl;
    private int _nextRegionId;

    public CxlRootDecoder(CxlCore cxl, CxlPort root, int id, ushort restrictions, ushort qosClass, IReadOnlyList<CxlDport> targets)
        : base(root, id)
    {
        _cxl = cxl;
        Restrictions = restrictions;
        QosClass = qosClass;
        Targets = targets;
        _nextRegionId = cxl.RegionIds.Allocate(); // reserved from now on, before there is any region
        IsEnabled = true;
        IsLocked = (restrictions & CedtCfmws.RestrictFixedConfig) != 0;
    }

    /// <summary>Host bridges in interleave order.</summary>
    public IReadOnlyList<CxlDport> Targets { get; }

    /// <summary>What the window may hold (CXL r3.1 9.18.1.3).</summary>
    public ushort Restrictions { get; }

    /// <summary>The throttling group that the CFMWS names.</summary>
    public int QosClass { get; }

    /// <summary>How XOR arithmetic spreads the window; null where the arithmetic is modulo.</summary>
    public CxlXorMaps? XorMaps { get; init; }

    /// <summary>Where its structure starts in the CEDT, for findings about it.</summary>
    public int CfmwsOffset { get; init; }

    /// <summary>The line of iomem that the window is; null where it could not be inserted.</summary>
    public Resource? Window { get; set; }

    public override string DeviceType => "cxl_decoder_root";

    /// <summary>What memory in it has of its entry in the CEDT; null where it has no addresses.</summary>
    public DaxWindow? Entry => Range is { } range ? new DaxWindow(range, Ways, CfmwsOffset) : null;

    protected override IReadOnlyList<AttributeGroup> DecoderGroups => [Attributes];

    internal override (string Reason, NearestChange Nearest)? ExplainMissing(string name) =>
        name.StartsWith("create_", StringComparison.Ordinal) && name.EndsWith("_region", StringComparison.Ordinal)
            ? ($"the restrictions of {Name} are 0x{Restrictions:x}", new NearestChange($"use a window whose restrictions allow {name["create_".Length..^"_region".Length]} memory"))
            : null;

    private string NextRegionName => "region" + _nextRegionId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether regions of a kind may be made here: the window takes it, and host-only memory (<c>can_create_ram</c>).</summary>
    public bool Allows(DecoderMode mode) => (Restrictions & CedtCfmws.RestrictHostOnly) != 0 && Takes(mode);

    /// <summary>Whether the window takes memory of a kind, whoever keeps it coherent.</summary>
    public bool Takes(DecoderMode mode) => (Restrictions & (mode == DecoderMode.Pmem ? CedtCfmws.RestrictPersistent : CedtCfmws.RestrictVolatile)) != 0;

    /// <summary>Makes an empty region with the number that is next here (<c>__create_region</c>).</summary>
    public async SimTask<CxlRegion> AddRegionAsync(DecoderMode mode)
    {
        int id = _nextRegionId;
        _nextRegionId = _cxl.RegionIds.Allocate();
        CxlRegion region = new(_cxl, this, id, mode);
        await _cxl.Bus.AddAsync(region, this);
        _cxl.Core.Log.Debug(Port.Uport, $"{Name}: created {region.Name}");
        return region;
    }

    /// <summary>Gives a number back: it becomes the next again where it is lower than the one waiting.</summary>
    public void ReleaseRegionId(int id)
    {
        if (id < _nextRegionId)
        {
            (id, _nextRegionId) = (_nextRegionId, id);
        }

        _cxl.RegionIds.Free(id);
    }

    /// <summary>The number that waits for a next region is nobody's once the window is gone.</summary>
    public void ReleaseNextRegionId() => _cxl.RegionIds.Free(_nextRegionId);

    private async SimTask<Errno> CreateAsync(string value, DecoderMode mode)
    {
        using FrameScope frame = _cxl.Core.Simulation.Enter("create_region_store", Name);
        if (!TryParseName(Kstrto.Trim(value), out int id))
        {
            return _cxl.Core.Refusals.Report(RefusalRules.RegionName, Errno.EINVAL, Name, $"'{Kstrto.Trim(value)}' is not of the form regionN", Create(mode));
        }

        if (id != _nextRegionId)
        {
            return _cxl.Core.Refusals.Report(RefusalRules.RegionNumber, Errno.EBUSY, Name, $"the next region of {Name} is {NextRegionName}", Create(mode), ("number", id), ("next number", _nextRegionId));
        }

        await AddRegionAsync(mode);
        return Errno.Ok;
    }

    private async SimTask<Errno> DeleteAsync(string value)
    {
        using FrameScope frame = _cxl.Core.Simulation.Enter("delete_region_store", Name);
        string name = Kstrto.Trim(value);
        if (!Children.TryGetValue(name, out KObject? child) || child is not CxlRegion region)
        {
            CxlRootDecoder? owner = (_cxl.Bus.Find(name) as CxlRegion)?.Root;
            return _cxl.Core.Refusals.Report(
                RefusalRules.RegionUnknown, Errno.ENODEV, Name, owner is null ? $"there is no {name}" : $"{name} belongs to {owner.Name}",
                owner is null ? null : NearestChange.Write(owner.Name, "delete_region", name), ("regions", string.Join(", ", Children.Values.OfType<CxlRegion>().Select(own => own.Name).DefaultIfEmpty("none"))));
        }

        await region.UnregisterAsync();
        return Errno.Ok;
    }

    private NearestChange Create(DecoderMode mode) => NearestChange.Write(Name, $"create_{DecoderModes.Word(mode)}_region", NextRegionName);

    /// <summary><c>region%d</c> of <c>sscanf</c>: spaces before the number are passed over, what stands behind it is not looked at, and of a large one 32 bits are left.</summary>
    private static bool TryParseName(string text, out int id)
    {
        const string word = "region";
        id = 0;
        if (!text.StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        NumberCursor cursor = new(text[word.Length..].TrimStart([' ', '\t', '\n', '\v', '\f', '\r']));
        bool isNegative = cursor.Take('-');
        bool isNumber = cursor.TryDecimal(out ulong number);
        id = unchecked((int)(isNegative ? 0 - number : number));
        return isNumber;
    }

    private string Flag(ushort bit) => (Restrictions & bit) != 0 ? "1" : "0";
}
