using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>A region made by hand, write by write, most of them right.</summary>
internal sealed class FuzzRegion(SimRandom random, FuzzMachine machine, Queue<Func<FuzzNode?>> due)
{
    private const string Devices = "/sys/bus/cxl/devices/";

    public void Plan(CxlRootDecoder window)
    {
        List<CxlMemdev> members = Members(window);
        if (members.Count == 0)
        {
            return;
        }

        bool isPmem = members.All(member => !member.Partitions.Pmem.IsZero) && random.Once(2);
        string kind = isPmem ? "pmem" : "ram";
        string create = $"{Devices}{window.Name}/create_{kind}_region";
        string region = machine.Show(create);
        string path = Devices + region;
        ulong share = 0x1000_0000UL * (ulong)random.Pick(1, 1, 1, 2);
        string granularity = FuzzNode.Number(window.Ways > 1 ? window.Granularity : random.Pick(256, 256, 512, 1024, 4096, 8192, 16384));
        Add(create, region);
        Add($"{path}/interleave_granularity", granularity);
        Add($"{path}/interleave_ways", FuzzNode.Number(members.Count));
        if (isPmem)
        {
            Add($"{path}/uuid", $"c0ffee00-0000-4000-8000-{random.Between(100000, 999999)}000000");
        }

        if (members.Count > 1 && random.Once(4))
        {
            Add($"{path}/size", FuzzNode.Number(0x1000_0000L * (members.Count + 1))); // no whole unit for each
        }

        Add($"{path}/size", FuzzNode.Number((long)share * members.Count));
        if (random.Once(4))
        {
            Add($"{path}/interleave_ways", FuzzNode.Number(members.Count)); // too late
        }

        bool wastesDecoders = random.Once(8);
        ulong taken = random.Once(10) ? 2 * share : share;
        for (int position = 0; position < members.Count; position++)
        {
            CxlMemdev member = members[position];
            if (wastesDecoders)
            {
                Later(member, decoder => FuzzStep.Write($"{Devices}{decoder}/mode", kind));
                Later(member, decoder => FuzzStep.Write($"{Devices}{decoder}/dpa_size", "268435456"));
            }

            string target = $"{path}/target{FuzzNode.Number(position)}";
            Later(member, decoder => FuzzStep.Write($"{Devices}{decoder}/mode", kind));
            Later(member, decoder => FuzzStep.Write($"{Devices}{decoder}/dpa_size", FuzzNode.Number((long)taken)));
            due.Enqueue(() => Taken(member) is { } decoder ? FuzzStep.Write(target, decoder) : null);
        }

        Add($"{path}/commit", "1");
        Add("/sys/bus/cxl/drivers/cxl_region/bind", region);
    }

    private static string? Free(CxlMemdev member) => member.Endpoint?.Decoders.OfType<CxlEndpointDecoder>().FirstOrDefault(decoder => decoder.Dpa is null)?.Name;

    private static string? Taken(CxlMemdev member) => member.Endpoint?.Decoders.OfType<CxlEndpointDecoder>().LastOrDefault(decoder => decoder.Dpa is not null)?.Name;

    private void Add(string path, string value) => due.Enqueue(() => FuzzStep.Write(path, value));

    private void Later(CxlMemdev member, Func<string, FuzzNode> write) => due.Enqueue(() => Free(member) is { } decoder ? write(decoder) : null);

    /// <summary>In turn from the bridges of the window, as many from each, those of one switch apart; sometimes in any order.</summary>
    private List<CxlMemdev> Members(CxlRootDecoder window)
    {
        List<CxlMemdev>[] below = [.. window.Targets.Select(target => machine.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>()
            .Where(memdev => memdev.Endpoint is { } endpoint && endpoint.UpToRoot().Last().ParentDport == target).ToList())];
        int each = below.Min(memdevs => memdevs.Count);
        each = new[] { 8, 4, 2, 1 }.FirstOrDefault(count => count <= each && !random.Once(4), Math.Min(each, 1));
        if (each == 0 || each * below.Length > 16)
        {
            return [];
        }

        for (int i = 0; i < below.Length; i++)
        {
            below[i] = [.. Spread(below[i]).Take(each)];
        }

        List<CxlMemdev> members = [.. Enumerable.Range(0, each).SelectMany(turn => below.Select(memdevs => memdevs[turn]))];
        return random.Once(8) ? random.Shuffled(members) : members;
    }

    /// <summary>The first below each root port, then the second of each.</summary>
    private List<CxlMemdev> Spread(List<CxlMemdev> memdevs)
    {
        IEnumerable<CxlMemdev[]> ports = random.Shuffled(memdevs.GroupBy(memdev => machine.WayOf(memdev)?.Hops[0].Port).Select(port => port.ToArray()));
        return [.. ports.SelectMany(port => port.Select((memdev, turn) => (memdev, turn))).OrderBy(item => item.turn).Select(item => item.memdev)];
    }
}
