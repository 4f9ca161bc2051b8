using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Session;

/// <summary>Makes windows of the CEDT, or where there is none of the root decoders that Linux showed.</summary>
internal sealed class WindowAssembler(ImportSources sources)
{
    /// <summary>CFMWS bases and sizes count in it (CXL r3.1 9.18.1.3).</summary>
    private static readonly ByteSize Unit = ByteSize.MiB(256);

    /// <summary>Host-only coherent, volatile (CXL r3.1 9.18.1.3): what a listing does not tell.</summary>
    private const ushort UsualRestrictions = CedtCfmws.RestrictHostOnly | CedtCfmws.RestrictVolatile;

    private readonly List<byte[]> _raw = [];

    /// <summary>Records that no window says.</summary>
    public IReadOnlyList<byte[]> Raw => _raw;

    public IReadOnlyList<WindowDescription> Windows() => sources.Cedt is { } cedt
        ? [.. cedt.Windows.Select(record => FromTable(cedt, record.Record, record.Bytes)).OfType<WindowDescription>()]
        : [.. sources.Cxl.Windows.Select(entry => FromDecoder(entry.Key, entry.Value)).OfType<WindowDescription>()];

    /// <summary>Field by field, legal or not; what the language cannot say so is kept as bytes, and null.</summary>
    private WindowDescription? FromTable(CedtFacts cedt, CedtCfmws window, byte[] bytes)
    {
        uint[] targets = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(CedtCfmws.SpecSize)[..((bytes.Length - CedtCfmws.SpecSize) / sizeof(uint) * sizeof(uint))]).ToArray();
        bool isRange = AddressRange.TryCreate(new Hpa(window.BaseHpa), new ByteSize(window.WindowSize), out AddressRange range) && range.Last.Value < 1UL << 52;
        if (!isRange || (bytes.Length - CedtCfmws.SpecSize) % sizeof(uint) != 0)
        {
            _raw.Add(bytes);
            return null;
        }

        bool isWays = Interleave.TryDecodeWays(window.EncodedWays, out int ways) && targets.Length >= ways && Array.TrueForAll(targets[ways..], padding => padding == 0);
        bool isGranularity = Interleave.TryDecodeGranularity(window.EncodedGranularity, out int granularity);
        bool isXor = window.Arithmetic == CedtCfmws.ArithmeticXor;
        IReadOnlyList<ulong> maps = isXor && isGranularity ? cedt.MapsFor(window.EncodedGranularity) : [];
        return new WindowDescription
        {
            Range = range,
            Targets = isWays ? targets[..ways] : targets,
            Granularity = isGranularity ? granularity : Interleave.MinGranularity,
            XorMaps = !isXor ? null : AreLegal(maps, granularity) ? maps : [],
            EncodedWays = isWays ? null : window.EncodedWays,
            EncodedGranularity = isGranularity ? null : window.EncodedGranularity,
            EncodedArithmetic = window.Arithmetic,
            RecordLength = isWays && targets.Length > ways ? (ushort)bytes.Length : null,
            Restrictions = window.Restrictions,
            QosClass = window.QtgId,
            EfiMap = WindowEfiMap.None,
        };
    }

    private WindowDescription? FromDecoder(string decoder, WindowFacts facts)
    {
        if (facts is not { Start: { } start, Size: { } size, Targets: { } targets } || !Interleave.TryEncodeWays(targets.Count, out _))
        {
            return Refuse("of " + decoder, "its base, its size or its targets are not in the capture");
        }

        int granularity = facts.Granularity is >= Interleave.MinGranularity and <= Interleave.MaxGranularity and { } bytes && Interleave.TryEncodeGranularity((int)bytes, out _) ? (int)bytes : Interleave.MinGranularity;
        sources.Findings.NotLearnt($"arithmetic and restrictions of the window of {decoder}: there is no CEDT; modulo arithmetic and what its capabilities tell are written");
        return Range("of " + decoder, start, size) is not { } range ? null : new WindowDescription
        {
            Range = range,
            Targets = targets,
            Granularity = granularity,
            XorMaps = null,
            Restrictions = facts.Restrictions == 0 ? UsualRestrictions : (ushort)(facts.Restrictions | CedtCfmws.RestrictHostOnly),
            QosClass = facts.QosClass ?? 0,
            EfiMap = WindowEfiMap.None,
        };
    }

    private AddressRange? Range(string name, ulong start, ulong size)
    {
        bool isLegal = AddressRange.TryCreate(new Hpa(start), new ByteSize(size), out AddressRange range) && range.Last.Value < 1UL << 52
            && range.Start.IsAligned(Unit) && range.Size.IsMultipleOf(Unit);
        if (!isLegal)
        {
            Refuse(name, $"its size is 0x{size:x}; expected base and size in multiples of 256 MiB, within 52 bits");
        }

        return isLegal ? range : null;
    }

    private static bool AreLegal(IReadOnlyList<ulong> maps, int granularity) =>
        maps.Index().All(map => map.Item != 0 && System.Numerics.BitOperations.TrailingZeroCount(map.Item) == System.Numerics.BitOperations.Log2((uint)granularity) + map.Index);

    private WindowDescription? Refuse(string name, string why)
    {
        sources.Findings.NotExpressed($"the window {name} cannot be said in a platform file and is left out: {why}");
        return null;
    }
}
