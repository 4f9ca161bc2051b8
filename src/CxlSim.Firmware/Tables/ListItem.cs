namespace CxlSim.Firmware;

/// <summary>An item of the list that follows a record's fixed part.</summary>
/// <param name="Bytes">As the table holds it.</param>
/// <param name="Description">What states it; null for what the record was made from.</param>
/// <param name="Key">The key that states it.</param>
/// <param name="Index">Its place in the key's list; null where the key is no list.</param>
/// <param name="Derivation">What it is derived from where the file leaves it out.</param>
public sealed record ListItem(byte[] Bytes, object? Description, string Key, int? Index, string Derivation);
