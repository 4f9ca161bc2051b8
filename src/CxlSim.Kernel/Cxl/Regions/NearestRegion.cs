using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What would let a write to uuid, ways, granularity, size or commit of a region pass.</summary>
internal static class NearestRegion
{
    /// <summary>Another value for an attribute of a region.</summary>
    public static NearestChange Write(CxlRegion region, string attribute, ulong value) => NearestChange.Write(region.Name, attribute, Decimal(value));

    /// <summary>What a size has to be a multiple of.</summary>
    public static ByteSize Unit(CxlRegion region) => IdentifyMemoryDevice.CapacityUnit * (ulong)Math.Max(1, region.Ways);

    /// <summary>The nearest size that the window has room for; null where it has none.</summary>
    public static NearestChange? Size(CxlRegion region, ByteSize wanted)
    {
        ByteSize size = Fitting(wanted, Unit(region), FreeRange.Largest(region.Root.Window, Unit(region)));
        return size.IsZero ? null : NearestChange.Write(region.Name, "size", size);
    }

    /// <summary>Ways and granularity as the window has them, where they are not set, and then a size.</summary>
    public static NearestChange? SizeWithInterleave(CxlRegion region, ByteSize wanted, bool needsUuid)
    {
        List<AttributeWrite> writes = [];
        if (region.Granularity == 0)
        {
            writes.Add(AttributeWrite.Cxl(region.Name, "interleave_granularity", Decimal((ulong)region.Root.Granularity)));
        }

        ulong ways = (ulong)(region.Ways == 0 ? region.Root.Ways : region.Ways);
        if (region.Ways == 0)
        {
            writes.Add(AttributeWrite.Cxl(region.Name, "interleave_ways", Decimal(ways)));
        }

        ByteSize unit = IdentifyMemoryDevice.CapacityUnit * ways;
        ByteSize size = Fitting(wanted, unit, FreeRange.Largest(region.Root.Window, unit));
        string[] missing = [.. writes.Select(write => write.Path.Split('/')[^1]), .. needsUuid ? new[] { "uuid" } : []];
        string text = $"write {string.Join(" and ", missing)} of {region.Name} first";
        return needsUuid || size.IsZero ? new NearestChange(text) : new NearestChange(text, [.. writes, AttributeWrite.Cxl(region.Name, "size", Decimal(size.Bytes))]);
    }

    /// <summary>Addresses go back first, and a member of an active region before them; then what was refused.</summary>
    public static NearestChange AfterRelease(CxlRegion region, string attribute, string value, bool keepsAddresses = false)
    {
        List<AttributeWrite> writes = [];
        List<string> steps = [];
        if (region.State >= RegionState.Active)
        {
            string target = "target" + Decimal((ulong)(region.Ways - 1));
            writes.Add(AttributeWrite.Cxl(region.Name, target, string.Empty));
            steps.Add($"nothing to {region.Name}/{target}");
        }

        if (!keepsAddresses && attribute + value != "size0")
        {
            writes.Add(AttributeWrite.Cxl(region.Name, "size", "0"));
            steps.Add($"0 to {region.Name}/size");
        }

        writes.Add(AttributeWrite.Cxl(region.Name, attribute, value));
        return new NearestChange($"write {string.Join(" and ", steps)} first", writes);
    }

    /// <summary>A region of this size in place of the one that it has; text alone where the window has no room.</summary>
    public static NearestChange OtherSize(CxlRegion region, ByteSize wanted)
    {
        ByteSize size = Fitting(wanted, Unit(region), FreeRange.Largest(region.Root.Window, Unit(region), region.Resource));
        return AfterRelease(region, "size", Decimal(size.Bytes));
    }

    /// <summary>What is missing before a region can be committed.</summary>
    public static NearestChange? Commit(CxlRegion region)
    {
        string[] missing = [.. Enumerable.Range(0, region.Ways).Where(position => region.Targets[position] is null).Select(position => $"target{Decimal((ulong)position)}")];
        return region switch
        {
            { Resource: null } => new NearestChange($"write {(region.Ways == 0 ? "interleave_ways, " : "")}{(region.Granularity == 0 ? "interleave_granularity, " : "")}size and targets of {region.Name} first"),
            _ when missing.Length > 0 => new NearestChange($"write {string.Join(", ", missing)} of {region.Name} first"),
            _ => new NearestChange($"delete {region.Name} and make it again: its last target was refused"),
        };
    }

    /// <summary>The commit that comes before a driver.</summary>
    public static NearestChange CommitAndBind(CxlRegion region) => new(
        $"write 1 to {region.Name}/commit first",
        region.State == RegionState.Active ? [AttributeWrite.Cxl(region.Name, "commit", "1"), new AttributeWrite("/sys/bus/cxl/drivers/cxl_region/bind", region.Name)] : []);

    private static ByteSize Fitting(ByteSize wanted, ByteSize unit, ByteSize most)
    {
        ulong below = wanted.Bytes / unit.Bytes;
        ulong nearest = below + (wanted.Bytes % unit.Bytes > unit.Bytes / 2 ? 1UL : 0);
        return unit * Math.Min(Math.Max(nearest, 1), most / unit);
    }

    private static string Decimal(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
