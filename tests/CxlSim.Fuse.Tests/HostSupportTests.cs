using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Tests;

public class HostSupportTests
{
    [Fact]
    public void Mounts_AreForLinuxOnX64() => HostSupport.Fault("Linux", Architecture.X64).Should().BeNull();

    [Theory]
    [InlineData("Linux", Architecture.Arm64, "Linux on arm64")]
    [InlineData("macOS", Architecture.Arm64, "macOS on arm64")]
    [InlineData("Windows", Architecture.X64, "Windows on x64")]
    public void OtherHosts_AreToldWhatWorksThere(string system, Architecture processor, string named) =>
        HostSupport.Fault(system, processor).Should().Contain(named).And.Contain("need Linux on x86-64").And.Contain("cxlsim export sysfs");
}
