using CxlSim.Machine;

namespace CxlSim.Session.Tests;

/// <summary>Units and registers as users name them.</summary>
public class RegisterWordsTests
{
    private static readonly Lazy<SimulatedMachine> Machine = new(() => Given.Booted(Given.WithDecoders(Given.OneCard)).Machine);

    [Theory]
    [InlineData("card", "card", "")]
    [InlineData("card CXL Control", "card", "CXL Control")]
    [InlineData("mem0  CXL Control", "card", "CXL Control")]
    [InlineData("0000:11:00.0 0x4", "card", "0x4")]
    [InlineData("host bridge 5 root", "host bridge 5", "root")]
    [InlineData("host bridge 5 root port 0 root", "host bridge 5 root port 0", "root")]
    public void Unit_IsTheLongestNameThatFits(string words, string unit, string rest)
    {
        RegisterWords.UnitOf(Machine.Value.RegisterUnits, words, out string behind)!.Name.Should().Be(unit);
        behind.Should().Be(rest);
    }

    [Theory]
    [InlineData("car")]
    [InlineData("cards")]
    [InlineData("mem1")]
    [InlineData("")]
    public void Unit_ThatIsNone_IsNull(string words) => RegisterWords.UnitOf(Machine.Value.RegisterUnits, words, out _).Should().BeNull();

    [Theory]
    [InlineData("Command", "config+0x4 Command")]
    [InlineData("command", "config+0x4 Command")]
    [InlineData("mailbox comm", "device+0x90 Mailbox Command")]
    [InlineData("0x118", "config+0x118 CXL Control")]
    [InlineData("0x119", "config+0x118 CXL Control")]
    [InlineData("0x4", "config+0x4 Command|device+0x0 Device Capabilities Array")]
    [InlineData("config+0x4", "config+0x4 Command")]
    [InlineData("config+4", "config+0x4 Command")]
    [InlineData("Decoder 0 Base", "component+0x1138 HDM Decoder 0 Base Low|component+0x113c HDM Decoder 0 Base High")]
    [InlineData("device+0xb0", "device+0xb0 device+0xb0")]
    [InlineData("Memory Device Status", "device+0x8a8 Memory Device Status")]
    [InlineData("MSI-X Capability", "config+0x40 MSI-X Capability Header|config+0x42 MSI-X Message Control|config+0x44 MSI-X Table|config+0x48 MSI-X PBA")]
    [InlineData("nothing", "")]
    [InlineData("config+0x1000", "")]
    [InlineData("nowhere+0x10", "")]
    [InlineData("0xffffffffffffffff", "")]
    public void Registers_AreFoundByNameAndPlace(string words, string expected)
    {
        RegisterUnit card = Machine.Value.RegisterUnits.Single(unit => unit.Name == "card");

        string.Join('|', RegisterWords.Find(card, words).Select(register => $"{register.Place} {register.Name}")).Should().Be(expected);
    }

    [Fact]
    public void Registers_OfASpaceOrOfAll()
    {
        RegisterUnit card = Machine.Value.RegisterUnits.Single(unit => unit.Name == "card");

        RegisterWords.Find(card, "device").Should().OnlyContain(register => register.Space.Name == "device").And.HaveCountGreaterThan(10);
        RegisterWords.Find(card, "").Should().Equal(card.Registers);
    }
}
