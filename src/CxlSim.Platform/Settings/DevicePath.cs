using CxlSim.Platform.Reading;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Settings;

/// <summary><c>devices[0]</c> and <c>devices.ID</c> stand for a memory device, wherever it is plugged in; the id is the one that messages have.</summary>
internal static class DevicePath
{
    private const string Word = "devices";
    private const string DeviceKey = "type3";

    /// <summary>The setting with the device's own path; null for a device that is not there, which is reported.</summary>
    public static Setting? Resolve(ReadContext context, YamlNode root, Setting setting)
    {
        if (setting.Path is not [{ Name: Word }, { } which, ..])
        {
            return setting;
        }

        Device[] devices = [.. Below(root, [])];
        PlatformDescription? platform = MachineReader.Read(new ReadContext(context.File), root);
        string[] ids = [.. devices.Select(device => platform?.Devices.FirstOrDefault(found => platform.Sources.LocationOf(found) == device.Mapping.Location)?.Id ?? string.Empty)];
        int index = which.Name is { } name ? Array.IndexOf(ids, name) : which.Index;
        if (index >= 0 && index < devices.Length)
        {
            return setting with { Path = [.. devices[index].Path.Select(step => step with { Location = which.Location }), .. setting.Path.Skip(2)] };
        }

        string found = which.Name is null ? $"the index {which.Index}" : $"'{Quote.Of(which.Name)}'";
        context.Error(which.Name is null ? Cxp.OutOfRange : Cxp.UnknownKey, which.Location, $"found {found} for a memory device; expected one of {string.Join(", ", ids.Select((id, i) => $"[{i}] {id}"))}");
        return null;
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
