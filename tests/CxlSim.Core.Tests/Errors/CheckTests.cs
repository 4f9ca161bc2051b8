namespace CxlSim.Core.Tests.Errors;

public class CheckTests
{
    [Fact]
    public void That_SaysNothing_WhenItHolds()
    {
        Check.That(true, "x");
        Check.That(true, "{0}", 1);
        Check.That(true, "{0} {1}", 1, 2);
    }

    [Fact]
    public void That_NamesTheExpectation_WhenItDoesNot()
    {
        FluentActions.Invoking(() => Check.That(false, "a sum")).Should().Throw<SimulatorBugException>().WithMessage("expected a sum");
        FluentActions.Invoking(() => Check.That(false, "a {0}", 1)).Should().Throw<SimulatorBugException>().WithMessage("expected a 1");
        FluentActions.Invoking(() => Check.That(false, "{1} of {0}", 1, 2)).Should().Throw<SimulatorBugException>().WithMessage("expected 2 of 1");
    }
}
