using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Answer to Get Alert Configuration (CXL r3.1 8.2.9.9.3.2); Set takes the programmable part of it (8.2.9.9.3.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct AlertConfiguration : IBinaryLayout
{
    public byte ValidAlerts;
    public byte ProgrammableAlerts;

    /// <summary>Percent, as all of life used.</summary>
    public byte LifeUsedCritical;
    public byte LifeUsedWarning;

    /// <summary>Degrees Celsius, as all of temperature.</summary>
    public short OverTemperatureCritical;
    public short UnderTemperatureCritical;
    public short OverTemperatureWarning;
    public short UnderTemperatureWarning;
    public ushort VolatileErrorsWarning;
    public ushort PersistentErrorsWarning;

    public static int SpecSize => 16;

    // Bits of valid, programmable, set and enabled alerts.
    public const byte LifeUsed = 1 << 0;
    public const byte OverTemperature = 1 << 1;
    public const byte UnderTemperature = 1 << 2;
    public const byte VolatileErrors = 1 << 3;
    public const byte PersistentErrors = 1 << 4;
    public const byte All = 0x1f;

    /// <summary>Input of Set Alert Configuration: which to set u8, which of them to enable u8, life used u8, reserved u8, four thresholds of 16 bits.</summary>
    public const int SetLength = 12;
}
