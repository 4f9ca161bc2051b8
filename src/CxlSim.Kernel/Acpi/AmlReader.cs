using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Reads scopes, devices and names out of AML of any make, and methods that do nothing but return a constant (ACPI 6.5 20.2). It is no interpreter.</summary>
/// <remarks>How long code is that stands between them only an interpreter could tell: it is passed over byte by byte, up to the next declaration.
/// Nothing is read twice, whatever the bytes claim: the time is that of their number.</remarks>
public ref struct AmlReader
{
    private const int MaxDepth = 32;

    /// <summary>Scopes that are there from the start (<c>acpi_gbl_pre_defined_names</c>).</summary>
    private static readonly string[] Predefined = ["_GPE", "_PR_", "_SB_", "_SI_", "_TZ_"];

    private AmlCursor _aml;

    private AmlReader(ReadOnlySpan<byte> aml) => _aml = new AmlCursor(aml);

    /// <summary>The namespace of a DSDT and of the SSDTs that go on with it; each begins with a header.</summary>
    public static AmlNode Read(IEnumerable<byte[]> tables)
    {
        AmlNode root = AmlNode.CreateRoot();
        foreach (string name in Predefined)
        {
            root.TryAdd(name, isDevice: false, out _);
        }

        foreach (byte[] table in tables.Where(table => table.Length > AcpiTableHeader.SpecSize))
        {
            AmlReader reader = new(table.AsSpan(AcpiTableHeader.SpecSize));
            reader.Terms(root, 0);
        }

        return root;
    }

    /// <summary>What was not understood may end anywhere: from there on a declaration has to fit.</summary>
    private void Terms(AmlNode scope, int depth)
    {
        bool isUnderstood = true;
        while (!_aml.IsAtEnd)
        {
            int start = _aml.At;
            int end = _aml.End;
            _aml.IsStrict = !isUnderstood;
            isUnderstood = Term(scope, depth) && !_aml.IsLost;
            if (!isUnderstood)
            {
                _aml.MoveTo(start + 1, end);
            }
        }
    }

    private bool Term(AmlNode scope, int depth)
    {
        switch (_aml.Next())
        {
            case AmlOpcode.Scope:
                return Block(scope, depth, isDevice: false);
            case AmlOpcode.Name:
                return Name(scope, depth);
            case AmlOpcode.Method:
                return Method(scope, depth);
            case AmlOpcode.Alias:
                return _aml.Name() is not null && _aml.Name() is not null;
            case AmlOpcode.External:
                return _aml.Name() is not null && _aml.Pass(2);
            case AmlOpcode.If:
            case AmlOpcode.Else:
                return Condition();
            case AmlOpcode.While:
                return Skip();
            case AmlOpcode.BytePrefix:
                return _aml.Pass(1);
            case AmlOpcode.WordPrefix:
                return _aml.Pass(2);
            case AmlOpcode.DwordPrefix:
                return _aml.Pass(4);
            case AmlOpcode.QwordPrefix:
                return _aml.Pass(8);
            case AmlOpcode.ExtendedPrefix:
                return Extended(scope, depth);
            default:
                return false;
        }
    }

    private bool Extended(AmlNode scope, int depth)
    {
        switch (_aml.Next())
        {
            case AmlOpcode.ExtendedDevice:
                return Block(scope, depth, isDevice: true);
            case AmlOpcode.ExtendedMutex:
                return _aml.Name() is not null && _aml.Pass(1);
            case AmlOpcode.ExtendedEvent:
                return _aml.Name() is not null;
            case AmlOpcode.ExtendedRegion:
                return _aml.Name() is not null && _aml.Pass(1); // address and length are terms of their own
            case AmlOpcode.ExtendedField:
            case AmlOpcode.ExtendedIndexField:
            case AmlOpcode.ExtendedBankField:
            case AmlOpcode.ExtendedProcessor:
            case AmlOpcode.ExtendedPowerResource:
            case AmlOpcode.ExtendedThermalZone:
                return Skip();
            default:
                return false;
        }
    }

    /// <summary>What is in a scope that is not there, Linux passes over as well.</summary>
    private bool Block(AmlNode scope, int depth, bool isDevice)
    {
        if (!_aml.TryEnter(out int outer) || _aml.Name() is not { } path)
        {
            return false;
        }

        AmlNode? node = isDevice ? Declare(scope, path) : path.Find(scope);
        if (node is not null && depth < MaxDepth)
        {
            Terms(node, depth + 1);
        }

        _aml.Leave(outer);
        return true;
    }

    /// <summary>Null for a device that is there already: the first counts.</summary>
    private static AmlNode? Declare(AmlNode scope, AmlPath path) =>
        path.Owner(scope) is { Depth: < MaxDepth } owner && owner.TryAdd(path.Segments[^1], isDevice: true, out AmlNode device) ? device : null;

    private bool Name(AmlNode scope, int depth)
    {
        if (_aml.Name() is not { } path || !Data(depth, out AmlValue? value))
        {
            return false;
        }

        Define(scope, path, value);
        return true;
    }

    /// <summary>What it returns stands under its name where its first term is Return with a constant.</summary>
    private bool Method(AmlNode scope, int depth)
    {
        if (!_aml.TryEnter(out int outer) || _aml.Name() is not { } path || !_aml.Pass(1))
        {
            return false;
        }

        if (_aml.Next() == AmlOpcode.Return && Data(depth, out AmlValue? value))
        {
            Define(scope, path, value);
        }

        _aml.Leave(outer);
        return true;
    }

    private static void Define(AmlNode scope, AmlPath path, AmlValue? value)
    {
        if (value is not null)
        {
            path.Owner(scope)?.Define(path.Segments[^1], value);
        }
    }

    /// <summary>Nobody knows which branch is taken: what is declared in any of them is there, as if nothing were around it.</summary>
    private bool Condition()
    {
        bool isPackage = _aml.TryEnter(out int outer);
        _aml.MoveTo(_aml.At, outer);
        return isPackage;
    }

    private bool Skip()
    {
        bool isPackage = _aml.TryEnter(out int outer);
        _aml.Leave(outer);
        return isPackage;
    }

    /// <summary>False where no constant stands; null for one that is of no interest.</summary>
    private bool Data(int depth, out AmlValue? value)
    {
        byte opcode = _aml.Next();
        value = null;
        switch (opcode)
        {
            case AmlOpcode.Zero:
            case AmlOpcode.One:
                value = new AmlValue { Integer = opcode };
                break;
            case AmlOpcode.Ones:
                value = new AmlValue { Integer = ulong.MaxValue };
                break;
            case AmlOpcode.BytePrefix:
                value = new AmlValue { Integer = _aml.Number(1) };
                break;
            case AmlOpcode.WordPrefix:
                value = new AmlValue { Integer = _aml.Number(2) };
                break;
            case AmlOpcode.DwordPrefix:
                value = new AmlValue { Integer = _aml.Number(4) };
                break;
            case AmlOpcode.QwordPrefix:
                value = new AmlValue { Integer = _aml.Number(8) };
                break;
            case AmlOpcode.StringPrefix:
                value = new AmlValue { Text = _aml.Text() };
                break;
            case AmlOpcode.Buffer:
                return Buffer(depth, out value);
            case AmlOpcode.Package:
                return Package(depth, out value);
            case AmlOpcode.VarPackage:
                return Skip();
            default:
                return false;
        }

        return !_aml.IsLost;
    }

    /// <summary>One whose length is computed is of no interest.</summary>
    private bool Buffer(int depth, out AmlValue? value)
    {
        value = null;
        if (!_aml.TryEnter(out int outer))
        {
            return false;
        }

        if (depth < MaxDepth && Data(depth + 1, out AmlValue? size) && size?.Integer is { } length)
        {
            value = new AmlValue { Buffer = _aml.Rest[..(int)Math.Min(length, (ulong)_aml.Rest.Length)].ToArray() };
        }

        _aml.Leave(outer);
        return true;
    }

    /// <summary>Its items up to the first that is no constant.</summary>
    private bool Package(int depth, out AmlValue? value)
    {
        value = null;
        if (!_aml.TryEnter(out int outer))
        {
            return false;
        }

        int count = _aml.Next();
        List<AmlValue> items = [];
        while (depth < MaxDepth && items.Count < count && Data(depth + 1, out AmlValue? item) && item is not null)
        {
            items.Add(item);
        }

        value = new AmlValue { Items = items };
        _aml.Leave(outer);
        return true;
    }
}
