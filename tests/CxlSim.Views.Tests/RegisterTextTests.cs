using CxlSim.Machine;

namespace CxlSim.Views.Tests;

/// <summary>Registers as texts, and in the dump of a machine.</summary>
public class RegisterTextTests
{
    private readonly SimulatedMachine _machine = Given.WithRegion().Machine;

    private RegisterUnit Card => _machine.RegisterUnits.Single(unit => unit.Name == "card");

    [Fact]
    public void Units_AreListedWithTheirNames() => RegisterText.Units(_machine.RegisterUnits).Should().Be("""
        host bridge 5: component
        host bridge 5 root port 0 0000:10:01.0: config, component
        card 0000:11:00.0 mem0: config, component, device

        """);

    [Fact]
    public void Block_HasALineForEachRegister() => RegisterText.Blocks(Card.Blocks.Where(block => block.Name == "DVSEC GPF for CXL Devices")).Should().Be("""
        DVSEC GPF for CXL Devices
          config+0x16c DVSEC GPF for CXL Devices Header 0x17c10023: Capability ID 0x23, Capability Version 1, Next 0x17c
          config+0x170 DVSEC GPF for CXL Devices Header 1 0x01001e98: DVSEC Vendor ID 0x1e98, DVSEC Length 0x10
          config+0x174 DVSEC GPF for CXL Devices Header 2 0x0005: DVSEC ID 5
          config+0x176 GPF Phase 2 Duration 0x0603: Time Base 3, Time Scale 1 s
          config+0x178 GPF Phase 2 Power 0x00000033

        """);

    [Fact]
    public void Register_IsShownFieldByField() => RegisterText.Fields(Card.Registers.Single(register => register.Name == "HDM Decoder 0 Control")).Should().Be("""
        component+0x1148 HDM Decoder 0 Control 0x00001600
          bits 3:0 Interleave Granularity 0 (256 bytes)
          bits 7:4 Interleave Ways 0 (1 way)
          bit 8 Lock On Commit 0
          bit 9 Commit 1
          bit 10 Committed 1
          bit 11 Error Not Committed 0
          bit 12 Target Range Type 1 (host-only coherent)
          bit 13 BI 0
          bit 14 UIO 0
          bits 19:16 Upstream Interleave Granularity 0
          bits 23:20 Upstream Interleave Ways 0
          bits 27:24 Interleave Set Position 0

        """);

    /// <summary>Two machines that differ in one register, named or not, have two dumps.</summary>
    [Theory]
    [InlineData("HDM Decoder 1 Base High", 0x20UL, "card component+0x115c 0x00000020 HDM Decoder 1 Base High")]
    [InlineData("Mailbox Command", 0x0000000100000000UL, "card device+0x94 0x00000001 Mailbox Command")]
    [InlineData("CXL Lock", 1UL, "card config+0x120 0x00000001 CXL Lock, CXL Capability2")]
    public void Dump_HoldsEveryRegister(string name, ulong value, string line)
    {
        string before = MachineDump.Render(_machine);

        Card.Registers.Single(register => register.Name == name).Write(value);

        string changes = MachineDump.Compare(before, MachineDump.Render(_machine));
        changes.Split('\n')[0].Should().Be("registers");
        changes.Should().Contain($"  + {line}\n");
    }

    [Fact]
    public void Dump_HoldsThePayloadOfTheMailbox()
    {
        string before = MachineDump.Render(_machine);

        Card.At(Card.Spaces[2], 0x2a8, 4).Single().Write(0x1234);

        MachineDump.Compare(before, MachineDump.Render(_machine)).Should().Be("registers\n  + card device+0x2a8 0x00001234\n");
    }
}
