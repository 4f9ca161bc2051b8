using System.Reflection;
using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Writes the common header, then records, and length and checksum once they are there; notes what each field came from.</summary>
public sealed class AcpiTable
{
    private const int LengthOffset = 4;
    private const int ChecksumOffset = 9;
    private const int OemIdWidth = 6;
    private const int OemTableIdWidth = 8;
    private const int CreatorIdWidth = 4;
    private readonly string _signature;
    private readonly FirmwareDescription _firmware;
    private readonly TableDescription? _said;
    private readonly PlatformSources _origins;
    private readonly List<TableSource> _sources = [];

    /// <param name="signature">Four letters.</param>
    /// <param name="revision">Of the structures that the builder writes; the platform may state another.</param>
    /// <param name="platform">States the header's fields, or leaves them to the board.</param>
    public AcpiTable(string signature, byte revision, PlatformDescription platform)
    {
        _signature = signature;
        _firmware = platform.Firmware;
        _said = _firmware.Tables.GetValueOrDefault(signature);
        _origins = platform.Sources;
        Body.Ascii(signature, sizeof(uint)).U32(0);
        Header("revision", "the revision of the records that are written", body => body.U8(_said?.Revision ?? revision));
        Body.U8(0);
        Header("oem_id", "the board's name", body => body.Ascii(_said?.OemId ?? _firmware.OemId, OemIdWidth, (byte)' '));
        Header("oem_table_id", "the board's name", body => body.Ascii(_said?.OemTableId ?? _firmware.OemTableId, OemTableIdWidth, (byte)' '));
        Header("oem_revision", "the board's first", body => body.U32(_said?.OemRevision ?? _firmware.OemRevision));
        Header("creator_id", "the simulator's name", body => body.Ascii(_said?.CreatorId ?? _firmware.CreatorId, CreatorIdWidth, (byte)' '));
        Header("creator_revision", "the simulator's first", body => body.U32(_said?.CreatorRevision ?? _firmware.CreatorRevision));
        Check.That(Body.Length == AcpiTableHeader.SpecSize, "a header of 36 bytes");
    }

    /// <summary>Everything after the header is appended here.</summary>
    public ByteWriter Body { get; } = new();

    /// <summary>Whether the file states the key itself.</summary>
    public bool States(object? description, string key) => _origins.Stated(description, key) is not null;

    /// <param name="record">The record, or its fixed part.</param>
    /// <param name="from">The description that it was made from.</param>
    /// <param name="derivation">Null where the file states the record; else what it is derived from.</param>
    /// <param name="fields">What its fields came from; those that its format fixes are left out.</param>
    /// <param name="list">What follows the fixed part.</param>
    public void Append<T>(in T record, object? from, string? derivation, IEnumerable<FieldOrigin> fields, IEnumerable<ListItem>? list = null)
        where T : unmanaged, IBinaryLayout
    {
        int start = Body.Length;
        Body.Bytes(BinaryLayout.ToBytes(record));
        foreach (FieldOrigin field in fields)
        {
            object? origin = field.From ?? from;
            string key = States(origin, field.Key) ? field.Key : field.OtherKeys.FirstOrDefault(other => States(origin, other)) ?? field.Key;
            Note(start + (int)Marshal.OffsetOf<T>(field.Field), field.Width ?? WidthOf<T>(field.Field), origin, key, null, field.Derivation);
        }

        foreach (ListItem item in list ?? [])
        {
            Append(item, from);
        }

        NoteRecord(start, Body.Length - start, from, derivation);
    }

    /// <summary>A field that stands in no record.</summary>
    public void Append(ListItem item, object? from)
    {
        Note(Body.Length, item.Bytes.Length, item.Description ?? from, item.Key, item.Index, item.Derivation);
        Body.Bytes(item.Bytes);
    }

    /// <summary>A record that the file gives as bytes.</summary>
    public void AppendRaw(IReadOnlyList<byte> bytes, object from)
    {
        NoteRecord(Body.Length, bytes.Count, from, null);
        Body.Bytes([.. bytes]);
    }

    /// <summary>A stretch as a whole.</summary>
    public void NoteRecord(int offset, int length, object? from, string? derivation) =>
        _sources.Add(new TableSource(_signature, offset, length, _origins.LocationOf(from), null, derivation));

    public BuiltTable Finish()
    {
        BitConverter.TryWriteBytes(Body.At(LengthOffset, sizeof(uint)), _said?.Length ?? (uint)Body.Length);
        byte[] table = Body.ToArray();
        table[ChecksumOffset] = _said?.Checksum ?? AcpiChecksum.Of(table);
        if (_said is not null)
        {
            Note(LengthOffset, sizeof(uint), _said, "length", null, "counted");
            Note(ChecksumOffset, 1, _said, "checksum", null, "counted");
        }

        return new BuiltTable(table, _sources);
    }

    private static int WidthOf<T>(string field) =>
        Marshal.SizeOf((typeof(T).GetField(field, BindingFlags.Public | BindingFlags.Instance) ?? throw new SimulatorBugException($"a field {field}")).FieldType);

    /// <summary>What a table does not say of itself, the firmware section says of all.</summary>
    private void Header(string key, string derivation, Action<ByteWriter> write)
    {
        int start = Body.Length;
        write(Body);
        object from = _origins.Stated(_said, key) is not null ? _said! : _firmware;
        Note(start, Body.Length - start, from, key, null, derivation);
    }

    private void Note(int offset, int length, object? from, string key, int? index, string derivation)
    {
        SourceLocation? stated = index is { } i ? _origins.Stated(from, key, i) : _origins.Stated(from, key);
        _sources.Add(new TableSource(_signature, offset, length, stated ?? _origins.LocationOf(from), key, stated is null ? derivation : null));
    }
}
