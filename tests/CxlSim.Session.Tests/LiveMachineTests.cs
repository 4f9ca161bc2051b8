using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>A machine that serves many threads, and whose clock follows the wall's.</summary>
public sealed class LiveMachineTests : IDisposable
{
    private const string Serial = "/sys/bus/cxl/devices/mem0/serial";

    private readonly HandClock _clock = new();
    private readonly MachineSession _session = Given.Booted();
    private readonly LiveMachine _machine;

    public LiveMachineTests() => _machine = new LiveMachine(_session, _clock);

    private SimTime Now => _session.Machine.Simulation.Now;

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void EightThreads_GetTheirOwnAnswers()
    {
        int wrong = 0;
        Parallel.For(0, 8 * 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, n =>
        {
            int answer = _machine.Look($"look {n}", () => n);
            if (answer != n)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        wrong.Should().Be(0);
    }

    [Fact]
    public void ARequest_TakesItsVirtualTimeAtOnce()
    {
        SimTime before = Now;

        _machine.Do<Errno>("wait", WaitAsync).Should().Be(Errno.Ok);

        (Now - before).Should().Be(SimDuration.Seconds(3600));

        static async SimTask<Errno> WaitAsync(LinuxKernel kernel)
        {
            await kernel.Simulation.Delay(SimDuration.Seconds(3600));
            return Errno.Ok;
        }
    }

    [Fact]
    public void VirtualTime_FollowsTheWallClock()
    {
        SimTime before = Now;
        _clock.Pass(TimeSpan.FromSeconds(5));
        _machine.Look("time", () => Now - before).Should().Be(SimDuration.Seconds(5));
    }

    /// <summary>After a sleep the clock stands ahead, and goes on from there.</summary>
    [Fact]
    public void TimeThatWasSkipped_IsNotWaitedFor()
    {
        SimTime before = Now;
        _machine.Do<bool>("sleep", async kernel =>
        {
            await kernel.Simulation.Delay(SimDuration.Seconds(100));
            return true;
        });
        _machine.Look("time", () => 0);
        _clock.Pass(TimeSpan.FromSeconds(7));

        _machine.Look("time", () => Now - before).Should().Be(SimDuration.Seconds(107));
    }

    [Fact]
    public void BackgroundWork_IsDoneWhenItsTimeHasCome()
    {
        bool done = false;
        int heard = 0;
        _machine.TimePassed += () => heard++;
        _machine.Look("start", () => _session.Machine.Simulation.Spawn("sanitize", async () =>
        {
            await _session.Machine.Simulation.Delay(SimDuration.Seconds(10));
            done = true;
        }));

        _clock.Pass(TimeSpan.FromSeconds(9));
        done.Should().BeFalse();
        heard.Should().Be(0, "nothing has happened yet that anybody could look at");
        _clock.Pass(TimeSpan.FromSeconds(2));
        done.Should().BeTrue("the timer runs the loop also when nobody asks for anything");
        heard.Should().BeGreaterThan(0);
    }

    /// <summary>A reader of the log waits without holding up anybody, and without virtual time running on.</summary>
    [Fact]
    public void ARequestThatWaits_LetsOthersGoOn()
    {
        string? line = null;
        long next = _session.Kernel.Log.NextSequence;
        _machine.Post(new ModelRequest<bool>("read kmsg", WaitForLineAsync, _ => line = _session.Kernel.Log[next].Text, () => { }));
        _machine.Look("another", () => _session.Read(Serial).Text).Should().NotBeEmpty();
        line.Should().BeNull();

        _machine.Look("write", () =>
        {
            _session.Kernel.Log.Info("there it is");
            return true;
        });

        line.Should().Be("there it is");

        async SimTask<bool> WaitForLineAsync()
        {
            await _session.Kernel.Log.WaitAsync(next);
            return true;
        }
    }

    [Fact]
    public void ABugInTheLoop_LeavesNobodyWaiting()
    {
        Action broken = () => _machine.Look<int>("break", () => throw new InvalidOperationException("broken"));
        Action after = () => _machine.Look("after", () => 1);

        broken.Should().Throw<IOException>();
        _machine.Failure.Should().BeOfType<InvalidOperationException>();
        after.Should().Throw<IOException>().WithMessage("the simulation, or the kernel that was asked, has stopped");
    }
}
