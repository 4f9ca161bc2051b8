using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Kernel;

/// <summary>A memory device of the mock platform, cxl_mem.N or the CXL 1.1 device cxl_rcd.N; its attributes are there while cxl_mock_mem is bound (<c>tools/testing/cxl/test/mem.c</c>).</summary>
public sealed class MockMemdevice : CxlPlatformDevice
{
    private const int DigestSize = 32;

    private static readonly AttributeGroup Attributes = new(
        Attr<MockMemdevice>.ReadWrite(
            "security_lock", d => d.ReadControl(MockControlRegisters.SecurityLock).ToString(CultureInfo.InvariantCulture), (d, value) => d.StoreLock(value), d => d.IsBound),
        Attr<MockMemdevice>.WriteOnly("event_trigger", (d, _) => d.TriggerAsync(), d => d.IsBound),
        Attr<MockMemdevice>.ReadOnly("fw_buf_checksum", d => d.Digest(), visible: d => d.IsBound),
        Attr<MockMemdevice>.ReadWrite(
            "sanitize_timeout", d => d.ReadControl(MockControlRegisters.SanitizeTime).ToString(CultureInfo.InvariantCulture), (d, value) => d.StoreTimeout(value), d => d.IsBound));

    private readonly IHostBus _hostBus;
    private readonly Tracing _tracing;

    public MockMemdevice(IHostBus hostBus, Tracing tracing, int id)
        : base(id == MockLayout.RestrictedMemdev ? "cxl_rcd" : "cxl_mem", id)
    {
        const uint latency = 500;
        const uint bandwidth = 1000;
        _hostBus = hostBus;
        _tracing = tracing;
        Components = MockLayout.MemdevComponents(id);
        IsRestricted = id == MockLayout.RestrictedMemdev;
        NumaNode = id % 2;
        Speed = new AccessCoordinates(latency, latency, bandwidth, bandwidth);
        QosClass = MockCedt.QtgId;
    }

    /// <summary>Its device registers.</summary>
    public Hpa Registers => MockLayout.MemdevRegisters(Id);

    /// <summary>PCIe devices have one of their own; here it must only not be 0.</summary>
    public ulong Serial => (ulong)Id + 1;

    protected override IReadOnlyList<AttributeGroup> PlatformGroups => [Attributes];

    /// <summary>Fills the event logs, and reads them as an interrupt would have it done (<c>cxl_mock_event_trigger</c>).</summary>
    private async SimTask<Errno> TriggerAsync()
    {
        _hostBus.WriteRegister(At(MockControlRegisters.EventTrigger), 4, 1);
        if (Children.Values.OfType<CxlMemdev>().FirstOrDefault()?.Events is { } events)
        {
            await events.DrainAsync(_tracing.Caller);
        }

        return Errno.Ok;
    }

    /// <summary>1 locks a device that has a passphrase, as if its power had gone; ENXIO without one (<c>security_lock_store</c>).</summary>
    private Errno StoreLock(string value)
    {
        if (Kstrto.Int(value, out int locks) != Errno.Ok || locks != 1)
        {
            return Errno.EINVAL;
        }

        _hostBus.WriteRegister(At(MockControlRegisters.SecurityLock), 4, 1);
        return ReadControl(MockControlRegisters.SecurityLock) == 1 ? Errno.Ok : Errno.ENXIO;
    }

    /// <summary>Milliseconds (<c>sanitize_timeout_store</c>).</summary>
    private Errno StoreTimeout(string value)
    {
        Errno error = Kstrto.U64(value, out ulong milliseconds);
        if (error == Errno.Ok)
        {
            _hostBus.WriteRegister(At(MockControlRegisters.SanitizeTime), 4, Math.Min(milliseconds, uint.MaxValue));
        }

        return error;
    }

    private string Digest()
    {
        byte[] digest = new byte[DigestSize];
        for (int offset = 0; offset < DigestSize; offset += 4)
        {
            BitConverter.TryWriteBytes(digest.AsSpan(offset), (uint)ReadControl(MockControlRegisters.ImageDigest + offset));
        }

        return Convert.ToHexStringLower(digest);
    }

    private ulong ReadControl(int register) => _hostBus.ReadRegister(At(register), 4);

    private Hpa At(int register) =>
        MockLayout.Control + new ByteSize((ulong)(MockControlRegisters.Memdevs + (Id * MockControlRegisters.MemdevStride) + register));
}
