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

/// <summary><c>online:</c> or <c>offline:</c> of a size, a range or blocks, as the tool chmem does it. Of the three properties one is set.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="IsOnline">Enable, and not disable.</param>
public sealed record ChmemStep(SourceLocation Location, bool IsOnline) : StepDescription(Location)
{
    /// <summary>So much, wherever there is some.</summary>
    public ByteSize? Size { get; init; }

    public AddressRange? Range { get; init; }

    /// <summary>Numbers of blocks, the last included.</summary>
    public (ulong First, ulong Last)? Blocks { get; init; }

    /// <summary>As the tool names zones; null where none is asked for.</summary>
    public string? Zone { get; init; }
}

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

/// <summary><c>unplug: DEVICE</c>: somebody presses the button of a device's slot.</summary>
public sealed record UnplugStep(SourceLocation Location, string Device) : StepDescription(Location);

/// <summary><c>plug: DEVICE</c>: a device comes back into its slot.</summary>
public sealed record PlugStep(SourceLocation Location, string Device) : StepDescription(Location);

/// <summary><c>link-down: DEVICE</c>: a device is gone without a question.</summary>
public sealed record LinkDownStep(SourceLocation Location, string Device) : StepDescription(Location);

/// <summary><c>link-up: DEVICE</c>: the link of a device that was gone comes up again.</summary>
public sealed record LinkUpStep(SourceLocation Location, string Device) : StepDescription(Location);

/// <summary><c>reset: DEVICE</c>: somebody resets the PCI function of a device.</summary>
public sealed record ResetStep(SourceLocation Location, string Device) : StepDescription(Location);

/// <summary><c>firmware-reset: cold</c>: the whole machine is reset and boots anew.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="KeepsMemory">A warm reset.</param>
public sealed record FirmwareResetStep(SourceLocation Location, bool KeepsMemory) : StepDescription(Location);

/// <summary><c>poison: {device: ..., dpa: ..., length: ...}</c>: a device finds poison in its media.</summary>
public sealed record PoisonStep(SourceLocation Location, string Device, Dpa Address, ByteSize Length) : StepDescription(Location);

/// <summary>Something happens to a device, and it makes a record of it in one of its event logs.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Device">By its id.</param>
/// <param name="Kind">Which kind of record.</param>
/// <param name="Log"><c>informational</c>, <c>warning</c>, <c>failure</c> or <c>fatal</c>.</param>
/// <param name="Fields">Numbers of the record by key, in the order of the file's keys.</param>
public sealed record DeviceEventStep(
    SourceLocation Location, string Device, DeviceEventKind Kind, string Log, IReadOnlyList<KeyValuePair<string, ulong>> Fields) : StepDescription(Location)
{
    /// <summary>Which part of the device; null where the record does not say.</summary>
    public string? Component { get; init; }

    /// <summary>Which bits were corrected, 64 at a time; empty where the record does not say.</summary>
    public IReadOnlyList<ulong> CorrectionMask { get; init; } = [];
}

/// <summary><c>correctable-error:</c> or <c>uncorrectable-error:</c>: a device's RAS registers show errors of link or memory.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Device">By its id.</param>
/// <param name="IsCorrectable">One that is corrected; then there is one.</param>
/// <param name="Errors">By the words of <see cref="RasErrorWords"/>, the first that happened first.</param>
/// <param name="Header">The words of the header log; empty: zeros.</param>
public sealed record RasErrorStep(SourceLocation Location, string Device, bool IsCorrectable, IReadOnlyList<string> Errors, IReadOnlyList<uint> Header) : StepDescription(Location);

/// <summary><c>link-error: {device: ..., error: ...}</c>: a device finds an error of PCI Express.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Device">By its id.</param>
/// <param name="Error">By the words of <see cref="LinkErrorWords"/>.</param>
/// <param name="Header">The packet at fault; empty: zeros.</param>
public sealed record LinkErrorStep(SourceLocation Location, string Device, string Error, IReadOnlyList<uint> Header) : StepDescription(Location);

/// <summary><c>mailbox: {device: ..., answer: ...}</c>: a device's mailbox answers so from now on.</summary>
public sealed record MailboxStep(SourceLocation Location, string Device, MailboxBehaviour Behaviour) : StepDescription(Location);

/// <summary><c>kexec: "COMMAND LINE"</c>: another kernel takes the machine.</summary>
public sealed record KexecStep(SourceLocation Location, string CommandLine) : StepDescription(Location);

/// <summary><c>wait: 100ms</c>: virtual time passes.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Nanoseconds">How much.</param>
public sealed record WaitStep(SourceLocation Location, double Nanoseconds) : StepDescription(Location);
