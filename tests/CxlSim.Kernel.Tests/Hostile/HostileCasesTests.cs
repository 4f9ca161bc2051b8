using CxlSim.Core;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Efi;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel.Tests;

/// <summary>What random changes have found once, each said outright.</summary>
public sealed class HostileCasesTests
{
    private const string Machine = """
        memory: {dram: 1GiB}
        host_bridges:
          - {uid: 4, bus: 0x10, component_registers: 0x480000000, root_ports: [{type3: {volatile: 256MiB, serial: 1}}, {}]}
          - {uid: 5, bus: 0x20, component_registers: 0x480010000, root_ports: [{type3: {volatile: 256MiB, serial: 2}}, {}]}
        windows: [{base: 0x490000000, size: 1GiB, targets: [4, 5]}]
        """;

    private readonly HostileBoot _boot = new(Given.Platform(Machine));
    private readonly HashSet<Hpa> _doorbells = [];

    [Fact]
    public void TwoRootBridgesOfOneBus_TheSecondIsRefused()
    {
        // Word bus range descriptor: granularity, first, last.
        Tables().Replace("DSDT", [0, 0, 0x20, 0, 0x22, 0], [0, 0, 0x10, 0, 0x12, 0]);

        _boot.Run().Should().BeNull();

        _boot.Kernel!.PciRoots.Should().ContainSingle();
        _boot.Log.Lines.Should().ContainMatch("*has a root bridge already");
    }

    [Fact]
    public void RamUpToTheEndOfTheAddressSpace_HasNothingAboveIt()
    {
        byte[] top = BinaryLayout.ToBytes(new EfiMemoryDescriptor { Type = (uint)EfiMemoryType.Conventional, PhysicalStart = ulong.MaxValue - 0xffff, NumberOfPages = 16 });
        _boot.Handoff = _boot.Handoff with { EfiMemoryMap = (byte[])[.. _boot.Handoff.EfiMemoryMap.Span, .. top] };

        _boot.Run().Should().BeNull();
    }

    [Fact]
    public void WindowTargetOfAllOnes_IsNoHostBridge()
    {
        Tables().Replace("CEDT", [4, 0, 0, 0, 5, 0, 0, 0], [0xff, 0xff, 0xff, 0xff, 5, 0, 0, 0]);

        _boot.Run().Should().BeNull();

        _boot.Kernel!.Cxl.Root!.Decoders.Should().BeEmpty();
        _boot.Log.Lines.Should().ContainMatch("*Failed to add decode range*");
    }

    [Fact]
    public void ComponentRegistersAtTheEndOfTheAddressSpace_AreNotLookedAt()
    {
        Tables().Replace("CEDT", BitConverter.GetBytes(0x4_8000_0000UL), BitConverter.GetBytes(ulong.MaxValue - 0xfff));

        _boot.Run().Should().BeNull();

        _boot.Kernel!.Cxl.Root!.Decoders.Should().ContainSingle("the window is none the worse for it");
    }

    [Fact]
    public void CapabilityListThatBitesItsTail_HasAnEnd()
    {
        _boot.Bus = new PatchedBus(_boot.Hardware)
        {
            Config = (_, offset, value) => offset == PciConfig.FirstExtendedCapability ? 0x1000_0000UL | PciCapability.Dvsec | 0x1_0000 : value,
        };

        _boot.Run().Should().BeNull();

        _boot.Kernel!.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty("no register locator can be found");
    }

    [Fact]
    public void SkipBeyondTheDevice_FailsTheDecoder()
    {
        // An endpoint decoder that is committed, with a skip of nearly all addresses.
        ulong block = 0;
        _boot.Bus = new PatchedBus(_boot.Hardware)
        {
            Register = (address, value) =>
            {
                block = (value & 0xffff) == ComponentRegisters.HdmDecoderId && value >> 20 != 0 && address.Value < 0x1_0000_0000 ? (address.Value & ~0xffffUL) + 0x1000 + (value >> 20) : block;
                return block == 0 ? value : unchecked(address.Value - block) switch
                {
                    0x18 => 0x1000_0000,
                    0x20 => HdmDecoderRegisters.ControlCommitted | HdmDecoderRegisters.ControlHostOnly,
                    0x24 or 0x28 => 0xffff_ffff,
                    _ => value,
                };
            },
        };

        _boot.Run().Should().BeNull();

        _boot.Log.Lines.Should().ContainMatch("*Failed to reserve*DPA*");
    }

    [Fact]
    public void MailboxThatNeverAnswers_TimesOut()
    {
        _boot.Bus = new PatchedBus(_boot.Hardware) { Register = NeverReady };

        _boot.Run().Should().BeNull();

        _boot.Log.Lines.Should().ContainMatch("*timeout waiting for opcode*");
        _boot.Kernel!.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty();
    }

    [Fact]
    public void DoeThatNeverAnswers_LeavesNoCdat()
    {
        _boot.Bus = new PatchedBus(_boot.Hardware) { Config = (_, offset, value) => offset >= PciConfig.FirstExtendedCapability ? value & ~0x8000_0000UL : value };

        _boot.Run().Should().BeNull();

        _boot.Log.Lines.Should().ContainMatch("*CDAT data read error");
        _boot.Kernel!.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().HaveCount(2).And.OnlyContain(memdev => memdev.IsBound);
    }

    /// <summary>A doorbell that was seen set once stays set.</summary>
    private ulong NeverReady(Hpa address, ulong value)
    {
        if (value == (MailboxRegisters.ControlDoorbell | MailboxRegisters.ControlBackgroundInterrupt))
        {
            _doorbells.Add(address);
        }

        return _doorbells.Contains(address) ? MailboxRegisters.ControlDoorbell : value;
    }

    private TableList Tables() => new(_boot.Hardware, _boot.Handoff.Rsdp);
}
