using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The 64 KiB of component registers of a host bridge, port or device: a capability array and what it points to (CXL r3.1 8.2.4).</summary>
/// <param name="hasRas">Whether a RAS capability is there; a host bridge has none of its own.</param>
/// <param name="hdm">The HDM decoders, or null: a passthrough bridge or a root port.</param>
public sealed class ComponentRegisterBlock(bool hasRas, HdmDecoderBank? hdm) : IRegisterBlock
{
    private readonly uint[] _array = BuildArray(hasRas, hdm is not null);

    /// <summary>RAS is kept as plain storage: nothing of it acts yet.</summary>
    private readonly uint[] _ras = new uint[ComponentRegisters.RasSize / 4];

    public HdmDecoderBank? Hdm => hdm;

    public uint Read(int offset)
    {
        int cacheMem = offset - ComponentRegisters.CacheMemOffset;
        if (cacheMem >= 0 && cacheMem < _array.Length * 4)
        {
            return _array[cacheMem / 4];
        }

        if (hasRas && IsIn(cacheMem, ComponentRegisters.RasOffset, ComponentRegisters.RasSize))
        {
            return _ras[(cacheMem - ComponentRegisters.RasOffset) / 4];
        }

        return hdm is not null && IsIn(cacheMem, ComponentRegisters.HdmDecoderOffset, hdm.Size) ? hdm.Read(cacheMem - ComponentRegisters.HdmDecoderOffset) : 0;
    }

    public void Write(int offset, uint value)
    {
        int cacheMem = offset - ComponentRegisters.CacheMemOffset;
        if (hasRas && IsIn(cacheMem, ComponentRegisters.RasOffset, ComponentRegisters.RasSize))
        {
            _ras[(cacheMem - ComponentRegisters.RasOffset) / 4] = value;
        }
        else if (hdm is not null && IsIn(cacheMem, ComponentRegisters.HdmDecoderOffset, hdm.Size))
        {
            hdm.Write(cacheMem - ComponentRegisters.HdmDecoderOffset, value);
        }
    }

    private static bool IsIn(int offset, int start, int size) => offset >= start && offset < start + size;

    private static uint[] BuildArray(bool hasRas, bool hasHdm)
    {
        List<uint> array = [0];
        if (hasRas)
        {
            array.Add(Header(ComponentRegisters.RasId, 2, ComponentRegisters.RasOffset));
        }

        array.Add(Header(ComponentRegisters.LinkId, 2, ComponentRegisters.LinkOffset));
        if (hasHdm)
        {
            array.Add(Header(ComponentRegisters.HdmDecoderId, 1, ComponentRegisters.HdmDecoderOffset));
        }

        array[0] = ComponentRegisters.HeaderId | (1u << 16) | (1u << 20) | ((uint)(array.Count - 1) << 24);
        return [.. array];
    }

    private static uint Header(ushort id, byte version, int offset) => id | ((uint)version << 16) | ((uint)offset << 20);
}
