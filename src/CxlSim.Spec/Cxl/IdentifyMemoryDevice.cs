using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Answer to Identify Memory Device (CXL r3.1 8.2.9.9.1.1). Capacities count in <see cref="CapacityUnit"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IdentifyMemoryDevice : IBinaryLayout
{
    public FirmwareRevisionText FirmwareRevision;
    public ulong TotalCapacity;
    public ulong VolatileCapacity;
    public ulong PersistentCapacity;
    public ulong PartitionAlignment;
    public ushort InformationalEventLogSize;
    public ushort WarningEventLogSize;
    public ushort FailureEventLogSize;
    public ushort FatalEventLogSize;
    public uint LsaSize;
    public ushort PoisonListMaximumLow;
    public byte PoisonListMaximumHigh;
    public ushort InjectPoisonLimit;
    public byte PoisonHandlingCapabilities;
    public byte QosTelemetryCapabilities;

    public static int SpecSize => 67;

    /// <summary>256 MiB.</summary>
    public static ByteSize CapacityUnit => ByteSize.MiB(256);

    /// <summary>Sixteen ASCII characters.</summary>
    [InlineArray(16)]
    public struct FirmwareRevisionText
    {
        private byte _first;
    }
}
