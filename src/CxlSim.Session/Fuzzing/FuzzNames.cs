using System.Globalization;
using System.Text.RegularExpressions;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Names by which steps call devices and windows. The kernel counts them, so they change where another one is left out.</summary>
internal sealed partial class FuzzNames
{
    private readonly Dictionary<FuzzNode, string[]> _names = [];

    /// <summary>Boots the machine of a file and asks the kernel.</summary>
    public FuzzNames(FuzzNode file)
    {
        if (FuzzCase.Read(file) is not { } scenario)
        {
            return;
        }

        FuzzRun run = new(scenario);
        if (run.Boot() is { } || run.Machine.Machine.Phase != Machine.Phase.Running)
        {
            return;
        }

        foreach ((FuzzNode node, FuzzWay way) in Devices(file).Zip(run.Machine.Ways))
        {
            CxlMemdev? memdev = run.Machine.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().FirstOrDefault(memdev => run.Machine.WayOf(memdev) == way);
            _names[node] = memdev is null ? [] : [memdev.Name, .. memdev.Endpoint is { } endpoint ? [$"decoder{Text(endpoint.Id)}"] : Array.Empty<string>()];
        }

        foreach ((FuzzNode node, Platform.WindowDescription window) in Windows(file).Zip(run.Machine.Platform.Windows))
        {
            CxlRootDecoder? decoder = run.Machine.Windows.FirstOrDefault(decoder => decoder.Range == window.Range);
            _names[node] = decoder is null ? [] : [decoder.Name, run.Machine.Show($"/sys/bus/cxl/devices/{decoder.Name}/create_ram_region")];
        }
    }

    /// <summary>A file made of the other's parts, with the names that these have in it.</summary>
    /// <param name="smaller">The file.</param>
    public FuzzNode Renamed(FuzzNode smaller)
    {
        bool isWhole = Devices(smaller).Concat(Windows(smaller)).Count() == _names.Count;
        if (isWhole || _names.Count == 0 || smaller["steps"] is not { } steps)
        {
            return smaller;
        }

        FuzzNames now = new(smaller);
        Dictionary<string, string> changes = _names.Where(old => now._names.ContainsKey(old.Key)).SelectMany(old => old.Value.Zip(now._names[old.Key])).Where(pair => pair.First != pair.Second)
            .DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
        return changes.Count == 0 ? smaller : smaller.With("steps", steps.Reworded(word => Name().Replace(word, name => changes.GetValueOrDefault(name.Value, name.Value))));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<FuzzNode> Windows(FuzzNode file) => file["platform"]?["windows"]?.Items ?? [];

    /// <summary>In the order of <see cref="FuzzWay.All"/>.</summary>
    private static IEnumerable<FuzzNode> Devices(FuzzNode file) =>
        (file["platform"]?["host_bridges"]?.Items ?? []).SelectMany(bridge => bridge["root_ports"]?.Items ?? [])
            .SelectMany(port => port["switch"] is { } fabric ? fabric["ports"]?.Items ?? [] : [port]).Select(port => port["type3"]).OfType<FuzzNode>();

    [GeneratedRegex(@"decoder0\.\d+|\b(decoder|mem|region)\d+\b")]
    private static partial Regex Name();
}
