namespace CxlSim.Views;

/// <summary>A region as <c>cxl list</c> reads it.</summary>
internal sealed class ListedRegion(SysfsFiles files, int id, string path)
{
    private const ulong Committed = 1;

    public int Id => id;

    public string Name { get; } = SysfsFiles.NameOf(path);

    /// <summary>Where its bytes are called <c>/sys/.../dax_regionN</c>.</summary>
    public string DaxPath { get; } = $"{path}/dax_region{id}";

    /// <summary>0 where it has no place yet.</summary>
    public ulong Start { get; } = files.Number($"{path}/resource") is { } start and not ulong.MaxValue ? start : 0;

    public ulong? Size { get; } = files.Number($"{path}/size");

    /// <summary>Whether its part of the window counts as taken: not while it is being set up.</summary>
    public bool TakesSpace => Size is not (null or 0) && CommitState != 0;

    public bool IsEnabled => files.IsBound(path);

    private ulong? CommitState { get; } = files.Number($"{path}/commit");

    /// <summary><c>ram</c> or <c>pmem</c>; null for anything else.</summary>
    public string? Type { get; } = files.Text($"{path}/mode") switch
    {
        "ram" => "ram",
        "pmem" => "pmem",
        _ => null,
    };

    /// <summary>Null where it is not known.</summary>
    public int? Ways { get; } = files.Signed($"{path}/interleave_ways");

    /// <summary>The name of the endpoint decoder at a position; null where it cannot be read.</summary>
    public string? Target(int position) => files.Text($"{path}/target{position}");

    /// <summary>Up to what has to be asked for: media errors.</summary>
    public JsonMap Describe(ListedNumbers numbers) => new JsonMap()
        .Add("region", Name)
        .Add("resource", numbers.Hex(Start))
        .Add("size", Size is { } size and not ulong.MaxValue ? numbers.Size(size) : null)
        .Add("type", Type)
        .Add("interleave_ways", Ways)
        .Add("interleave_granularity", files.Signed($"{path}/interleave_granularity"))
        .Add("decode_state", CommitState == Committed ? "commit" : "reset")
        .Add("state", IsEnabled ? null : "disabled");
}
