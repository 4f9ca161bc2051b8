namespace CxlSim.Firmware;

/// <summary>What a field of a record came from.</summary>
/// <param name="Field">Its name in the record's struct.</param>
/// <param name="Key">The key of the platform file that states it.</param>
/// <param name="Derivation">What it is derived from where the file leaves it out.</param>
public sealed record FieldOrigin(string Field, string Key, string Derivation)
{
    /// <summary>In bytes, where several fields of the struct are one of the table's; null for the struct's own.</summary>
    public int? Width { get; init; }

    /// <summary>The description that states it; null for what the record was made from.</summary>
    public object? From { get; init; }

    /// <summary>Keys that state parts of the field, such as its other flags.</summary>
    public IReadOnlyList<string> OtherKeys { get; init; } = [];
}
