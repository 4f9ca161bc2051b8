using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Registers of components as variables: blocks, registers, fields. A register can be set, as software would write it.</summary>
internal sealed class DapRegisters(DapState state)
{
    /// <summary>All components that have registers now.</summary>
    public IReadOnlyList<DapVariable> All() => [.. state.Machine.RegisterUnits.Select(unit => new DapVariable(unit.Name, unit.KernelName ?? unit.Address?.ToString() ?? string.Empty) { Children = () => Of(unit) })];

    /// <summary>The component that the kernel, the platform file or PCI calls so; null where there is none.</summary>
    public RegisterUnit? Find(string name) => state.Machine.RegisterUnits.FirstOrDefault(unit => unit.KernelName == name || unit.Name == name || unit.Address?.ToString() == name);

    /// <summary>The blocks of a component.</summary>
    public IReadOnlyList<DapVariable> Of(RegisterUnit unit) =>
        [.. unit.Blocks.Select(block => new DapVariable(block.Name, $"{block.Space.Name}+0x{block.Offset:x}") { Children = () => [.. block.Registers.Select(register => Of(unit, register))] })];

    private static DapVariable Field(RegisterField field) => new(field.Name, field.Meaning is null ? $"{field.Value}" : $"{field.Value} ({field.Meaning})");

    private DapVariable Of(RegisterUnit unit, Register register)
    {
        IReadOnlyList<RegisterField> fields = register.Fields;
        return new DapVariable(register.Name, RegisterText.Value(register, register.Value))
        {
            Children = fields.Count > 0 ? () => [.. fields.Select(Field)] : null,
            Watch = $"register {unit.Name} {register.Place}",
            Set = text => Write(unit, register, text),
            Now = () => RegisterText.Value(register, register.Value),
        };
    }

    private Errno? Write(RegisterUnit unit, Register register, string text)
    {
        if (!DebugNumber.TryParse(text, out ulong value) || (register.Width < 8 && value >> (8 * register.Width) != 0))
        {
            throw new DapRefusal($"found '{text}'; expected a value of {register.Width} bytes for {register.Name}");
        }

        state.Stop = state.Session.Set(unit, register, value, out _);
        return null;
    }
}
