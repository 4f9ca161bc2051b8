using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What <c>daxctl list</c> of ndctl 81 prints on the modelled machine, byte for byte. It reads the attributes that the tool reads.</summary>
public static class DaxctlListView
{
    public static ToolOutput Render(LinuxKernel kernel, DaxctlListOptions options)
    {
        DaxctlListOptions all = options.Complete();
        SysfsFiles files = new(kernel);
        StringBuilder complaints = new();
        ListedDax dax = new(files, new ListedNumbers(all.Human), (function, text) => complaints.Append($"libdaxctl: {function}: {text}\n"));
        IEnumerable<ListedDaxRegion> regions = ListedDaxRegion.ReadAll(files).Where(region => region.Passes(all.RegionFilter));
        object[] found = all.Regions
            ? [.. regions.Select(region => Describe(region, dax, all))]
            : [.. regions.SelectMany(region => Devices(region, dax, all))];
        string output = found switch
        {
            [] => string.Empty,
            [var single] when all.Human => JsonText.Render(single),
            _ => JsonText.Render(found),
        };
        return new ToolOutput(output, complaints.ToString());
    }

    private static JsonMap Describe(ListedDaxRegion region, ListedDax dax, DaxctlListOptions options)
    {
        JsonMap map = new JsonMap().Add("path", region.Path["/sys/devices".Length..]);
        dax.AddRegion(map, region.Id, region.Path);
        return options.Devices ? map.AddAny("devices", [.. Devices(region, dax, options)]) : map;
    }

    private static IEnumerable<object> Devices(ListedDaxRegion region, ListedDax dax, DaxctlListOptions options) =>
        dax.Devices(region.Id, region.Path, options.Idle)
            .Where(device => region.PassesDevice(device.Id, SysfsFiles.NameOf(device.Path), options.DeviceFilter))
            .Select(device => dax.Describe(device.Path, options.Mappings));
}
