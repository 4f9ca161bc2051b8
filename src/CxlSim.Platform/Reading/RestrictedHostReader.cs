using CxlSim.Core;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what a host bridge with <c>cxl: 1.1</c> has in place of root ports.</summary>
internal static class RestrictedHostReader
{
    /// <summary>The address is zero where nothing was said; the default depends on DRAM and on the other bridges. Null without a device.</summary>
    public static RestrictedHostDescription? Read(ReadContext context, MappingReader reader, string place)
    {
        Hpa rcrb = reader.Address("rcrb") ?? Hpa.Zero;
        if (!rcrb.IsAligned(AddressSpace.ComponentRegisters))
        {
            reader.Refuse("rcrb", Cxp.OutOfRange, $"an RCRB at {rcrb}; expected a multiple of 64 KiB, since component registers follow it");
        }

        return reader.Node("type3") is { } node && Type3Reader.Read(context, node, "mem-" + place) is { } device
            ? new RestrictedHostDescription(rcrb, device)
            : null;
    }
}
