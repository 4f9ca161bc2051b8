using System.ComponentModel;
using CxlSim.Core;

namespace CxlSim.Session.Tests;

/// <summary>The texts of errors against those of this machine's own C library.</summary>
public class ToolErrorsTests
{
    public static TheoryData<Errno> All => [.. Enum.GetValues<Errno>().Where(error => error is not (Errno.Ok or Errno.EPROBE_DEFER))];

    [Theory]
    [MemberData(nameof(All))]
    public void Text_IsThatOfTheCLibrary(Errno error) => ToolErrors.Text(error).Should().Be(new Win32Exception((int)error).Message);
}
