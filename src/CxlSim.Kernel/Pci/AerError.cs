using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>What a function says of its error (<c>drivers/pci/pcie/aer.c</c>, struct aer_err_info).</summary>
/// <param name="Severity">As the root port was told.</param>
/// <param name="Status">The errors; 0 where the function cannot be asked any more.</param>
/// <param name="Mask">Errors that it does not report.</param>
/// <param name="First">Which of the uncorrectable ones came first; -1 where that is not known.</param>
/// <param name="Header">The packet at fault; null for an error that has none.</param>
internal sealed record AerError(AerSeverity Severity, uint Status, uint Mask, int First, uint[]? Header)
{
    /// <summary>Poisoned, aborted, not expected, malformed, with a wrong checksum, not supported: errors of a single packet.</summary>
    private const uint PacketErrors = (1 << 12) | (1 << 15) | (1 << 16) | (1 << 18) | (1 << 19) | (1 << 20);

    /// <summary>Asks the function; null where there is nothing to tell (<c>aer_get_device_error_info</c>).</summary>
    public static AerError? Of(PciDevice device, AerSeverity severity)
    {
        int aer = device.ErrorReportingOffset;
        if (aer == 0)
        {
            return null;
        }

        if (severity == AerSeverity.Fatal && device.ExpressType is not (PciCapability.ExpressTypeRootPort or PciCapability.ExpressTypeDownstreamPort))
        {
            return new AerError(severity, 0, 0, -1, null); // its link is broken
        }

        bool isCorrectable = severity == AerSeverity.Correctable;
        uint status = device.ReadConfig(aer + (isCorrectable ? PciCapability.ErrorCorrectableStatus : PciCapability.ErrorUncorrectableStatus), 4);
        uint mask = device.ReadConfig(aer + (isCorrectable ? PciCapability.ErrorCorrectableMask : PciCapability.ErrorUncorrectableMask), 4);
        if ((status & ~mask) == 0)
        {
            return null;
        }

        return isCorrectable
            ? new AerError(severity, status, mask, -1, null)
            : new AerError(severity, status, mask, (int)(device.ReadConfig(aer + PciCapability.ErrorFeatures, 4) & PciCapability.ErrorFirstPointer), (status & PacketErrors) != 0 ? HeaderOf(device) : null);
    }

    private static uint[] HeaderOf(PciDevice device) =>
        [.. Enumerable.Range(0, PciCapability.ErrorHeaderWords).Select(word => device.ReadConfig(device.ErrorReportingOffset + PciCapability.ErrorHeaderLog + (4 * word), 4))];
}
