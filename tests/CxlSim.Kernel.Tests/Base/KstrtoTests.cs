using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>Numbers and words as a write brings them.</summary>
public sealed class KstrtoTests
{
    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("512", 512UL)]
    [InlineData("+512", 512UL)]
    [InlineData("0x200", 512UL)]
    [InlineData("0X1fF", 511UL)]
    [InlineData("0777", 511UL)]
    [InlineData("256\n", 256UL)]
    [InlineData("256\0rubbish", 256UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0xffffffffffffffff", ulong.MaxValue)]
    public void U64_TellsTheBaseByThePrefix(string text, ulong expected)
    {
        Kstrto.U64(text, out ulong value).Should().Be(Errno.Ok);

        value.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("0x")]
    [InlineData("08")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("1\n\n")]
    [InlineData("1k")]
    [InlineData("++1")]
    public void U64_RefusesWhatIsNoNumber(string text) => Kstrto.U64(text, out _).Should().Be(Errno.EINVAL);

    [Theory]
    [InlineData("18446744073709551616")]
    [InlineData("0x10000000000000000")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    [InlineData("99999999999999999999x")]
    public void U64_SaysThatANumberIsTooLarge(string text) => Kstrto.U64(text, out _).Should().Be(Errno.ERANGE);

    [Theory]
    [InlineData("-1", -1)]
    [InlineData("-0x80000000", int.MinValue)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("+7\n", 7)]
    public void Int_HasASign(string text, int expected)
    {
        Kstrto.Int(text, out int value).Should().Be(Errno.Ok);

        value.Should().Be(expected);
    }

    [Theory]
    [InlineData("2147483648", Errno.ERANGE)]
    [InlineData("-2147483649", Errno.ERANGE)]
    [InlineData("-", Errno.EINVAL)]
    [InlineData("-+7", Errno.EINVAL)]
    [InlineData("512\n\n", Errno.EINVAL)]
    public void Int_HasLimits(string text, Errno error) => Kstrto.Int(text, out _).Should().Be(error);

    [Theory]
    [InlineData("1", true)]
    [InlineData("y", true)]
    [InlineData("Yes\n", true)]
    [InlineData("true", true)]
    [InlineData("on", true)]
    [InlineData("0", false)]
    [InlineData("n", false)]
    [InlineData("False", false)]
    [InlineData("off\n", false)]
    public void Bool_LooksAtTheFirstLetters(string text, bool expected)
    {
        Kstrto.Bool(text, out bool value).Should().Be(Errno.Ok);

        value.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("o")]
    [InlineData("maybe")]
    public void Bool_RefusesTheRest(string text) => Kstrto.Bool(text, out _).Should().Be(Errno.EINVAL);
}
