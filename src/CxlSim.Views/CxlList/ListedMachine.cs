using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>All that <c>cxl list</c> finds below <c>/sys/bus/cxl</c>, and what it complains of.</summary>
internal sealed class ListedMachine
{
    /// <summary>What stands for no class.</summary>
    public const int NoQosClass = -1;

    private const string Devices = "/sys/bus/cxl/devices";

    private readonly StringBuilder _complaints = new();

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
        if (memdev.Endpoint is null && memdev.IsEnabled)
        {
            Join(memdev, Buses.SelectMany(EndpointsBelow).FirstOrDefault(endpoint => endpoint.Host == memdev.Name));
        }

        return memdev.Endpoint;
    }

    /// <summary>The memdev of an enabled endpoint; null for other ports.</summary>
    public ListedMemdev? MemdevOf(ListedPort endpoint)
    {
        if (endpoint.Kind == ListedPortKind.Endpoint && endpoint.Memdev is null && endpoint.IsEnabled
            && Memdevs.FirstOrDefault(memdev => memdev.Name == endpoint.Host) is { } found)
        {
            Join(found, endpoint);
        }

        return endpoint.Memdev;
    }

    /// <summary>Null where the memdev or its endpoint is disabled.</summary>
    public ListedPort? BusOf(ListedMemdev memdev) => EndpointOf(memdev) is { IsEnabled: true } endpoint ? endpoint.Root : null;

    public ListedDecoder? FindDecoder(string name) =>
        Buses.SelectMany(bus => bus.AllPorts.Prepend(bus)).SelectMany(port => port.Endpoints.Prepend(port))
            .SelectMany(port => port.Decoders).FirstOrDefault(decoder => decoder.Name == name);

    private static IEnumerable<ListedPort> EndpointsBelow(ListedPort bus) => bus.AllPorts.Prepend(bus).SelectMany(port => port.Endpoints);

    /// <summary>Whoever was found once is not looked for again, even when it was disabled since.</summary>
    private static void Join(ListedMemdev memdev, ListedPort? endpoint)
    {
        memdev.Endpoint = endpoint;
        if (endpoint is not null)
        {
            endpoint.Memdev = memdev;
        }
    }
}
