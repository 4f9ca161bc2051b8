using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>How the kernel names errors of PCI Express (<c>drivers/pci/pcie/aer.c</c>).</summary>
internal static class AerWords
{
    private const uint DataLinkCorrectable = (1 << 6) | (1 << 7) | (1 << 8) | (1 << 12);
    private const uint TransmitterErrors = (1 << 8) | (1 << 12);
    private const uint RequesterErrors = (1 << 14) | (1 << 20);
    private const uint CompleterErrors = 1 << 15;
    private const uint DataLinkUncorrectable = 1 << 4;
    private const uint PhysicalErrors = 1 << 0;

    private static readonly Dictionary<int, string> Correctable = new()
    {
        [0] = "RxErr", [6] = "BadTLP", [7] = "BadDLLP", [8] = "Rollover", [12] = "Timeout", [13] = "NonFatalErr",
        [PciCapability.CorrectableInternalError] = "CorrIntErr", [15] = "HeaderOF",
    };

    private static readonly Dictionary<int, string> Uncorrectable = new()
    {
        [0] = "Undefined", [4] = "DLP", [5] = "SDES", [12] = "TLP", [13] = "FCP", [14] = "CmpltTO", [15] = "CmpltAbrt", [16] = "UnxCmplt", [17] = "RxOF", [18] = "MalfTLP",
        [19] = "ECRC", [20] = "UnsupReq", [21] = "ACSViol", [PciCapability.UncorrectableInternalError] = "UncorrIntErr", [23] = "BlockedTLP", [24] = "AtomicOpBlocked",
        [25] = "TLPBlockedErr", [26] = "PoisonTLPBlocked", [27] = "DMWrReqBlocked", [28] = "IDECheck", [29] = "MisIDETLP", [30] = "PCRC_CHECK", [31] = "TLPXlatBlocked",
    };

    /// <summary>The name of an error; null for a bit that has none.</summary>
    public static string? NameOf(AerSeverity severity, int bit) => (severity == AerSeverity.Correctable ? Correctable : Uncorrectable).GetValueOrDefault(bit);

    public static string NameOf(AerSeverity severity) => severity switch
    {
        AerSeverity.NonFatal => "Uncorrectable (Non-Fatal)",
        AerSeverity.Fatal => "Uncorrectable (Fatal)",
        _ => "Correctable",
    };

    /// <summary>Where in the protocol the first of these errors belongs.</summary>
    public static string LayerOf(AerSeverity severity, uint status)
    {
        (uint physical, uint dataLink) = severity == AerSeverity.Correctable ? (PhysicalErrors, DataLinkCorrectable) : (0u, DataLinkUncorrectable);
        return (status & physical) != 0 ? "Physical Layer" : (status & dataLink) != 0 ? "Data Link Layer" : "Transaction Layer";
    }

    /// <summary>In which part the function met them.</summary>
    public static string AgentOf(AerSeverity severity, uint status)
    {
        bool isCorrectable = severity == AerSeverity.Correctable;
        return (status & (isCorrectable ? 0 : CompleterErrors)) != 0 ? "Completer ID"
            : (status & (isCorrectable ? 0 : RequesterErrors)) != 0 ? "Requester ID"
            : (status & (isCorrectable ? TransmitterErrors : 0)) != 0 ? "Transmitter ID"
            : "Receiver ID";
    }
}
