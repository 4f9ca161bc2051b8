using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

public class AllocationTests
{
    private const int Rounds = 10_000;

    [Theory]
    [InlineData(0x1234)]
    [InlineData(Bench.Window + 0x1234)]
    public void LoadAndStoreOfEightBytes_AllocateNothing(ulong address)
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();
        bench.Device(0).Program(0, Bench.Window, 0x40000000);

        // A collection that another thread causes counts what is left of this thread's allocation context: the least of some tries is what the code takes.
        Enumerable.Range(0, 3).Min(_ => AllocatedBy(bench.Machine, new Hpa(address))).Should().Be(0);
    }

    /// <summary>Software that writes registers pays nothing for a debugger that is not there.</summary>
    [Fact]
    public void WritesOfRegisters_AllocateNothing_WhileNobodyListens()
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();
        Hpa command = Bench.RegistersOf(0) + new ByteSize(0x90);
        Enumerable.Range(0, 3).Min(_ => AllocatedBy(() =>
        {
            bench.Machine.WriteRegister(command, 8, 0x4000);
            bench.Machine.WriteConfig(Bench.DeviceAt(0), 0x04, 2, 6);
        })).Should().Be(0);
    }

    private static long AllocatedBy(Action work)
    {
        long before = 0;
        for (int round = -1000; round < Rounds; round++)
        {
            if (round == 0)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            work();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long AllocatedBy(HardwareMachine machine, Hpa address)
    {
        Span<byte> bytes = stackalloc byte[8];
        long before = 0;
        for (int round = -1000; round < Rounds; round++)
        {
            if (round == 0)
            {
                before = GC.GetAllocatedBytesForCurrentThread(); // the first page and the routes are there now
            }

            machine.Store(address, bytes);
            machine.Load(address, bytes);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
