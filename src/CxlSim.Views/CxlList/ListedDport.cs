namespace CxlSim.Views;

/// <summary>A downstream port as <c>cxl list</c> reads it; also what a decoder targets.</summary>
internal sealed class ListedDport
{
    private readonly string _path;
    private readonly string? _physicalPath;
    private readonly string? _firmwarePath;

    public ListedDport(SysfsFiles files, int id, string path)
    {
        Id = id;
        _path = files.RealPath(path)!;
        _firmwarePath = files.RealPath($"{path}/firmware_node");
        _physicalPath = files.RealPath($"{path}/physical_node") ?? (_firmwarePath is null ? null : _path);
    }

    public int Id { get; }

    public string Name => SysfsFiles.NameOf(_path);

    /// <summary>The name that firmware gives it, or the device's own where it is known by another; null where there is but one.</summary>
    private string? Alias => (_firmwarePath ?? _physicalPath) is { } path ? SysfsFiles.NameOf(path) : null;

    /// <summary>Whether the way to a memdev leads through it.</summary>
    /// <param name="host">The memdev's PCI function, from <c>/sys</c> on.</param>
    public bool LeadsTo(string host) => host.Contains(_physicalPath ?? _path, StringComparison.Ordinal);

    public JsonMap Describe(ListedNumbers numbers) =>
        new JsonMap().Add("dport", Name).Add("alias", Alias).Add("id", numbers.Hex(unchecked((ulong)Id)));

    /// <summary>The same as a decoder's target.</summary>
    public JsonMap DescribeTarget(int position, ListedNumbers numbers) =>
        new JsonMap().Add("target", Name).Add("alias", Alias).Add("position", position).Add("id", numbers.Hex(unchecked((ulong)Id)));
}
