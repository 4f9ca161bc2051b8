namespace CxlSim.Hdm;

/// <summary>Everything below windows, each part once.</summary>
internal static class RouteTree
{
    public static IEnumerable<DecodeNode> NodesBelow(DecodeWindow window)
    {
        HashSet<DecodeNode> seen = new(ReferenceEqualityComparer.Instance);
        Queue<DecodeNode> open = new(window.Targets.OfType<DecodeNode>());
        while (open.TryDequeue(out DecodeNode? node))
        {
            if (seen.Add(node))
            {
                yield return node;
                foreach (DecodeNode below in node is PortNode port ? port.Ports.Values : [])
                {
                    open.Enqueue(below);
                }
            }
        }
    }

    public static IEnumerable<EndpointNode> EndpointsBelow(DecodeWindow window) => NodesBelow(window).OfType<EndpointNode>();
}
