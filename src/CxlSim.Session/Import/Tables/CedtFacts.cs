using System.Runtime.InteropServices;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>What a CEDT says, record by record (CXL r3.1 9.18.1). What has no form of its own in the platform language is kept as bytes.</summary>
internal sealed class CedtFacts
{
    private readonly List<CedtRecordKind> _order = [];
    private readonly List<CximsDescription> _maps = [];
    private readonly List<RdpasDescription> _ports = [];
    private readonly List<byte[]> _raw = [];
    private ushort? _csds;

    /// <summary>Host bridges, each with the bytes of its record.</summary>
    public List<(CedtChbs Record, byte[] Bytes)> Bridges { get; } = [];

    /// <summary>Windows, each with the bytes of its record.</summary>
    public List<(CedtCfmws Record, byte[] Bytes)> Windows { get; } = [];

    public static CedtFacts Read(CapturedTable table, ImportFindings findings)
    {
        CedtFacts facts = new();
        foreach ((int type, ReadOnlyMemory<byte> bytes) in table.Records(AcpiTableHeader.SpecSize, SubtableFormat.Cedt, findings))
        {
            facts._order.Add(facts.Add(type, bytes.ToArray(), table, findings));
        }

        return facts;
    }

    /// <summary>Maps for windows of a granularity; of several structures for one the first counts, as it does for Linux.</summary>
    public IReadOnlyList<ulong> MapsFor(uint encodedGranularity) => _maps.Find(maps => maps.EncodedGranularity == encodedGranularity)?.Maps ?? [];

    /// <summary>What there is beside bridges and windows.</summary>
    /// <param name="others">Bridges and windows that cannot be said field by field: they stand as their bytes.</param>
    public CedtDescription Describe(IEnumerable<byte[]> others) => new()
    {
        Order = [.. _order.Concat(Enum.GetValues<CedtRecordKind>()).Distinct()],
        Cxims = _maps.Count > 0 ? _maps : null,
        Rdpas = _ports,
        Csds = _csds,
        Raw = [.. _raw.Concat(others).Select(bytes => new CedtRawDescription(bytes))],
    };

    private CedtRecordKind Add(int type, byte[] bytes, CapturedTable table, ImportFindings findings)
    {
        switch (type)
        {
            case CedtChbs.TypeId when bytes.Length == CedtChbs.SpecSize && table.TryRead(bytes, findings, out CedtChbs bridge):
                Bridges.Add((bridge, bytes));
                return CedtRecordKind.Chbs;
            case CedtCfmws.TypeId when table.TryRead(bytes, findings, out CedtCfmws window):
                Windows.Add((window, bytes));
                return CedtRecordKind.Cfmws;
            case CedtCxims.TypeId when bytes.Length % sizeof(ulong) == 0 && table.TryRead(bytes, findings, out CedtCxims maps):
                _maps.Add(new CximsDescription(maps.EncodedGranularity, maps.MapCount, MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(CedtCxims.SpecSize)).ToArray()));
                return CedtRecordKind.Cxims;
            case CedtRdpas.TypeId when bytes.Length == CedtRdpas.SpecSize && table.TryRead(bytes, findings, out CedtRdpas port):
                _ports.Add(new RdpasDescription(port.Segment, port.Bdf, port.Address, port.Protocol));
                return CedtRecordKind.Rdpas;
            case CedtCsds.TypeId when _csds is null && bytes.Length == CedtCsds.SpecSize && table.TryRead(bytes, findings, out CedtCsds system):
                _csds = system.Capabilities;
                return CedtRecordKind.Csds;
            default:
                _raw.Add(bytes);
                return CedtRecordKind.Raw;
        }
    }
}
