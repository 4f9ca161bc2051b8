using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>/sys/kernel/mm/mempolicy/weighted_interleave: how many pages in a row each node gets (<c>mm/mempolicy.c</c>).</summary>
public sealed class WeightedInterleave(KernelConfig config, Numa numa) : KObject("weighted_interleave")
{
    /// <summary>What bandwidth shares are scaled to before they are made as small as they can be.</summary>
    private const ulong Scale = 32;

    private static readonly KAttribute Auto = Attr<WeightedInterleave>.ReadWrite(
        "auto",
        w => w._isAuto ? "true" : "false",
        (w, value) => w.StoreAuto(value),
        w => w.FollowsBandwidth);

    private readonly Dictionary<int, byte> _said = [];
    private bool _isAuto = true;

    /// <summary>A file per node that there may be; since 6.16 per node that has memory, and one more, which says whether the weights follow the bandwidths.</summary>
    public override IReadOnlyList<AttributeGroup> Groups => [new AttributeGroup([.. (FollowsBandwidth ? NodesWithMemory() : numa.PossibleNodes).Select(node => File(node.Id)), Auto])];

    private bool FollowsBandwidth => config.Has(KernelChange.WeightsFromBandwidth);

    /// <summary>Weights of nodes by bandwidth in MB/s; 0 where none is known.</summary>
    public static IReadOnlyList<ulong> Of(IReadOnlyList<ulong> bandwidths)
    {
        UInt128 sum = bandwidths.Aggregate((UInt128)0, (total, bandwidth) => total + bandwidth);
        ulong[] weights = [.. bandwidths.Select(bandwidth => sum == 0 ? 1 : Math.Max(1, (ulong)(Scale * (UInt128)bandwidth / sum)))];
        ulong divisor = weights.Length == 0 ? 1 : weights.Aggregate(Gcd);
        return [.. weights.Select(weight => weight / divisor)];
    }

    /// <summary>What a node gets: what somebody has written, else its share of the bandwidth of class 1, else 1.</summary>
    public ulong WeightOf(int node)
    {
        if (_said.TryGetValue(node, out byte said))
        {
            return said;
        }

        NumaNode[] nodes = NodesWithMemory();
        int index = Array.FindIndex(nodes, other => other.Id == node);
        return index < 0 || !_isAuto || !FollowsBandwidth || !nodes.Any(other => BandwidthOf(other) > 0) ? 1 : Of([.. nodes.Select(BandwidthOf)])[index];
    }

    private NumaNode[] NodesWithMemory() => [.. numa.OnlineNodes.Where(other => other.HasMemory)];

    private static ulong BandwidthOf(NumaNode node) =>
        node.Speed is { } known ? Math.Min(known.ReadBandwidth, known.WriteBandwidth) : 0;

    private static ulong Gcd(ulong a, ulong b) => b == 0 ? a : Gcd(b, a % b);

    private static KAttribute File(int node) => Attr<WeightedInterleave>.ReadWrite(
        "node" + node.ToString(CultureInfo.InvariantCulture),
        w => w.WeightOf(node).ToString(CultureInfo.InvariantCulture),
        (w, value) => w.Store(node, Kstrto.Trim(value)));

    /// <summary>Yes takes the shares of the bandwidths again, where one is known; no keeps the weights as they are.</summary>
    private SimTask<Errno> StoreAuto(string value)
    {
        if (Kstrto.Bool(value, out bool isAuto) != Errno.Ok)
        {
            return Errno.EINVAL;
        }

        if (!isAuto)
        {
            Keep();
            return Errno.Ok;
        }

        if (!NodesWithMemory().Any(node => BandwidthOf(node) > 0))
        {
            return Errno.ENODEV;
        }

        _said.Clear();
        _isAuto = true;
        return Errno.Ok;
    }

    /// <summary>From now on each node has the weight that it has now.</summary>
    private void Keep()
    {
        foreach (NumaNode node in NodesWithMemory())
        {
            _said[node.Id] = (byte)WeightOf(node.Id); // at most 32 while they follow the bandwidths
        }

        _isAuto = false;
    }

    /// <summary>1 to 255, which since 6.16 ends that weights follow bandwidths; before, 0 and nothing bring the default back.</summary>
    private SimTask<Errno> Store(int node, string value)
    {
        bool isNumber = Kstrto.U64(value, out ulong said) == Errno.Ok && said <= byte.MaxValue;
        if (FollowsBandwidth)
        {
            if (!isNumber || said == 0)
            {
                return Errno.EINVAL;
            }

            Keep();
            _said[node] = (byte)said;
            return Errno.Ok;
        }

        if (value.Length > 0 && !isNumber)
        {
            return Errno.EINVAL;
        }

        _said.Remove(node);
        if (said > 0)
        {
            _said.Add(node, (byte)said);
        }

        return Errno.Ok;
    }
}
