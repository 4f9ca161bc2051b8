using CxlSim.Core;
using CxlSim.Kernel;

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
            ByteSize left = _left.GetValueOrDefault((window, bridge), Share(window, bridge));
            ByteSize part = left < wanted - taken ? left : wanted - taken;
            _left[(window, bridge)] = left - part;
            taken += part;
        }

        return taken;
    }

    private static ByteSize Share(CxlRootDecoder window, CxlDport bridge) =>
        FreeRange.Total(window.Window) / (ulong)window.Ways * (ulong)window.Targets.Count(target => target == bridge);
}
