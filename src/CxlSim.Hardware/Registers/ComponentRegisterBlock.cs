using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The 64 KiB of component registers of a host bridge, port or device: a capability array and what it points to (CXL r3.1 8.2.4).</summary>
public sealed class ComponentRegisterBlock : IRegisterBlock
{
    private readonly ComponentCapability[] _capabilities;
    private readonly uint[] _array;

    /// <param name="capabilities">In the order of the array.</param>
    internal ComponentRegisterBlock(ComponentCapability[] capabilities)
    {
        _capabilities = capabilities;
        _array =
        [
            ComponentRegisters.HeaderId | (1u << 16) | (1u << 20) | ((uint)capabilities.Length << 24),
            .. capabilities.Select(capability => capability.Id | ((uint)capability.Version << 16) | ((uint)capability.Offset << 20)),
        ];
    }

    /// <summary>The HDM decoders; null for a passthrough bridge, a downstream port.</summary>
    public HdmDecoderBank? Hdm => Array.Find(_capabilities, capability => capability.Id == ComponentRegisters.HdmDecoderId)?.Block as HdmDecoderBank;

    /// <summary>Where errors are kept; null for a component without.</summary>
    public RasBlock? Ras => Array.Find(_capabilities, capability => capability.Id == ComponentRegisters.RasId)?.Block as RasBlock;

    public uint Read(int offset)
    {
        int cacheMem = offset - ComponentRegisters.CacheMemOffset;
        return cacheMem >= 0 && cacheMem < _array.Length * 4 ? _array[cacheMem / 4]
            : At(cacheMem) is { } capability ? capability.Block.Read(cacheMem - capability.Offset)
            : 0;
    }

    public void Write(int offset, uint value)
    {
        int cacheMem = offset - ComponentRegisters.CacheMemOffset;
        if (At(cacheMem) is { } capability)
        {
            capability.Block.Write(cacheMem - capability.Offset, value);
        }
    }

    private ComponentCapability? At(int offset)
    {
        foreach (ComponentCapability capability in _capabilities)
        {
            if (capability.Holds(offset))
            {
                return capability;
            }
        }

        return null;
    }
}
