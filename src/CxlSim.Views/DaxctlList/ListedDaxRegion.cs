namespace CxlSim.Views;

/// <summary>A dax region as libdaxctl finds it: by the devices that it has.</summary>
/// <param name="Id">Its number, as its devices' names say.</param>
/// <param name="Path">The directory below /sys.</param>
internal sealed record ListedDaxRegion(int Id, string Path)
{
    private const string Prefix = "region";

    /// <summary>The region found last comes first.</summary>
    public static IReadOnlyList<ListedDaxRegion> ReadAll(SysfsFiles files)
    {
        List<ListedDaxRegion> regions = [];
        foreach ((int id, string link) in files.Numbered("/sys/bus/dax/devices", "dax"))
        {
            if (files.RealPath(link) is { } device && device[..device.LastIndexOf('/')] is var path && !regions.Exists(region => region.Path == path))
            {
                regions.Insert(0, new ListedDaxRegion(id, path));
            }
        }

        return regions;
    }

    public bool Passes(string? filter)
    {
        int plain = 0;
        int prefixed = Prefix.Length;
        return filter is null or "all"
            || (CNumber.Decimal(filter, ref plain) ?? (filter.StartsWith(Prefix, StringComparison.Ordinal) ? CNumber.Decimal(filter, ref prefixed) : null)) == Id;
    }

    public bool PassesDevice(int number, string name, string? filter)
    {
        int at = 0;
        return filter is null or "all"
            || filter == name
            || (CNumber.Decimal(filter, ref at) == Id && at < filter.Length && filter[at++] == '.' && CNumber.Decimal(filter, ref at) == number);
    }
}
