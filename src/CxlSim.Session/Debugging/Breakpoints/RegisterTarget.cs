using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>A register of an HDM decoder bank takes a value.</summary>
/// <param name="unit">Whose register: a device's id, or what traces call the port.</param>
/// <param name="register">A part of its name, such as <c>Decoder 0 Control</c>; empty for any.</param>
/// <param name="mask">Bits of which one must be set; 0 for any value.</param>
internal sealed class RegisterTarget(string unit, string register, ulong mask) : BreakTarget
{
    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) =>
        record is RegisterWritten written && written.Unit == unit && written.Register.Contains(register, StringComparison.OrdinalIgnoreCase) && (mask == 0 || (written.Value & mask) != 0)
            ? Found(record)
            : null;
}
