using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What makes a window unusable; the others go on without it (<c>cxl_acpi_cfmws_verify</c> in <c>drivers/cxl/acpi.c</c>).</summary>
public sealed class CfmwsCheck(KernelCore core, Device device)
{
    /// <summary>16 KiB.</summary>
    private const ulong CoarsestGranularity = 6;

    private static readonly ulong Unit = IdentifyMemoryDevice.CapacityUnit.Bytes;

    /// <summary>False where the window cannot be taken; the log and the findings say why.</summary>
    public bool Verify(CfmwsRecord record, out int ways, out int granularity)
    {
        CedtCfmws window = record.Window;
        (ways, granularity) = (0, 0);
        if (window.Arithmetic is not (CedtCfmws.ArithmeticModulo or CedtCfmws.ArithmeticXor))
        {
            core.Log.Error(device, $"CFMWS Unknown Interleave Arithmetic: {window.Arithmetic}");
            TablePlace place = record.PlaceOf(nameof(CedtCfmws.Arithmetic));
            core.Findings.Report(KernelRules.WindowArithmetic, place, $"an arithmetic of {window.Arithmetic}", place.Value("Interleave Arithmetic", CedtCfmws.ArithmeticModulo));
            return false;
        }

        if (window.BaseHpa % Unit != 0 || window.WindowSize % Unit != 0)
        {
            core.Log.Error(device, $"CFMWS {(window.BaseHpa % Unit != 0 ? "Base HPA" : "Window Size")} not 256MB aligned");
            ReportAlignment(record);
            return false;
        }

        if (!Interleave.TryDecodeWays(window.EncodedWays, out ways))
        {
            core.Log.Error(device, $"CFMWS Interleave Ways ({window.EncodedWays}) invalid");
            TablePlace place = record.PlaceOf(nameof(CedtCfmws.EncodedWays));
            core.Findings.Report(KernelRules.WindowWays, place, $"an ENIW of {window.EncodedWays}", place.Value("Encoded Interleave Ways", MostWays(record.Room)));
            return false;
        }

        int expected = CedtCfmws.SpecSize + (4 * ways);
        if (record.Targets.Length < ways)
        {
            core.Log.Error(device, $"CFMWS length {window.RecordLength} less than expected {expected}");
            TablePlace eniw = record.PlaceOf(nameof(CedtCfmws.EncodedWays));
            core.Findings.Report(
                KernelRules.WindowLength,
                record.PlaceOf(nameof(CedtCfmws.RecordLength)),
                $"a length of {window.RecordLength} for {ways} targets",
                record.Targets.Length == 0 ? null : eniw.Value("Encoded Interleave Ways", MostWays(record.Targets.Length)));
            return false;
        }

        if (window.RecordLength > expected)
        {
            core.Log.Debug(device, $"CFMWS length {window.RecordLength} greater than expected {expected}");
        }

        if (!Interleave.TryDecodeGranularity(window.EncodedGranularity, out granularity))
        {
            TablePlace place = record.PlaceOf(nameof(CedtCfmws.EncodedGranularity));
            core.Findings.Report(KernelRules.WindowGranularity, place, $"an HBIG of {window.EncodedGranularity}", place.Value("Interleave Granularity", CoarsestGranularity));
            return false;
        }

        return true;
    }

    /// <summary>An XOR window whose maps are not there, are too few, or stand behind a CXIMS that makes no sense.</summary>
    /// <param name="record">The window.</param>
    /// <param name="needed">How many maps it needs.</param>
    /// <param name="culprit">Where the CXIMS starts that ended the search; null where the search found none.</param>
    /// <param name="error">ENXIO where that one has too few maps.</param>
    public void ReportMaps(CfmwsRecord record, int needed, int? culprit, Errno error)
    {
        TablePlace arithmetic = record.PlaceOf(nameof(CedtCfmws.Arithmetic));
        FieldValue modulo = arithmetic.Value("Interleave Arithmetic", CedtCfmws.ArithmeticModulo);
        if (culprit is not { } cxims)
        {
            core.Findings.Report(KernelRules.XorMapsMissing, arithmetic, $"XOR arithmetic with an HBIG of {record.Window.EncodedGranularity}", modulo);
        }
        else if (error == Errno.ENXIO)
        {
            TablePlace count = TablePlace.Of<CedtCxims>("CEDT", cxims, nameof(CedtCxims.MapCount));
            core.Findings.Report(KernelRules.XorMapsTooFew, count, $"fewer than the {needed} XOR maps of the window at 0x{record.Window.BaseHpa:x}", modulo);
        }
        else
        {
            TablePlace granularity = TablePlace.Of<CedtCxims>("CEDT", cxims, nameof(CedtCxims.EncodedGranularity));
            core.Findings.Report(
                KernelRules.XorMapsGranularity,
                granularity,
                $"an HBIG of no meaning before the maps of the window at 0x{record.Window.BaseHpa:x}",
                granularity.Value("Interleave Granularity", CoarsestGranularity));
        }
    }

    /// <summary>A target that is no dport: the nearest value is a host bridge that the window has not named yet.</summary>
    public void ReportTarget(CfmwsRecord record, CxlPort root)
    {
        for (int i = 0; i < record.Targets.Length; i++)
        {
            if (root.FindDport(unchecked((int)record.Targets[i])) is null)
            {
                TablePlace place = record.PlaceOfTarget(i);
                CxlDport? other = root.Dports.FirstOrDefault(dport => !record.Targets.Contains(unchecked((uint)dport.PortId))) ?? root.Dports.FirstOrDefault();
                FieldValue? nearest = other is null ? null : place.Value($"Target[{i}]", unchecked((uint)other.PortId));
                core.Findings.Report(KernelRules.WindowTarget, place, $"a target of {record.Targets[i]}", nearest);
            }
        }
    }

    /// <summary>A window that is empty, or ends behind all addresses.</summary>
    public void ReportRange(CfmwsRecord record)
    {
        CedtCfmws window = record.Window;
        TablePlace place = record.PlaceOf(nameof(CedtCfmws.WindowSize));
        ulong nearest = window.WindowSize == 0 ? Unit : unchecked(0 - window.BaseHpa);
        core.Findings.Report(KernelRules.WindowRange, place, $"a size of 0x{window.WindowSize:x} at 0x{window.BaseHpa:x}", place.Value("Window Size", nearest));
    }

    /// <summary>Of a window that ends behind what the CPU can address, the part in front of that can be kept.</summary>
    public static void ReportBeyondCpu(KernelCore core, CxlRootDecoder decoder)
    {
        AddressRange window = decoder.Range!.Value;
        Hpa last = core.AddressSizes.LastPhysical;
        TablePlace place = TablePlace.Of<CedtCfmws>("CEDT", decoder.CfmwsOffset, window.Start > last ? nameof(CedtCfmws.BaseHpa) : nameof(CedtCfmws.WindowSize));
        ulong room = window.Start > last ? 0 : (last.Value - window.Start.Value + 1) / Unit * Unit;
        core.Findings.Report(KernelRules.WindowBeyondCpu, place, $"a window at {window} with a CPU that addresses up to {last}", room == 0 ? null : place.Value("Window Size", room));
    }

    /// <summary>Windows may lie inside each other, not across.</summary>
    public void ReportOverlap(CfmwsRecord record, AddressRange range) =>
        core.Findings.Report(KernelRules.WindowOverlap, record.PlaceOf(nameof(CedtCfmws.BaseHpa)), $"a window at {range} that overlaps another");

    private void ReportAlignment(CfmwsRecord record)
    {
        ulong room = record.Window.BaseHpa == 0 ? ulong.MaxValue : unchecked(0 - record.Window.BaseHpa) / Unit * Unit;
        foreach ((KernelRule rule, string field, string name, ulong value) in new[]
        {
            (KernelRules.WindowBase, nameof(CedtCfmws.BaseHpa), "Base HPA", record.Window.BaseHpa),
            (KernelRules.WindowSize, nameof(CedtCfmws.WindowSize), "Window Size", record.Window.WindowSize),
        })
        {
            if (value % Unit != 0)
            {
                TablePlace place = record.PlaceOf(field);
                core.Findings.Report(rule, place, $"a {name} of 0x{value:x}", place.Value(name, Math.Min(Nearest(value), field == nameof(CedtCfmws.WindowSize) ? room : ulong.MaxValue)));
            }
        }
    }

    /// <summary>The nearer multiple of 256 MiB that is not zero; a half goes up.</summary>
    private static ulong Nearest(ulong value)
    {
        ulong below = value / Unit * Unit;
        bool up = value % Unit >= Unit / 2 || below == 0;
        return up && below <= ulong.MaxValue - Unit ? below + Unit : below;
    }

    /// <summary>The most ways that so many targets are enough for, encoded.</summary>
    private static byte MostWays(int targets)
    {
        byte encoded = 0;
        for (int ways = Math.Min(targets, Interleave.MaxWays); ways > 1 && !Interleave.TryEncodeWays(ways, out encoded); ways--)
        {
        }

        return encoded;
    }
}
