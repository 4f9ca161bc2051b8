namespace CxlSim.Views;

/// <summary>A memory device as <c>cxl list</c> reads it.</summary>
internal sealed class ListedMemdev(SysfsFiles files, int id, string path)
{
    public int Id => id;

    public string Path => path;

    public string Name { get; } = SysfsFiles.NameOf(path);

    /// <summary>The PCI function, from <c>/sys</c> on.</summary>
    public string HostPath { get; } = files.RealPath($"{path}/..") ?? string.Empty;

    public string Host => SysfsFiles.NameOf(HostPath);

    /// <summary>All ones where the device shows none.</summary>
    public ulong Serial { get; } = files.Number($"{path}/serial") ?? ulong.MaxValue;

    public int? RamQosClass { get; } = files.Signed($"{path}/ram/qos_class");

    public int? PmemQosClass { get; } = files.Signed($"{path}/pmem/qos_class");

    public bool IsEnabled => files.IsBound(path);

    /// <summary>The object, up to what only the device itself can tell.</summary>
    public JsonMap Describe(ListedNumbers numbers)
    {
        JsonMap map = new JsonMap().Add("memdev", Name);
        AddPartition(map, "pmem", PmemQosClass, numbers);
        AddPartition(map, "ram", RamQosClass, numbers);
        return map;
    }

    /// <summary>What stands behind health and alerts.</summary>
    public void DescribeRest(JsonMap map, ListedNumbers numbers)
    {
        map.Add("serial", Serial == ulong.MaxValue ? null : numbers.Hex(Serial));
        map.Add("numa_node", files.Signed($"{path}/numa_node") is { } node and >= 0 ? node : null);
        map.Add("host", Host);
        map.Add("firmware_version", files.Text($"{path}/firmware_version"));
        map.Add("state", IsEnabled ? null : "disabled");
    }

    private void AddPartition(JsonMap map, string kind, int? qosClass, ListedNumbers numbers)
    {
        if (files.Number($"{path}/{kind}/size") is { } size and not 0)
        {
            map.Add($"{kind}_size", numbers.Size(size)).Add($"{kind}_qos_class", ListedQos.Of(qosClass));
        }
    }
}
