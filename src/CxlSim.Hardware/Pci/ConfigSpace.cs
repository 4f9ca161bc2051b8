using System.Buffers.Binary;
using CxlSim.Core;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>The 4 KiB configuration space of a function: bytes, and which bits software may change (PCI Express Base 6.0 7.2).</summary>
public sealed class ConfigSpace
{
    private readonly byte[] _bytes = new byte[PciConfig.Size];
    private readonly byte[] _writable = new byte[PciConfig.Size];

    /// <summary>Bits that a one written to them clears.</summary>
    private readonly byte[] _cleared = new byte[PciConfig.Size];

    /// <summary>What hardware itself has put there last: software's bits are so again after a reset.</summary>
    private readonly byte[] _initial = new byte[PciConfig.Size];
    private int _lastCapability;
    private int _lastExtended;
    private int _nextExtended = PciConfig.FirstExtendedCapability;

    public uint Read(int offset, int width) => width switch
    {
        1 => _bytes[offset],
        2 => U16(offset),
        _ => U32(offset),
    };

    public void Write(int offset, int width, uint value)
    {
        for (int i = 0; i < width; i++)
        {
            byte mask = _writable[offset + i];
            byte written = Bits.ByteAt(value, i);
            _bytes[offset + i] = (byte)((_bytes[offset + i] & ~mask & ~(written & _cleared[offset + i])) | (written & mask));
        }
    }

    /// <summary>What software has written is gone.</summary>
    public void Reset()
    {
        for (int i = 0; i < _bytes.Length; i++)
        {
            _bytes[i] = (byte)((_bytes[i] & ~_writable[i]) | (_initial[i] & _writable[i]));
        }
    }

    public ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(offset));

    public uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));

    public void Set8(int offset, byte value, byte writable = 0)
    {
        _bytes[offset] = value;
        _initial[offset] = value;
        _writable[offset] = writable;
    }

    public void Set16(int offset, ushort value, ushort writable = 0)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(offset), value);
        BinaryPrimitives.WriteUInt16LittleEndian(_initial.AsSpan(offset), value);
        BinaryPrimitives.WriteUInt16LittleEndian(_writable.AsSpan(offset), writable);
    }

    public void Set32(int offset, uint value, uint writable = 0)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(offset), value);
        BinaryPrimitives.WriteUInt32LittleEndian(_initial.AsSpan(offset), value);
        BinaryPrimitives.WriteUInt32LittleEndian(_writable.AsSpan(offset), writable);
    }

    /// <summary>Makes bits of a status register go away when ones are written to them.</summary>
    public void SetCleared16(int offset, ushort mask) => BinaryPrimitives.WriteUInt16LittleEndian(_cleared.AsSpan(offset), mask);

    /// <summary>The same of one of four bytes.</summary>
    public void SetCleared32(int offset, uint mask) => BinaryPrimitives.WriteUInt32LittleEndian(_cleared.AsSpan(offset), mask);

    /// <summary>Hardware sets bits of a status register.</summary>
    public void Raise16(int offset, ushort bits) => BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(offset), (ushort)(U16(offset) | bits));

    /// <summary>The same of one of four bytes.</summary>
    public void Raise32(int offset, uint bits) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(offset), U32(offset) | bits);

    /// <summary>Links a capability of the first 256 bytes into the list.</summary>
    public void AddCapability(byte id, int offset)
    {
        Set8(offset, id);
        Set8(_lastCapability == 0 ? PciConfig.CapabilityPointer : _lastCapability + 1, (byte)offset);
        Set16(PciConfig.Status, (ushort)(U16(PciConfig.Status) | PciConfig.StatusCapabilityList));
        _lastCapability = offset;
    }

    /// <summary>What is appended next stands at a place, with a gap before it: a recorded device has it there.</summary>
    public void SkipTo(int offset)
    {
        Check.That(offset >= _nextExtended, "a place behind the last capability");
        _nextExtended = offset;
    }

    /// <summary>Appends an extended capability of <paramref name="length"/> bytes and gives its place.</summary>
    public int AddExtendedCapability(ushort id, int length, byte version = 1)
    {
        int offset = _nextExtended;
        _nextExtended = offset + ((length + 3) & ~3);
        Check.That(_nextExtended <= PciConfig.Size, "extended capabilities that fit");
        Set32(offset, id | ((uint)version << 16));
        if (_lastExtended != 0)
        {
            Set32(_lastExtended, U32(_lastExtended) | ((uint)offset << 20));
        }

        _lastExtended = offset;
        return offset;
    }

    /// <summary>Appends one of CXL's designated vendor-specific capabilities.</summary>
    public int AddDvsec(ushort id, byte revision, int length)
    {
        int offset = AddExtendedCapability(PciCapability.Dvsec, length);
        Set32(offset + Dvsec.Header1, Dvsec.VendorCxl | ((uint)revision << 16) | ((uint)length << 20));
        Set16(offset + Dvsec.Header2, id);
        return offset;
    }
}
