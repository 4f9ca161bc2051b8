namespace CxlSim.Machine;

/// <summary>Registers that stand together: a header, a capability.</summary>
/// <param name="Name">The specification's name.</param>
/// <param name="Space">Where they lie.</param>
/// <param name="Offset">Where they begin there.</param>
/// <param name="Registers">By offset.</param>
public sealed record RegisterBlock(string Name, RegisterSpace Space, int Offset, IReadOnlyList<Register> Registers);
