namespace CxlSim.Platform.Language;

/// <summary>One key of a mapping: what may stand behind it, and what it says. Readers, the schema and the reference page all take it from here.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Shape">What may stand behind it.</param>
/// <param name="Meaning">A sentence for the user, with the unit, and what holds when it is left out.</param>
/// <param name="IsRequired">Whether the mapping means nothing without it.</param>
internal sealed record Key(string Name, Shape Shape, string Meaning, bool IsRequired = false)
{
    public static Key Required(string name, Shape shape, string meaning) => new(name, shape, meaning, IsRequired: true);
}
