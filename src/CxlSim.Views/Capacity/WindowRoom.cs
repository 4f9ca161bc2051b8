using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>What windows have left, bridge by bridge: a bridge's share of a window is its own. Who takes it leaves less for the next.</summary>
internal sealed class WindowRoom(LinuxKernel kernel)
{
    private readonly Dictionary<(CxlRootDecoder Window, CxlDport Bridge), ByteSize> _left = [];

    /// <summary>The windows that lead to a bridge and allow a kind of memory.</summary>
    public IReadOnlyList<CxlRootDecoder> Leading(CxlDport bridge, DecoderMode mode) =>
        [.. kernel.Cxl.Root?.Decoders.OfType<CxlRootDecoder>().Where(window => window.Targets.Contains(bridge) && window.Allows(mode)) ?? []];

    /// <summary>Takes as much as there is, and says how much that was.</summary>
    public ByteSize Take(CxlDport bridge, DecoderMode mode, ByteSize wanted)
    {
        ByteSize taken = ByteSize.Zero;
        foreach (CxlRootDecoder window in Leading(bridge, mode))
        {
            ByteSize left = _left.GetValueOrDefault((window, bridge), Share(window, bridge, mode));
            ByteSize part = left < wanted - taken ? left : wanted - taken;
            _left[(window, bridge)] = left - part;
            taken += part;
        }

        return taken;
    }

    /// <summary>Which of a window's bridges has the least below it, and so ends what the window can be used for; null where all have as much, or it has but one.</summary>
    public CxlDport? Lacking(CxlRootDecoder window, DecoderMode mode)
    {
        CxlDport[] targets = [.. window.Targets.Distinct()];
        (CxlDport Target, ByteSize Idle)[] shares = [.. targets.Select(target => (target, PerTarget(window, target, mode))).OrderBy(share => share.Item2.Bytes)];
        return shares.Length > 1 && shares[0].Idle < shares[^1].Idle ? shares[0].Target : null;
    }

    /// <summary>A region of such a window takes as much of every target: a bridge without idle devices leaves the others' without use.</summary>
    private ByteSize Share(CxlRootDecoder window, CxlDport bridge, DecoderMode mode)
    {
        ulong times = (ulong)window.Targets.Count(target => target == bridge);
        ByteSize share = FreeRange.Total(window.Window, IdentifyMemoryDevice.CapacityUnit * (ulong)window.Ways) / (ulong)window.Ways;
        foreach (CxlDport target in window.Targets.Distinct().Where(target => target != bridge))
        {
            ByteSize idle = PerTarget(window, target, mode);
            share = idle < share ? idle : share;
        }

        return share * times;
    }

    private ByteSize PerTarget(CxlRootDecoder window, CxlDport target, DecoderMode mode) =>
        IdleDevice.Below(kernel, target, mode) / (ulong)window.Targets.Count(other => other == target);
}
