using CxlSim.Core;
using CxlSim.Platform.Language;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what a host bridge with <c>cxl: 1.1</c> has in place of root ports.</summary>
internal static class RestrictedHostReader
{
    public static readonly Key[] Keys =
    [
        new("rcrb", Shapes.Address, "CHBS base: the 8 KiB root complex register block; component registers follow in the two blocks of 64 KiB behind its own. Left out, firmware finds a place."),
        Key.Required("type3", Shapes.Mapping(() => Type3Reader.Keys), "The device, an endpoint of the root complex."),
    ];

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
