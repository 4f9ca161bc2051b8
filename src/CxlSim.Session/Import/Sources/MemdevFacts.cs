namespace CxlSim.Session;

/// <summary>What Linux showed of a memory device; what it did not show is null.</summary>
internal sealed class MemdevFacts
{
    /// <summary>Its name then: <c>mem0</c>.</summary>
    public string? Name { get; set; }

    public ulong? Serial { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? Volatile { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? Persistent { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? LabelStorage { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? MailboxPayload { get; set; }

    public string? FirmwareVersion { get; set; }

    /// <summary>HDM decoders of its endpoint.</summary>
    public int? HdmDecoders { get; set; }
}
