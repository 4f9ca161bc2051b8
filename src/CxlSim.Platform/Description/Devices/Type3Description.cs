using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>A Type-3 memory device.</summary>
public sealed record Type3Description : PciChildDescription
{
    /// <summary>The user's name for it, unique in the file; made from its place when nothing was said.</summary>
    public required string Id { get; init; }

    public required ByteSize Volatile { get; init; }

    public required ByteSize Persistent { get; init; }

    /// <summary>Label storage area.</summary>
    public required ByteSize LabelStorage { get; init; }

    /// <summary>PCIe device serial number.</summary>
    public required ulong Serial { get; init; }

    /// <summary>0 for a device that has none and decodes by the ranges of its DVSEC.</summary>
    public required int HdmDecoders { get; init; }

    /// <summary>What its HDM decoders can do.</summary>
    public InterleaveCapabilities Interleave { get; init; } = InterleaveCapabilities.All;

    /// <summary>Mailbox payload: a power of two from 256 B to 1 MiB.</summary>
    public required ByteSize MailboxPayload { get; init; }

    /// <summary>The sixteen characters of Identify.</summary>
    public required string FirmwareVersion { get; init; }

    public required CdatDescription Cdat { get; init; }

    /// <summary>How fast it is.</summary>
    public PathDescription Path { get; init; } = PathProfiles.Usual;

    /// <summary>Steps by which its capacity can be divided anew; zero for one whose parts are fixed.</summary>
    public ByteSize PartitionAlignment { get; init; }

    /// <summary>Firmware images that it holds, 1 to 4.</summary>
    public int FirmwareSlots { get; init; } = 2;

    /// <summary>How long a sanitize takes; null for what its capacity suggests.</summary>
    public double? SanitizeNs { get; init; }

    /// <summary>Null for a device that does not tell of its health.</summary>
    public HealthDescription? Health { get; init; }

    /// <summary>Null for a device without passphrases.</summary>
    public SecurityDescription? Security { get; init; }

    /// <summary>Its AER capability lets internal errors through from power-on.</summary>
    public bool ReportsInternalErrors { get; init; }

    public DeviceFaults Faults { get; init; }

    public ExtraDvsecs Dvsecs { get; init; }
}
