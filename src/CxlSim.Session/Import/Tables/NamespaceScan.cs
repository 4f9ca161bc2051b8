using System.Text;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Finds root bridges in AML of any make: devices, scopes and constant names by their encoding, wherever they stand (ACPI 6.5 20.2).</summary>
/// <remarks>Real namespaces are full of code whose length only an interpreter could tell, so nothing is parsed in order. What is found must have a legal name
/// and lie within what encloses it.</remarks>
internal sealed class NamespaceScan
{
    private static readonly HashSet<string> Names = ["_HID", "_CID", "_UID", "_BBN", "_SEG", "_CRS", "_STA", "_PXM"];

    /// <summary>No list of resources is as long.</summary>
    private const int LargestConstant = 16 << 10;

    private readonly List<AmlNode> _devices = [];
    private readonly Dictionary<string, AmlNode> _byName = [];

    private NamespaceScan()
    {
    }

    public static IReadOnlyList<NamespaceBridge> Bridges(IEnumerable<CapturedTable> tables)
    {
        NamespaceScan scan = new();
        foreach (CapturedTable table in tables)
        {
            scan.Read(table.Bytes.AsSpan(AcpiTableHeader.SpecSize));
        }

        return [.. scan._devices.Where(IsPresent).Select(Bridge).OfType<NamespaceBridge>()];
    }

    private void Read(ReadOnlySpan<byte> aml)
    {
        Stack<Block> open = new();
        for (int at = 0; at < aml.Length; at++)
        {
            while (open.TryPeek(out Block? innermost) && at >= innermost.End)
            {
                open.Pop();
            }

            bool isDevice = aml[at] == AmlOpcode.ExtendedPrefix && at + 1 < aml.Length && aml[at + 1] == AmlOpcode.ExtendedDevice;
            if (isDevice || aml[at] == AmlOpcode.Scope)
            {
                Open(aml, at, isDevice, open);
            }
            else if (aml[at] == AmlOpcode.Name && IsWanted(aml, at + 1, out string name))
            {
                Define(open, name, Constant(aml[(at + 5)..]));
            }
            else if (aml[at] == AmlOpcode.Method && TryBlock(aml, at + 1, out int end, out int body) && IsWanted(aml, body, out string method) && body + 6 <= end && aml[body + 5] == AmlOpcode.Return)
            {
                Define(open, method, Constant(aml[(body + 6)..end]));
            }
        }
    }

    private void Open(ReadOnlySpan<byte> aml, int at, bool isDevice, Stack<Block> open)
    {
        bool isBlock = TryBlock(aml, at + (isDevice ? 2 : 1), out int end, out int body);
        if (!isBlock || (open.TryPeek(out Block? outer) && end > outer.End) || NameAt(aml, body) is not { } name)
        {
            return;
        }

        // A scope goes on with a device that is known by name, wherever it was declared.
        AmlNode node = !isDevice && _byName.TryGetValue(name, out AmlNode? known) ? known : new AmlNode(name);
        open.Push(new Block(end, node));
        if (isDevice)
        {
            _byName.TryAdd(name, node);
            _devices.Add(node);
        }
    }

    /// <summary>The innermost block that is still open has the name.</summary>
    private static void Define(Stack<Block> open, string name, AmlValue? value)
    {
        if (value is not null && open.TryPeek(out Block? innermost))
        {
            innermost.Node.Define(name, value);
        }
    }

    private static AmlValue? Constant(ReadOnlySpan<byte> aml) => AmlReader.Constant(aml[..Math.Min(aml.Length, LargestConstant)]);

    private static bool IsPresent(AmlNode node) => node.Integer("_STA") is null or > 0;

    private static NamespaceBridge? Bridge(AmlNode node)
    {
        string[] ids = [.. node.HardwareIds()];
        bool isCxl = ids.Contains(AcpiIds.CxlHostBridge);
        if (!isCxl && !ids.Contains(AcpiIds.PcieHostBridge) && !ids.Contains(AcpiIds.PciHostBridge))
        {
            return null;
        }

        (byte First, byte Last)? buses = null;
        IReadOnlyList<AddressRange>? mmio = node.Value("_CRS")?.Buffer is { } crs ? CrsReader.Read(crs, out buses) : null;
        byte? bus = node.Integer("_BBN") is { } number and <= byte.MaxValue ? (byte)number : buses?.First;
        return new NamespaceBridge(
            node.Name, isCxl, Uid(node.Value("_UID")), Bits.Low16(node.Integer("_SEG") ?? 0), bus, buses?.Last, mmio is { Count: > 0 } ? mmio : null, node.Integer("_PXM") is { } domain and <= uint.MaxValue ? (uint)domain : null);
    }

    private static uint? Uid(AmlValue? value) =>
        value?.Integer is { } number and <= uint.MaxValue ? (uint)number
        : uint.TryParse(value?.Text, out uint parsed) ? parsed
        : null;

    private static bool IsWanted(ReadOnlySpan<byte> aml, int at, out string name)
    {
        name = at + 4 <= aml.Length && aml[at] == (byte)'_' ? Encoding.Latin1.GetString(aml.Slice(at, 4)) : string.Empty;
        return Names.Contains(name);
    }

    /// <summary>A package length (ACPI 6.5 20.2.4) that ends within the table.</summary>
    private static bool TryBlock(ReadOnlySpan<byte> aml, int at, out int end, out int body)
    {
        end = body = 0;
        if (at >= aml.Length)
        {
            return false;
        }

        int extra = aml[at] >> 6;
        if (at + extra >= aml.Length)
        {
            return false;
        }

        int length = extra == 0 ? aml[at] & 0x3f : aml[at] & 0xf;
        for (int i = 0; i < extra; i++)
        {
            length |= aml[at + 1 + i] << (4 + (8 * i));
        }

        body = at + 1 + extra;
        end = at + length;
        return end > body && end <= aml.Length;
    }

    /// <summary>The last segment of a name path; null for what is none.</summary>
    private static string? NameAt(ReadOnlySpan<byte> aml, int at)
    {
        while (at < aml.Length && aml[at] is AmlOpcode.RootPrefix or AmlOpcode.ParentPrefix)
        {
            at++;
        }

        int segments = 1;
        if (at < aml.Length && aml[at] is AmlOpcode.DualNamePrefix or AmlOpcode.MultiNamePrefix)
        {
            segments = aml[at] == AmlOpcode.DualNamePrefix ? 2 : at + 1 < aml.Length ? aml[at + 1] : 0;
            at += aml[at] == AmlOpcode.DualNamePrefix ? 1 : 2;
        }

        int last = at + (4 * (segments - 1));
        return segments > 0 && last + 4 <= aml.Length && IsSegment(aml.Slice(last, 4)) ? Encoding.Latin1.GetString(aml.Slice(last, 4)) : null;
    }

    private static bool IsSegment(ReadOnlySpan<byte> name)
    {
        bool legal = name[0] is not (>= (byte)'0' and <= (byte)'9');
        foreach (byte letter in name)
        {
            legal &= letter is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_';
        }

        return legal;
    }

    /// <summary>A device or a scope that goes on up to its end.</summary>
    private sealed record Block(int End, AmlNode Node);
}
