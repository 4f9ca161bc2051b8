using System.Globalization;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>A step as the call of daxctl that it stands for.</summary>
internal static class DaxctlText
{
    public static string Of(DaxctlStep step)
    {
        List<string> words = [Verb(step.Verb)];
        Add(words, step.Device.Length > 0, step.Device);
        Add(words, step.Region is not null, string.Create(CultureInfo.InvariantCulture, $"-r {step.Region}"));
        Add(words, step.Mode is not null, "-m " + step.Mode);
        Add(words, step.Alignment is not null, $"-a {step.Alignment?.Bytes}");
        Add(words, step.Size is not null, $"-s {step.Size?.Bytes}");
        words.AddRange(step.Parts.Select(part => part.Bytes.ToString(CultureInfo.InvariantCulture)));
        Add(words, step.Force, "-f");
        Add(words, step.NoOnline, "-N");
        Add(words, step.NoMovable, "--no-movable");
        return string.Join(' ', words);
    }

    private static string Verb(DaxctlVerb verb) => verb switch
    {
        DaxctlVerb.ReconfigureDevice => "reconfigure-device",
        DaxctlVerb.OnlineMemory => "online-memory",
        DaxctlVerb.OfflineMemory => "offline-memory",
        DaxctlVerb.CreateDevice => "create-device",
        DaxctlVerb.DestroyDevice => "destroy-device",
        DaxctlVerb.EnableDevice => "enable-device",
        DaxctlVerb.DisableDevice => "disable-device",
        _ => "split-device",
    };

    private static void Add(List<string> words, bool isGiven, string word)
    {
        if (isGiven)
        {
            words.Add(word);
        }
    }
}
