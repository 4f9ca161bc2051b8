using System.Globalization;
using System.Security.Cryptography;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Hardware;

/// <summary>A memory device of cxl_test: decoders, mailbox and poison as any device has them, but no PCI function and no way for data (<c>tools/testing/cxl/test/mem.c</c>).</summary>
internal sealed class MockMemdev
{
    private const long PicosecondsPerMillisecond = 1_000_000_000;
    private static readonly ByteSize Capacity = ByteSize.GiB(2);

    /// <summary>The mock waits so long over each part of a firmware image, or a little longer.</summary>
    private static readonly SimDuration FirmwarePart = SimDuration.Microseconds(1500);

    public MockMemdev(Simulation simulation, int id, TimingDescription timing)
    {
        bool isRestricted = id == MockLayout.RestrictedMemdev;
        Type3Description description = new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{(isRestricted ? "cxl_rcd" : "cxl_mem")}.{id}"),
            Volatile = isRestricted ? Capacity : Capacity / 2,
            Persistent = isRestricted ? ByteSize.Zero : Capacity / 2,
            LabelStorage = ByteSize.KiB(128),
            Serial = (ulong)id + 1,
            HdmDecoders = MockLayout.Decoders,
            MailboxPayload = ByteSize.KiB(4),
            FirmwareVersion = "mock fw v1 ",
            Cdat = new CdatDescription(500, 500, 1000, 1000),
            PartitionAlignment = ByteSize.MiB(256),
            FirmwareSlots = 3,
            SanitizeNs = 2e9,
            Health = new HealthDescription
            {
                Status = HealthStatus.MaintenanceNeeded | HealthStatus.PerformanceDegraded | HealthStatus.ReplacementNeeded,
                Media = HealthMedia.AllDataLost,
                LifeUsed = 15,
                Temperature = 25,
                DirtyShutdowns = 10,
                VolatileErrors = 20,
                PersistentErrors = 30,
            },
            Security = new SecurityDescription(SecureErase: true, Passphrase: null),
        };
        Hdm = new HdmDecoderBank(simulation, description.Id, MockLayout.Decoders, targetCount: 0, InterleaveCapabilities.All, SimDuration.Nanoseconds(timing.DecoderCommitNs));
        Components = new ComponentRegisterBlock(ComponentCapabilities.Of(Hdm));
        Units = new MailboxUnits(simulation, description, timing, new SparseMemory(), firstEventVector: 0, MockEvents.Capacity);
        Units.Firmware.Active = 2;
        Units.Firmware.IsPrompt = true;
        Units.Firmware.PartTime = FirmwarePart;
        MockEvents.Fill(Units.Events);
        Mailbox mailbox = new(simulation, description.Id, description.MailboxPayload, SimDuration.Nanoseconds(timing.MailboxCommandNs), Units.Commands(), vector: 0);
        Registers = new DeviceRegisterBlock(simulation, mailbox, Units, simulation.Now, default);
    }

    public HdmDecoderBank Hdm { get; }

    public ComponentRegisterBlock Components { get; }

    public DeviceRegisterBlock Registers { get; }

    public MailboxUnits Units { get; }

    public PoisonedLines Poison => Units.Poison;

    /// <summary>One of the registers by which the module handles the device, by its offset from <see cref="MockControlRegisters.Memdevs"/>.</summary>
    public uint ReadControl(int offset) => offset switch
    {
        MockControlRegisters.SanitizeTime => (uint)(Units.Sanitizer.Duration.Picoseconds / PicosecondsPerMillisecond),
        MockControlRegisters.SecurityLock => (Units.Security.Flags & SecurityPayloads.Locked) != 0 ? 1u : 0,
        >= MockControlRegisters.ImageDigest and < MockControlRegisters.MemdevStride =>
            BitConverter.ToUInt32(SHA256.HashData((byte[])[.. Units.Firmware.Image]), offset - MockControlRegisters.ImageDigest),
        _ => 0,
    };

    public void WriteControl(int offset, uint value)
    {
        switch (offset)
        {
            case MockControlRegisters.SanitizeTime:
                Units.Sanitizer.Duration = SimDuration.Milliseconds(value);
                break;
            case MockControlRegisters.SecurityLock when value == 1:
                Units.Security.Reset();
                break;
            case MockControlRegisters.EventTrigger:
                MockEvents.Fill(Units.Events);
                break;
        }
    }
}
