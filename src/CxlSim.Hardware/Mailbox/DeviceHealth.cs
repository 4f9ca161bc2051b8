using System.Buffers.Binary;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>Health, alerts and shutdown state of a device that tells of them (CXL r3.1 8.2.9.9.3).</summary>
public sealed class DeviceHealth(HealthDescription description)
{
    private const int Warning = 1;
    private const int Critical = 2;

    /// <summary>Thresholds that QEMU's newer devices begin with.</summary>
    private AlertConfiguration _alerts = new()
    {
        ProgrammableAlerts = AlertConfiguration.All,
        LifeUsedCritical = 75,
        LifeUsedWarning = 40,
        OverTemperatureCritical = 35,
        UnderTemperatureCritical = 10,
        OverTemperatureWarning = 25,
        UnderTemperatureWarning = 20,
    };

    private byte _shutdownState;

    /// <summary>What the device says of itself; may change while it runs.</summary>
    public HealthDescription Description { get; set; } = description;

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.GetHealthInfo, CommandEffects.None, 0, (_, _) => BinaryLayout.ToBytes(Info())),
        new(MailboxOpcode.GetAlertConfiguration, CommandEffects.None, 0, (_, _) => BinaryLayout.ToBytes(_alerts)),
        new(MailboxOpcode.SetAlertConfiguration, CommandEffects.ImmediatePolicy, AlertConfiguration.SetLength, (input, _) => SetAlerts(input)),
        new(MailboxOpcode.GetShutdownState, CommandEffects.None, 0, (_, _) => new byte[] { _shutdownState }),
        new(MailboxOpcode.SetShutdownState, CommandEffects.ImmediatePolicy, 1, (input, _) => SetShutdownState(input[0])),
    ];

    private HealthInfo Info() => new()
    {
        HealthStatus = (byte)Description.Status,
        MediaStatus = (byte)Description.Media,
        AdditionalStatus = AdditionalStatus(),
        LifeUsed = Description.LifeUsed,
        Temperature = Description.Temperature,
        DirtyShutdowns = Description.DirtyShutdowns,
        CorrectedVolatileErrors = Description.VolatileErrors,
        CorrectedPersistentErrors = Description.PersistentErrors,
    };

    /// <summary>Critical thresholds always count, warnings once software enabled them.</summary>
    private byte AdditionalStatus()
    {
        int life = Description.LifeUsed >= _alerts.LifeUsedCritical ? Critical : IsOn(AlertConfiguration.LifeUsed) && Description.LifeUsed >= _alerts.LifeUsedWarning ? Warning : 0;
        short degrees = Description.Temperature;
        bool isCritical = degrees >= _alerts.OverTemperatureCritical || degrees <= _alerts.UnderTemperatureCritical;
        bool isWarned = (IsOn(AlertConfiguration.OverTemperature) && degrees >= _alerts.OverTemperatureWarning)
            || (IsOn(AlertConfiguration.UnderTemperature) && degrees <= _alerts.UnderTemperatureWarning);
        int temperature = isCritical ? Critical : isWarned ? Warning : 0;
        int errors = IsOn(AlertConfiguration.VolatileErrors) && Description.VolatileErrors >= _alerts.VolatileErrorsWarning ? 1 : 0;
        int persistent = IsOn(AlertConfiguration.PersistentErrors) && Description.PersistentErrors >= _alerts.PersistentErrorsWarning ? 1 : 0;
        return (byte)(life | (temperature << 2) | (errors << 4) | (persistent << 5));
    }

    private bool IsOn(byte alert) => (_alerts.ValidAlerts & alert) != 0;

    /// <summary>A warning must come before what is critical.</summary>
    private MailboxReply SetAlerts(byte[] input)
    {
        byte which = (byte)(input[0] & AlertConfiguration.All);
        byte enabled = input[1];
        AlertConfiguration next = _alerts;
        next.LifeUsedWarning = Chosen(AlertConfiguration.LifeUsed) ? input[2] : next.LifeUsedWarning;
        next.OverTemperatureWarning = Chosen(AlertConfiguration.OverTemperature) ? Signed(4) : next.OverTemperatureWarning;
        next.UnderTemperatureWarning = Chosen(AlertConfiguration.UnderTemperature) ? Signed(6) : next.UnderTemperatureWarning;
        next.VolatileErrorsWarning = Chosen(AlertConfiguration.VolatileErrors) ? BitConverter.ToUInt16(input, 8) : next.VolatileErrorsWarning;
        next.PersistentErrorsWarning = Chosen(AlertConfiguration.PersistentErrors) ? BitConverter.ToUInt16(input, 10) : next.PersistentErrorsWarning;
        if (next.LifeUsedWarning >= next.LifeUsedCritical || next.OverTemperatureWarning >= next.OverTemperatureCritical || next.UnderTemperatureWarning <= next.UnderTemperatureCritical)
        {
            return MailboxReturnCode.InvalidInput;
        }

        next.ValidAlerts = (byte)((next.ValidAlerts & ~which) | (which & enabled));
        _alerts = next;
        return MailboxReturnCode.Success;

        bool Chosen(byte alert) => (which & alert) != 0;

        short Signed(int offset) => BinaryPrimitives.ReadInt16LittleEndian(input.AsSpan(offset));
    }

    private MailboxReply SetShutdownState(byte state)
    {
        _shutdownState = state;
        return MailboxReturnCode.Success;
    }
}
