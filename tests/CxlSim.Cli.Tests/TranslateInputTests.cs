namespace CxlSim.Cli.Tests;

/// <summary>Addresses that come through standard input.</summary>
public class TranslateInputTests
{
    private static readonly string Platform = RealProgram.Platform("single-device");

    [Theory]
    [InlineData("0xc050000000\\n0xC0500000FF\\n")]
    [InlineData("0xc050000000\\r\\n\\n \\t825975898367 ")]
    public void Lines_AreAnsweredInOrder(string lines)
    {
        ProgramResult result = RealProgram.Shell($"printf '{lines}' | $0 translate \"$1\"", Platform);
        result.Should().Be(new ProgramResult(0, "0xc050000000  mem0  0x0\n0xc0500000ff  mem0  0xff\n", ""));
    }

    [Fact]
    public void Dash_StandsForStandardInput_AmongOthers()
    {
        ProgramResult result = RealProgram.Shell("echo 0xc050000001 | $0 translate \"$1\" 0xc050000000 - 0xc050000002", Platform);
        result.Should().Be(new ProgramResult(0, "0xc050000000  mem0  0x0\n0xc050000001  mem0  0x1\n0xc050000002  mem0  0x2\n", ""));
    }

    [Fact]
    public void NoLine_IsNoMiss() => RealProgram.Run("translate", Platform).Should().Be(new ProgramResult(0, "", ""));

    [Fact]
    public void BadLine_IsNamed_AndTheRestAnswered()
    {
        ProgramResult result = RealProgram.Shell("printf '0xc050000000\\n\\nfoo\\n0x0\\n-1\\n' | $0 translate \"$1\"", Platform);
        result.Should().Be(new ProgramResult(2, "0xc050000000  mem0  0x0\n0x0  no window claims it\n", """
            cxlsim: line 3 of standard input: found 'foo'; expected an address such as 0xc050000100, 4096 or 16GiB
            cxlsim: line 5 of standard input: found '-1'; expected an address such as 0xc050000100, 4096 or 16GiB

            """));
    }

    /// <summary>No buffer is that long, and what follows has its own number.</summary>
    [Fact]
    public void EndlessLine_IsOneLine()
    {
        ProgramResult result = RealProgram.Shell("(head -c 200000 /dev/zero; echo; echo 0xc050000000; echo x) | $0 translate \"$1\"", Platform);
        (result.ExitCode, result.Output).Should().Be((2, "0xc050000000  mem0  0x0\n"));
        result.Error.Should().Be($"""
            cxlsim: line 1 of standard input: found '{new string('?', 40)}...'; expected an address such as 0xc050000100, 4096 or 16GiB
            cxlsim: line 3 of standard input: found 'x'; expected an address such as 0xc050000100, 4096 or 16GiB

            """);
    }

    /// <summary>Across the borders of blocks and buffers.</summary>
    [Fact]
    public void ManyLines_AreAllAnswered()
    {
        ProgramResult result = RealProgram.Shell(
            "seq -f '825975%06.0f' 898112 908111 > \"$2\"; $0 translate \"$1\" < \"$2\" | awk '{ if ($1 != sprintf(\"0xc05000%04x\", NR - 1) || $2 != \"mem0\" || $3 != sprintf(\"0x%x\", NR - 1)) print } END { print NR }'; rm \"$2\"",
            Platform, Path.GetTempFileName());
        result.Should().Be(new ProgramResult(0, "10000\n", ""));
    }

    /// <summary>Who asks through a pipe gets an answer before the next question.</summary>
    [Fact]
    public void Line_IsAnsweredAtOnce()
    {
        using System.Diagnostics.Process process = RealProgram.Begin("translate", Platform);
        foreach (string line in new[] { "0xc050000000  mem0  0x0", "0xc050000001  mem0  0x1" })
        {
            process.StandardInput.WriteLine(line.Split(' ')[0]);
            process.StandardInput.Flush();
            process.StandardOutput.ReadLine().Should().Be(line);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }

    [Fact]
    public void Directory_CannotBeRead()
    {
        ProgramResult result = RealProgram.Shell("$0 translate \"$1\" < /", Platform);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("cxlsim: the addresses cannot be read").And.NotContain("   at ");
    }
}
