using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>Something to do after the boot.</summary>
/// <param name="Location">Its place in the file, for messages.</param>
public abstract record StepDescription(SourceLocation Location)
{
    /// <summary>The error that the step must end with; <see cref="Errno.Ok"/> unless the file says <c>expect:</c>.</summary>
    public Errno Expect { get; init; }

    /// <summary>What else must hold when it has ended; null where nothing.</summary>
    public ExpectationDescription? Expectation { get; init; }
}

/// <summary><c>write: {path: ..., value: ...}</c>: one write(2) to an attribute.</summary>
public sealed record WriteStep(SourceLocation Location, string Path, string Value) : StepDescription(Location);

/// <summary><c>read: PATH</c>: shows an attribute.</summary>
public sealed record ReadStep(SourceLocation Location, string Path) : StepDescription(Location);

/// <summary><c>create-region:</c>, as <c>cxl create-region</c> does it.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Decoder">Root decoder, <c>decoder0.0</c>.</param>
/// <param name="Type"><c>ram</c> or <c>pmem</c>.</param>
/// <param name="Memdevs">Members in interleave order, by Linux name (<c>mem0</c>) or by id; empty: all below the decoder.</param>
/// <param name="Size">Null: all that the members have.</param>
/// <param name="Granularity">Bytes; null: the root decoder's.</param>
public sealed record CreateRegionStep(
    SourceLocation Location, string Decoder, string Type, IReadOnlyList<string> Memdevs, ByteSize? Size, int? Granularity) : StepDescription(Location);

/// <summary><c>online:</c> or <c>offline:</c> of a memory block or of all blocks of a dax device.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Subject"><c>memory146</c> or <c>dax0.0</c>.</param>
/// <param name="State">The word written: <c>online</c>, <c>online_movable</c>, <c>online_kernel</c>, <c>offline</c>.</param>
public sealed record MemoryStateStep(SourceLocation Location, string Subject, string State) : StepDescription(Location);

/// <summary><c>allocate:</c>: a program touches memory for the first time.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Task">The program's name, for a later <c>free:</c>.</param>
/// <param name="Size">How much.</param>
/// <param name="Kind"><c>anonymous</c>, <c>thp</c>, <c>pinned</c>, <c>hugetlb-2M</c>, <c>hugetlb-1G</c> or <c>kernel</c>.</param>
/// <param name="Policy"><c>default</c>, <c>preferred</c>, <c>preferred-many</c>, <c>bind</c>, <c>interleave</c> or <c>weighted-interleave</c>.</param>
/// <param name="Nodes">The nodes that the policy names.</param>
/// <param name="CpuNode">The node of the CPU that it runs on; null: the first with CPUs.</param>
public sealed record AllocateStep(
    SourceLocation Location, string Task, ByteSize Size, string Kind, string Policy, IReadOnlyList<int> Nodes, int? CpuNode) : StepDescription(Location);

/// <summary><c>free: TASK</c>: the program ends.</summary>
public sealed record FreeStep(SourceLocation Location, string Task) : StepDescription(Location);

/// <summary>A verb of the tool daxctl, as it does it.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Verb">What is done.</param>
/// <param name="Device"><c>dax0.0</c>, <c>0.0</c> or <c>all</c>; empty where a device is created.</param>
public sealed record DaxctlStep(SourceLocation Location, DaxctlVerb Verb, string Device) : StepDescription(Location)
{
    /// <summary><c>devdax</c> or <c>system-ram</c>; null where neither is asked for.</summary>
    public string? Mode { get; init; }

    public ByteSize? Size { get; init; }

    public ByteSize? Alignment { get; init; }

    /// <summary>Online blocks are taken offline first, or stay behind.</summary>
    public bool Force { get; init; }

    /// <summary>Blocks are left as the driver adds them.</summary>
    public bool NoOnline { get; init; }

    /// <summary>The kernel's policy chooses the zone, instead of Movable.</summary>
    public bool NoMovable { get; init; }

    /// <summary>The number of the region that gets a device; null for every one.</summary>
    public int? Region { get; init; }

    /// <summary>The ranges of a new device, in the order of its offsets; empty: wherever there is room.</summary>
    public IReadOnlyList<AddressRange> Mappings { get; init; } = [];

    /// <summary>What the parts of a device are to have: itself first, then new ones.</summary>
    public IReadOnlyList<ByteSize> Parts { get; init; } = [];
}

/// <summary>A verb of the tool cxl, as it does it, or a write to an attribute of a memory device.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Verb">What is done.</param>
/// <param name="Subject">A region, a memory device by Linux name or id, or a port; <c>all</c> of them where the tool has that.</param>
public sealed record CxlStep(SourceLocation Location, CxlVerb Verb, string Subject) : StepDescription(Location)
{
    /// <summary>What is in use is taken all the same.</summary>
    public bool Force { get; init; }

    /// <summary><c>ram</c> or <c>pmem</c>; null where the tool decides.</summary>
    public string? Type { get; init; }

    /// <summary>Null for all that there is.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>A decoder or its number; null for the next in order.</summary>
    public string? Decoder { get; init; }

    /// <summary>A size that does not fit is rounded to what the device can divide.</summary>
    public bool Align { get; init; }

    /// <summary>The port is meant as an endpoint.</summary>
    public bool IsEndpoint { get; init; }

    /// <summary>The memory devices below the port are enabled too.</summary>
    public bool WithMemdevs { get; init; }

    /// <summary>The line that is poisoned or cleared.</summary>
    public Dpa Address { get; init; }
}

/// <summary><c>store: {hpa: ..., value: ...}</c>: eight bytes to a host physical address.</summary>
public sealed record StoreStep(SourceLocation Location, Hpa Address, ulong Value) : StepDescription(Location);

/// <summary><c>load: {hpa: ...}</c>: eight bytes from a host physical address; with <c>value:</c> they must be these.</summary>
public sealed record LoadStep(SourceLocation Location, Hpa Address, ulong? Value) : StepDescription(Location);

/// <summary><c>load: {device: ..., dpa: ...}</c>: eight bytes from a device's media, past every decoder.</summary>
public sealed record LoadMediaStep(SourceLocation Location, string Device, Dpa Address, ulong? Value) : StepDescription(Location);
