using System.Text;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Reads scopes, devices and names out of AML, and methods that do nothing but return a constant; others are passed over (ACPI 6.5 20.2). It is no interpreter.</summary>
/// <remarks>What it does not know ends the block at hand: the length of an unknown term cannot be told. Nesting is bounded.</remarks>
public ref struct AmlReader
{
    private const int MaxDepth = 32;
    private readonly ReadOnlySpan<byte> _aml;
    private int _at;
    private bool _lost;

    private AmlReader(ReadOnlySpan<byte> aml) => _aml = aml;

    /// <summary>All devices below the root, as a tree.</summary>
    public static AmlNode Read(ReadOnlySpan<byte> table)
    {
        AmlNode root = new("\\");
        if (table.Length > AcpiTableHeader.SpecSize)
        {
            AmlReader reader = new(table[AcpiTableHeader.SpecSize..]);
            reader.Terms(root, reader._aml.Length, 0);
        }

        return root;
    }

    /// <summary>The constant that the bytes begin with; null where they begin with something else.</summary>
    public static AmlValue? Constant(ReadOnlySpan<byte> aml)
    {
        AmlReader reader = new(aml);
        AmlValue? value = reader.Data(0);
        return reader._lost ? null : value;
    }

    private void Terms(AmlNode parent, int end, int depth)
    {
        while (_at < end && !_lost)
        {
            byte opcode = Next();
            switch (opcode)
            {
                case AmlOpcode.Scope:
                    Block(parent, depth, isDevice: false);
                    break;
                case AmlOpcode.ExtendedPrefix when Peek() == AmlOpcode.ExtendedDevice:
                    _at++;
                    Block(parent, depth, isDevice: true);
                    break;
                case AmlOpcode.Name:
                    string name = NameString();
                    if (Data(depth) is { } value)
                    {
                        parent.Define(name, value);
                    }

                    break;
                case AmlOpcode.Method:
                    Method(parent, depth);
                    break;
                default:
                    _lost = true;
                    break;
            }
        }
    }

    private void Block(AmlNode parent, int depth, bool isDevice)
    {
        int start = _at;
        int end = Math.Min(_aml.Length, start + PackageLength());
        string name = NameString();
        AmlNode node = parent;
        if (isDevice)
        {
            node = new AmlNode(name);
            parent.Children.Add(node);
        }

        if (depth < MaxDepth)
        {
            Terms(node, end, depth + 1);
        }

        _lost = false; // the block's length tells where to go on
        _at = Math.Max(end, _at);
    }

    /// <summary>What it returns stands under its name where its first term is Return with a constant.</summary>
    private void Method(AmlNode parent, int depth)
    {
        int start = _at;
        int end = Math.Min(_aml.Length, start + PackageLength());
        string name = NameString();
        _ = Next(); // number of arguments
        if (!_lost && _at < end && Next() == AmlOpcode.Return && Data(depth) is { } value && !_lost && _at <= end)
        {
            parent.Define(name, value);
        }

        _lost = false;
        _at = Math.Max(end, start + 1);
    }

    private AmlValue? Data(int depth)
    {
        byte opcode = Next();
        switch (opcode)
        {
            case AmlOpcode.Zero:
            case AmlOpcode.One:
                return new AmlValue { Integer = opcode };
            case AmlOpcode.Ones:
                return new AmlValue { Integer = ulong.MaxValue };
            case AmlOpcode.BytePrefix:
                return new AmlValue { Integer = Number(1) };
            case AmlOpcode.WordPrefix:
                return new AmlValue { Integer = Number(2) };
            case AmlOpcode.DwordPrefix:
                return new AmlValue { Integer = Number(4) };
            case AmlOpcode.QwordPrefix:
                return new AmlValue { Integer = Number(8) };
            case AmlOpcode.StringPrefix:
                return new AmlValue { Text = Text() };
            case AmlOpcode.Buffer:
                return Buffer(depth);
            case AmlOpcode.Package when depth < MaxDepth:
                return Package(depth);
            default:
                _lost = true;
                return null;
        }
    }

    private AmlValue? Buffer(int depth)
    {
        int start = _at;
        int end = Math.Min(_aml.Length, start + PackageLength());
        ulong size = Data(depth)?.Integer ?? 0;
        int length = (int)Math.Min(size, (ulong)Math.Max(0, end - _at));
        byte[] bytes = _aml.Slice(_at, length).ToArray();
        _at = Math.Max(_at, end);
        return new AmlValue { Buffer = bytes };
    }

    private AmlValue? Package(int depth)
    {
        int start = _at;
        int end = Math.Min(_aml.Length, start + PackageLength());
        int count = Next();
        List<AmlValue> items = [];
        while (items.Count < count && _at < end && !_lost)
        {
            if (Data(depth + 1) is { } item)
            {
                items.Add(item);
            }
        }

        _lost = false;
        _at = Math.Max(_at, end);
        return new AmlValue { Items = items };
    }

    /// <summary>The last segment of a name; prefixes and what stands before are passed over.</summary>
    private string NameString()
    {
        while (Peek() is AmlOpcode.RootPrefix or AmlOpcode.ParentPrefix)
        {
            _at++;
        }

        int segments = 1;
        switch (Peek())
        {
            case AmlOpcode.DualNamePrefix:
                _at++;
                segments = 2;
                break;
            case AmlOpcode.MultiNamePrefix:
                _at++;
                segments = Next();
                break;
            case 0:
                _at++;
                return string.Empty;
        }

        int last = _at + (4 * (segments - 1));
        if (segments == 0 || last + 4 > _aml.Length)
        {
            _lost = true;
            return string.Empty;
        }

        _at = last + 4;
        return Encoding.Latin1.GetString(_aml.Slice(last, 4));
    }

    private int PackageLength()
    {
        byte lead = Next();
        int extra = lead >> 6;
        int length = extra == 0 ? lead & 0x3f : lead & 0xf;
        for (int i = 0; i < extra; i++)
        {
            length |= Next() << (4 + (8 * i));
        }

        return length;
    }

    private ulong Number(int bytes)
    {
        ulong value = 0;
        for (int i = 0; i < bytes; i++)
        {
            value |= (ulong)Next() << (8 * i);
        }

        return value;
    }

    private string Text()
    {
        int start = _at;
        while (_at < _aml.Length && _aml[_at] != 0)
        {
            _at++;
        }

        string text = Encoding.Latin1.GetString(_aml[start.._at]);
        _at = Math.Min(_at + 1, _aml.Length);
        return text;
    }

    private readonly byte Peek() => _at < _aml.Length ? _aml[_at] : AmlOpcode.Ones;

    private byte Next()
    {
        if (_at < _aml.Length)
        {
            return _aml[_at++];
        }

        _lost = true;
        return 0;
    }
}
