using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The binary record of one traced event, filled field by field; texts are appended behind it.</summary>
public sealed class TraceRecordBytes
{
    private readonly TraceEvent _event;
    private readonly List<byte> _bytes;

    public TraceRecordBytes(TraceEvent kind, int process)
    {
        _event = kind;
        int size = kind.Fields.Max(field => field.Offset + field.Size);
        _bytes = [.. new byte[(size + 3) & ~3]];
        Put(TraceField.Common[0].Offset, BitConverter.GetBytes((ushort)kind.Id));
        Put(TraceField.Common[3].Offset, BitConverter.GetBytes(process));
    }

    public TraceRecordBytes Number(string field, ulong value)
    {
        TraceField place = Find(field);
        Put(place.Offset, BitConverter.GetBytes(value)[..place.Size]);
        return this;
    }

    /// <summary>The field tells place and length; the length counts the NUL.</summary>
    public TraceRecordBytes Text(string field, string value)
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(value), 0];
        Put(Find(field).Offset, BitConverter.GetBytes(((uint)bytes.Length << 16) | (uint)_bytes.Count));
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>A field that is an array of bytes, or a number that fewer bytes hold.</summary>
    public TraceRecordBytes Bytes(string field, ReadOnlySpan<byte> value)
    {
        TraceField place = Find(field);
        Check.That(value.Length <= place.Size, "no more bytes than the field has");
        Put(place.Offset, value.ToArray());
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private TraceField Find(string name)
    {
        TraceField? field = _event.Fields.FirstOrDefault(candidate => candidate.Name == name);
        Check.That(field is not null, "a field that the event has");
        return field!;
    }

    private void Put(int offset, byte[] value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            _bytes[offset + i] = value[i];
        }
    }
}
