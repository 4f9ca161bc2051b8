namespace CxlSim.Machine;

/// <summary>A field of a register as it stands.</summary>
/// <param name="Name">The specification's name.</param>
/// <param name="High">Its highest bit.</param>
/// <param name="Low">Its lowest bit.</param>
/// <param name="Value">Its bits.</param>
/// <param name="Meaning">What they stand for; null where they are just a number or a flag.</param>
public sealed record RegisterField(string Name, int High, int Low, ulong Value, string? Meaning);
