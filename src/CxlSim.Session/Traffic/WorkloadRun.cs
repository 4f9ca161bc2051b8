using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>A workload on a machine, from its first access to the last answer.</summary>
public static class WorkloadRun
{
    /// <param name="machine">Which runs; its clock goes on.</param>
    /// <param name="seed">Another one gives other addresses and gaps.</param>
    /// <param name="plan">What is done.</param>
    /// <param name="watch">Told of the fabric before its first access; null for nobody.</param>
    public static WorkloadReport Carry(SimulatedMachine machine, ulong seed, WorkloadPlan plan, Action<TrafficRun>? watch = null)
    {
        TrafficRun run = new(machine, seed);
        watch?.Invoke(run);
        AddSources(machine, run, plan);
        if (plan.Kind == WorkloadKind.Trace)
        {
            run.Measure(SimDuration.Zero, new SimDuration(plan.Trace.Count == 0 ? 0 : plan.Trace[^1].Picoseconds));
            run.CountUntilDone();
        }
        else
        {
            run.Measure(plan.Before, plan.Span);
        }

        WorkloadReport report = WorkloadReport.Of(plan, run);
        run.Finish();
        return report;
    }

    private static void AddSources(SimulatedMachine machine, TrafficRun run, WorkloadPlan plan)
    {
        AddressPool pool = plan.Pool;
        IAddressMap map = run.Machine.MapOf(plan.From);
        switch (plan.Kind)
        {
            case WorkloadKind.Mix:
                new CoreThreads(run, machine.Platform.Timing.Host, plan.From, pool).Add(plan.Threads, plan.Mix, plan.Delay, plan.Pattern.Stride == 0);
                break;
            case WorkloadKind.Trace:
                run.Add(new TraceReplay(run.Fabric, map, plan.Trace));
                break;
            default:
                for (int i = 0; i < plan.Threads; i++)
                {
                    SimRandom random = run.NewRandom();
                    IAddressStream stream = plan.Pattern.Over(pool, random);
                    run.Add(plan.Kind == WorkloadKind.Closed
                        ? new ClosedLoop(run.Fabric, map, random, stream, plan.Outstanding, plan.Reads, plan.Pause)
                        : new OpenArrivals(run.Fabric, map, random, stream, plan.Rate / plan.Threads / TrafficMeter.Line, plan.Reads, plan.Outstanding));
                }

                break;
        }
    }
}
