namespace CxlSim.Platform;

/// <summary>What the board's software does before the operating system.</summary>
public sealed record FirmwareDescription
{
    /// <summary>Who programs HDM decoders.</summary>
    public required FirmwareDecoders Decoders { get; init; }

    /// <summary>Six characters in every ACPI table that does not say its own.</summary>
    public required string OemId { get; init; }

    /// <summary>Eight characters in every ACPI table that does not say its own.</summary>
    public required string OemTableId { get; init; }

    public required uint OemRevision { get; init; }

    /// <summary>Four characters in every ACPI table that does not say its own.</summary>
    public required string CreatorId { get; init; }

    public required uint CreatorRevision { get; init; }

    /// <summary>What the CEDT holds beside bridges and windows.</summary>
    public required CedtDescription Cedt { get; init; }

    public required QtgDescription Qtg { get; init; }

    /// <summary>What is said of single tables, by signature.</summary>
    public required IReadOnlyDictionary<string, TableDescription> Tables { get; init; }
}
