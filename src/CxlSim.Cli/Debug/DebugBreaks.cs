using System.Globalization;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The commands for breakpoints.</summary>
internal sealed class DebugBreaks(DebugSession session, TextWriter output)
{
    private const string BreakHelp = """
        Stop where something happens:
        RegionAssembly                  a phase or milestone
        mem0, cxl_region_attach         an object or a function, by the kernel's name or the platform file's
        created|removed|bound|unbound|committed|refused|written   a kind of event
        EBUSY                           an error
        17, p.yaml:17                   a window, host bridge, device or step that begins in that line of the platform file
        log TEXT, log /regex/           a line of the kernel log
        register UNIT [NAME|OFFSET] [mask N]   a write to a register: register card Decoder 0 Control mask 0x200
        hpa ADDRESS[+LENGTH] [r|w|rw]   an access to memory
        dpa DEVICE:ADDRESS[+LENGTH] [r|w|rw]
        Behind it may stand a condition: if count > 3, if errno == EBUSY, if value != 0, if event >= 500.
        Hits are counted from power-on.
        """;

    public IEnumerable<DebugVerb> Verbs =>
    [
        new("break", "b", "PLACE [if CONDITION]", BreakHelp.ReplaceLineEndings("\n"), Break) { Words = (before, typed) => BreakpointWords.After(session, before, typed) },
        new("delete", "d", "[NUMBER]", "Delete a breakpoint, or all.", Delete)
        {
            Words = (before, _) => before.Length == 0 ? session.Breakpoints.Select(breakpoint => breakpoint.Number.ToString(CultureInfo.InvariantCulture)) : [],
        },
    ];

    private bool Break(string words)
    {
        Breakpoint? breakpoint = session.Break(words, out string error);
        output.Write(breakpoint is null ? error + "\n" : $"breakpoint {breakpoint.Number}: {breakpoint.Text}\n");
        return breakpoint is not null;
    }

    private bool Delete(string words)
    {
        if (words.Length == 0)
        {
            foreach (Breakpoint breakpoint in session.Breakpoints.ToArray())
            {
                session.Delete(breakpoint.Number);
            }

            return true;
        }

        bool isGone = int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && session.Delete(number);
        output.Write(isGone ? $"breakpoint {number} is deleted\n" : $"found '{words}'; expected the number of a breakpoint, or nothing for all\n");
        return isGone;
    }
}
