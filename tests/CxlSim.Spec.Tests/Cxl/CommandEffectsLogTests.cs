using CxlSim.Spec.Cxl;

namespace CxlSim.Spec.Tests.Cxl;

public class CommandEffectsLogTests
{
    [Fact]
    public void Bytes_AreTheUuidAsItIsWritten() =>
        Convert.ToHexStringLower(CommandEffectsLog.Bytes).Should().Be(CommandEffectsLog.Id.ToString("N"));
}
