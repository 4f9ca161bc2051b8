using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Spec.Cxl;

namespace CxlSim.Platform.Checks;

/// <summary>Checks windows: alignment, targets, ways, XOR maps.</summary>
internal static class WindowChecks
{
    public static void Run(ReadContext context, PlatformDescription platform)
    {
        HashSet<uint> known = [.. platform.HostBridges.Where(b => b.Cxl is not null).Select(b => b.Uid)];

        // A bridge whose UID could not be read may be the one that is meant.
        bool allKnown = platform.HostBridges.All(b => context.IsSound(b, "uid"));
        foreach (WindowDescription window in platform.Windows)
        {
            CheckAlignment(context, window);
            CheckEfi(context, window, platform.Firmware);
            if (context.IsSound(window, "targets"))
            {
                CheckWays(context, window);
                CheckTargets(context, window, allKnown ? known : null);
            }
        }

        XorChecks.Run(context, platform.Windows);
    }

    private static void CheckAlignment(ReadContext context, WindowDescription window)
    {
        AddressRange range = window.Range;
        ByteSize perWay = AddressSpace.CxlUnit * (ulong)Math.Max(1, window.Targets.Count);
        if (!range.Start.IsAligned(AddressSpace.CxlUnit))
        {
            string message = $"found a window base of {range.Start}; expected a multiple of 256 MiB (0x10000000)";
            context.Warning(Cxp.WindowBase, context.PlaceOf(window, "base"), message);
        }

        if (!range.Size.IsMultipleOf(AddressSpace.CxlUnit))
        {
            context.Warning(Cxp.WindowSize, context.PlaceOf(window, "size"), $"found a window size of {range.Size}; expected a multiple of 256 MiB");
        }
        else if (!range.Size.IsMultipleOf(perWay))
        {
            // CXL r3.1 9.18.1.3 asks for it; Linux looks at 256 MiB only.
            string message = $"found a window size of {range.Size} for {window.Targets.Count} ways; expected a multiple of {perWay}";
            context.Warning(Cxp.WindowSizePerWay, context.PlaceOf(window, "size"), message);
        }
    }

    private static void CheckWays(ReadContext context, WindowDescription window)
    {
        if (window.EncodedWays is null && !Interleave.TryEncodeWays(window.Targets.Count, out _))
        {
            string message = $"found {window.Targets.Count} targets; expected 1, 2, 3, 4, 6, 8, 12 or 16, the legal numbers of ways; 'encoded_ways' writes any number into the table";
            context.Error(Cxp.Ways, context.PlaceOf(window, "targets"), message);
        }
    }

    private static void CheckTargets(ReadContext context, WindowDescription window, HashSet<uint>? known)
    {
        for (int i = 0; i < window.Targets.Count && known is not null; i++)
        {
            if (!known.Contains(window.Targets[i]))
            {
                string message = $"found the target {window.Targets[i]}; expected a CXL host bridge, {Uids(known)}";
                context.Warning(Cxp.UnknownTarget, context.PlaceOf(window, "targets", i), message);
            }
        }
    }

    private static string Uids(HashSet<uint> known)
    {
        const int mostShown = 16;
        string more = known.Count > mostShown ? ", ..." : "";
        return known.Count == 0 ? "and there is none" : $"whose UIDs are {string.Join(", ", known.Order().Take(mostShown))}{more}";
    }

    private static void CheckEfi(ReadContext context, WindowDescription window, FirmwareDescription firmware)
    {
        if (window.EfiMap != WindowEfiMap.None && firmware.Decoders == FirmwareDecoders.Os)
        {
            string message = "the EFI map lists only what firmware has programmed; expected 'decoders: programmed' or 'locked' in 'firmware', or no 'efi' here";
            context.Warning(Cxp.EfiWithoutDecoders, context.PlaceOf(window, "efi"), message);
        }
    }
}
