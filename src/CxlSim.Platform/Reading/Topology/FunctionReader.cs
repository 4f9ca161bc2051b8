using System.Numerics;
using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads one entry of <c>functions:</c> and its BARs.</summary>
internal static class FunctionReader
{
    private const int BarRegisters = 6;

    private static readonly KeySet BarKeys = new("a BAR",
    [
        Key.Required("index", Shapes.Number(0, BarRegisters - 1), "The BAR register."),
        Key.Required("size", Shapes.Size, "A power of two from 128 B."),
        new("wide", Shapes.Flag, "Of 64 bits: takes two registers. Left out: false."),
        new("prefetchable", Shapes.Flag, "Left out: false."),
    ]);

    public static readonly KeySet Keys = new("a function",
    [
        Key.Required("at", Shapes.Slot, "Device and function on the root bus, hexadecimal as lspci prints them."),
        Key.Required("id", Shapes.PciId, "Vendor and device id, hexadecimal: \"8086:2922\"."),
        Key.Required("class", Shapes.Number(0, 0xff_ffff), "Class code: base class, subclass, programming interface."),
        new("bars", Shapes.List(Shapes.Mapping(() => BarKeys)), "Memory BARs."),
    ]);

    public static PciFunctionDescription? Read(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, Keys) is not { } reader)
        {
            return null;
        }

        PciSlot slot = reader.Value("at", WordParser.Slot) ?? default;
        (ushort vendor, ushort device) = reader.Value("id", WordParser.PciId) ?? default;
        PciFunctionDescription function = new()
        {
            Device = slot.Device,
            Function = slot.Function,
            VendorId = vendor,
            DeviceId = device,
            ClassCode = reader.Number<uint>("class") ?? 0,
            Bars = reader.List("bars", (item, _) => ReadBar(context, item)),
        };
        CheckRegisters(context, function.Bars);
        return context.Register(function, reader.Mapping);
    }

    private static BarDescription? ReadBar(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, BarKeys) is not { } reader)
        {
            return null;
        }

        bool wide = reader.Flag("wide") ?? false;
        bool prefetchable = reader.Flag("prefetchable") ?? false;
        int? index = reader.Number<int>("index");
        ByteSize? size = reader.Size("size", ByteSize.Zero, new ByteSize(ulong.MaxValue));

        // A BAR of 32 bits decodes at most 2 GiB; one of 64 bits at most half of what the board can address.
        ByteSize most = new(wide ? AddressSpace.Limit / 2 : 2UL << 30);
        if (size is { } s && (s.Bytes < 128 || s > most || !BitOperations.IsPow2(s.Bytes)))
        {
            reader.Refuse("size", Cxp.Bar, $"found a BAR of {s}; expected a power of two from 128 B to {most}");
        }

        const int last = BarRegisters - 2;
        if (wide && index > last)
        {
            reader.Refuse("index", Cxp.Bar, $"found BAR {index}; expected 0 to {last}, since a wide BAR takes two registers");
        }

        return index is { } i && size is { } bytes && reader.IsSound("index") && reader.IsSound("size")
            ? context.Register(new BarDescription(i, bytes, wide, prefetchable), reader.Mapping)
            : null;
    }

    private static void CheckRegisters(ReadContext context, IReadOnlyList<BarDescription> bars)
    {
        BarDescription?[] taken = new BarDescription?[BarRegisters];
        foreach (BarDescription bar in bars)
        {
            for (int register = bar.Index; register <= bar.Index + (bar.Is64Bit ? 1 : 0); register++)
            {
                if (taken[register] is { } other && !ReferenceEquals(other, bar))
                {
                    context.Error(Cxp.Bar, context.PlaceOf(bar, "index"), $"BAR register {register} is taken by the BAR at {context.PlaceOf(other)}");
                    break;
                }

                taken[register] = bar;
            }
        }
    }
}
