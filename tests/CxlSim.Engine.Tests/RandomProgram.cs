namespace CxlSim.Engine.Tests;

/// <summary>Threads that delay, lock, signal and spawn by the simulation's own chance, and trace every step.</summary>
internal sealed class RandomProgram
{
    private readonly Simulation _simulation;
    private readonly SimMutex _mutex;
    private readonly SimSignal _signal;
    private readonly RecordingSink _sink = new();
    private int _budget = 200;

    private RandomProgram(ulong seed)
    {
        _simulation = new Simulation(seed);
        _mutex = new SimMutex(_simulation);
        _signal = new SimSignal(_simulation);
        _simulation.AddSink(_sink);
    }

    public static IReadOnlyList<string> Run(ulong seed)
    {
        RandomProgram program = new(seed);
        for (int i = 0; i < 4; i++)
        {
            string name = $"t{i}";
            program._simulation.Spawn(name, () => program.LiveAsync(name));
        }

        program._simulation.RunUntilIdle();
        return [.. program._sink.Records.Select(r => $"{r.Time.Picoseconds} {r.EventNumber} {r.Record}")];
    }

    private async SimTask LiveAsync(string name)
    {
        for (int step = 0; step < 20; step++)
        {
            int action = (int)_simulation.Random.Next(5);
            _simulation.Trace(new MilestoneReached($"step {step} action {action}", name));
            await ActAsync(action, $"{name}.{step}");
        }
    }

    private async SimTask ActAsync(int action, string child)
    {
        switch (action)
        {
            case 0:
                await _simulation.Delay(Chance());
                break;
            case 1:
                using (await _mutex.LockAsync())
                {
                    await _simulation.Delay(Chance());
                }

                break;
            case 2:
                bool set = await _signal.WaitAsync(Chance());
                _simulation.Trace(new MilestoneReached(set ? "set" : "timed out", child));
                break;
            case 3:
                _signal.Set();
                _signal.Reset();
                break;
            default:
                if (_budget-- > 0)
                {
                    _simulation.Spawn(child, () => LiveAsync(child));
                }

                break;
        }
    }

    private SimDuration Chance() => new((long)_simulation.Random.Next(4));
}
