using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>One record of latencies or bandwidths between domains (<c>drivers/acpi/numa/hmat.c</c>, hmat_parse_locality).</summary>
public sealed class HmatMatrix
{
    private readonly byte _revision;
    private readonly Dictionary<(uint From, uint To), ushort> _entries = [];

    private HmatMatrix(in HmatLocality head, byte revision)
    {
        _revision = revision;
        Unit = head.BaseUnit;
        Flags = head.Flags;
        DataType = head.DataType;
        IsMemory = (head.Flags & HmatLocality.HierarchyMask) == HmatLocality.HierarchyMemory;
    }

    public byte DataType { get; }

    public byte Flags { get; }

    /// <summary>What entries are multiples of.</summary>
    public ulong Unit { get; }

    public bool IsLatency => DataType <= CdatRecords.DataWriteLatency;

    /// <summary>About memory itself, not about a cache before it.</summary>
    public bool IsMemory { get; }

    public List<uint> Initiators { get; } = [];

    public List<uint> Targets { get; } = [];

    /// <summary>Null where the record is shorter than its lists need, which spoils the table.</summary>
    public static HmatMatrix? TryRead(ReadOnlySpan<byte> record, byte revision)
    {
        if (!BinaryLayout.TryRead(record, out HmatLocality head))
        {
            return null;
        }

        UInt128 needed = Needed(head);
        if (head.Length < needed || (UInt128)record.Length < needed)
        {
            return null;
        }

        HmatMatrix matrix = new(head, revision);
        SpanReader fields = new(record[HmatLocality.SpecSize..]);
        for (uint i = 0; i < head.Initiators; i++)
        {
            matrix.Initiators.Add(fields.U32());
        }

        for (uint i = 0; i < head.Targets; i++)
        {
            matrix.Targets.Add(fields.U32());
        }

        foreach (uint from in matrix.Initiators)
        {
            foreach (uint to in matrix.Targets)
            {
                ushort entry = fields.U16();
                matrix._entries.TryAdd((from, to), entry); // a domain listed twice counts where it stands first
            }
        }

        return matrix;
    }

    /// <summary>What the record's length has to be; null where its numbers cannot be read or are absurd.</summary>
    public static ulong? NeededLength(ReadOnlySpan<byte> record) =>
        BinaryLayout.TryRead(record, out HmatLocality head) && Needed(head) <= uint.MaxValue ? (ulong)Needed(head) : null;

    private static UInt128 Needed(in HmatLocality head) =>
        (uint)HmatLocality.SpecSize + (4 * ((UInt128)head.Initiators + head.Targets)) + (2 * (UInt128)head.Initiators * head.Targets);

    /// <summary>Nanoseconds or MB/s; 0 for what is not known.</summary>
    public uint Value(uint from, uint to) => _entries.TryGetValue((from, to), out ushort entry) ? Normalize(entry, Unit, _revision, IsLatency) : 0;

    /// <summary>Also CDAT's numbers, which count like those of revision 2 (<c>hmat_normalize</c>, <c>cdat_normalize</c>).</summary>
    public static uint Normalize(ushort entry, ulong unit, byte revision, bool isLatency)
    {
        if (entry is HmatLocality.NotGiven or HmatLocality.NotReachable || unit > uint.MaxValue / (uint)entry)
        {
            return 0;
        }

        uint value = (uint)(entry * unit);
        return (revision, isLatency) switch
        {
            (1, _) => value < 10 ? 0 : RoundUp(value, 10),
            (_, true) => RoundUp(value, (uint)HmatLocality.PicosecondsPerNanosecond),
            _ => value,
        };
    }

    private static uint RoundUp(uint value, uint unit) => (value / unit) + (value % unit == 0 ? 0u : 1u);
}
