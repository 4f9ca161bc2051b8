namespace CxlSim.Core.Tests.Diagnostics;

public class DiagnosticTests
{
    [Theory]
    [InlineData(DiagnosticSeverity.Error, "a.yaml:3:7: error CXP0012: no size")]
    [InlineData(DiagnosticSeverity.Warning, "a.yaml:3:7: warning CXP0012: no size")]
    public void ToString_IsWhatEditorsParse(DiagnosticSeverity severity, string expected) =>
        new Diagnostic("CXP0012", severity, "no size", new SourceLocation("a.yaml", 3, 7)).ToString().Should().Be(expected);
}
