using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A CPU and its device cpuN (<c>drivers/base/cpu.c</c>, struct cpu).</summary>
/// <param name="number">Linux' own number: CPUs count in the order of the MADT.</param>
/// <param name="apicId">What tables call it.</param>
public sealed class Cpu(int number, int apicId) : Device("cpu" + number.ToString(CultureInfo.InvariantCulture))
{
    // The boot CPU cannot leave on x86, so it has no file to say so with.
    private static readonly AttributeGroup Attributes = new(
        Attr<Cpu>.ReadWrite("online", cpu => cpu.IsOnline ? "1" : "0", (cpu, value) => cpu.StoreOnline(value), visible: cpu => cpu.Number > 0));

    public int Number => number;

    public int ApicId => apicId;

    public bool IsOnline { get; internal set; } = true;

    /// <summary>Null until the nodes are known.</summary>
    public NumaNode? Node { get; internal set; }

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    private SimTask<Errno> StoreOnline(string value)
    {
        Errno error = Kstrto.Bool(value, out bool online);
        IsOnline = error == Errno.Ok ? online : IsOnline;
        return error;
    }
}
