namespace CxlSim.Engine.Tests;

public class AllocationTests
{
    private const int Rounds = 100_000;

    [Fact]
    public void ScheduleAndStep_AllocateNothing()
    {
        Simulation simulation = new(1);
        CallbackHandler handler = new(_ => { });

        AllocatedBy(
            () =>
            {
                simulation.Schedule(new SimDuration(3), EventPriority.Device, handler);
                simulation.Step();
            }).Should().Be(0);
    }

    /// <summary>Each one schedules itself again, a random time later.</summary>
    [Theory]
    [InlineData(1000UL)]
    [InlineData(1UL << 40)]
    public void ManyEvents_AllocateNothing(ulong furthest)
    {
        Simulation simulation = new(1);
        SimRandom random = new(9);
        CallbackHandler handler = null!;
        handler = new(_ => simulation.Schedule(new SimDuration((long)random.Next(furthest)), EventPriority.Device, handler));
        for (int i = 0; i < 1024; i++)
        {
            simulation.Schedule(new SimDuration((long)random.Next(furthest)), EventPriority.Device, handler);
        }

        AllocatedBy(() => simulation.Step()).Should().Be(0);
    }

    [Fact]
    public void FewAndManyInTurn_AllocateNothing()
    {
        Simulation simulation = new(0);
        CallbackHandler handler = new(_ => { });
        SimRandom random = new(1);
        AllocatedBy(FillAndRunEmpty).Should().Be(0);

        void FillAndRunEmpty()
        {
            for (int i = 0; i < 20; i++)
            {
                simulation.Schedule(new SimDuration((long)random.Next(1000)), EventPriority.Device, handler);
            }

            simulation.RunUntilIdle();
        }
    }

    [Fact]
    public void DelayInALoop_AllocatesNothing()
    {
        Simulation simulation = new(1);
        simulation.Spawn("loop", () => LoopAsync(simulation, int.MaxValue));

        AllocatedBy(() => simulation.Step()).Should().Be(0);
    }

    [Fact]
    public void Thread_AllocatesOneStateMachine_HoweverOftenItWaits()
    {
        long Run(int waits)
        {
            Simulation simulation = new(1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            simulation.Spawn("loop", () => LoopAsync(simulation, waits));
            simulation.RunUntilIdle();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Run(1);
        Enumerable.Range(0, 3).Min(_ => Run(Rounds)).Should().Be(Enumerable.Range(0, 3).Min(_ => Run(1)));
    }

    [Fact]
    public void SignalAndMutex_AllocateNothing_WhenTheirListsHaveGrown()
    {
        Simulation simulation = new(1);
        SimSignal signal = new(simulation);
        SimMutex mutex = new(simulation);
        simulation.Spawn("waiter", () => WaitAsync(signal, mutex));
        simulation.Spawn("setter", () => SetAsync(simulation, signal, mutex));

        AllocatedBy(() => simulation.Step()).Should().Be(0);
    }

    /// <summary>The least of three tries: a collection that another thread causes counts what is left of this thread's allocation context.</summary>
    private static long AllocatedBy(Action round)
    {
        for (int i = 0; i < 1000; i++)
        {
            round();
        }

        return Enumerable.Range(0, 3).Min(_ => AllocatedByRounds(round));
    }

    private static long AllocatedByRounds(Action round)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            round();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async SimTask LoopAsync(Simulation simulation, int waits)
    {
        for (int i = 0; i < waits; i++)
        {
            await simulation.Delay(new SimDuration(1));
        }
    }

    private static async SimTask WaitAsync(SimSignal signal, SimMutex mutex)
    {
        while (true)
        {
            await signal.WaitAsync();
            signal.Reset();
            using (await mutex.LockAsync())
            {
                await signal.WaitAsync(new SimDuration(1));
            }
        }
    }

    private static async SimTask SetAsync(Simulation simulation, SimSignal signal, SimMutex mutex)
    {
        while (true)
        {
            await simulation.Delay(new SimDuration(2));
            signal.Set();
            using (await mutex.LockAsync())
            {
                await simulation.Delay(new SimDuration(1));
            }
        }
    }
}
