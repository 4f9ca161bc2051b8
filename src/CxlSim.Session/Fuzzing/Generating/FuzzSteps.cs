using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Steps by chance, chosen among what the machine has when each is due.</summary>
internal sealed class FuzzSteps(SimRandom random, FuzzMachine machine)
{
    private const string Devices = "/sys/bus/cxl/devices/";
    private static readonly string[] Sizes = ["0", "1", "268435456", "536870912", "805306368", "1073741824", "1610612736", "2147483648", "17179869184"];
    private readonly Queue<Func<FuzzNode?>> _due = [];

    /// <summary>The next step; null where nothing is there to be done.</summary>
    public FuzzNode? Next()
    {
        if (_due.TryDequeue(out Func<FuzzNode?>? due))
        {
            return due();
        }

        switch (random.Between(0, 23))
        {
            case <= 4 when machine.Windows.Any():
                new FuzzRegion(random, machine, _due).Plan(random.Pick([.. machine.Windows]));
                return _due.TryDequeue(out due) ? due() : null;
            case <= 6 when machine.Windows.Any():
                return CreateRegion(random.Pick([.. machine.Windows]));
            case <= 13:
                return Attribute();
            case <= 17:
                return new FuzzMemorySteps(random, machine, _due).Next();
            case <= 19 when machine.CommittedRegions.Any():
                return Access();
            case <= 21 when machine.Regions.Any():
                return Destroy(random.Pick([.. machine.Regions]));
            default:
                return Driver();
        }
    }

    private FuzzNode CreateRegion(CxlRootDecoder window)
    {
        string[] ids = [.. machine.Ways.Select(way => way.Device.Id)];
        FuzzNode? members = random.Once(3) && ids.Length > 0 ? FuzzNode.List(random.Shuffled(ids).Take(random.Pick(1, 2, 4)).Select(id => (FuzzNode)id)) : null;
        return FuzzNode.Map(("create-region", FuzzNode.Map(
            ("decoder", window.Name),
            ("type", random.Once(4) ? "pmem" : null),
            ("memdevs", members),
            ("size", random.Once(2) ? random.Pick(Sizes[2..]) + "B" : null),
            ("granularity", random.Once(5) ? random.Pick("256B", "4KiB", "16KiB", "128B") : null))));
    }

    /// <summary>One write to an attribute of a region, a decoder or a window.</summary>
    private FuzzNode? Attribute()
    {
        CxlRegion[] regions = [.. machine.Regions];
        CxlEndpointDecoder[] decoders = [.. machine.EndpointDecoders];
        if (regions.Length > 0 && random.Between(0, 3) > 0)
        {
            string region = Devices + random.Pick(regions).Name;
            return random.Between(0, 6) switch
            {
                0 => FuzzStep.Write($"{region}/interleave_ways", random.Pick("0", "1", "2", "3", "4", "5", "6", "8", "12", "16", "32")),
                1 => FuzzStep.Write($"{region}/interleave_granularity", random.Pick("128", "256", "300", "512", "1024", "4096", "8192", "16384", "32768")),
                2 => FuzzStep.Write($"{region}/size", random.Pick(Sizes)),
                3 => FuzzStep.Write($"{region}/commit", random.Pick("0", "1", "1")),
                4 when decoders.Length > 0 => FuzzStep.Write($"{region}/target{random.Between(0, 4)}", random.Pick(decoders).Name),
                5 => FuzzStep.Write($"{region}/target{random.Between(0, 3)}", random.Pick(string.Empty, "decoder0.0", "nothing")),
                _ => FuzzStep.Write($"{region}/uuid", random.Pick("c0ffee00-0000-4000-8000-000000000001", "c0ffee00-0000-4000-8000-000000000002", "00000000-0000-0000-0000-000000000000")),
            };
        }

        if (decoders.Length > 0 && !random.Once(4))
        {
            string decoder = Devices + random.Pick(decoders).Name;
            return random.Once(3) ? FuzzStep.Write($"{decoder}/mode", random.Pick("ram", "pmem", "none")) : FuzzStep.Write($"{decoder}/dpa_size", random.Pick(Sizes));
        }

        CxlRootDecoder[] windows = [.. machine.Windows];
        if (windows.Length == 0)
        {
            return null;
        }

        string name = random.Pick(windows).Name;
        string file = $"{Devices}{name}/create_{random.Pick("ram", "ram", "pmem")}_region";
        return FuzzStep.Write(file, random.Once(6) ? "region77" : machine.Show(file));
    }

    private FuzzNode Access()
    {
        Core.AddressRange range = random.Pick([.. machine.CommittedRegions]).Resource!.Range;
        string address = "0x" + ((range.Start.Value + random.Next(range.Size.Bytes - 8)) & ~7UL).ToString("x", System.Globalization.CultureInfo.InvariantCulture);
        return random.Once(2) ? FuzzNode.Map(("store", FuzzNode.Map(("hpa", address), ("value", "0x1122334455667788")))) : FuzzNode.Map(("load", FuzzNode.Map(("hpa", address))));
    }

    private FuzzNode Destroy(CxlRegion region)
    {
        if (random.Once(2))
        {
            return FuzzStep.Write($"{Devices}{region.Root.Name}/delete_region", region.Name);
        }

        string name = region.Name;
        for (int position = 0; position < region.Ways; position++)
        {
            int at = position;
            _due.Enqueue(() => FuzzStep.Write($"{Devices}{name}/target{FuzzNode.Number(at)}", string.Empty));
        }

        return FuzzStep.Write($"{Devices}{name}/commit", "0");
    }

    private FuzzNode? Driver()
    {
        string[] memdevs = [.. machine.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Select(memdev => memdev.Name)];
        string[] regions = [.. machine.Regions.Select(region => region.Name)];
        return random.Between(0, 3) switch
        {
            0 when regions.Length > 0 => FuzzStep.Write($"/sys/bus/cxl/drivers/cxl_region/{random.Pick("bind", "unbind")}", random.Pick(regions)),
            1 when memdevs.Length > 0 => FuzzStep.Write($"/sys/bus/cxl/drivers/cxl_mem/{random.Pick("bind", "unbind")}", random.Pick(memdevs)),
            2 => FuzzStep.Write("/sys/bus/pci/rescan", "1"),
            3 when machine.Ways.Any() => FuzzNode.Map(("uncorrectable-error", FuzzNode.Map(("device", random.Pick([.. machine.Ways]).Device.Id), ("errors", FuzzNode.List(["mem-data-ecc"]))))),
            _ => null,
        };
    }
}
