namespace CxlSim.Platform;

/// <summary>How long hardware and the kernel's heavy work take. Every default has its source beside it.</summary>
public sealed record TimingDescription
{
    /// <summary>From doorbell to answer. Assumed: no public figure; the specification allows 2 s.</summary>
    public double MailboxCommandNs { get; init; } = 20_000;

    /// <summary>From COMMIT to COMMITTED. Assumed: well below the 10 ms that CXL r3.1 8.2.4.20.12 allows.</summary>
    public double DecoderCommitNs { get; init; } = 1_000;

    /// <summary>One DOE exchange. Assumed: well below the 1 s of PCI Express Base 6.0 6.30.2.</summary>
    public double DoeExchangeNs { get; init; } = 5_000;

    /// <summary>From power-on until media status says ready. Assumed.</summary>
    public double MediaReadyNs { get; init; } = 50_000_000;

    /// <summary>What a device does with one part of a firmware image. Assumed: QEMU's device takes 2 s, with which 8 MiB would take hours.</summary>
    public double FirmwarePartNs { get; init; } = 1_000_000;

    /// <summary>What firmware needs from power-on to hand-off. Assumed, for a minimal firmware.</summary>
    public double FirmwareNs { get; init; } = 100_000_000;

    /// <summary>Initialising one struct page when a block goes online: 12.5 ns, measured by D. Jordan in the parallel deferred-init series (2020).</summary>
    public double StructPageInitNs { get; init; } = 12.5;

    /// <summary>Adding one memory block: device, links and uevent. Assumed.</summary>
    public double MemoryBlockAddNs { get; init; } = 50_000;

    /// <summary>Moving a page in use to another place. Assumed: 1 GB/s.</summary>
    public double PageMigrationNs { get; init; } = 4_096;

    /// <summary>What an access takes in the host.</summary>
    public HostPathDescription Host { get; init; } = HostPathDescription.Default;
}
