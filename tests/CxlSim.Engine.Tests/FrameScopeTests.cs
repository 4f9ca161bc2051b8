namespace CxlSim.Engine.Tests;

public class FrameScopeTests
{
    private readonly Simulation _simulation = new(1);

    [Fact]
    public void Frames_ArePushedAndPopped_AcrossWaits()
    {
        SimThread thread = _simulation.Spawn("probe", () => OuterAsync("mem0"));

        Functions(thread).Should().Equal("cxl_mem_probe(mem0)", "cxl_await_media_ready(mem0)");
        _simulation.Step();
        Functions(thread).Should().Equal("cxl_mem_probe(mem0)");
        _simulation.RunUntilIdle();
        Functions(thread).Should().BeEmpty();
    }

    [Fact]
    public void Frames_BelongToTheirThread()
    {
        SimThread first = _simulation.Spawn("first", () => OuterAsync("mem0"));
        SimThread second = _simulation.Spawn("second", () => OuterAsync("mem1"));

        Functions(first).Should().OnlyContain(f => f.EndsWith("(mem0)"));
        Functions(second).Should().OnlyContain(f => f.EndsWith("(mem1)"));
        _simulation.Step();
        Functions(first).Should().HaveCount(1);
        Functions(second).Should().HaveCount(2);
    }

    [Fact]
    public void Frames_AreClosed_WhenAnExceptionPasses()
    {
        SimThread thread = null!;
        int caughtAt = -1;
        thread = _simulation.Spawn(
            "probe",
            async () =>
            {
                using FrameScope outer = _simulation.Enter("outer", "x");
                try
                {
                    await ThrowAsync();
                }
                catch (FormatException)
                {
                    caughtAt = thread.Frames.Count;
                }
            });

        _simulation.RunUntilIdle();

        caughtAt.Should().Be(1);
        thread.Frames.Should().BeEmpty();
    }

    [Fact]
    public void Enter_OutsideAThread_DoesNothing()
    {
        FluentActions.Invoking(() => _simulation.Enter("device", "mem0").Dispose()).Should().NotThrow();
    }

    private static IEnumerable<string> Functions(SimThread thread) => thread.Frames.Select(f => $"{f.Function}({f.Subject})");

    private async SimTask OuterAsync(string subject)
    {
        using FrameScope frame = _simulation.Enter("cxl_mem_probe", subject);
        await InnerAsync(subject);
        await _simulation.Delay(new SimDuration(1));
    }

    private async SimTask InnerAsync(string subject)
    {
        using FrameScope frame = _simulation.Enter("cxl_await_media_ready", subject);
        await _simulation.Delay(new SimDuration(1));
    }

    private async SimTask ThrowAsync()
    {
        using FrameScope frame = _simulation.Enter("inner", "x");
        await _simulation.Delay(new SimDuration(1));
        throw new FormatException();
    }
}
