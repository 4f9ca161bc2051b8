using System.Diagnostics;
using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A dax device: ranges of a DAX region under one name (<c>drivers/dax/bus.c</c>, struct dev_dax).</summary>
[DebuggerDisplay("{Name,nq} {Size}")]
public sealed partial class DevDax : Device
{
    /// <summary>Majors are given out from the top; the number itself means nothing.</summary>
    private const int Major = 252;

    private static readonly ByteSize[] Alignments = [ByteSize.KiB(4), ByteSize.MiB(2), ByteSize.GiB(1)];

    private static readonly AttributeGroup Attributes = new(
        Attr<DevDax>.ReadOnly("dev", d => string.Create(CultureInfo.InvariantCulture, $"{Major}:{d.Minor}")),
        Attr<DevDax>.ReadWrite("size", d => Decimal(d.Size.Bytes), (d, value) => d.StoreSize(value)),
        Attr<DevDax>.WriteOnly("mapping", (d, value) => d.StoreMapping(Kstrto.Trim(value))),
        Attr<DevDax>.ReadWrite("align", d => Decimal(d._alignment.Bytes), (d, value) => d.StoreAlign(value)),
        Attr<DevDax>.ReadOnly("target_node", d => Numa(d.Region.TargetNode), visible: d => d.Region.TargetNode >= 0),
        Attr<DevDax>.ReadOnly("numa_node", d => Numa(d.Region.NumaNode)),
        Attr<DevDax>.ReadOnly("resource", d => (d.Ranges.Count > 0 ? d.Ranges[0].Start : d.Region.Range.Start).ToString(), FileMode.S0400),
        Attr<DevDax>.ReadWrite("memmap_on_memory", d => d.MemmapOnMemory ? "1" : "0", (d, value) => d.StoreMemmapOnMemory(value)),
        Attr<DevDax>.ReadOnly("modalias", _ => "dax:t0"),
        Attr<DevDax>.ReadWrite("state", d => d.Whole!.Word, (d, value) => d.Whole!.StoreAsync(Kstrto.Trim(value)), visible: d => d.Whole is not null));

    private readonly DaxBus _bus;
    private ByteSize _alignment = DaxRegion.Alignment;

    public DevDax(DaxBus bus, DaxRegion region, int number, int minor, bool memmapOnMemory)
        : base(string.Create(CultureInfo.InvariantCulture, $"dax{region.Id}.{number}"))
    {
        _bus = bus;
        Region = region;
        Number = number;
        Minor = minor;
        MemmapOnMemory = memmapOnMemory;
    }

    public DaxRegion Region { get; }

    /// <summary>Y of daxN.Y.</summary>
    public int Number { get; }

    public int Minor { get; }

    public bool MemmapOnMemory { get; private set; }

    /// <summary>Why a driver failed that had begun to make struct pages of it; no other can make them from then on. Null for none.</summary>
    internal string? FailedFor { get; set; }

    public override (int Major, int Minor)? DeviceNumber => (Major, Minor);

    public override string NodeName => Name;

    public override IEnumerable<string> UeventLines => ["MODALIAS=dax:t0"];

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    /// <summary>The memory that kmem has made of it, where the kernel treats it as a whole.</summary>
    private KmemState? Whole => _bus.Core.Config.Has(KernelChange.KmemWholeDevice) ? (Driver as KmemDriver)?.StateOf(this) : null;

    /// <summary>The size of the pages that it is mapped with.</summary>
    internal ByteSize Alignment => _alignment;

    private ByteSize Unit => _alignment > DaxRegion.Alignment ? _alignment : DaxRegion.Alignment;

    private static string Decimal(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Numa(int node) => node.ToString(CultureInfo.InvariantCulture);

    private Errno StoreSize(string value)
    {
        Errno error = Kstrto.U64(value, out ulong bytes);
        if (error != Errno.Ok)
        {
            return error;
        }

        ByteSize size = new(bytes);
        if (!size.IsMultipleOf(Unit))
        {
            _bus.Core.Log.Debug(this, $"size_store: size: {bytes} misaligned");
            return Refuse(RefusalRules.DaxSizeUnit, Errno.EINVAL, $"{bytes} is not a multiple of {Unit}", NearestDax.Size(this, size, Unit), ("size", Decimal(bytes)), ("unit", Unit.ToString()));
        }

        if (CheckIdle("size", value) is var busy and not Errno.Ok)
        {
            return busy;
        }

        if (size > Size && size - Size > Region.AvailableSize)
        {
            return Refuse(
                RefusalRules.DaxRoom, Errno.ENOSPC, $"{size - Size} more than now, and {Region.AvailableSize} left", NearestDax.Size(this, size, Unit),
                ("size", size.ToString()), ("size now", Size.ToString()), ("available", Region.AvailableSize.ToString()));
        }

        Resize(size);
        return Errno.Ok;
    }

    private Errno StoreAlign(string value)
    {
        if (Kstrto.U64(value, out ulong bytes) != Errno.Ok)
        {
            return Refuse(RefusalRules.NotANumber, Errno.ENXIO, $"'{Kstrto.Trim(value)}' is no number");
        }

        ByteSize alignment = new(bytes);
        if (!Alignments.Contains(alignment))
        {
            return Refuse(RefusalRules.DaxAlignUnit, Errno.EINVAL, $"an alignment of {bytes}", NearestDax.Write(this, "align", Alignments.MinBy(legal => Math.Max(legal.Bytes, bytes) - Math.Min(legal.Bytes, bytes)).Bytes), ("align", Decimal(bytes)));
        }

        if (CheckIdle("align", value) is var busy and not Errno.Ok)
        {
            return busy;
        }

        ByteSize unit = alignment > DaxRegion.Alignment ? alignment : DaxRegion.Alignment;
        if (_mappings.FindIndex(mapping => !mapping.Range.Size.IsMultipleOf(unit)) is var bad and >= 0)
        {
            _bus.Core.Log.Debug(this, $"dev_dax_validate_align: align {bytes} invalid for range {bad}");
            return Refuse(
                RefusalRules.DaxAlignRange, Errno.EINVAL, $"range {bad} is {_mappings[bad].Range}", NearestDax.Write(this, "align", DaxRegion.Alignment.Bytes),
                ("align", alignment.ToString()), ("size of the range", _mappings[bad].Range.Size.ToString()));
        }

        _alignment = alignment;
        return Errno.Ok;
    }

    private Errno StoreMemmapOnMemory(string value)
    {
        if (Kstrto.Bool(value, out bool wanted) != Errno.Ok)
        {
            return Refuse(RefusalRules.NotABoolean, Errno.EINVAL, $"'{Kstrto.Trim(value)}' is neither yes nor no", new NearestChange("write 1 or 0"));
        }

        if (wanted && !_bus.Memory.MemmapOnMemory)
        {
            _bus.Core.Log.Debug(this, "memmap_on_memory is not available");
            return Refuse(RefusalRules.DaxMemmap, Errno.EOPNOTSUPP, "memmap_on_memory is not available", new NearestChange("boot with memory_hotplug.memmap_on_memory=Y"));
        }

        if (wanted != MemmapOnMemory && Driver is KmemDriver)
        {
            return Refuse(RefusalRules.DaxMemmapBound, Errno.EBUSY, $"{Name} is bound to {Driver.Name}", NearestDax.AfterUnbind(this, "memmap_on_memory", Kstrto.Trim(value)));
        }

        MemmapOnMemory = wanted;
        return Errno.Ok;
    }

    /// <summary>Neither without the region's driver nor with its own does a device change.</summary>
    private Errno CheckIdle(string attribute, string value)
    {
        if (!Region.Parent.IsBound)
        {
            return Refuse(RefusalRules.DaxRegionIdle, Errno.ENXIO, $"{Region.Parent.Name} has no driver", new NearestChange($"bind {Region.Parent.Name} to its driver first"));
        }

        return Driver is { } driver
            ? Refuse(RefusalRules.DaxBound, Errno.EBUSY, $"{Name} is bound to {driver.Name}", NearestDax.AfterUnbind(this, attribute, Kstrto.Trim(value)), ("driver", driver.Name))
            : Errno.Ok;
    }

    /// <summary>A range that iomem does not give: it ends behind the CPU's addresses, or somebody has it.</summary>
    internal Errno RefuseRange(AddressRange range, Resource? inTheWay, string function, string source)
    {
        if (range.Last > _bus.Core.AddressSizes.LastPhysical)
        {
            return Refuse(
                RefusalRules.DaxBeyondCpu with { Function = function, Source = source }, Errno.EBUSY, $"{range} lies behind {_bus.Core.AddressSizes.LastPhysical}, the last address of the CPU",
                new NearestChange("put the window where the CPU can address it"), ("range", range.ToString()));
        }

        return Refuse(
            RefusalRules.DaxRange with { Function = function, Source = source }, Errno.EBUSY, $"{range} could not be reserved", NearestDax.Free(inTheWay),
            ("range", range.ToString()), ("taken by", inTheWay?.ToString() ?? "nobody"));
    }

    /// <summary>A range that page tables do not reach.</summary>
    internal Errno RefuseBeyondTables(KernelRule rule, Errno error, AddressRange range) =>
        Refuse(rule, error, $"{range} ends behind {_bus.Core.AddressSizes.LastMapped}, the last address that page tables reach", _bus.Core.AddressSizes.Farther, ("range", range.ToString()));

    internal Errno Refuse(KernelRule rule, Errno error, string reason, NearestChange? nearest = null, params ReadOnlySpan<NamedValue> values) =>
        _bus.Core.Refusals.Report(rule, error, Name, reason, nearest, values);
}
