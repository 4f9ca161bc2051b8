namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim translate</c>, against addresses worked out from the documented configurations.</summary>
public class TranslateTests
{
    [Fact]
    public void SingleDevice_FirstAndLastByte()
    {
        ProgramResult result = RealProgram.Run("translate", RealProgram.Platform("single-device"), "0xc050000000", "0xe04fffffff", "0xc050000000");
        result.Should().Be(new ProgramResult(0, "0xc050000000  mem0  0x0\n0xe04fffffff  mem0  0x1fffffffff\n0xc050000000  mem0  0x0\n", ""));
    }

    [Theory]
    [InlineData(InterleavedPlatforms.AcrossBridges, "0xc050000000", "d2", "0x0")]
    [InlineData(InterleavedPlatforms.AcrossBridges, "0xc050000100", "a8", "0x0")]
    [InlineData(InterleavedPlatforms.AcrossBridges, "0xc0500002ff", "d2", "0x1ff")]
    [InlineData(InterleavedPlatforms.AcrossBridges, "0x1004fffffff", "a8", "0x1fffffffff")]
    [InlineData(InterleavedPlatforms.WithinBridge, "0xc050000100", "d2-2", "0x0")]
    [InlineData(InterleavedPlatforms.WithinBridge, "0xc062345678", "d2-0", "0x91a2b78")]
    [InlineData(InterleavedPlatforms.AcrossAndWithin, "0xc050000000", "d2-0", "0x0")]
    [InlineData(InterleavedPlatforms.AcrossAndWithin, "0xc050000100", "a8-0", "0x0")]
    [InlineData(InterleavedPlatforms.AcrossAndWithin, "0xc050000200", "d2-2", "0x0")]
    [InlineData(InterleavedPlatforms.AcrossAndWithin, "0xc050000300", "a8-2", "0x0")]
    [InlineData(InterleavedPlatforms.AcrossAndWithin, "0xc050000400", "d2-0", "0x100")]
    [InlineData(InterleavedPlatforms.AcrossAndWithin, "0xc0500abcde", "d2-0", "0x2afde")]
    [InlineData(InterleavedPlatforms.AcrossAndWithin, "0x1404fffffff", "a8-2", "0x1fffffffff")]
    public void DocumentedConfigurations_BothWays(string platform, string address, string device, string dpa)
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", platform);
        ProgramResult there = RealProgram.Run("translate", file, address, "--format", "json");
        (there.ExitCode, there.Error).Should().Be((0, ""));
        there.Output.Should().MatchRegex($$"""^\{"hpa":"{{address}}","outcome":"Hit","memdev":"mem[0-3]","device":"{{device}}","dpa":"{{dpa}}"\}\n$""");
        RealProgram.Run("translate", file, "--reverse", device, dpa).Should().Be(new ProgramResult(0, $"{dpa}  {address}\n", ""));
    }

    [Fact]
    public void Misses_SayWhy_AndShowInTheExitCode()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", ScratchFolder.OneCard);
        RealProgram.Run("translate", file, "0x1000000000", "64MiB", "--no-steps").Should().Be(
            new ProgramResult(1, "0x1000000000  no committed decoder of mem0 claims it\n0x4000000  no window claims it\n", ""));
    }

    /// <summary>The file's steps make the region.</summary>
    [Fact]
    public void Steps_RunUnlessTheyAreLeftOut()
    {
        string file = RealProgram.Platform("qemu-single");
        RealProgram.Run("translate", file, "0x490000100").Should().Be(new ProgramResult(0, "0x490000100  mem0  0x100\n", ""));
        RealProgram.Run("translate", file, "0x490000100", "--no-steps").ExitCode.Should().Be(1);
    }

    [Fact]
    public void Reverse_NamesHardwareAndDriver_WhereTheyDiffer()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", InterleavedPlatforms.SixBehindThree);
        RealProgram.Run("translate", file, "--reverse", "mem3", "0", "0x100").Should().Be(
            new ProgramResult(0, "0x0  hardware 0x3000000100  driver 0x3000000400\n0x100  hardware 0x3000000700  driver 0x3000000a00\n", ""));
        RealProgram.Run("translate", file, "--reverse", "c0", "0").Output.Should().Be("0x0  0x3000000200\n");
    }

    [Fact]
    public void Explain_TellsTheWay()
    {
        ProgramResult result = RealProgram.Run("translate", RealProgram.Platform("single-device"), "0xc050000100", "--explain");
        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().StartWith("0xc050000100  mem0  0x100\n  decoder0.0 (window 0): 0xc050000000-0xe04fffffff, 1 way\n").And.Contain("decoder1.0 (host bridge 5 HDM decoder 0)");
    }

    [Fact]
    public void UnknownMemdev_IsRefusedWithThoseThatAre()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("translate", folder.Write("p.yaml", ScratchFolder.OneCard), "--reverse", "mem7", "0")
            .ShouldBeRefused("cxlsim: found the memdev 'mem7'; expected one of: mem0 (card)");
    }

    [Theory]
    [InlineData("c050000000")]
    [InlineData("0x")]
    [InlineData("0x10000000000000000")]
    [InlineData("18446744073709551616")]
    [InlineData("16777216TiB")]
    [InlineData("1GB")]
    [InlineData(" 1")]
    [InlineData("")]
    public void WordThatIsNoAddress_IsRefusedBeforeTheBoot(string word) => RealProgram.Run("translate", "/nowhere/p.yaml", word).ShouldBeRefused(
        $"cxlsim: found '{word}'; expected an address such as 0xc050000100, 4096 or 16GiB", "cxlsim: see 'cxlsim --help' and 'cxlsim translate --help'");

    [Fact]
    public void UnknownOption_IsNamed() =>
        RealProgram.Run("translate", "/nowhere/p.yaml", "0", "--bogus").ShouldBeRefused("cxlsim: unknown option '--bogus'", "cxlsim: see 'cxlsim --help' and 'cxlsim translate --help'");

    [Fact]
    public void BadPlatform_IsRefused() => RealProgram.Run("translate", "/nowhere/p.yaml", "0").ShouldBeRefused(
        "/nowhere/p.yaml:1:1: error CXP0001: the file cannot be read: there is no folder '/nowhere'");

    [Fact]
    public void OutputThatCannotBeWritten_IsOneLine()
    {
        ProgramResult result = RealProgram.Shell("$0 translate \"$1\" 0 > /dev/full", RealProgram.Platform("single-device"));
        result.ExitCode.Should().Be(2);
        result.Error.Should().Be("cxlsim: the output cannot be written: No space left on device\n");
    }
}
