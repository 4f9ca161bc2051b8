using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>The file that libcxl writes before it looks (fact sheet on the CXL driver, 1.1 and 9.1).</summary>
public sealed class CxlBusTests
{
    [Theory]
    [InlineData("1", Errno.Ok)]
    [InlineData("0", Errno.EINVAL)]
    [InlineData("11", Errno.EINVAL)]
    [InlineData("", Errno.EINVAL)]
    public void Flush_TakesAOne(string value, Errno expected) => Given.Booted("host_bridges: []").Write("/sys/bus/cxl/flush", value).Should().Be(expected);

    [Fact]
    public void Flush_CannotBeRead() => Given.Booted("host_bridges: []").Read("/sys/bus/cxl/flush").Error.Should().NotBe(Errno.Ok);
}
