using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Ranges that may become memory devices of their own: first those of the HMAT, then what is soft-reserved beside them (<c>drivers/dax/hmem/device.c</c>).</summary>
public sealed class HmemRanges(KernelCore core)
{
    private readonly List<(AddressRange Range, int TargetNode)> _active = [];

    /// <summary>Ascending.</summary>
    public IEnumerable<(AddressRange Range, int TargetNode)> Active => _active.OrderBy(entry => entry.Range.Start);

    /// <summary>Set once ranges in CXL windows have been decided; null while none of them waits for that.</summary>
    public SimSignal? Decision { get; private set; }

    /// <summary>Whether they have been: that happens once in a boot, however often dax_hmem is loaded.</summary>
    public bool AreDecided { get; internal set; }

    /// <summary>Until no range waits to be decided (<c>dax_hmem_flush_work</c>).</summary>
    public async SimTask FlushAsync()
    {
        if (Decision is { } decision)
        {
            await decision.WaitAsync();
        }
    }

    /// <summary>Decides on the side; whoever flushes waits for it.</summary>
    internal void Decide(Func<SimTask> work)
    {
        SimSignal decision = new(core.Simulation);
        Decision = decision;
        core.Simulation.Spawn("dax_hmem deferred ranges", async () =>
        {
            await work();
            Decision = null;
            decision.Set();
        });
    }

    /// <summary>Whoever comes first has the range (<c>hmem_register_resource</c>).</summary>
    public void Register(AddressRange range, int targetNode)
    {
        if (!core.Config.IsEnabled("DEV_DAX_HMEM") || IsOff)
        {
            return;
        }

        if (_active.Exists(entry => entry.Range.Overlaps(range)))
        {
            core.Log.Debug($"hmem range {MemFormat.Resource(range)} already active");
        }
        else
        {
            _active.Add((range, targetNode));
        }
    }

    private bool IsOff => core.CommandLine.Value("device_hmem.disable") is { } word && Kstrto.Bool(word, out bool isOff) == Errno.Ok && isOff;
}
