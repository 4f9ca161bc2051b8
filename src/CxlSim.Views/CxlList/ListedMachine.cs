using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>All that <c>cxl list</c> finds below <c>/sys/bus/cxl</c>, and what it complains of.</summary>
internal sealed class ListedMachine
{
    private const string Devices = "/sys/bus/cxl/devices";

    private readonly StringBuilder _complaints = new();
    private readonly Dictionary<ListedMemdev, ListedPort> _endpoints = [];
    private readonly Dictionary<ListedPort, ListedMemdev> _memdevs = [];
    private readonly Dictionary<ListedRegion, IReadOnlyList<ListedMember>> _members = [];

    public ListedMachine(LinuxKernel kernel)
    {
        Files = new SysfsFiles(kernel);
        Memdevs = [.. Files.Numbered(Devices, "mem").Reverse().Select(found => new ListedMemdev(Files, found.Id, found.Path))];
        Buses = ListedPort.ReadAll(Files, Devices, "root", null, ListedPortKind.Root);
    }

    public SysfsFiles Files { get; }

    public IReadOnlyList<ListedMemdev> Memdevs { get; }

    /// <summary>The roots.</summary>
    public IReadOnlyList<ListedPort> Buses { get; }

    /// <summary>What the libraries wrote to standard error.</summary>
    public string Complaints => _complaints.ToString();

    /// <summary>A line of libcxl or libdaxctl: who says it is a function of theirs.</summary>
    public void Complain(string function, string text, string library = "libcxl") => _complaints.Append($"{library}: {function}: {text}\n");

    /// <summary>The endpoint of an enabled memdev.</summary>
    public ListedPort? EndpointOf(ListedMemdev memdev)
    {
        if (!_endpoints.ContainsKey(memdev) && memdev.IsEnabled && Buses.SelectMany(EndpointsBelow).FirstOrDefault(endpoint => endpoint.Host == memdev.Name) is { } found)
        {
            Join(memdev, found);
        }

        return _endpoints.GetValueOrDefault(memdev);
    }

    /// <summary>The memdev of an enabled endpoint; null for other ports.</summary>
    public ListedMemdev? MemdevOf(ListedPort endpoint)
    {
        if (endpoint.Kind == ListedPortKind.Endpoint && !_memdevs.ContainsKey(endpoint) && endpoint.IsEnabled
            && Memdevs.FirstOrDefault(memdev => memdev.Name == endpoint.Host) is { } found)
        {
            Join(found, endpoint);
        }

        return _memdevs.GetValueOrDefault(endpoint);
    }

    /// <summary>Null where the memdev or its endpoint is disabled.</summary>
    public ListedPort? BusOf(ListedMemdev memdev) => EndpointOf(memdev) is { IsEnabled: true } endpoint ? endpoint.Root : null;

    /// <summary>What serves a region, the last position first. Each that is not there is said once.</summary>
    public IReadOnlyList<ListedMember> MembersOf(ListedRegion region)
    {
        if (!_members.TryGetValue(region, out IReadOnlyList<ListedMember>? members))
        {
            members = [.. FindMembers(region).Reverse()];
            _members.Add(region, members);
        }

        return members;
    }

    private static IEnumerable<ListedPort> EndpointsBelow(ListedPort bus) => bus.AllPorts.Prepend(bus).SelectMany(port => port.Endpoints);

    private IEnumerable<ListedMember> FindMembers(ListedRegion region)
    {
        for (int position = 0; position < (region.Ways ?? 0); position++)
        {
            if (region.Target(position) is not { } target)
            {
                Complain("cxl_mappings_init", $"{region.Name}: failed to read target{position}");
            }
            else if (FindDecoder(position, target) is not { } member)
            {
                Complain("cxl_mappings_init", $"{region.Name} target{position}: {target} lookup failure");
            }
            else
            {
                yield return member;
            }
        }
    }

    private ListedMember? FindDecoder(int position, string name) => Buses
        .SelectMany(bus => bus.AllPorts.Prepend(bus)).SelectMany(port => port.Endpoints.Prepend(port))
        .SelectMany(port => port.Decoders.Where(decoder => decoder.Name == name).Select(decoder => new ListedMember(position, port, decoder)))
        .FirstOrDefault();

    /// <summary>Whoever was found once is not looked for again, even when it was disabled since.</summary>
    private void Join(ListedMemdev memdev, ListedPort endpoint)
    {
        _endpoints[memdev] = endpoint;
        _memdevs[endpoint] = memdev;
    }
}
