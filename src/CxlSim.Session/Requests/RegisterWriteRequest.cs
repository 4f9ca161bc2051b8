using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>One write to a register, as software would do it, from outside.</summary>
/// <param name="unit">Whose, for traces.</param>
/// <param name="register">Which.</param>
/// <param name="value">What; the hardware takes the bits that its masks and locks let through.</param>
public sealed class RegisterWriteRequest(RegisterUnit unit, Register register, ulong value) : Request
{
    public override string Description => $"write register {unit.Name} {register.Name} 0x{value:x}";

    /// <summary>What the register said before.</summary>
    public ulong Before { get; private set; }

    /// <summary>What it said right after the write.</summary>
    public ulong After { get; private set; }

    protected override SimTask ServeAsync()
    {
        Before = register.Value;
        register.Write(value);
        After = register.Value;
        return SimTask.CompletedTask;
    }
}
