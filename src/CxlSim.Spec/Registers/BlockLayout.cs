namespace CxlSim.Spec;

/// <summary>A capability of PCI or CXL r3.1, or another group of registers that stand together.</summary>
/// <param name="Name">The specification's name.</param>
/// <param name="Registers">By offset.</param>
public sealed record BlockLayout(string Name, params RegisterLayout[] Registers);
