namespace CxlSim.Kernel;

/// <summary>The order in which members can be the targets of a region.</summary>
/// <remarks>
/// A member at position p is reached through the window's target p mod ways. Below it each port takes its targets in turn, and all ports of a level
/// spread over as many. So the order is made from the top: members are grouped by the next step, and the groups dealt out one by one.
/// </remarks>
public static class MemberOrder
{
    /// <param name="window">The root decoder.</param>
    /// <param name="members">All members, in the order that was wanted: it is kept as far as it can be.</param>
    /// <returns>Null where these members make no region in this window, in whatever order.</returns>
    public static IReadOnlyList<CxlPort>? Find(CxlRootDecoder window, IReadOnlyList<CxlPort> members)
    {
        if (window.Targets.Distinct().Count() < window.Targets.Count)
        {
            return null; // a bridge that is there twice has no turn of its own
        }

        List<CxlPort>[] below = [.. window.Targets.Select(target => members.Where(member => Step(window.Port, member) == target).ToList())];
        return below.Sum(group => group.Count) == members.Count ? Deal(below) : null;
    }

    /// <summary>In turn from each group; each in an order of its own, and all as large.</summary>
    private static List<CxlPort>? Deal(List<CxlPort>[] groups)
    {
        List<CxlPort>?[] ordered = [.. groups.Select(OrderBelow)];
        if (groups.Length == 0 || ordered.Contains(null) || groups.Any(group => group.Count != groups[0].Count))
        {
            return null;
        }

        return [.. Enumerable.Range(0, groups[0].Count).SelectMany(turn => ordered.Select(group => group![turn]))];
    }

    /// <summary>Members that share the way down to some port.</summary>
    private static List<CxlPort>? OrderBelow(List<CxlPort> members)
    {
        CxlPort? port = members.Count < 2 ? null : LowestShared(members);
        if (port is null)
        {
            return members.Count == 1 ? members : null;
        }

        List<CxlPort>[] groups = [.. members.GroupBy(member => Step(port, member)).Select(group => group.ToList())];
        return System.Numerics.BitOperations.IsPow2(groups.Length) ? Deal(groups) : null;
    }

    /// <summary>The lowest port that all of them are below; null where one of them is there twice.</summary>
    private static CxlPort? LowestShared(List<CxlPort> members) =>
        members.Distinct().Count() < members.Count ? null : members[0].UpToRoot().Skip(1).FirstOrDefault(port => members.All(member => member.UpToRoot().Contains(port)));

    /// <summary>The downstream port of a port that leads to a member; null where none does.</summary>
    private static CxlDport? Step(CxlPort port, CxlPort member) =>
        member.UpToRoot().Select(below => below.ParentDport).FirstOrDefault(dport => dport!.Port == port);
}
