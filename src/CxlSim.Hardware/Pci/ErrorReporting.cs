using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>Advanced error reporting of a function: which errors it found, and of which it sends a message (PCI Express Base 6.0 6.2.5, 7.8.4).</summary>
public sealed class ErrorReporting
{
    private const uint Uncorrectable = 0x07ff_f030;
    private const uint Correctable = 0x0000_f1c1;

    private readonly ConfigSpace _config;
    private readonly int _offset;
    private readonly int _express;

    /// <summary>Masks and severities as QEMU's functions have them at power-on: internal errors are masked.</summary>
    /// <param name="config">The function's; the capability is appended to it.</param>
    /// <param name="express">Where its express capability stands.</param>
    /// <param name="features">Capabilities and control.</param>
    internal ErrorReporting(ConfigSpace config, int express, uint features)
    {
        _config = config;
        _express = express;
        _offset = config.AddExtendedCapability(PciCapability.ErrorReporting, PciCapability.ErrorReportingLength, PciCapability.ErrorReportingVersion);
        config.Set32(_offset + PciCapability.ErrorUncorrectableMask, 0x0240_0000, Uncorrectable);
        config.Set32(_offset + PciCapability.ErrorUncorrectableSeverity, 0x0046_2030, Uncorrectable);
        config.Set32(_offset + PciCapability.ErrorCorrectableMask, 0x0000_e000, Correctable);
        config.Set32(_offset + PciCapability.ErrorFeatures, features);
        config.SetCleared32(_offset + PciCapability.ErrorUncorrectableStatus, Uncorrectable);
        config.SetCleared32(_offset + PciCapability.ErrorCorrectableStatus, Correctable);
        config.SetCleared16(express + PciCapability.ExpressDeviceStatus, PciCapability.DeviceStatusErrors);
    }

    /// <summary>A message is on its way to the root port.</summary>
    public event Action<ErrorMessage>? Sent;

    /// <summary>Where the capability stands.</summary>
    internal int Offset => _offset;

    private ushort Control => _config.U16(_express + PciCapability.ExpressDeviceControl);

    /// <summary>Firmware lets internal errors through, which are masked at power-on.</summary>
    internal void UnmaskInternal()
    {
        Unmask(PciCapability.ErrorUncorrectableMask, PciCapability.UncorrectableInternalError, Uncorrectable);
        Unmask(PciCapability.ErrorCorrectableMask, PciCapability.CorrectableInternalError, Correctable);
    }

    /// <summary>The function found an error and mended it: a bit of the correctable status.</summary>
    public void RaiseCorrectable(int bit)
    {
        _config.Raise16(_express + PciCapability.ExpressDeviceStatus, PciCapability.DeviceStatusCorrectable);
        _config.Raise32(_offset + PciCapability.ErrorCorrectableStatus, 1u << bit);
        if (!IsSet(PciCapability.ErrorCorrectableMask, bit) && (Control & PciCapability.DeviceControlReportCorrectable) != 0)
        {
            Sent?.Invoke(ErrorMessage.Correctable);
        }
    }

    /// <summary>The function found an error that it cannot mend: a bit of the uncorrectable status, whose severity says how bad it is.</summary>
    /// <param name="bit">Of the status.</param>
    /// <param name="header">The packet at fault, at most four words of it; empty for none.</param>
    public void RaiseUncorrectable(int bit, IReadOnlyList<uint> header)
    {
        bool isFatal = IsSet(PciCapability.ErrorUncorrectableSeverity, bit);
        _config.Raise16(_express + PciCapability.ExpressDeviceStatus, isFatal ? PciCapability.DeviceStatusFatal : PciCapability.DeviceStatusNonFatal);
        bool isMasked = IsSet(PciCapability.ErrorUncorrectableMask, bit);
        if (!isMasked)
        {
            PointAt(bit, header);
        }

        _config.Raise32(_offset + PciCapability.ErrorUncorrectableStatus, 1u << bit);
        if (!isMasked && (Control & (isFatal ? PciCapability.DeviceControlReportFatal : PciCapability.DeviceControlReportNonFatal)) != 0)
        {
            Sent?.Invoke(isFatal ? ErrorMessage.Fatal : ErrorMessage.NonFatal);
        }
    }

    /// <summary>Pointer and packet stay those of the first error until software has cleared that.</summary>
    private void PointAt(int bit, IReadOnlyList<uint> header)
    {
        int register = _offset + PciCapability.ErrorFeatures;
        uint value = _config.U32(register);
        if (!IsSet(PciCapability.ErrorUncorrectableStatus, (int)(value & PciCapability.ErrorFirstPointer)))
        {
            _config.Set32(register, (value & ~PciCapability.ErrorFirstPointer) | (uint)bit);
            for (int word = 0; word < PciCapability.ErrorHeaderWords; word++)
            {
                _config.Set32(_offset + PciCapability.ErrorHeaderLog + (4 * word), word < header.Count ? header[word] : 0);
            }
        }
    }

    private void Unmask(int register, int bit, uint writable) => _config.Set32(_offset + register, _config.U32(_offset + register) & ~(1u << bit), writable);

    private bool IsSet(int register, int bit) => (_config.U32(_offset + register) & (1u << bit)) != 0;
}
