using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>Which region an address range belongs to. Regions do not overlap.</summary>
internal sealed class RegionMap(IEnumerable<ReportRegion> regions)
{
    private readonly ReportRegion[] _sorted = [.. regions.Where(region => region.Range is not null).OrderBy(region => region.Range!.Value.Start)];

    private readonly HashSet<string> _names = [.. regions.Select(region => region.Name)];

    public bool Has(string name) => _names.Contains(name);

    /// <summary>Null where no region holds all of the range.</summary>
    public string? At(AddressRange range)
    {
        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _sorted[middle].Range!.Value.Last < range.Start ? (middle + 1, high) : (low, middle);
        }

        return low < _sorted.Length && _sorted[low].Range!.Value.Contains(range) ? _sorted[low].Name : null;
    }
}
