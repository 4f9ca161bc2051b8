using CxlSim.Platform.Reading;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Settings;

/// <summary>Short ways to say a path: <c>kernel.cmdline</c>, as Linux calls it; <c>devices[0]</c> and <c>devices.ID</c> for a memory device, wherever it is plugged in.</summary>
internal static class SettingShorthand
{
    private const string Devices = "devices";
    private const string DeviceKey = "type3";

    /// <summary>The setting with the path of the file; null for a device that is not there, which is reported.</summary>
    public static Setting? Resolve(ReadContext context, YamlNode root, Setting setting) => setting.Path switch
    {
        [{ Name: "kernel" }, { Name: "cmdline" } line] => setting with { Path = [setting.Path[0], line with { Name = KernelReader.CommandLineKey }] },
        [{ Name: Devices }, _, ..] => ResolveDevice(context, root, setting),
        _ => setting,
    };

    private static Setting? ResolveDevice(ReadContext context, YamlNode root, Setting setting)
    {
        Device[] devices = [.. Below(root, [])];
        PlatformDescription? platform = MachineReader.Read(new ReadContext(context.File), root);
        string[] ids = [.. devices.Select(device => platform?.Devices.FirstOrDefault(found => platform.Sources.LocationOf(found) == device.Mapping.Location)?.Id ?? string.Empty)];
        SettingStep which = setting.Path[1];
        (int index, int length) = which.Name is null ? (which.Index, 1) : Find(ids, setting.Path);
        if (index >= 0 && index < devices.Length)
        {
            return setting with { Path = [.. devices[index].Path.Select(step => step with { Location = which.Location }), .. setting.Path.Skip(1 + length)] };
        }

        string found = which.Name is null ? $"the index {which.Index}" : $"'{Quote.Of(which.Name)}'";
        string expected = ids.Length > 0 ? $"one of {string.Join(", ", ids.Select((id, i) => $"[{i}] {id}"))}" : "a file that has one";
        context.Error(which.Name is null ? Cxp.OutOfRange : Cxp.UnknownKey, which.Location, $"found {found} for a memory device; expected {expected}");
        return null;
    }

    /// <summary>An id that was made from a place has a dot in it, and is two steps then.</summary>
    private static (int Index, int Length) Find(string[] ids, IReadOnlyList<SettingStep> path)
    {
        int whole = Array.IndexOf(ids, path[1].Name);
        return whole < 0 && path.Count > 2 ? (Array.IndexOf(ids, $"{path[1].Name}.{path[2].Name}"), 2) : (whole, 1);
    }

    private static IEnumerable<Device> Below(YamlNode node, IReadOnlyList<SettingStep> path) => node switch
    {
        YamlMapping mapping => mapping.Entries.SelectMany(entry => Below(entry.Value, [.. path, new SettingStep(entry.Key.Text, 0, default)])
            .Concat(entry is { Key.Text: DeviceKey, Value: YamlMapping device } ? [new Device([.. path, new SettingStep(DeviceKey, 0, default)], device)] : [])),
        YamlSequence list => list.Items.SelectMany((item, i) => Below(item, [.. path, new SettingStep(null, i, default)])),
        _ => [],
    };

    private sealed record Device(IReadOnlyList<SettingStep> Path, YamlMapping Mapping);
}
