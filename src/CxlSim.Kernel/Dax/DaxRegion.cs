using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A range that is handed out to dax devices (<c>drivers/dax/bus.c</c>, struct dax_region).</summary>
public sealed class DaxRegion(DaxBus bus, Device parent, int id, AddressRange range, int targetNode)
{
    /// <summary>PMD_SIZE on x86: the unit of a CXL or hmem region.</summary>
    public static readonly ByteSize Alignment = ByteSize.MiB(2);

    private readonly List<DevDax> _devices = [];
    private DevDax? _seed;
    private DevDax? _youngest;

    /// <summary>The directory dax_region below the parent.</summary>
    public static AttributeGroup Attributes { get; } = new(
        "dax_region",
        [
            Attr<Device>.ReadOnly("id", d => Of(d).Id.ToString(CultureInfo.InvariantCulture)),
            Attr<Device>.ReadOnly("size", d => Bytes(Of(d).Range.Size)),
            Attr<Device>.ReadOnly("align", _ => Bytes(Alignment), FileMode.S0400),
            Attr<Device>.ReadOnly("available_size", d => Bytes(Of(d).AvailableSize)),
            Attr<Device>.ReadOnly("seed", d => Of(d)._seed?.Name ?? string.Empty),
            Attr<Device>.ReadWrite("create", d => Of(d)._youngest?.Name ?? string.Empty, (d, value) => Of(d).StoreCreateAsync(value)),
            Attr<Device>.WriteOnly("delete", (d, value) => Of(d).StoreDeleteAsync(Kstrto.Trim(value))),
        ]);

    public int Id => id;

    /// <summary>The device that it hangs below.</summary>
    public Device Parent => parent;

    public AddressRange Range => range;

    /// <summary>The node that the memory would join.</summary>
    public int TargetNode => targetNode;

    /// <summary>The node of the device above: none for a CXL region.</summary>
    public int NumaNode { get; init; } = Numa.NoNode;

    /// <summary>Whether its devices are meant to become memory (<c>IORESOURCE_DAX_KMEM</c>).</summary>
    public bool IsForKmem { get; init; } = true;

    public IReadOnlyList<DevDax> Devices => _devices;

    public ByteSize AvailableSize => _devices.Aggregate(range.Size, (left, device) => left - device.Size);

    /// <summary>Takes the range for itself; from 7.1 on it must not share an address with another region (<c>alloc_dax_region</c>).</summary>
    /// <returns>ENOMEM where it does.</returns>
    public Errno Claim()
    {
        if (bus.Core.Config.Has(KernelChange.DaxRegionsApart) && bus.Claims.FirstOrDefault(claim => claim.Value.Overlaps(range)) is { Key: { } owner, Value: { } taken })
        {
            string line = $"dax_region resource conflict for {MemFormat.Of(range)}";
            if (bus.Core.Config.Has(KernelChange.LinesOf72))
            {
                bus.Core.Log.Error(parent, line);
            }
            else
            {
                bus.Core.Log.Debug(parent, line);
            }

            bus.Core.Findings.Report(KernelRules.DaxRegionConflict, new AddressPlace(range), $"{parent.Name} at {range}, of which {owner.Name} has {taken}");
            return Errno.ENOMEM;
        }

        bus.Claims.Add(parent, range);
        return Errno.Ok;
    }

    /// <summary>Adds a device of a size; 0 is an empty one.</summary>
    public async SimTask<DevDax> AddDeviceAsync(ByteSize size, bool memmapOnMemory)
    {
        int number = 0;
        while (_devices.Exists(device => device.Number == number))
        {
            number++;
        }

        DevDax added = new(bus, this, number, bus.Minors.Allocate(), memmapOnMemory);
        _devices.Add(added);
        if (!size.IsZero)
        {
            added.Resize(size);
        }

        await bus.Bus.AddAsync(added, parent);
        return added;
    }

    /// <summary>All devices go, the latest first, and then the claim.</summary>
    public async SimTask RemoveAsync()
    {
        foreach (DevDax device in _devices.AsEnumerable().Reverse().ToArray())
        {
            await RemoveDeviceAsync(device);
        }

        bus.Claims.Remove(parent);
    }

    /// <summary>The lowest stretch that no device has.</summary>
    internal AddressRange? FirstGap()
    {
        Hpa next = range.Start;
        foreach (AddressRange taken in _devices.SelectMany(device => device.Ranges).OrderBy(taken => taken.Start))
        {
            if (taken.Start > next)
            {
                return AddressRange.FromBounds(next, new Hpa(taken.Start.Value - 1));
            }

            next = new Hpa(taken.Last.Value + 1);
        }

        return next <= range.Last ? AddressRange.FromBounds(next, range.Last) : null;
    }

    internal void ForgetSeed(DevDax device) => _seed = _seed == device ? null : _seed;

    private static DaxRegion Of(Device device) => ((IDaxRegionOwner)device).DaxRegion!;

    private static string Bytes(ByteSize size) => size.Bytes.ToString(CultureInfo.InvariantCulture);

    private async SimTask<Errno> StoreCreateAsync(string value)
    {
        Errno error = Kstrto.Int(value, out int count);
        if (error != Errno.Ok || count != 1)
        {
            return error == Errno.Ok
                ? bus.Core.Refusals.Report(RefusalRules.DaxCreateCount, Errno.EINVAL, parent.Name, $"{count} devices at once", new NearestChange("write 1"), ("devices", count))
                : error;
        }

        if (AvailableSize.IsZero)
        {
            return bus.Core.Refusals.Report(
                RefusalRules.DaxCreateRoom, Errno.ENOSPC, parent.Name, "nothing is left", new NearestChange($"write a smaller size to {_devices.Find(device => !device.Size.IsZero)!.Name} first"),
                ("size", range.Size.ToString()), ("available", AvailableSize.ToString()));
        }

        DevDax device = await AddDeviceAsync(ByteSize.Zero, memmapOnMemory: false);
        _seed ??= device;
        _youngest = device;
        return Errno.Ok;
    }

    /// <summary>Device 0 stays for ever; others must be unbound and empty.</summary>
    private async SimTask<Errno> StoreDeleteAsync(string name)
    {
        DevDax? device = _devices.Find(found => found.Name == name);
        if (device is null)
        {
            string devices = string.Join(", ", _devices.Select(known => known.Name).DefaultIfEmpty("none"));
            return bus.Core.Refusals.Report(RefusalRules.DaxDeleteUnknown, Errno.ENXIO, parent.Name, $"there is no {name}", null, ("devices", devices));
        }

        if (device.IsBound || !device.Size.IsZero || device.Number == 0)
        {
            NearestChange nearest = device.Number == 0 ? new($"keep {name}: the first device goes with its region") : NearestDax.Emptied(device);
            return bus.Core.Refusals.Report(
                RefusalRules.DaxDeleteBusy, Errno.EBUSY, name, $"{name} is in use, or the first", nearest, ("driver", device.Driver?.Name ?? "none"), ("size", device.Size.ToString()), ("number", device.Number));
        }

        await RemoveDeviceAsync(device);
        return Errno.Ok;
    }

    private async SimTask RemoveDeviceAsync(DevDax device)
    {
        device.UnregisterMappings();
        bus.Core.Log.Debug(device, "unregister_dev_dax");
        await bus.Bus.RemoveAsync(device);
        device.FreeRanges();
        _devices.Remove(device);
        bus.Minors.Free(device.Minor);
        ForgetSeed(device);
        _youngest = _youngest == device ? null : _youngest;
    }
}
