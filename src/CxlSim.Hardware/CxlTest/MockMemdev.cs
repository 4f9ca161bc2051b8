using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Hardware;

/// <summary>A memory device of cxl_test: decoders, mailbox and poison as any device has them, but no PCI function and no way for data (<c>tools/testing/cxl/test/mem.c</c>).</summary>
internal sealed class MockMemdev
{
    private static readonly ByteSize Capacity = ByteSize.GiB(2);

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
        };
        Hdm = new HdmDecoderBank(simulation, description.Id, MockLayout.Decoders, targetCount: 0, InterleaveCapabilities.All, SimDuration.Nanoseconds(timing.DecoderCommitNs));
        Components = new ComponentRegisterBlock(ComponentCapabilities.Of(Hdm));
        Units = new MailboxUnits(simulation, description, timing, new SparseMemory(), firstEventVector: 0);
        Mailbox mailbox = new(simulation, description.Id, description.MailboxPayload, SimDuration.Nanoseconds(timing.MailboxCommandNs), Units.Commands(), vector: 0);
        Registers = new DeviceRegisterBlock(simulation, mailbox, Units, simulation.Now, default);
    }

    public HdmDecoderBank Hdm { get; }

    public ComponentRegisterBlock Components { get; }

    public DeviceRegisterBlock Registers { get; }

    /// <summary>What answers behind its mailbox.</summary>
    public MailboxUnits Units { get; }
}
