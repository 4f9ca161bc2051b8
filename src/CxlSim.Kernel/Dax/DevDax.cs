using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A dax device: ranges of a DAX region under one name (<c>drivers/dax/bus.c</c>, struct dev_dax).</summary>
public sealed class DevDax : Device
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
        Attr<DevDax>.ReadOnly("modalias", _ => "dax:t0"));

    private readonly LinuxKernel _kernel;
    private readonly List<DaxMapping> _mappings = [];
    private ByteSize _alignment = DaxRegion.Alignment;

    public DevDax(LinuxKernel kernel, DaxRegion region, int number, int minor, bool memmapOnMemory)
        : base(string.Create(CultureInfo.InvariantCulture, $"dax{region.Id}.{number}"))
    {
        _kernel = kernel;
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

    /// <summary>In the order of the device's own offsets.</summary>
    public IReadOnlyList<AddressRange> Ranges => [.. _mappings.Select(mapping => mapping.Range)];

    public ByteSize Size => _mappings.Aggregate(ByteSize.Zero, (sum, mapping) => sum + mapping.Range.Size);

    public override (int Major, int Minor)? DeviceNumber => (Major, Minor);

    public override string NodeName => Name;

    public override IEnumerable<string> UeventLines => ["MODALIAS=dax:t0"];

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    private ByteSize Unit => _alignment > DaxRegion.Alignment ? _alignment : DaxRegion.Alignment;

    /// <summary>Takes from the lowest gaps, or gives back from the end.</summary>
    internal void Resize(ByteSize size)
    {
        while (Size > size)
        {
            Shrink(Size - size);
        }

        while (Size < size)
        {
            Grow(size - Size);
        }
    }

    /// <summary>The mappings leave sysfs; their ranges stay until the device has gone.</summary>
    internal void UnregisterMappings()
    {
        foreach (DaxMapping mapping in _mappings)
        {
            _kernel.Log.Debug(mapping, "unregister_dax_mapping");
            Detach(mapping);
        }
    }

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
            _kernel.Log.Debug(this, $"size_store: size: {bytes} misaligned");
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

    /// <summary>Exactly the range given; a length that is not aligned has no effect.</summary>
    private Errno StoreMapping(string value)
    {
        string[] bounds = value.Split('-');
        if (bounds.Length != 2 || !TryHex(bounds[0], out ulong start) || !TryHex(bounds[1], out ulong last) || last < start || last - start == ulong.MaxValue)
        {
            return Refuse(RefusalRules.DaxMappingText, Errno.EINVAL, $"'{value}' is not of the form START-END, hexadecimal");
        }

        AddressRange wanted = AddressRange.FromBounds(new Hpa(start), new Hpa(last));
        if (!wanted.Size.IsMultipleOf(Unit))
        {
            return Errno.Ok;
        }

        bool taken = Region.Devices.SelectMany(device => device.Ranges).Any(range => range.Overlaps(wanted));
        if (taken || !Region.Range.Contains(wanted))
        {
            return Refuse(RefusalRules.DaxMappingTaken, Errno.ENOMEM, $"{wanted} is not free in {Region.Range}", null, ("range", wanted.ToString()), ("dax region", Region.Range.ToString()));
        }

        AddMapping(wanted);
        return Errno.Ok;
    }

    private static bool TryHex(string text, out ulong value) => ulong.TryParse(
        text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

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
            _kernel.Log.Debug(this, $"dev_dax_validate_align: align {bytes} invalid for range {bad}");
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

        if (wanted && !_kernel.MemmapOnMemory)
        {
            _kernel.Log.Debug(this, "memmap_on_memory is not available");
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

    internal Errno Refuse(KernelRule rule, Errno error, string reason, NearestChange? nearest = null, params ReadOnlySpan<NamedValue> values) =>
        _kernel.Refusals.Report(rule, error, Name, reason, nearest, values);

    private void Grow(ByteSize need)
    {
        // Gaps in address order; the device's own last range grows in place where it ends before the gap.
        AddressRange gap = Region.NextGap(Region.Range.Start)!.Value;
        AddressRange taken = AddressRange.Of(gap.Start, gap.Size < need ? gap.Size : need);
        DaxMapping? last = _mappings.LastOrDefault();
        if (last is not null && last.Range.Last.Value + 1 == taken.Start.Value)
        {
            AddressRange grown = AddressRange.FromBounds(last.Range.Start, taken.Last);
            RemoveMapping(last);
            AddMapping(grown);
            _kernel.Log.Debug(this, $"extend range[{_mappings.Count - 1}]: {grown.Start}:{grown.Last}");
        }
        else
        {
            AddMapping(taken);
            _kernel.Log.Debug(this, $"alloc range[{_mappings.Count - 1}]: 0x{taken.Start.Value:x16}:0x{taken.Last.Value:x16}");
        }
    }

    private void Shrink(ByteSize surplus)
    {
        DaxMapping last = _mappings[^1];
        RemoveMapping(last);
        if (last.Range.Size > surplus)
        {
            AddressRange left = AddressRange.Of(last.Range.Start, last.Range.Size - surplus);
            AddMapping(left);
            _kernel.Log.Debug(this, $"shrink range[{_mappings.Count - 1}]: {left.Start}:{left.Last}");
        }
    }

    private void AddMapping(AddressRange range)
    {
        DaxMapping mapping = new(_mappings.Count, range, Size / ByteSize.Page);
        _mappings.Add(mapping);
        Attach(mapping);
    }

    private void RemoveMapping(DaxMapping mapping)
    {
        _mappings.Remove(mapping);
        Detach(mapping);
    }
}
