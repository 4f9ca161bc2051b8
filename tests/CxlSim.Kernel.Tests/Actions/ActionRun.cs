using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>A machine, and what was done to it.</summary>
internal sealed class ActionRun
{
    private const string Pci = "/sys/bus/pci/";
    private static readonly int[] Ways = [1, 2, 3, 4, 6, 8, 12, 16];
    private static readonly int[] Granularities = [256, 512, 1024, 4096, 8192, 16384];

    /// <param name="yaml">The machine.</param>
    /// <param name="seed">Of its boot.</param>
    /// <param name="beforeBoot">What is to hear all of it.</param>
    public ActionRun(string yaml, ulong seed = 0, Action<MachineSession>? beforeBoot = null)
    {
        Session = new MachineSession(new SimulatedMachine(Given.Platform(yaml), seed));
        beforeBoot?.Invoke(Session);
        Session.Boot().Should().BeTrue();
    }

    public MachineSession Session { get; }

    /// <summary>One line for each write, with its answer.</summary>
    public List<string> Lines { get; } = [];

    private CxlRegion[] Regions => [.. Session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>()];

    private CxlMemdev[] Memdevs => [.. Session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>()];

    private CxlEndpointDecoder[] Decoders => [.. Session.Kernel.Cxl.Bus.Devices.OfType<CxlEndpointDecoder>()];

    public void Do(RandomAction action)
    {
        CxlRegion? region = Choose(Regions, action.First);
        CxlMemdev? memdev = Choose(Memdevs, action.First);
        CxlEndpointDecoder? decoder = Choose(Decoders, action.Third);
        CxlRootDecoder? window = Choose([.. Session.Kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>()], action.First);
        switch (action.Verb)
        {
            case RandomVerb.CreateRegion when window is not null:
                Create(window, action.Second % 4 == 0 ? "pmem" : "ram");
                break;
            case RandomVerb.SetWays when region is not null:
                Write($"{region.Name}/interleave_ways", $"{Choose(Ways, action.Second)}");
                break;
            case RandomVerb.SetGranularity when region is not null:
                Write($"{region.Name}/interleave_granularity", $"{Choose(Granularities, action.Second)}");
                break;
            case RandomVerb.SetSize when region is not null:
                Write($"{region.Name}/size", $"{action.Second % 13 * 0x1000_0000}");
                break;
            case RandomVerb.SetMode when decoder is not null:
                Write($"{decoder.Name}/mode", action.Second % 3 == 0 ? "pmem" : "ram");
                break;
            case RandomVerb.TakeDpa when decoder is not null:
                Write($"{decoder.Name}/dpa_size", $"{(1 + (action.Second % 3)) * 0x1000_0000}");
                break;
            case RandomVerb.FreeDpa when decoder is not null:
                Write($"{decoder.Name}/dpa_size", "0");
                break;
            case RandomVerb.SetTarget when region is not null && decoder is not null:
                Write($"{region.Name}/target{action.Second % 5}", decoder.Name);
                break;
            case RandomVerb.Detach when region is not null:
                Write($"{region.Name}/target{action.Second % 5}", string.Empty);
                break;
            case RandomVerb.Commit when region is not null:
                Write($"{region.Name}/commit", "1");
                break;
            case RandomVerb.Reset when region is not null:
                Write($"{region.Name}/commit", "0");
                break;
            case RandomVerb.BindRegion when region is not null:
                WriteTo("/sys/bus/cxl/drivers/cxl_region/bind", region.Name);
                break;
            case RandomVerb.UnbindRegion when region is not null:
                WriteTo("/sys/bus/cxl/drivers/cxl_region/unbind", region.Name);
                break;
            case RandomVerb.DeleteRegion when region is not null:
                Write($"{region.Root.Name}/delete_region", region.Name);
                break;
            case RandomVerb.MakeWholeRegion when window is not null:
                MakeWhole(window, action);
                break;
            case RandomVerb.DestroyWholeRegion when region is not null:
                Destroy(region);
                break;
            case RandomVerb.UnbindMemdev when memdev is not null:
                WriteTo("/sys/bus/cxl/drivers/cxl_mem/unbind", memdev.Name);
                break;
            case RandomVerb.BindMemdev when memdev is not null:
                WriteTo("/sys/bus/cxl/drivers/cxl_mem/bind", memdev.Name);
                break;
            case RandomVerb.UnplugDevice when memdev is not null:
                WriteTo($"{Pci}devices/{memdev.Pci!.Name}/remove", "1");
                break;
            case RandomVerb.RescanBus:
                WriteTo(Pci + "rescan", "1");
                break;
            case RandomVerb.TakeAllDown:
                TearDown();
                break;
            default:
                break; // nothing is there to do it to
        }
    }

    /// <summary>Takes everything down that a user has set up, and brings back what was taken away.</summary>
    public void TearDown()
    {
        WriteTo(Pci + "rescan", "1");
        foreach (CxlMemdev memdev in Memdevs.Where(memdev => !memdev.IsBound))
        {
            WriteTo("/sys/bus/cxl/drivers/cxl_mem/bind", memdev.Name);
        }

        foreach (CxlRegion region in Regions.OrderByDescending(region => region.Resource?.Range.Start ?? Hpa.Zero))
        {
            Destroy(region);
        }

        foreach (CxlEndpointDecoder decoder in Decoders.OrderByDescending(decoder => decoder.Id).Where(decoder => decoder.Dpa is not null))
        {
            Write($"{decoder.Name}/dpa_size", "0");
        }
    }

    private void Create(CxlRootDecoder window, string type)
    {
        string file = $"{window.Name}/create_{type}_region";
        Write(file, Session.Read(Given.Devices + file).Text);
    }

    /// <summary>The memdevs that the window reaches, as many as asked for from one of them on.</summary>
    private void MakeWhole(CxlRootDecoder window, RandomAction action)
    {
        string[] reached = [.. Memdevs.Where(memdev => memdev.Endpoint is { } endpoint && window.Targets.Contains(endpoint.UpToRoot().Last().ParentDport)).Select(memdev => memdev.Name)];
        if (reached.Length == 0)
        {
            return;
        }

        int count = 1 + (int)(action.Second % (ulong)reached.Length);
        int from = (int)(action.Third % (ulong)reached.Length);
        CreateRegionStep step = new(
            new SourceLocation("action", 1, 1),
            window.Name,
            action.Third % 5 == 0 ? "pmem" : "ram",
            [.. Enumerable.Range(from, count).Select(i => reached[i % reached.Length])],
            ByteSize.MiB(256) * (ulong)count,
            Granularity: null);
        StepAnswer answer = new RegionCreator(Session).Run(step);
        Lines.Add($"{answer.Text}: {answer.Error} {answer.Result}");
    }

    /// <summary>As <c>cxl destroy-region -f</c>: disable, reset, let go of the members and their capacity, delete.</summary>
    private void Destroy(CxlRegion region)
    {
        if (region.IsBound)
        {
            WriteTo("/sys/bus/cxl/drivers/cxl_region/unbind", region.Name);
        }

        Write($"{region.Name}/commit", "0");
        for (int position = 0; position < region.Ways; position++)
        {
            CxlEndpointDecoder? member = region.Targets[position];
            Write($"{region.Name}/target{position}", string.Empty);
            if (member is not null)
            {
                Write($"{member.Name}/dpa_size", "0");
            }
        }

        Write($"{region.Root.Name}/delete_region", region.Name);
    }

    private void Write(string file, string value) => WriteTo(Given.Devices + file, value);

    private void WriteTo(string path, string value) => Lines.Add($"{path} < {value.Trim()}: {Session.Write(path, value)}");

    private static T? Choose<T>(T[] from, ulong by) => from.Length == 0 ? default : from[by % (ulong)from.Length];
}
