using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>path:</c> of a device or a switch: how fast it is.</summary>
internal static class PathReader
{
    private static readonly (string Word, PathDescription Value)[] Profiles = [.. PathProfiles.All.Select(profile => (profile.Profile, profile))];

    private static readonly KeySet DeviceKeys = new("a device's path",
    [
        new("profile", Shapes.Words(Profiles.Select(profile => profile.Word)), $"Where values come from that are left out. Left out: {PathProfiles.Usual.Profile}."),
        LinkReader.Key,
        new("controller", Shapes.Duration, "What the controller takes of each access, there and back together."),
        new("line_every", Shapes.Duration, "How soon the controller takes the next line; 0ns for at once."),
        new("media", Shapes.Mapping(() => MediaReader.Keys), "What holds lines."),
    ]);

    private static readonly KeySet SwitchKeys = new("a switch's path", [LinkReader.Key, new("hop", Shapes.Duration, "From one of its ports to another, each way.")]);

    public static readonly Key DeviceKey = new("path", Shapes.Mapping(() => DeviceKeys), "How fast the device is, for traffic (cxlsim mlc, cxlsim workload).");

    public static readonly Key SwitchKey = new("path", Shapes.Mapping(() => SwitchKeys), "How fast the switch is.");

    public static PathDescription ReadDevice(ReadContext context, YamlNode? node)
    {
        if (node is null || MappingReader.Open(context, node, DeviceKeys) is not { } reader)
        {
            return PathProfiles.Usual;
        }

        PathDescription known = reader.Text("profile", text => WordParser.Choice(text, Profiles)) ?? PathProfiles.Usual;
        return known with
        {
            Link = LinkReader.Read(context, reader, known.Link),
            ControllerNs = reader.PathTime("controller") ?? known.ControllerNs,
            LineEveryNs = reader.PathTime("line_every") ?? known.LineEveryNs,
            Media = MediaReader.Read(context, reader.Node("media"), known.Media),
        };
    }

    public static SwitchPathDescription ReadSwitch(ReadContext context, YamlNode? node)
    {
        SwitchPathDescription known = SwitchPathDescription.Default;
        return node is null || MappingReader.Open(context, node, SwitchKeys) is not { } reader ? known : known with
        {
            Link = LinkReader.Read(context, reader, known.Link),
            HopNs = reader.PathTime("hop") ?? known.HopNs,
        };
    }
}
