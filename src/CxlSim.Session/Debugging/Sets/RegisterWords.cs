using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Registers as users of the debugger write them: a unit, then a name or a part of it, an offset, or a place such as <c>config+0x4</c>.</summary>
public static class RegisterWords
{
    /// <summary>The unit that words begin with, the one with the longest name where several fit; null where none does.</summary>
    /// <param name="units">Of the machine.</param>
    /// <param name="words">The unit by the platform file's name, its PCI address or the kernel's name, and what follows.</param>
    /// <param name="rest">What stands behind the unit.</param>
    public static RegisterUnit? UnitOf(IEnumerable<RegisterUnit> units, string words, out string rest)
    {
        RegisterUnit? found = null;
        rest = words;
        foreach (RegisterUnit unit in units)
        {
            if (Begins(unit, words, out string behind) && (found is null || behind.Length < rest.Length))
            {
                (found, rest) = (unit, behind);
            }
        }

        return found;
    }

    /// <summary>Whether words begin with one of a unit's names.</summary>
    public static bool Begins(RegisterUnit unit, string words, out string rest) =>
        Begins(unit.Name, words, out rest) || Begins(unit.Address?.ToString(), words, out rest) || (words.StartsWith("mem", StringComparison.Ordinal) && Begins(unit.KernelName, words, out rest));

    /// <summary>The registers of a unit that words mean: all for none; the one of that name, else those at that place, of that space or capability, else those whose names hold the words.</summary>
    public static IReadOnlyList<Register> Find(RegisterUnit unit, string words)
    {
        if (words.Length == 0)
        {
            return [.. unit.Registers];
        }

        if (PlaceOf(unit, words) is { } places)
        {
            return places;
        }

        Register[] named = [.. unit.Registers.Where(register => Same(register.Name, words))];
        return named.Length > 0 ? named
            : unit.Spaces.Any(space => Same(space.Name, words)) ? [.. unit.Registers.Where(register => Same(register.Space.Name, words))]
            : unit.Blocks.Any(block => Same(block.Name, words)) ? [.. unit.Blocks.Where(block => Same(block.Name, words)).SelectMany(block => block.Registers)]
            : [.. unit.Registers.Where(register => register.Name.Contains(words, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Null where the words are no place. An offset alone means every space that has a register there.</summary>
    private static Register[]? PlaceOf(RegisterUnit unit, string words)
    {
        string[] parts = words.Split('+');
        if (parts.Length > 2 || !DebugNumber.TryParse(parts[^1], out ulong offset))
        {
            return null;
        }

        IEnumerable<RegisterSpace> spaces = unit.Spaces.Where(space => offset < (ulong)space.Size && (parts.Length == 1 || Same(space.Name, parts[0])));
        Register[] all = [.. spaces.SelectMany(space => unit.At(space, (int)offset, 1))];
        return parts.Length == 1 && all.Any(register => !register.IsUnnamed) ? [.. all.Where(register => !register.IsUnnamed)] : all;
    }

    private static bool Begins(string? name, string words, out string rest)
    {
        bool isIt = name is not null && words.StartsWith(name, StringComparison.Ordinal) && (words.Length == name.Length || words[name.Length] == ' ');
        rest = isIt ? words[name!.Length..].Trim() : words;
        return isIt;
    }

    private static bool Same(string name, string words) => name.Equals(words, StringComparison.OrdinalIgnoreCase);
}
