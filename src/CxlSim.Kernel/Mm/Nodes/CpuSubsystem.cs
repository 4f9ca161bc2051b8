using System.Globalization;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>/sys/devices/system/cpu: which CPUs there are (<c>drivers/base/cpu.c</c>).</summary>
public sealed class CpuSubsystem : KObject
{
    /// <summary>NR_CPUS - 1 of the recorded kernel, a MAXSMP build.</summary>
    private const int KernelMax = 8191;

    private static readonly AttributeGroup Attributes = new(
        Attr<CpuSubsystem>.ReadOnly("online", s => ListFormat.Of(s.Online.Select(cpu => cpu.Number))),
        Attr<CpuSubsystem>.ReadOnly("possible", s => ListFormat.Of(s.All.Select(cpu => cpu.Number))),
        Attr<CpuSubsystem>.ReadOnly("present", s => ListFormat.Of(s.All.Select(cpu => cpu.Number))),
        Attr<CpuSubsystem>.ReadOnly("offline", s => ListFormat.Of(s.All.Where(cpu => !cpu.IsOnline).Select(cpu => cpu.Number))),
        Attr<CpuSubsystem>.ReadOnly("kernel_max", _ => KernelMax.ToString(CultureInfo.InvariantCulture)));

    private readonly List<Cpu> _all = [];
    private readonly Bus _bus;

    /// <summary>So many come up by themselves (<c>maxcpus=</c>); the others wait to be asked.</summary>
    private readonly int _mostOnline;

    /// <summary>More there are not to the kernel, whatever the MADT has (<c>nr_cpus=</c>).</summary>
    private readonly int _mostPresent;

    public CpuSubsystem(KernelCore core)
        : base("cpu")
    {
        _bus = new Bus(core, "cpu");
        _mostOnline = Count("maxcpus") ?? int.MaxValue;
        _mostPresent = Count("nr_cpus") is { } most and > 0 ? most : int.MaxValue;
        core.Sysfs.System.Attach(this);

        int? Count(string parameter) => core.CommandLine.Value(parameter) is { } text ? (int)Math.Min(int.MaxValue, new NumberCursor(text).Number()) : null;
    }

    /// <summary>Every CPU that the machine has, by number; none joins later.</summary>
    public IReadOnlyList<Cpu> All => _all;

    public IEnumerable<Cpu> Online => _all.Where(cpu => cpu.IsOnline);

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];

    /// <summary>The CPU that tables mean by an id; null where the MADT has none of it.</summary>
    public Cpu? OfApicId(int apicId) => _all.Find(cpu => cpu.ApicId == apicId);

    /// <summary>One more CPU. An id that is there already is no second one, and those that are too many are left out (<c>topology_register_apic</c>).</summary>
    internal void Add(int apicId)
    {
        if (OfApicId(apicId) is null && _all.Count < _mostPresent)
        {
            _all.Add(new Cpu(_all.Count, apicId) { IsOnline = _all.Count == 0 || _all.Count < _mostOnline });
        }
    }

    /// <summary>Devices of the CPUs, and links between them and their nodes (<c>register_cpu</c>).</summary>
    internal async SimTask RegisterAsync()
    {
        foreach (Cpu cpu in _all)
        {
            await _bus.AddAsync(cpu, this);
            if (cpu.Node is { } node)
            {
                node.Link(cpu.Name, cpu);
                cpu.Link(node.Name, node);
            }
        }
    }
}
