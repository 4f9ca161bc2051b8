using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <content>The ranges of the device: growing, shrinking, and ranges given by hand.</content>
public sealed partial class DevDax
{
    private readonly List<DaxMapping> _mappings = [];
    private readonly IdAllocator _mappingIds = new();

    /// <summary>In the order of the device's own offsets, which is that of their allocation and not of their addresses.</summary>
    public IReadOnlyList<AddressRange> Ranges => [.. _mappings.Select(mapping => mapping.Range)];

    public ByteSize Size => _mappings.Aggregate(ByteSize.Zero, (sum, mapping) => sum + mapping.Range.Size);

    /// <summary>Takes from the lowest gaps, or gives back from the end (<c>dev_dax_resize</c>).</summary>
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

    /// <summary>The mappings leave sysfs, the latest first; their ranges stay until the device has gone.</summary>
    internal void UnregisterMappings()
    {
        foreach (DaxMapping mapping in _mappings.AsEnumerable().Reverse())
        {
            Unregister(mapping);
        }
    }

    /// <summary>The device has gone: its ranges are free, the last first (<c>free_dev_dax_ranges</c>).</summary>
    internal void FreeRanges()
    {
        while (_mappings.Count > 0)
        {
            Trim();
        }
    }

    /// <summary>Exactly the range given, whether a driver is bound or not; a length that is not aligned has no effect (<c>mapping_store</c>).</summary>
    private Errno StoreMapping(string value)
    {
        string[] bounds = value.Split('-');
        if (bounds.Length != 2 || !TryHex(bounds[0], out ulong start) || !TryHex(bounds[1], out ulong last))
        {
            return Refuse(RefusalRules.DaxMappingText, Errno.EINVAL, $"'{value}' is not of the form START-END, hexadecimal");
        }

        ByteSize size = new(unchecked(last - start + 1)); // an end below the start wraps around
        if (!size.IsMultipleOf(Unit))
        {
            return Errno.Ok;
        }

        if (size.IsZero)
        {
            return _mappings.Count == 0 ? Errno.Ok : Errno.EBUSY;
        }

        AddressRange? wanted = last >= start ? AddressRange.FromBounds(new Hpa(start), new Hpa(last)) : null;
        if (wanted is not { } range || !Region.Range.Contains(range) || Region.Devices.SelectMany(device => device.Ranges).Any(taken => taken.Overlaps(range)))
        {
            return Refuse(RefusalRules.DaxMappingTaken, Errno.ENOMEM, $"{value} is not free in {Region.Range}", null, ("range", value), ("dax region", Region.Range.ToString()));
        }

        Add(range);
        return Errno.Ok;
    }

    private static bool TryHex(string text, out ulong value) => ulong.TryParse(
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    /// <summary>The lowest gap; the device's own last range grows in place where it ends before it, so that offsets stay as they are.</summary>
    private void Grow(ByteSize need)
    {
        AddressRange gap = Region.FirstGap()!.Value;
        AddressRange taken = AddressRange.Of(gap.Start, gap.Size < need ? gap.Size : need);
        if (_mappings.LastOrDefault() is { } last && last.Range.Last.Value + 1 == taken.Start.Value)
        {
            Adjust(last, last.Range.Size + taken.Size, "extend");
        }
        else
        {
            Add(taken);
        }
    }

    private void Shrink(ByteSize surplus)
    {
        DaxMapping last = _mappings[^1];
        if (last.Range.Size > surplus)
        {
            Adjust(last, last.Range.Size - surplus, "shrink");
        }
        else
        {
            Unregister(last);
            Trim();
        }
    }

    private void Add(AddressRange range)
    {
        DaxMapping mapping = new(_mappingIds.Allocate(), range, Size / ByteSize.Page);
        _mappings.Add(mapping);
        _bus.Core.Log.Debug(this, $"alloc range[{_mappings.Count - 1}]: 0x{range.Start.Value:x16}:0x{range.Last.Value:x16}");
        Attach(mapping);
    }

    private void Adjust(DaxMapping mapping, ByteSize size, string verb)
    {
        mapping.Range = AddressRange.Of(mapping.Range.Start, size);
        _bus.Core.Log.Debug(this, $"{verb} range[{_mappings.Count - 1}]: {mapping.Range.Start}:{mapping.Range.Last}");
    }

    private void Unregister(DaxMapping mapping)
    {
        _bus.Core.Log.Debug(mapping, "unregister_dax_mapping");
        Detach(mapping);
        _mappingIds.Free(mapping.Id);
    }

    private void Trim()
    {
        AddressRange range = _mappings[^1].Range;
        _bus.Core.Log.Debug(this, $"delete range[{_mappings.Count - 1}]: {range.Start}:{range.Last}");
        _mappings.RemoveAt(_mappings.Count - 1);
    }
}
