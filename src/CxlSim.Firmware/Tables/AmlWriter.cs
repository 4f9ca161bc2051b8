using System.Text;
using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Writes the part of AML that a namespace of devices, names and constant methods needs (ACPI 6.5 20.2).</summary>
public sealed class AmlWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public void Scope(string name, Action<AmlWriter> body) => Block([AmlOpcode.Scope], name, body);

    public void Device(string name, Action<AmlWriter> body) => Block([AmlOpcode.ExtendedPrefix, AmlOpcode.ExtendedDevice], name, body);

    public void Name(string name, ulong value)
    {
        NameHead(name);
        Integer(value);
    }

    public void Name(string name, string value)
    {
        NameHead(name);
        Text(value);
    }

    /// <summary>A package of numbers, as <c>_CID</c> takes EISA ids.</summary>
    public void Name(string name, IReadOnlyList<ulong> values)
    {
        AmlWriter package = new();
        package._bytes.Add((byte)values.Count);
        foreach (ulong value in values)
        {
            package.Integer(value);
        }

        NameHead(name);
        _bytes.Add(AmlOpcode.Package);
        AppendWithLength(package._bytes);
    }

    /// <summary>A method that gives a package of a number and a package of numbers, whatever it is asked: the shape of a QoS answer.</summary>
    public void Method(string name, byte arguments, ulong first, IReadOnlyList<ulong> others)
    {
        AmlWriter inner = new();
        inner._bytes.Add((byte)others.Count);
        foreach (ulong value in others)
        {
            inner.Integer(value);
        }

        AmlWriter outer = new();
        outer._bytes.Add(2);
        outer.Integer(first);
        outer._bytes.Add(AmlOpcode.Package);
        outer.AppendWithLength(inner._bytes);
        Block([AmlOpcode.Method], name, body =>
        {
            body._bytes.Add(arguments);
            body._bytes.Add(AmlOpcode.Return);
            body._bytes.Add(AmlOpcode.Package);
            body.AppendWithLength(outer._bytes);
        });
    }

    /// <summary>A buffer of resource descriptors, as <c>_CRS</c> takes it.</summary>
    public void Name(string name, ReadOnlySpan<byte> buffer)
    {
        NameHead(name);
        Buffer(buffer);
    }

    /// <summary>A method that gives a buffer, whatever it is asked.</summary>
    public void Method(string name, byte arguments, byte[] buffer) => Block([AmlOpcode.Method], name, body =>
    {
        body._bytes.Add(arguments);
        body._bytes.Add(AmlOpcode.Return);
        body.Buffer(buffer);
    });

    private void Block(ReadOnlySpan<byte> opcode, string name, Action<AmlWriter> body)
    {
        AmlWriter content = new();
        content.NameString(name);
        body(content);
        _bytes.AddRange(opcode);
        AppendWithLength(content._bytes);
    }

    private void Buffer(ReadOnlySpan<byte> bytes)
    {
        AmlWriter content = new();
        content.Integer((ulong)bytes.Length);
        content._bytes.AddRange(bytes);
        _bytes.Add(AmlOpcode.Buffer);
        AppendWithLength(content._bytes);
    }

    private void NameHead(string name)
    {
        _bytes.Add(AmlOpcode.Name);
        NameString(name);
    }

    private void NameString(string name)
    {
        if (name[0] == '\\')
        {
            _bytes.Add(AmlOpcode.RootPrefix);
            name = name[1..];
        }

        Check.That(name.Length == 4, "a name of four characters, not {0}", name);
        _bytes.AddRange(Encoding.ASCII.GetBytes(name));
    }

    private void Text(string value)
    {
        _bytes.Add(AmlOpcode.StringPrefix);
        _bytes.AddRange(Encoding.ASCII.GetBytes(value));
        _bytes.Add(0);
    }

    private void Integer(ulong value)
    {
        switch (value)
        {
            case 0:
                _bytes.Add(AmlOpcode.Zero);
                break;
            case 1:
                _bytes.Add(AmlOpcode.One);
                break;
            case <= byte.MaxValue:
                _bytes.AddRange([AmlOpcode.BytePrefix, (byte)value]);
                break;
            case <= ushort.MaxValue:
                _bytes.Add(AmlOpcode.WordPrefix);
                _bytes.AddRange(BitConverter.GetBytes((ushort)value));
                break;
            case <= uint.MaxValue:
                _bytes.Add(AmlOpcode.DwordPrefix);
                _bytes.AddRange(BitConverter.GetBytes((uint)value));
                break;
            default:
                _bytes.Add(AmlOpcode.QwordPrefix);
                _bytes.AddRange(BitConverter.GetBytes(value));
                break;
        }
    }

    /// <summary>PkgLength counts itself: one byte up to 63, else a lead byte with four bits and up to three more (20.2.4).</summary>
    private void AppendWithLength(List<byte> content)
    {
        int length = content.Count + 1;
        if (length <= 0x3f)
        {
            _bytes.Add((byte)length);
        }
        else
        {
            int extra = content.Count + 2 <= 0xfff ? 1 : content.Count + 3 <= 0xf_ffff ? 2 : 3;
            length = content.Count + 1 + extra;
            _bytes.Add((byte)((extra << 6) | (length & 0xf)));
            for (int i = 0; i < extra; i++)
            {
                _bytes.Add(Bits.ByteAt((ulong)length >> 4, i));
            }
        }

        _bytes.AddRange(content);
    }
}
