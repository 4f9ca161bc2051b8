using System.Text;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A device of the driver model (<c>drivers/base/core.c</c>, struct device).</summary>
public class Device(string name) : KObject(name)
{
    private static readonly AttributeGroup Common = new(Attr<Device>.ReadWrite("uevent", d => AttributeValue.Raw(d.UeventText()), (_, _) => Errno.Ok));

    private readonly Stack<Func<SimTask>> _managed = new();

    public Bus? Bus { get; internal set; }

    public Driver? Driver { get; internal set; }

    /// <summary>A driver has it; while one probes, too.</summary>
    public bool IsBound => Driver is not null;

    /// <summary>Held while a driver comes or goes (<c>device_lock</c>); null before it is on a bus.</summary>
    internal SimMutex? Lock { get; set; }

    /// <summary>DEVTYPE of uevents; null for a device without.</summary>
    public virtual string? DeviceType => null;

    /// <summary>MAJOR and MINOR; null for a device without a node in /dev.</summary>
    public virtual (int Major, int Minor)? DeviceNumber => null;

    /// <summary>Name of the node in /dev.</summary>
    public virtual string? NodeName => null;

    /// <summary>MODALIAS and what else the bus adds to a uevent.</summary>
    public virtual IEnumerable<string> UeventLines => [];

    public override IReadOnlyList<AttributeGroup> Groups => [Common, .. DeviceGroups];

    /// <summary>The attributes of the kind of device.</summary>
    protected virtual IReadOnlyList<AttributeGroup> DeviceGroups => [];

    /// <summary>Something to undo when the driver lets go, last first (<c>devm_add_action</c>).</summary>
    public void OnUnbind(Func<SimTask> undo) => _managed.Push(undo);

    internal async SimTask ReleaseManagedAsync()
    {
        while (_managed.TryPop(out Func<SimTask>? undo))
        {
            await undo();
        }
    }

    private string UeventText()
    {
        StringBuilder text = new();
        if (DeviceNumber is { } number)
        {
            text.Append("MAJOR=").Append(number.Major).Append("\nMINOR=").Append(number.Minor).Append("\nDEVNAME=").Append(NodeName).Append('\n');
        }

        if (DeviceType is { } type)
        {
            text.Append("DEVTYPE=").Append(type).Append('\n');
        }

        if (Driver is { } driver)
        {
            text.Append("DRIVER=").Append(driver.Name).Append('\n');
        }

        foreach (string line in UeventLines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
