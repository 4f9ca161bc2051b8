namespace CxlSim.Views;

/// <summary>A region as <c>cxl list</c> reads it.</summary>
internal sealed class ListedRegion(SysfsFiles files, ListedDecoder decoder, int id, string path)
{
    private const ulong Committed = 1;

    private readonly int? _ways = files.Signed($"{path}/interleave_ways");

    private IReadOnlyList<(int Position, ListedDecoder Decoder)>? _members;

    public int Id => id;

    public string Name { get; } = SysfsFiles.NameOf(path);

    /// <summary>Where its bytes are called <c>/sys/.../dax_regionN</c>.</summary>
    public string DaxPath { get; } = $"{path}/dax_region{id}";

    /// <summary>The root decoder.</summary>
    public ListedDecoder Decoder => decoder;

    /// <summary>0 where it has no place yet.</summary>
    public ulong Start { get; } = files.Number($"{path}/resource") is { } start and not ulong.MaxValue ? start : 0;

    public ulong? Size { get; } = files.Number($"{path}/size");

    /// <summary>Whether its part of the window counts as taken: not while it is being set up.</summary>
    public bool TakesSpace => Size is not (null or 0) && CommitState != 0;

    public bool IsEnabled => files.IsBound(path);

    private ulong? CommitState { get; } = files.Number($"{path}/commit");

    private string? Type { get; } = files.Text($"{path}/mode") switch
    {
        "ram" => "ram",
        "pmem" => "pmem",
        _ => null,
    };

    /// <summary>Endpoint decoders by position, the last first. Each that is not there is said once.</summary>
    public IReadOnlyList<(int Position, ListedDecoder Decoder)> MembersIn(ListedMachine machine) => _members ??= [.. FindMembers(machine).Reverse()];

    /// <summary>Up to what has to be asked for: media errors.</summary>
    public JsonMap Describe(ListedNumbers numbers) => new JsonMap()
        .Add("region", Name)
        .Add("resource", numbers.Hex(Start))
        .Add("size", Size is { } size and not ulong.MaxValue ? numbers.Size(size) : null)
        .Add("type", Type)
        .Add("interleave_ways", _ways)
        .Add("interleave_granularity", files.Signed($"{path}/interleave_granularity"))
        .Add("decode_state", CommitState == Committed ? "commit" : "reset")
        .Add("state", IsEnabled ? null : "disabled");

    /// <summary>The members, for -T.</summary>
    public void DescribeMembers(JsonMap map, ListedMachine machine)
    {
        if (_ways is null or 0)
        {
            return;
        }

        map.Add("mappings", MembersIn(machine).Select(member => (object)new JsonMap()
            .Add("position", member.Position)
            .Add("memdev", machine.MemdevOf(member.Decoder.Port)?.Name)
            .Add("decoder", member.Decoder.Name)).ToList());
    }

    /// <summary>Whether a member is of another class than the window.</summary>
    public bool HasOtherQosClass(ListedMachine machine) => MembersIn(machine)
        .Select(member => machine.MemdevOf(member.Decoder.Port))
        .OfType<ListedMemdev>()
        .Any(memdev => Type switch
        {
            "ram" => IsOther(memdev.RamQosClass),
            "pmem" => IsOther(memdev.PmemQosClass),
            _ => false,
        });

    private bool IsOther(int? qosClass) => (qosClass ?? ListedMachine.NoQosClass) != (decoder.QosClass ?? ListedMachine.NoQosClass);

    private IEnumerable<(int Position, ListedDecoder Decoder)> FindMembers(ListedMachine machine)
    {
        for (int position = 0; position < (_ways ?? 0); position++)
        {
            if (files.Text($"{path}/target{position}") is not { } target)
            {
                machine.Complain("cxl_mappings_init", $"{Name}: failed to read target{position}");
            }
            else if (machine.FindDecoder(target) is not { } member)
            {
                machine.Complain("cxl_mappings_init", $"{Name} target{position}: {target} lookup failure");
            }
            else
            {
                yield return (position, member);
            }
        }
    }
}
