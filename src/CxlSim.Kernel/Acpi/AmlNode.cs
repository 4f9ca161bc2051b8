using System.Text;
using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>A device or a scope of the namespace, the names defined in it, and what lies below it.</summary>
public sealed class AmlNode
{
    /// <summary>Present, functioning (ACPI 6.5 6.3.7): without both nobody asks after the device (<c>acpi_device_is_present</c>).</summary>
    private const ulong StatusPresent = 1 << 0;
    private const ulong StatusFunctioning = 1 << 3;

    private readonly Dictionary<string, AmlValue> _names = [];
    private readonly List<AmlNode> _children = [];
    private readonly Dictionary<string, AmlNode> _byName = [];

    private AmlNode(string name, AmlNode? parent, bool isDevice)
    {
        Name = name;
        Parent = parent;
        Root = parent?.Root ?? this;
        Depth = parent is null ? 0 : parent.Depth + 1;
        IsDevice = isDevice;
    }

    /// <summary>Four letters.</summary>
    public string Name { get; }

    public AmlNode? Parent { get; }

    public AmlNode Root { get; }

    public int Depth { get; }

    public bool IsDevice { get; }

    /// <summary>In the order in which they were declared.</summary>
    public IReadOnlyList<AmlNode> Children => _children;

    /// <summary>What <c>_STA</c> says of it and of what it lies below.</summary>
    public bool IsPresent => ((Integer("_STA") ?? StatusPresent) & (StatusPresent | StatusFunctioning)) != 0 && Parent is null or { IsPresent: true };

    /// <summary>The proximity domain that <c>_PXM</c> gives it or what it lies below; null for none (<c>acpi_get_pxm</c>).</summary>
    public ulong? Domain => Integer("_PXM") ?? Parent?.Domain;

    public static AmlNode CreateRoot() => new("\\", null, isDevice: false);

    /// <summary>What is there already stays as it is.</summary>
    public bool TryAdd(string name, bool isDevice, out AmlNode child)
    {
        child = new AmlNode(name, this, isDevice);
        if (!_byName.TryAdd(name, child))
        {
            return false;
        }

        _children.Add(child);
        return true;
    }

    public AmlNode? Child(string name) => _byName.GetValueOrDefault(name);

    /// <summary>All devices below it, each before those that it holds.</summary>
    public IEnumerable<AmlNode> Devices() => _children.SelectMany(child => child.IsDevice ? child.Devices().Prepend(child) : child.Devices());

    public void Define(string valueName, AmlValue value) => _names.TryAdd(valueName, value);

    public AmlValue? Value(string valueName) => _names.GetValueOrDefault(valueName);

    public ulong? Integer(string valueName) => Value(valueName)?.Integer;

    /// <summary><c>_HID</c> and then what <c>_CID</c> adds; numbers are EISA ids.</summary>
    public IEnumerable<string> HardwareIds()
    {
        foreach (AmlValue? value in new[] { Value("_HID"), Value("_CID") })
        {
            foreach (AmlValue id in value is null ? [] : value.Items is { } items ? items : [value])
            {
                if (id.Text is { } text)
                {
                    yield return text;
                }
                else if (id.Integer is { } number)
                {
                    yield return AcpiIds.FromEisaId(Bits.Low32(number));
                }
            }
        }
    }

    public override string ToString() => new StringBuilder(Name).Append(' ').AppendJoin(',', HardwareIds()).ToString();
}
