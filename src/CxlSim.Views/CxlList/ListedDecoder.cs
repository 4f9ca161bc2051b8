namespace CxlSim.Views;

/// <summary>A decoder as <c>cxl list</c> reads it.</summary>
internal sealed class ListedDecoder
{
    private readonly SysfsFiles _files;
    private readonly string _path;
    private readonly ListedPortKind _kind;
    private readonly ulong? _start;

    /// <param name="files">The machine's sysfs.</param>
    /// <param name="kind">Of the port that has it.</param>
    /// <param name="dports">Of the same; what it targets is among them.</param>
    /// <param name="id">Its number in the port.</param>
    /// <param name="path">Its directory.</param>
    public ListedDecoder(SysfsFiles files, ListedPortKind kind, IReadOnlyList<ListedDport> dports, int id, string path)
    {
        (_files, _kind, Id, _path) = (files, kind, id, path);
        Name = SysfsFiles.NameOf(path);
        _start = files.Number($"{path}/start");
        Size = files.Number($"{path}/size") ?? ulong.MaxValue;
        QosClass = kind == ListedPortKind.Root ? files.Signed($"{path}/qos_class") : null;
        Targets = [.. Words("target_list").Select(word => FindTarget(dports, word)).TakeWhile(target => target is not null).OfType<ListedDport>()];
        Regions = kind == ListedPortKind.Root
            ? [.. files.Numbered(path, "region").Select(found => new ListedRegion(files, found.Id, found.Path)).OrderBy(region => region.Start)]
            : [];
    }

    public int Id { get; }

    public string Name { get; }

    /// <summary>0: idle.</summary>
    public ulong Size { get; }

    public int? QosClass { get; }

    /// <summary>By position.</summary>
    public IReadOnlyList<ListedDport> Targets { get; }

    /// <summary>Of a root decoder: regions in its window, by their start.</summary>
    public IReadOnlyList<ListedRegion> Regions { get; }

    /// <summary>Of a switch or endpoint decoder: what it says of the region that it serves; null or nothing where it serves none.</summary>
    public string? RegionName => _files.Text($"{_path}/region");

    private bool IsEndpoint => _kind == ListedPortKind.Endpoint;

    /// <summary>What is left of a window beside regions that are committed: the largest piece of it. Null where the window's start is unknown.</summary>
    private ulong? LargestGap
    {
        get
        {
            if (_start is not { } start)
            {
                return null;
            }

            ulong largest = 0;
            ulong at = start;
            foreach (ListedRegion region in Regions.Where(region => region.TakesSpace))
            {
                largest = Math.Max(largest, unchecked(region.Start - at));
                at = unchecked(region.Start + region.Size!.Value);
            }

            return Math.Max(largest, unchecked(start + Size - at));
        }
    }

    /// <param name="region">The region that it serves, for a decoder that is no root's.</param>
    /// <param name="numbers">How numbers are shown.</param>
    public JsonMap Describe(ListedRegion? region, ListedNumbers numbers)
    {
        JsonMap map = new JsonMap().Add("decoder", Name);
        map.Add("resource", Size != 0 && _start is { } start ? numbers.Hex(start) : null);
        map.Add("size", Size is 0 or ulong.MaxValue ? null : numbers.Size(Size));
        int? ways = _files.Signed($"{_path}/interleave_ways");
        map.Add("interleave_ways", ways);
        map.Add("interleave_granularity", ways > 1 ? _files.Signed($"{_path}/interleave_granularity") : null);
        map.Add("region", region?.Name);
        map.Add("state", Size == 0 ? "disabled" : null);
        if (IsEndpoint)
        {
            DescribeCapacity(map, numbers);
        }
        else if (_kind == ListedPortKind.Root)
        {
            DescribeWindow(map, numbers);
        }

        return map;
    }

    /// <summary>How many targets, and for -T which, the last position first; an endpoint's decoders have none.</summary>
    public void DescribeTargets(JsonMap map, bool withTargets, Func<ListedDport, bool> passes, ListedNumbers numbers)
    {
        if (IsEndpoint)
        {
            return;
        }

        map.Add("nr_targets", Targets.Count);
        if (withTargets && Targets.Count > 0)
        {
            map.Add("targets", Targets.Index().Reverse().Where(target => passes(target.Item)).Select(target => (object)target.Item.DescribeTarget(target.Index, numbers)).ToList());
        }
    }

    private void DescribeCapacity(JsonMap map, ListedNumbers numbers)
    {
        ulong size = _files.Number($"{_path}/dpa_size") ?? ulong.MaxValue;
        map.Add("dpa_resource", size != 0 && _files.Number($"{_path}/dpa_resource") is { } start ? numbers.Hex(start) : null);
        map.Add("dpa_size", size is 0 or ulong.MaxValue ? null : numbers.Size(size));
        map.Add("mode", _files.Text($"{_path}/mode") switch
        {
            null or "none" => null,
            "ram" => "ram",
            "pmem" => "pmem",
            _ => "mixed",
        });
    }

    private void DescribeWindow(JsonMap map, ListedNumbers numbers)
    {
        if (Has("cap_type3"))
        {
            map.Add("max_available_extent", LargestGap is { } gap and not ulong.MaxValue ? numbers.Size(gap) : null);
            map.Add("pmem_capable", Has("cap_pmem") ? true : null);
            map.Add("volatile_capable", Has("cap_ram") ? true : null);
        }

        map.Add("accelmem_capable", Has("cap_type2") ? true : null);
        map.Add("qos_class", ListedQos.Of(QosClass));
    }

    private bool Has(string capability) => (_files.Number($"{_path}/{capability}") ?? 0) != 0;

    private string[] Words(string attribute) => _files.Text($"{_path}/{attribute}")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static ListedDport? FindTarget(IReadOnlyList<ListedDport> dports, string word)
    {
        int id = unchecked((int)CNumber.Unsigned(word, out _));
        return dports.FirstOrDefault(dport => dport.Id == id);
    }
}
