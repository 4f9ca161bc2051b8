namespace CxlSim.Views.Tests;

/// <summary>The second machine's names in the words of the first.</summary>
public class NameMatchTests
{
    private static readonly NamedObject[] First = [new("mem", "0", "left"), new("mem", "1", "right"), new("port", "2", "endpoint of left"), new("pci", "0000:11:00.0", "pci0000:10/01.0/00.0"), new("bus", "0000:11", "pci0000:10/01.0")];

    private static readonly NamedObject[] Second =
    [
        new("mem", "0", "new"), new("mem", "1", "left"), new("port", "3", "endpoint of left"), new("port", "4", "endpoint of new"),
        new("pci", "0000:12:00.0", "pci0000:10/01.0/00.0"), new("bus", "0000:12", "pci0000:10/01.0"),
    ];

    [Theory]
    [InlineData("mem1", "mem0")]
    [InlineData("mem0", "mem0'")]
    [InlineData("endpoint3/decoder3.1", "endpoint2/decoder2.1")]
    [InlineData("endpoint4", "endpoint4")]
    [InlineData("0000:12:00.0/mem1/x", "0000:11:00.0/mem0/x")]
    [InlineData("PCI Bus 0000:12", "PCI Bus 0000:11")]
    [InlineData("memory1 nmem1 mem10", "memory1 nmem1 mem10")]
    public void Name_IsThatOfTheFirstMachine(string text, string renamed) => NameMatch.Renaming(First, Second)(text).Should().Be(renamed);
}
