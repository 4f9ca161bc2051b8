using System.Globalization;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The commands that move the machine.</summary>
internal sealed class DebugMotion(DebugSession session, DebugRegisters registers, DebugStatus status)
{
    private const int Most = 10_000_000;

    private static readonly (string Unit, long Picoseconds)[] Units = [("ns", 1_000), ("us", 1_000_000), ("ms", 1_000_000_000), ("s", 1_000_000_000_000)];

    public IEnumerable<DebugVerb> Verbs =>
    [
        new("step", "s", "[N]", "Take one event, or N.", words => Counted(words, session.Step)) { IsMove = true },
        new("next", "n", "", "Go on to the next thing that happens to an object: created, bound, refused, written, a milestone.", words => Plain(words, session.Next)) { IsMove = true },
        new("phase", "p", "", "Go on to the next phase of the boot.", words => Plain(words, session.NextPhase)) { IsMove = true },
        new("finish", "fin", "", "Go on until the innermost function of the thread at hand is left; 'backtrace' shows it.", words => Plain(words, session.Finish)) { IsMove = true },
        new("continue", "c", "", "Go on to a breakpoint or the end; the steps of the platform file, or what was recorded, follow the boot.", words => Plain(words, session.Continue)) { IsMove = true },
        new("step-file", "sf", "", "Go on to the end of the next step of the platform file, or of the next recorded request.", words => Plain(words, session.StepFile)) { IsMove = true },
        new("run-until", "u", "TIME|NAME|EVENT", "Go on to a time since power-on (20ms, 1.5s), a phase or milestone (RegionAssembly), or the number of an event.", Until)
        {
            IsMove = true,
            Words = (before, typed) => before.Length == 0 ? [.. DebugNames.Places, .. DebugNames.WithUnits(typed, Units.Select(unit => unit.Unit))] : [],
        },
        new("back", "bk", "[N]|phase", "Take one event back, or N; 'back phase' goes to where the phase began, or the one before.", Back) { IsMove = true, Words = (before, _) => before.Length == 0 ? ["phase"] : [] },
        new("reverse-continue", "rc", "", "Go back to the last breakpoint met before here.", words => Plain(words, session.ReverseContinue)) { IsMove = true },
        new("set", "", "PATH VALUE", "Write an attribute of /sys here, as a what-if, and see what follows.\n'set register UNIT NAME|OFFSET VALUE' writes a register as software would: set register card config+0x4 0.\nIt stays part of the story until something else is set before it.", Set)
        {
            Words = (before, typed) => before.Length == 0 && session.Machine.Kernel is { } kernel ? DebugNames.Paths(kernel, typed) : [],
        },
    ];

    private bool Counted(string words, Func<int, DebugStop> move)
    {
        int count = 1;
        if (words.Length > 0 && !(int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= Most))
        {
            return Refuse($"found '{words}'; expected a number from 1");
        }

        status.Print(move(count));
        return true;
    }

    private bool Plain(string words, Func<DebugStop> move)
    {
        if (words.Length > 0)
        {
            return Refuse($"found '{words}'; expected nothing");
        }

        status.Print(move());
        return true;
    }

    private bool Back(string words) => words == "phase" ? Plain(string.Empty, session.BackPhase) : Counted(words, session.Back);

    private bool Until(string words)
    {
        if (Enum.GetNames<Phase>().Contains(words) || Enum.GetNames<Milestone>().Contains(words))
        {
            return Plain(string.Empty, () => session.RunUntil(words));
        }

        if (long.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return Plain(string.Empty, () => session.RunUntil(number));
        }

        foreach ((string unit, long scale) in Units)
        {
            if (words.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(words[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count) && count <= long.MaxValue / scale)
            {
                return Plain(string.Empty, () => session.RunUntil(new SimTime((long)(count * scale))));
            }
        }

        return Refuse($"found '{words}'; expected a time such as 20ms, a phase, a milestone or the number of an event");
    }

    private bool Set(string words)
    {
        const string register = "register ";
        if (words.StartsWith(register, StringComparison.Ordinal))
        {
            return registers.Set(words[register.Length..].Trim());
        }

        int end = words.IndexOf(' ', StringComparison.Ordinal);
        if (end < 0)
        {
            return Refuse($"found '{words}'; expected 'set PATH VALUE'");
        }

        if (session.Machine.Kernel is null)
        {
            return Refuse("there is no kernel yet that could be written to");
        }

        DebugStop stop = session.Set(words[..end], words[(end + 1)..].Trim(), out Core.Errno? error);
        status.Print(stop, error);
        return true;
    }

    private bool Refuse(string message) => status.Refuse(message);
}
