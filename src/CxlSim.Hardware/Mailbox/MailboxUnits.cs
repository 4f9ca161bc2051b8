using CxlSim.Engine;
using CxlSim.Platform;

namespace CxlSim.Hardware;

/// <summary>All that answers behind the mailbox of a Type-3 device: a unit per matter, each with its commands.</summary>
public sealed class MailboxUnits
{
    /// <summary>The recorded device calls its firmware by one digit less in the slot than in Identify.</summary>
    private const string RecordedVersion = "BWFW VERSION 00";
    private const string RecordedSlotVersion = "BWFW VERSION 0";

    private readonly DeviceIdentity _identity;
    private readonly bool _listsLog;

    public MailboxUnits(Simulation simulation, Type3Description device, TimingDescription timing, SparseMemory media, int firstEventVector, int eventCapacity = EventLogs.DefaultCapacity)
    {
        _identity = new DeviceIdentity(device);
        _listsLog = !device.Faults.HasFlag(DeviceFaults.NoEffectsLog);
        Time = new DeviceTime(simulation);
        Poison = new PoisonedLines(device.Volatile + device.Persistent, media);
        Labels = new LabelStorage(device.LabelStorage);
        Events = new EventLogs(Time, firstEventVector, eventCapacity);
        Security = new SecurityState(device.Security is not null);
        Health = device.Health is { } health ? new DeviceHealth(health) : null;
        string version = device.FirmwareVersion == RecordedVersion ? RecordedSlotVersion : device.FirmwareVersion;
        Firmware = new FirmwareSlots(simulation, device.FirmwareSlots, version, SimDuration.Nanoseconds(timing.FirmwarePartNs));
        SimDuration sanitizeTime = device.SanitizeNs is { } given ? SimDuration.Nanoseconds(given) : Sanitizer.DurationOf(device.Volatile + device.Persistent);
        Sanitizer = new Sanitizer(EraseAll, Security, sanitizeTime, device.Security is { SecureErase: true });
        Security.Erase = EraseAll;
        if (device.Security?.Passphrase is { } passphrase)
        {
            Security.SetUser(passphrase);
        }

        void EraseAll()
        {
            media.Clear();
            Poison.ClearAll();
            Labels.Clear();
            Events.ClearAll();
        }
    }

    public DeviceTime Time { get; }

    public PoisonedLines Poison { get; }

    public LabelStorage Labels { get; }

    public EventLogs Events { get; }

    public SecurityState Security { get; }

    public Sanitizer Sanitizer { get; }

    public FirmwareSlots Firmware { get; }

    /// <summary>Null for a device that does not tell of its health, as QEMU's.</summary>
    public DeviceHealth? Health { get; }

    public MailboxCommands Commands() => new(
        [
            .. Events.Commands, .. Firmware.Commands, .. Time.Commands, .. _identity.Commands, .. Labels.Commands,
            .. Health?.Commands ?? [], .. Poison.Commands, .. Sanitizer.Commands, .. Security.Commands,
        ],
        () => Sanitizer.IsRunning,
        _listsLog);
}
