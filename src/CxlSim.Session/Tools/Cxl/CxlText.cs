using System.Globalization;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>A step as the call of the tool cxl that it stands for, and how the tool counts what it did.</summary>
internal static class CxlText
{
    public static string Of(CxlStep step)
    {
        List<string> words = [Verb(step.Verb), step.Subject];
        Add(words, step.Type is not null, "-t " + step.Type);
        Add(words, step.Size is not null, string.Create(CultureInfo.InvariantCulture, $"-s {step.Size?.Bytes}"));
        Add(words, step.Decoder is not null, "-d " + step.Decoder);
        Add(words, step.Verb is CxlVerb.InjectPoison or CxlVerb.ClearPoison, step.Address.ToString());
        Add(words, step.Align, "-a");
        Add(words, step.IsEndpoint, "-e");
        Add(words, step.WithMemdevs, "-m");
        Add(words, step.Force, "-f");
        return string.Join(' ', words);
    }

    /// <summary>What was done, before how many.</summary>
    public static string Done(CxlVerb verb) => verb switch
    {
        CxlVerb.DestroyRegion => "destroyed",
        CxlVerb.EnableRegion or CxlVerb.EnableMemdev or CxlVerb.EnablePort => "enabled",
        CxlVerb.SetPartition => "set_partition",
        CxlVerb.ReserveDpa => "reservation completed on",
        CxlVerb.FreeDpa => "reservation release completed on",
        _ => "disabled",
    };

    /// <summary>Some verbs count mems, others mem devices.</summary>
    public static string Things(CxlVerb verb) => verb is CxlVerb.ReserveDpa or CxlVerb.FreeDpa ? " device" : string.Empty;

    private static string Verb(CxlVerb verb) => verb switch
    {
        CxlVerb.DestroyRegion => "destroy-region",
        CxlVerb.EnableRegion => "enable-region",
        CxlVerb.DisableRegion => "disable-region",
        CxlVerb.EnableMemdev => "enable-memdev",
        CxlVerb.DisableMemdev => "disable-memdev",
        CxlVerb.EnablePort => "enable-port",
        CxlVerb.DisablePort => "disable-port",
        CxlVerb.ReserveDpa => "reserve-dpa",
        CxlVerb.FreeDpa => "free-dpa",
        CxlVerb.SetPartition => "set-partition",
        CxlVerb.InjectPoison => "inject-poison",
        CxlVerb.ClearPoison => "clear-poison",
        _ => "sanitize",
    };

    private static void Add(List<string> words, bool isGiven, string word)
    {
        if (isGiven)
        {
            words.Add(word);
        }
    }
}
