using System.Globalization;
using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Reads what a user wants to stop at: a place, and a condition behind <c>if</c>.</summary>
/// <remarks>
/// <code>
///   RegionAssembly            a phase or milestone
///   refused                   a kind of event: see <see cref="KindTarget.Kinds"/>
///   EBUSY                     an error
///   17, p.yaml:17             a line of the platform file
///   log TEXT, log /regex/     a line of the kernel log
///   register UNIT [NAME|OFFSET] [mask N]
///   attribute PATH            a write to an attribute below /sys
///   hpa ADDRESS[+LENGTH] [r|w|rw], dpa DEVICE:ADDRESS[+LENGTH] [r|w|rw]
///   mem0, cxl_region_attach   an object, or a function of the kernel
/// </code>
/// </remarks>
public static class BreakpointParser
{
    /// <summary>A pattern that a user writes must not hold up the machine.</summary>
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    /// <summary>Null where the text makes no sense; <paramref name="error"/> says why.</summary>
    public static Breakpoint? Parse(string text, int number, PlatformDescription platform, out string error)
    {
        error = string.Empty;
        string place = text.Trim();
        BreakCondition? condition = null;
        if (!place.StartsWith("log /", StringComparison.Ordinal) || place.LastIndexOf('/') < place.LastIndexOf(" if ", StringComparison.Ordinal))
        {
            int at = place.LastIndexOf(" if ", StringComparison.Ordinal);
            if (at >= 0 && (condition = BreakCondition.Parse(place[(at + 4)..])) is null)
            {
                error = $"found '{place[(at + 4)..]}'; expected {BreakCondition.Expected}";
                return null;
            }

            place = at >= 0 ? place[..at].TrimEnd() : place;
        }

        return TargetOf(place, platform, ref error) is { } target ? new Breakpoint(number, text.Trim(), target, condition) : null;
    }

    private static BreakTarget? TargetOf(string place, PlatformDescription platform, ref string error)
    {
        string[] words = place.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            error = "found nothing; expected a place to stop at, such as RegionAssembly, mem0 or EBUSY";
            return null;
        }

        string rest = place[words[0].Length..].Trim();
        return words[0] switch
        {
            "log" => Log(rest, ref error),
            "register" => Register(words[1..], ref error),
            "attribute" => rest.Length > 0 ? new AttributeTarget(rest) : Wrong("found nothing behind 'attribute'; expected a path below /sys", ref error),
            "hpa" => Access(words[1..], null, ref error),
            "dpa" => DeviceAccess(words[1..], platform, ref error),
            _ when words.Length == 1 => Word(place, platform, ref error),
            _ => Wrong($"found '{place}'; expected one word, or one of log, register, attribute, hpa and dpa before more", ref error),
        };
    }

    private static BreakTarget? Word(string word, PlatformDescription platform, ref string error)
    {
        if (Enum.GetNames<Phase>().Contains(word) || Enum.GetNames<Milestone>().Contains(word))
        {
            return new PhaseTarget(word);
        }

        if (KindTarget.Kinds.Contains(word))
        {
            return new KindTarget(word);
        }

        if (Enum.GetNames<Errno>().Contains(word))
        {
            return new ErrnoTarget(Enum.Parse<Errno>(word));
        }

        string tail = word[(word.LastIndexOf(':') + 1)..];
        string file = word[..Math.Max(0, word.LastIndexOf(':'))];
        bool isOurs = file.Length == 0 || platform.Sources.LocationOf(null).File is var known && (known == file || Path.GetFileName(known) == file);
        if (isOurs && int.TryParse(tail, NumberStyles.None, CultureInfo.InvariantCulture, out int line))
        {
            LineTarget target = new(line, platform);
            return target.IsEmpty ? Wrong($"line {line} begins no window, host bridge, device or step of the platform file", ref error) : target;
        }

        return new NameTarget(word);
    }

    private static BreakTarget? Log(string text, ref string error)
    {
        if (text.Length == 0)
        {
            return Wrong("found nothing behind 'log'; expected a text or a /regex/", ref error);
        }

        bool isPattern = text.Length > 2 && text[0] == '/' && text[^1] == '/';
        try
        {
            return new LogTarget(new Regex(isPattern ? text[1..^1] : Regex.Escape(text), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, LongestMatch));
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return Wrong($"found the regular expression {text}: {wrong.Message}", ref error);
        }
    }

    private static BreakTarget? Register(string[] words, ref string error)
    {
        int at = Array.IndexOf(words, "mask");
        ulong mask = 0;
        if (words.Length == 0 || at == 0 || (at > 0 && (at != words.Length - 2 || !DebugNumber.TryParse(words[^1], out mask))))
        {
            return Wrong("expected 'register UNIT [NAME|OFFSET] [mask NUMBER]', such as 'register card Decoder 0 Control mask 0x200'", ref error);
        }

        return new RegisterTarget(string.Join(' ', at < 0 ? words : words[..at]), mask);
    }

    private static BreakTarget? DeviceAccess(string[] words, PlatformDescription platform, ref string error)
    {
        int colon = words.Length == 0 ? -1 : words[0].LastIndexOf(':');
        if (colon < 0)
        {
            return Wrong("expected 'dpa DEVICE:ADDRESS[+LENGTH] [r|w|rw]'", ref error);
        }

        string device = words[0][..colon];
        return platform.Devices.Any(candidate => candidate.Id == device)
            ? Access([words[0][(colon + 1)..], .. words[1..]], device, ref error)
            : Wrong($"found the device '{device}'; expected one of the platform file: {string.Join(", ", platform.Devices.Select(candidate => candidate.Id))}", ref error);
    }

    private static BreakTarget? Access(string[] words, string? device, ref string error)
    {
        string[] range = words.Length is 1 or 2 ? words[0].Split('+') : [];
        string mode = words.Length == 2 ? words[1] : "rw";
        ulong length = 1;
        if (range.Length is not (1 or 2) || !DebugNumber.TryParse(range[0], out ulong start) || (range.Length == 2 && !DebugNumber.TryParse(range[1], out length)) || length == 0 || mode is not ("r" or "w" or "rw"))
        {
            return Wrong("expected an address with its length, and r, w or rw: '0x1000000000+64 w'", ref error);
        }

        return new AccessTarget(device, start, length, mode.Contains('r'), mode.Contains('w'));
    }

    private static BreakTarget? Wrong(string message, ref string error)
    {
        error = message;
        return null;
    }
}
