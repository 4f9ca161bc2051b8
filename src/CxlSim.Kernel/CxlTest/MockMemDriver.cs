using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Kernel;

/// <summary>Binds to the mock memory devices in the place of cxl_pci: their registers lie where the module says (<c>tools/testing/cxl/test/mem.c</c>).</summary>
/// <remarks>Linux probes them in threads of their own, so that memN need not be cxl_mem.N there; here they come in order.</remarks>
public sealed class MockMemDriver(CxlCore cxl) : Driver("cxl_mock_mem")
{
    private static readonly AttributeGroup Attributes = new(
        Attr<MockMemDriver>.ReadWrite(
            "poison_inject_max",
            d => d.ReadControl(MockControlRegisters.PoisonLimit).ToString(CultureInfo.InvariantCulture),
            (d, value) => d.StorePoisonLimit(value)));

    public override IReadOnlyList<AttributeGroup> Groups => [.. base.Groups, Attributes];

    public override bool Matches(Device device) => device is MockMemdevice;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        MockMemdevice mock = (MockMemdevice)device;
        using FrameScope frame = cxl.Core.Simulation.Enter("cxl_mock_mem_probe", mock.Name);
        if (RegisterMap.ProbeDevice(cxl.Core, mock, mock.Registers) is not { } map)
        {
            return Errno.ENXIO;
        }

        ComponentRegisterMap components = RegisterMap.SetUpComponents(cxl.Core, mock, mock.Components!.Value);
        CxlMailbox mailbox = new(cxl, mock, map);
        return await new MemdevSetup(cxl, mock, mock.Serial, mailbox, map, components, isMediaReady: true).RunAsync();
    }

    /// <summary>EINVAL above the most that there can be, EBUSY while any line is poisoned (<c>poison_inject_max_store</c>).</summary>
    private Errno StorePoisonLimit(string value)
    {
        if (Kstrto.Int(value, out int limit) != Errno.Ok || limit < 0 || limit > MockControlRegisters.MostPoisonLimit)
        {
            return Errno.EINVAL;
        }

        if (ReadControl(MockControlRegisters.Poisoned) > 0)
        {
            return Errno.EBUSY;
        }

        cxl.Core.HostBus.WriteRegister(MockLayout.Control + new ByteSize(MockControlRegisters.PoisonLimit), 4, (ulong)limit);
        return Errno.Ok;
    }

    private ulong ReadControl(int register) => cxl.Core.HostBus.ReadRegister(MockLayout.Control + new ByteSize((ulong)register), 4);
}
