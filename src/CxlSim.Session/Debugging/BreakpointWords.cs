using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What may stand next in the text of a breakpoint, as <see cref="BreakpointParser"/> reads it: for completion.</summary>
public static class BreakpointWords
{
    private static readonly string[] Beginnings = ["log", "register", "attribute", "hpa", "dpa"];
    private static readonly string[] Accesses = ["r", "w", "rw"];

    /// <param name="session">Knows the names of the machine.</param>
    /// <param name="before">The words before it.</param>
    /// <param name="typed">What is typed of it.</param>
    public static IEnumerable<string> After(DebugSession session, string[] before, string typed)
    {
        int condition = Array.LastIndexOf(before, "if");
        return before switch
        {
            [] => [.. DebugNames.Places, .. KindTarget.Kinds, .. Enum.GetNames<Errno>().Where(name => name != nameof(Errno.Ok)), .. Beginnings, .. DebugNames.Objects(session)],
            _ when condition > 0 => Condition(before[(condition + 1)..]),
            ["hpa"] => DebugNames.Sizes(typed),
            ["dpa"] => typed.Contains(':') ? DebugNames.Sizes(typed) : session.Machine.Platform.Devices.Select(device => device.Id + ":"),
            ["hpa" or "dpa", _] => [.. Accesses, "if"],
            ["register"] => DebugNames.Units(session),
            ["register", ..] => ["mask", "if"],
            ["log"] => [],
            ["attribute"] => session.Machine.Kernel is { } kernel ? DebugNames.Paths(kernel, typed) : [],
            _ => ["if"],
        };
    }

    private static IEnumerable<string> Condition(string[] before) => before switch
    {
        [] => BreakCondition.Variables,
        ["errno"] => ["==", "!="],
        [_] => BreakCondition.Operators,
        ["errno", _] => Enum.GetNames<Errno>(),
        _ => [],
    };
}
