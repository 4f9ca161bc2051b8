using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>A register is written, of configuration space or memory-mapped; or the hardware of a decoder says what became of a write.</summary>
/// <param name="words">Whose register and which, as <see cref="RegisterWords"/> reads them: <c>card Decoder 0 Control</c>.</param>
/// <param name="mask">Bits of which one must be written as one; 0 for any value.</param>
internal sealed class RegisterTarget(string words, ulong mask) : BreakTarget
{
    private const int MostNamed = 8;

    /// <summary>Whether the words name a unit; PCI addresses and names of the kernel may come later.</summary>
    /// <param name="units">Of the machine.</param>
    /// <param name="error">What is wrong; empty where nothing is.</param>
    public bool MayMeet(IReadOnlyList<RegisterUnit> units, out string error)
    {
        bool mayCome = words.StartsWith("mem", StringComparison.Ordinal) || words.Contains(':', StringComparison.Ordinal);
        bool isGood = mayCome || RegisterWords.UnitOf(units, words, out _) is not null;
        error = isGood ? string.Empty : $"found the unit of '{words}'; expected {string.Join(", ", units.Select(unit => unit.Name).Take(MostNamed))}{(units.Count > MostNamed ? " ..." : "")}, a PCI address or a name such as mem0";
        return isGood;
    }

    public override BreakMatch? OnWrite(RegisterWrite write)
    {
        if (!RegisterWords.Begins(write.Unit, words, out string rest))
        {
            return null;
        }

        IReadOnlyList<Register> wanted = rest.Length == 0 ? [] : RegisterWords.Find(write.Unit, rest);
        foreach (Register register in write.Registers)
        {
            bool isWanted = rest.Length == 0 || wanted.Any(candidate => candidate.Space == register.Space && candidate.Offset == register.Offset);
            if (isWanted && (mask == 0 || (write.ValueOf(register) & mask) != 0))
            {
                return new BreakMatch($"register {write.Unit.Name} {register.Name} 0x{write.ValueOf(register):x}", Value: write.ValueOf(register));
            }
        }

        return null;
    }

    /// <summary>Traces tell of writes to decoders too; those are met where they are done.</summary>
    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) =>
        record is RegisterWritten written
        && words.StartsWith(written.Unit, StringComparison.Ordinal)
        && machine.RegisterUnits.FirstOrDefault(unit => unit.Name == written.Unit) is { } unit
        && RegisterWords.Begins(unit, words, out string rest)
        && written.Register.Contains(rest, StringComparison.OrdinalIgnoreCase)
        && (mask == 0 || (written.Value & mask) != 0)
        && !unit.Registers.Any(register => register.Name == written.Register)
            ? Found(record)
            : null;
}
