using CxlSim.Core;
using CxlSim.Hardware;
using CxlSim.Spec;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Machine;

/// <summary>Follows the capability lists of a space as software does, and says which registers stand where.</summary>
internal static class RegisterBlocks
{
    /// <summary>A broken list may lead in circles.</summary>
    private const int MostCapabilities = 64;

    public static IEnumerable<RegisterBlock> Of(RegisterSpace space) => space.Name switch
    {
        HardwareRegisters.Component => OfComponent(space),
        HardwareRegisters.Device => OfDevice(space),
        HardwareRegisters.Rcrb => [.. OfConfig(space, RcrbRegisters.DownstreamPort, "Downstream "), .. OfConfig(space, RcrbRegisters.UpstreamPort, "Upstream ")],
        _ => OfConfig(space, 0, string.Empty),
    };

    /// <summary>The header, the list of the first 256 bytes, the list of the extended space.</summary>
    private static IEnumerable<RegisterBlock> OfConfig(RegisterSpace space, int start, string prefix)
    {
        bool isBridge = (space.Read(start + PciConfig.HeaderType, 1) & 0x7f) == PciConfig.HeaderTypeBridge;
        yield return Block(space, start, isBridge ? PciHeaderLayout.Bridge : PciHeaderLayout.Endpoint, prefix);
        int next = (int)space.Read(start + PciConfig.CapabilityPointer, 1) & ~3;
        for (int count = 0; next != 0 && count < MostCapabilities; count++)
        {
            byte id = (byte)space.Read(start + next, 1);
            BlockLayout? layout = id == PciCapability.Express ? Express(space.Read(start + next + PciCapability.ExpressFlags, 2)) : PciCapabilityLayout.Of(id);
            RegisterLayout header = new($"{layout?.Name ?? $"Capability 0x{id:x}"} Header", 0, 2, new(7, 0, "Capability ID"), new(15, 8, "Next"));
            yield return Block(space, start + next, new BlockLayout(layout?.Name ?? $"Capability 0x{id:x}", [header, .. layout?.Registers ?? []]), prefix);
            next = (int)space.Read(start + next + 1, 1) & ~3;
        }

        next = PciConfig.FirstExtendedCapability;
        for (int count = 0; next != 0 && count < MostCapabilities && space.Read(start + next, 4) is > 0 and < uint.MaxValue and var header; count++)
        {
            yield return Block(space, start + next, Extended(space, start + next, (ushort)Bits.Get(header, 15, 0)), prefix);
            next = (int)Bits.Get(header, 31, 20) & ~3;
        }
    }

    private static BlockLayout Express(ulong flags)
    {
        bool isRootPort = Bits.Get(flags, 7, 4) == PciCapability.ExpressTypeRootPort;
        return ExpressLayout.Of((flags & PciCapability.FlagSlotImplemented) != 0, isRootPort);
    }

    private static BlockLayout Extended(RegisterSpace space, int at, ushort id)
    {
        if (id == PciCapability.Dvsec)
        {
            return Vendors(space, at);
        }

        BlockLayout layout = PciCapabilityLayout.OfExtended(id) ?? new BlockLayout($"Extended Capability 0x{id:x}");
        return layout with { Registers = [ExtendedHeader(layout.Name), .. layout.Registers] };
    }

    private static BlockLayout Vendors(RegisterSpace space, int at)
    {
        ulong header1 = space.Read(at + Dvsec.Header1, 4);
        BlockLayout layout = Bits.Get(header1, 15, 0) == Dvsec.VendorCxl
            ? DvsecLayout.Of((ushort)space.Read(at + Dvsec.Header2, 2), (int)Bits.Get(header1, 31, 20))
            : new BlockLayout("DVSEC of another vendor");
        RegisterLayout[] headers =
        [
            ExtendedHeader(layout.Name),
            new($"{layout.Name} Header 1", Dvsec.Header1, 4, new(15, 0, "DVSEC Vendor ID"), new(19, 16, "DVSEC Revision"), new(31, 20, "DVSEC Length")),
            new($"{layout.Name} Header 2", Dvsec.Header2, 2, new FieldLayout(15, 0, "DVSEC ID")),
        ];
        return layout with { Registers = [.. headers, .. layout.Registers] };
    }

    private static RegisterLayout ExtendedHeader(string name) => new($"{name} Header", 0, 4, new(15, 0, "Capability ID"), new(19, 16, "Capability Version"), new(31, 20, "Next"));

    private static IEnumerable<RegisterBlock> OfComponent(RegisterSpace space)
    {
        const int start = ComponentRegisters.CacheMemOffset;
        int count = Math.Min((int)Bits.Get(space.Read(start, 4), 31, 24), MostCapabilities);
        ulong[] headers = [.. Enumerable.Range(1, count).Select(index => space.Read(start + (4 * index), 4))];
        ushort[] ids = [.. headers.Select(header => (ushort)Bits.Get(header, 15, 0))];
        yield return Block(space, start, ComponentLayout.Array(ids));
        foreach (ulong header in headers)
        {
            ushort id = (ushort)Bits.Get(header, 15, 0);
            int at = start + (int)Bits.Get(header, 31, 20);
            if ((id == ComponentRegisters.HdmDecoderId ? Decoders(space.Read(at, 4)) : ComponentLayout.Of(id)) is { } layout)
            {
                yield return Block(space, at, layout);
            }
        }
    }

    private static BlockLayout Decoders(ulong capability) => HdmDecoderLayout.Of(
        HdmDecoderRegisters.DecodeCount((uint)Bits.Get(capability, HdmDecoderRegisters.CountHigh, HdmDecoderRegisters.CountLow)),
        isEndpoint: Bits.Get(capability, HdmDecoderRegisters.TargetCountHigh, HdmDecoderRegisters.TargetCountLow) == 0);

    private static IEnumerable<RegisterBlock> OfDevice(RegisterSpace space)
    {
        int count = Math.Min((int)Bits.Get(space.Read(0, 8), DeviceRegisters.ArrayCountHigh, DeviceRegisters.ArrayCountLow), MostCapabilities);
        int[] headers = [.. Enumerable.Range(1, count).Select(index => DeviceRegisters.CapabilityStride * index)];
        yield return Block(space, 0, DeviceLayout.Array([.. headers.Select(at => (ushort)space.Read(at, 2))]));
        foreach (int at in headers)
        {
            int offset = (int)Math.Min(space.Read(at + DeviceRegisters.HeaderOffset, 4), int.MaxValue);
            if (DeviceLayout.Of((ushort)space.Read(at, 2)) is { } layout && offset < space.Size)
            {
                yield return Block(space, offset, layout);
            }
        }
    }

    private static RegisterBlock Block(RegisterSpace space, int start, BlockLayout layout, string prefix = "") => new(
        prefix + layout.Name, space, start,
        [
            .. layout.Registers.Where(register => start + register.Offset + register.Width <= space.Size).OrderBy(register => register.Offset)
                .Select(register => new Register(space, prefix.Length == 0 ? register : register with { Name = prefix + register.Name }, start + register.Offset)),
        ]);
}
