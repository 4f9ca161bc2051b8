using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Root System Description Pointer, by which all tables are found (ACPI 6.5 5.2.5.3).</summary>
public sealed class RsdpBuilder
{
    private const byte Revision = 2;
    private const int OemIdWidth = 6;

    /// <summary>The first checksum covers what ACPI 1.0 had.</summary>
    private const int FirstPart = 20;
    private const int Checksum = 8;
    private const int ExtendedChecksum = 32;

    private readonly ByteWriter _body = new();
    private readonly List<TableSource> _sources = [];
    private readonly FirmwareDescription _firmware;
    private readonly TableDescription? _said;
    private readonly PlatformSources _origins;

    private RsdpBuilder(PlatformDescription platform)
    {
        _firmware = platform.Firmware;
        _said = _firmware.Tables.GetValueOrDefault("RSDP");
        _origins = platform.Sources;
    }

    public static BuiltTable Build(PlatformDescription platform, Hpa xsdt) => new RsdpBuilder(platform).Build(xsdt);

    private BuiltTable Build(Hpa xsdt)
    {
        _body.U64(Rsdp.ExpectedSignature);
        Field("checksum", _said, "counted", body => body.U8(0));
        object from = _origins.Stated(_said, "oem_id") is null ? _firmware : _said!;
        Field("oem_id", from, "the board's name", body => body.Ascii(_said?.OemId ?? _firmware.OemId, OemIdWidth, (byte)' '));
        Field("revision", _said, "ACPI 2.0 or later", body => body.U8(_said?.Revision ?? Revision));
        Field("rsdt_address", _said, "0: there is none", body => body.U32((uint)Number("rsdt_address", 0)));
        Field("length", _said, "counted", body => body.U32(_said?.Length ?? (uint)Rsdp.SpecSize));
        Field("xsdt_address", _said, "where the XSDT lies", body => body.U64(Number("xsdt_address", xsdt.Value)));
        Field("extended_checksum", _said, "counted", body => body.U8(0));
        Field("reserved", _said, "0", body => body.Bytes(BitConverter.GetBytes(Number("reserved", 0)).AsSpan(0, 3)));
        _body.At(Checksum, 1)[0] = _said?.Checksum ?? AcpiChecksum.Of(_body.At(0, FirstPart));
        _body.At(ExtendedChecksum, 1)[0] = (byte)Number("extended_checksum", AcpiChecksum.Of(_body.At(0, Rsdp.SpecSize)));
        return new BuiltTable(_body.ToArray(), _sources);
    }

    private ulong Number(string key, ulong usual) => _said is not null && _said.Fields.TryGetValue(key, out ulong value) ? value : usual;

    private void Field(string key, object? from, string derivation, Action<ByteWriter> write)
    {
        int start = _body.Length;
        write(_body);
        SourceLocation? stated = _origins.Stated(from, key);
        _sources.Add(new TableSource("RSDP", start, _body.Length - start, stated ?? _origins.LocationOf(from), key, stated is null ? derivation : null));
    }
}
