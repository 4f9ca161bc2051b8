using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>What would let a write to a dax device pass.</summary>
internal static class NearestDax
{
    private const string Devices = "/sys/bus/dax/devices/";

    /// <summary>Nothing else gives back what a removal has left.</summary>
    public static NearestChange Reboot { get; } = new("reboot: memory that could not be removed keeps its addresses");

    /// <summary>For a range that somebody else has, or has a part of.</summary>
    public static NearestChange Free(Resource? inTheWay) => inTheWay is { } other && (other.Flags & ResourceFlags.SystemRam) == 0
        ? new NearestChange($"let the range lie within {other.Name}, or apart from it: {other.Range}")
        : Reboot;

    public static NearestChange Write(DevDax dax, string attribute, ulong value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        return new NearestChange($"write {text} to {dax.Name}/{attribute}", [new AttributeWrite($"{Devices}{dax.Name}/{attribute}", text)]);
    }

    /// <summary>The nearest size in whole units that the dax region has room for; text alone while the device has a driver.</summary>
    public static NearestChange Size(DevDax dax, ByteSize wanted, ByteSize unit)
    {
        ulong most = (dax.Size + dax.Region.AvailableSize) / unit;
        ulong nearest = (wanted.Bytes / unit.Bytes) + (wanted.Bytes % unit.Bytes > unit.Bytes / 2 ? 1UL : 0);
        ByteSize size = unit * Math.Min(Math.Max(nearest, 1), most);
        return new NearestChange($"write {NearestChange.Spell(size)} to {dax.Name}/size", dax.IsBound ? [] : Write(dax, "size", size.Bytes).Writes);
    }

    /// <summary>A driver that does not take the device by its type takes it by its name.</summary>
    public static NearestChange NewId(DevDax dax, Driver driver) =>
        new($"write {dax.Name} to new_id of {driver.Name}", [new AttributeWrite($"/sys/bus/dax/drivers/{driver.Name}/new_id", dax.Name)]);

    /// <summary>The driver goes first.</summary>
    public static NearestChange AfterUnbind(DevDax dax, string attribute, string value) => new(
        $"unbind {dax.Name} from {dax.Driver!.Name} first",
        [new AttributeWrite($"/sys/bus/dax/drivers/{dax.Driver.Name}/unbind", dax.Name), new AttributeWrite($"{Devices}{dax.Name}/{attribute}", value)]);

    /// <summary>Driver and ranges go first, then the device.</summary>
    public static NearestChange Emptied(DevDax dax)
    {
        List<AttributeWrite> writes = [];
        if (dax.Driver is { } driver)
        {
            writes.Add(new AttributeWrite($"/sys/bus/dax/drivers/{driver.Name}/unbind", dax.Name));
        }

        if (!dax.Size.IsZero)
        {
            writes.Add(new AttributeWrite($"{Devices}{dax.Name}/size", "0"));
        }

        string text = dax.IsBound ? $"unbind {dax.Name} and write 0 to its size first" : $"write 0 to {dax.Name}/size first";
        return new NearestChange(text, [.. writes, new AttributeWrite($"/sys{dax.Region.Parent.Path}/dax_region/delete", dax.Name)]);
    }
}
