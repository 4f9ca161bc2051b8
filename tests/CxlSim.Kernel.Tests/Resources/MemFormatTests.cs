using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

public sealed class MemFormatTests
{
    /// <summary>20.0 and 22.0 MiB as Linux 7.2 printed them; the others by the rule of lib/string_helpers.c: three digits, rounded up from five.</summary>
    [Theory]
    [InlineData(0x1400000, "20.0 MiB")]
    [InlineData(0x1600000, "22.0 MiB")]
    [InlineData(0x1000, "4.00 KiB")]
    [InlineData(0x8000000, "128 MiB")]
    [InlineData(0x48000000, "1.13 GiB")]
    [InlineData(0x1fe00000, "510 MiB")]
    [InlineData(512, "512 B")]
    public void Short_HasThreeDigits(ulong bytes, string text) => MemFormat.Short(new ByteSize(bytes)).Should().Be(text);
}
