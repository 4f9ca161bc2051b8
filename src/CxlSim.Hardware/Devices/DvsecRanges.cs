using CxlSim.Core;
using CxlSim.Hdm;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The DVSEC for devices at work: what its ranges say of the media, and what they decode while no HDM decoders do (CXL r3.1 8.1.3).</summary>
internal sealed class DvsecRanges
{
    private readonly ConfigSpace _config;
    private readonly int _dvsec;
    private readonly ByteSize[] _capacities;
    private readonly DeviceFaults _faults;

    /// <param name="config">Gets the capability.</param>
    /// <param name="description">Capacity: volatile first, each part a range.</param>
    /// <param name="isRestricted">A CXL 1.1 device, which decodes by its ranges first of all.</param>
    public DvsecRanges(ConfigSpace config, Type3Description description, bool isRestricted)
    {
        _config = config;
        _faults = description.Faults;
        _capacities = [.. new[] { description.Volatile, description.Persistent }.Where(part => !part.IsZero)];

        // QEMU's device says one, whatever it has; one that decodes by its ranges must name them all.
        _dvsec = CxlDvsecs.AddDevice(config, _capacities, description.HdmDecoders == 0 || isRestricted ? _capacities.Length : 1);
    }

    /// <summary>CXL.mem is switched on; without it a device decodes nothing.</summary>
    public bool IsEnabled => (_config.U16(_dvsec + Dvsec.DeviceControl) & Dvsec.ControlMemEnable) != 0;

    private bool IsLocked => (_config.U16(_dvsec + Dvsec.DeviceLock) & Dvsec.LockConfig) != 0;

    public bool Holds(int offset) => offset >= _dvsec && offset < _dvsec + Dvsec.DeviceLength;

    /// <summary>Control, the lock itself and the bases take no write any more once software has locked them.</summary>
    public bool Refuses(int offset) => IsLocked && (offset - _dvsec) switch
    {
        >= Dvsec.DeviceControl and < Dvsec.DeviceStatus => true,
        >= Dvsec.DeviceLock and < Dvsec.DeviceLock + 2 => true,
        >= Dvsec.DeviceRange1BaseHigh and < Dvsec.DeviceRange1BaseLow + 4 => true,
        >= Dvsec.DeviceRange1BaseHigh + Dvsec.DeviceRangeStride and < Dvsec.DeviceRange1BaseLow + Dvsec.DeviceRangeStride + 4 => true,
        _ => false,
    };

    /// <summary>Makes the ranges say what the media is now.</summary>
    public void Show(bool mediaReady)
    {
        for (int range = 0; range < _capacities.Length; range++)
        {
            int at = _dvsec + Dvsec.DeviceRange1SizeLow + (range * Dvsec.DeviceRangeStride);
            bool isValid = !_faults.HasFlag(DeviceFaults.MediaNotValid);
            bool isActive = isValid && mediaReady && !_faults.HasFlag(DeviceFaults.MediaNotActive);
            const uint state = Dvsec.RangeMemoryInfoValid | Dvsec.RangeMemoryActive;
            _config.Set32(at, (_config.U32(at) & ~state) | (isValid ? Dvsec.RangeMemoryInfoValid : 0) | (isActive ? Dvsec.RangeMemoryActive : 0));
        }
    }

    /// <summary>The ranges as decoders of one way, which take the capacity one after the other.</summary>
    public IReadOnlyList<HdmDecoder> Decoders() =>
    [
        .. _capacities.Select((capacity, range) => HdmDecoder.FromRegisters(range, BaseOf(range), capacity.Bytes, control: 0, targetList: 0)),
    ];

    private ulong BaseOf(int range)
    {
        int at = _dvsec + (range * Dvsec.DeviceRangeStride);
        return ((ulong)_config.U32(at + Dvsec.DeviceRange1BaseHigh) << 32) | (_config.U32(at + Dvsec.DeviceRange1BaseLow) & Dvsec.RangeLowMask);
    }
}
