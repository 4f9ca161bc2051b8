using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Ranges that may become memory devices of their own: first those of the HMAT, then what is soft-reserved beside them (<c>drivers/dax/hmem/device.c</c>).</summary>
public sealed class HmemRanges(KernelCore core)
{
    private readonly List<(AddressRange Range, int TargetNode)> _active = [];

    /// <summary>Ascending.</summary>
    public IEnumerable<(AddressRange Range, int TargetNode)> Active => _active.OrderBy(entry => entry.Range.Start);

    /// <summary>Whoever comes first has the range (<c>hmem_register_resource</c>).</summary>
    public void Register(AddressRange range, int targetNode)
    {
        if (!core.Config.IsEnabled("DEV_DAX_HMEM") || IsOff)
        {
            return;
        }

        if (_active.Exists(entry => entry.Range.Overlaps(range)))
        {
            core.Log.Debug($"hmem: {MemFormat.Of(range)} is active already");
        }
        else
        {
            _active.Add((range, targetNode));
        }
    }

    private bool IsOff => core.CommandLine.Value("device_hmem.disable") is { } word && Kstrto.Bool(word, out bool isOff) == Errno.Ok && isOff;
}
