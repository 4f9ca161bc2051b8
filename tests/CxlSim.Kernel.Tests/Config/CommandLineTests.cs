namespace CxlSim.Kernel.Tests;

/// <summary>How the boot loader's one line becomes parameters.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Value_IsTheLastOneGiven() => new CommandLine("a=1 b a=2").Value("a").Should().Be("2");

    [Fact]
    public void Has_NeedsNoValue()
    {
        CommandLine line = new("quiet  movable_node efi=debug");

        line.Has("movable_node").Should().BeTrue();
        line.Has("efi").Should().BeTrue();
        line.Has("movable").Should().BeFalse();
        line.Value("quiet").Should().BeNull();
        line.Value("none").Should().BeNull();
    }

    [Fact]
    public void Quotes_KeepSpaces() => new CommandLine("dyndbg=\"file a +p; file b +p\" next=1").Value("dyndbg").Should().Be("file a +p; file b +p");

    [Fact]
    public void OpenQuote_TakesTheRest() => new CommandLine("a=\"b c=d").Has("c").Should().BeFalse();

    [Theory]
    [InlineData("efi=nosoftreserve", true)]
    [InlineData("efi=debug,nosoftreserve", true)]
    [InlineData("efi=debug efi=nosoftreserve", true)]
    [InlineData("efi=nosoftreserved", false)]
    [InlineData("efi", false)]
    [InlineData("nosoftreserve", false)]
    [InlineData("", false)]
    public void HasOption_LooksBetweenCommas(string text, bool expected) => new CommandLine(text).HasOption("efi", "nosoftreserve").Should().Be(expected);
}
