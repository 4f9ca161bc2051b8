using CxlSim.Core;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>What a root port keeps of the error messages that reach it, and when it interrupts (PCI Express Base 6.0 6.2.4.1.2, 7.8.4.9 to 7.8.4.11).</summary>
internal sealed class RootErrors
{
    private readonly ConfigSpace _config;
    private readonly int _offset;

    /// <param name="config">The root port's.</param>
    /// <param name="offset">Where its error reporting capability stands.</param>
    public RootErrors(ConfigSpace config, int offset)
    {
        _config = config;
        _offset = offset;
        config.Set32(offset + PciCapability.ErrorRootCommand, 0, PciCapability.ErrorRootCommandBits);
        config.SetCleared32(offset + PciCapability.ErrorRootStatus, PciCapability.ErrorRootStatusBits);
    }

    /// <summary>A message came from below. True where the port interrupts: for the first of its kind that software has not cleared, and has asked for.</summary>
    /// <param name="message">What it says.</param>
    /// <param name="source">Who sent it.</param>
    public bool Receive(ErrorMessage message, Bdf source)
    {
        uint before = _config.U32(_offset + PciCapability.ErrorRootStatus);
        (uint status, uint multiple, int shift) = message == ErrorMessage.Correctable
            ? (PciCapability.ErrorRootStatusCorrectable, PciCapability.ErrorRootStatusMultipleCorrectable, 0)
            : (PciCapability.ErrorRootStatusUncorrectable, PciCapability.ErrorRootStatusMultipleUncorrectable, 16);
        bool isFirst = (before & status) == 0;
        _config.Raise32(_offset + PciCapability.ErrorRootStatus, KindOf(message, isFirst) | (isFirst ? status : multiple));
        if (isFirst)
        {
            int register = _offset + PciCapability.ErrorRootSource;
            _config.Set32(register, (_config.U32(register) & ~(0xffffu << shift)) | ((uint)source.RoutingId << shift));
        }

        return isFirst && (_config.U32(_offset + PciCapability.ErrorRootCommand) & CommandOf(message)) != 0;
    }

    private static uint KindOf(ErrorMessage message, bool isFirst) => message switch
    {
        ErrorMessage.Correctable => 0,
        ErrorMessage.NonFatal => PciCapability.ErrorRootStatusNonFatal,
        _ => PciCapability.ErrorRootStatusFatal | (isFirst ? PciCapability.ErrorRootStatusFirstFatal : 0),
    };

    private static uint CommandOf(ErrorMessage message) => message switch
    {
        ErrorMessage.Correctable => PciCapability.ErrorRootCommandCorrectable,
        ErrorMessage.NonFatal => PciCapability.ErrorRootCommandNonFatal,
        _ => PciCapability.ErrorRootCommandFatal,
    };
}
