using System.Globalization;
using System.Text;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Registers of a machine as texts: who has some, what each says, field by field.</summary>
public static class RegisterText
{
    /// <summary>A line for each component: its name, address and kernel name, and its spaces.</summary>
    public static string Units(IEnumerable<RegisterUnit> units) => string.Concat(units.Select(unit =>
    {
        IEnumerable<string> names = new[] { unit.Name, unit.Address?.ToString(), unit.KernelName }.OfType<string>();
        return $"{string.Join(' ', names)}: {string.Join(", ", unit.Spaces.Select(space => space.Name))}\n";
    }));

    /// <summary>A line for each register below the name of its block, with the fields that are not zero or whose zero stands for something.</summary>
    public static string Blocks(IEnumerable<RegisterBlock> blocks)
    {
        StringBuilder text = new();
        foreach (RegisterBlock block in blocks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{block.Name}\n");
            foreach (Register register in block.Registers)
            {
                string fields = string.Join(", ", register.Fields.Where(field => field.Value != 0 || (field.Meaning is not null && register.Value != 0)).Select(Brief));
                text.Append(CultureInfo.InvariantCulture, $"  {Line(register)}{(fields.Length > 0 ? ": " : "")}{fields}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Place, name and value, then a line for each field, lowest first.</summary>
    public static string Fields(Register register)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Line(register)}\n");
        foreach (RegisterField field in register.Fields)
        {
            string bits = field.High == field.Low ? string.Create(CultureInfo.InvariantCulture, $"bit {field.Low}") : string.Create(CultureInfo.InvariantCulture, $"bits {field.High}:{field.Low}");
            text.Append(CultureInfo.InvariantCulture, $"  {bits} {field.Name} {Number(field)}{(field.Meaning is { } meaning ? $" ({meaning})" : "")}\n");
        }

        return text.ToString();
    }

    /// <summary>A value with all digits of its register.</summary>
    public static string Value(Register register, ulong value) => "0x" + value.ToString($"x{2 * register.Width}", CultureInfo.InvariantCulture);

    /// <summary>What the registers of a component hold, a line for each word that is not zero: by name where one has it.</summary>
    internal static void Dump(StringBuilder text, RegisterUnit unit)
    {
        foreach (RegisterSpace space in unit.Spaces)
        {
            for (int word = space.First; word < space.Size; word += 4)
            {
                if (space.Read(word, 4) is not 0 and var value)
                {
                    string names = string.Join(", ", unit.At(space, word, 4).Where(register => !register.IsUnnamed).Select(register => register.Name));
                    text.Append(CultureInfo.InvariantCulture, $"{unit.Name} {space.Name}+0x{word:x} 0x{value:x8}{(names.Length > 0 ? " " : "")}{names}\n");
                }
            }
        }
    }

    private static string Line(Register register) => string.Create(CultureInfo.InvariantCulture, $"{register.Place} {register.Name} {Value(register, register.Value)}");

    private static string Brief(RegisterField field) => field.High == field.Low && field.Meaning is null ? field.Name : $"{field.Name} {field.Meaning ?? Number(field)}";

    private static string Number(RegisterField field) => field.Value < 10 ? field.Value.ToString(CultureInfo.InvariantCulture) : "0x" + field.Value.ToString("x", CultureInfo.InvariantCulture);
}
