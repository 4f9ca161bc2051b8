using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>What <c>info registers</c> shows, and what <c>set register</c> does.</summary>
/// <param name="session">Whose machine is looked at.</param>
/// <param name="status">Takes messages.</param>
/// <param name="output">Takes the answer.</param>
internal sealed class DebugRegisters(DebugSession session, DebugStatus status, TextWriter output)
{
    private const int MostNamed = 4;

    /// <summary>The units; the registers of one, block by block; or some of them, field by field.</summary>
    /// <param name="words">What follows <c>info registers</c>.</param>
    public bool Info(string words)
    {
        if (words.Length == 0)
        {
            output.Write(RegisterText.Units(session.Machine.RegisterUnits));
            return true;
        }

        if (Unit(words, out string rest) is not { } unit)
        {
            return false;
        }

        Register[] found = [.. RegisterWords.Find(unit, rest)];
        if (found.Length == 0)
        {
            return RefuseRegister(unit, rest);
        }

        output.Write(rest.Length == 0 ? RegisterText.Blocks(unit.Blocks) : string.Concat(found.Select(RegisterText.Fields)));
        return true;
    }

    /// <summary>Writes one register here.</summary>
    /// <param name="words">What follows <c>set register</c>.</param>
    public bool Set(string words)
    {
        int last = words.LastIndexOf(' ');
        if (last < 0 || !DebugNumber.TryParse(words[(last + 1)..], out ulong value))
        {
            return status.Refuse($"found '{words}'; expected 'set register UNIT NAME|OFFSET VALUE'");
        }

        if (Unit(words[..last].Trim(), out string rest) is not { } unit)
        {
            return false;
        }

        IReadOnlyList<Register> found = rest.Length == 0 ? [] : RegisterWords.Find(unit, rest);
        if (found.Count != 1)
        {
            return found.Count == 0 ? RefuseRegister(unit, rest) : status.Refuse($"'{rest}' may be {string.Join(" or ", found.Take(MostNamed).Select(register => $"{register.Place} {register.Name}"))}{(found.Count > MostNamed ? $" or {found.Count - MostNamed} others" : "")}");
        }

        if (value > Bits.Mask((8 * found[0].Width) - 1, 0))
        {
            return status.Refuse($"found '{words[(last + 1)..]}'; expected a value of {found[0].Width} bytes for {found[0].Name}");
        }

        string name = $"{unit.Name} {found[0].Name}";
        DebugStop stop = session.Set(unit, found[0], value, out RegisterWriteRequest? write);
        output.Write(write is null ? "not written yet\n" : $"{name} was {RegisterText.Value(found[0], write.Before)}, is {RegisterText.Value(found[0], write.After)}\n");
        status.Print(stop);
        return true;
    }

    private bool RefuseRegister(RegisterUnit unit, string words) =>
        status.Refuse($"found '{words}'; expected a register of {unit.Name}, its offset or its place such as config+0x4; 'info registers {unit.Name}' lists them");

    private RegisterUnit? Unit(string words, out string rest)
    {
        RegisterUnit? unit = RegisterWords.UnitOf(session.Machine.RegisterUnits, words, out rest);
        if (unit is null)
        {
            status.Refuse($"found '{words}'; expected a unit and one of its registers: 'info registers' lists the units");
        }

        return unit;
    }
}
