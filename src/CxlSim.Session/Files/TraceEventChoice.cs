using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>The file <c>set_event</c>: which events a buffer takes, by words such as <c>cxl:cxl_poison</c>, <c>ras:*</c>, <c>!cxl_dram</c> (<c>kernel/trace/trace_events.c</c>, ftrace_set_clr_event).</summary>
internal static class TraceEventChoice
{
    /// <summary>One event a line.</summary>
    public static string Lines(IEnumerable<TraceEvent> events) => string.Concat(events.Select(kind => $"{kind.System}:{kind.Name}\n"));

    /// <summary>Takes words one after the other; EINVAL where one names no event, and those behind it do not count.</summary>
    public static SimTask<Errno> Store(IReadOnlyList<TraceEvent> events, TraceInstance instance, string value)
    {
        foreach (string word in value.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            bool isOff = word.StartsWith('!');
            TraceEvent[] meant = [.. events.Where(kind => IsMeant(kind, isOff ? word[1..] : word))];
            if (meant.Length == 0)
            {
                return Errno.EINVAL;
            }

            instance.Enabled.ExceptWith(meant);
            instance.Enabled.UnionWith(isOff ? [] : meant);
        }

        return Errno.Ok;
    }

    /// <summary>A word without a colon is a system or an event; on a side of the colon nothing, or an asterisk, is all of them.</summary>
    private static bool IsMeant(TraceEvent kind, string word) => word.Split(':', 2) switch
    {
        [var system, var name] => IsAllOr(system, kind.System) && IsAllOr(name, kind.Name),
        [var either] => either == kind.System || either == kind.Name,
        _ => false,
    };

    private static bool IsAllOr(string word, string name) => word is "" or "*" || word == name;
}
