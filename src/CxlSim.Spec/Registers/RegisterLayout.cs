namespace CxlSim.Spec;

/// <summary>A register and its fields, as PCI Express and CXL r3.1 lay it out.</summary>
/// <param name="Name">The specification's name, with a word for the capability where several have such a register.</param>
/// <param name="Offset">From where its capability begins.</param>
/// <param name="Width">1, 2, 4 or 8 bytes.</param>
/// <param name="Fields">Lowest first; what is reserved has none.</param>
public sealed record RegisterLayout(string Name, int Offset, int Width, params FieldLayout[] Fields);
