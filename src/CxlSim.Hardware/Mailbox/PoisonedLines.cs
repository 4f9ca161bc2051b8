using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>Which lines of a device are poisoned, the latest first, and the mailbox commands for them (CXL r3.1 8.2.9.9.4).</summary>
/// <remarks>As QEMU's device has it: ranges that never overlap, 256 at most, and data that stays readable.</remarks>
public sealed class PoisonedLines(ByteSize capacity, SparseMemory media)
{
    /// <summary>As the device says in Identify.</summary>
    public const int Limit = 256;

    private readonly List<(ulong Start, ulong Length, byte Source)> _ranges = [];
    private bool _overflowed;

    /// <summary>How many records of the list under way were given already.</summary>
    private int _given;

    /// <summary>The list under way: where it begins, and how many lines it is of.</summary>
    private (ulong First, ulong Lines) _asked;

    /// <summary>How many records there may be for software to add one.</summary>
    public int InjectLimit { get; set; } = Limit;

    public int Count => _ranges.Count;

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.GetPoisonList, CommandEffects.None, 2 * sizeof(ulong), List) { NeedsMedia = true },
        new(MailboxOpcode.InjectPoison, CommandEffects.None, sizeof(ulong), (input, _) => Inject(input)) { NeedsMedia = true },
        new(MailboxOpcode.ClearPoison, CommandEffects.None, sizeof(ulong) + PoisonList.Line, (input, _) => Clear(input)) { NeedsMedia = true },
    ];

    /// <summary>Poison that the device finds by itself. EINVAL for broken lines or past the end, EEXIST over what is poisoned already; past the limit it only notes that it lost count.</summary>
    public Errno Find(ulong start, ulong length)
    {
        if (length == 0 || start % PoisonList.Line != 0 || length % PoisonList.Line != 0 || start > capacity.Bytes || length > capacity.Bytes - start)
        {
            return Errno.EINVAL;
        }

        if (_ranges.Exists(range => start < range.Start + range.Length && range.Start < start + length))
        {
            return Errno.EEXIST;
        }

        Add(start, length, PoisonList.SourceInternal);
        return Errno.Ok;
    }

    /// <summary>Nothing is poisoned any more.</summary>
    public void ClearAll()
    {
        _ranges.Clear();
        (_overflowed, _given) = (false, 0);
    }

    private MailboxReply Inject(byte[] input)
    {
        ulong address = BitConverter.ToUInt64(input);
        if (!IsLine(address))
        {
            return MailboxReturnCode.InvalidPhysicalAddress;
        }

        if (_ranges.Exists(range => Covers(range, address)))
        {
            return MailboxReturnCode.Success;
        }

        if (_ranges.Count >= InjectLimit)
        {
            return MailboxReturnCode.InjectPoisonLimit;
        }

        Add(address, PoisonList.Line, PoisonList.SourceInjected);
        return MailboxReturnCode.Success;
    }

    /// <summary>The line holds what came with the command; a range around it falls in two.</summary>
    private MailboxReply Clear(byte[] input)
    {
        ulong address = BitConverter.ToUInt64(input);
        if (!IsLine(address))
        {
            return MailboxReturnCode.InvalidPhysicalAddress;
        }

        media.Write(address, input.AsSpan(sizeof(ulong)));
        int found = _ranges.FindIndex(range => Covers(range, address));
        if (found < 0)
        {
            return MailboxReturnCode.Success;
        }

        (ulong start, ulong length, byte source) = _ranges[found];
        _ranges.RemoveAt(found);
        ulong behind = address + PoisonList.Line;
        if (address > start)
        {
            Add(start, address - start, source);
        }

        if (behind < start + length)
        {
            Add(behind, start + length - behind, source);
        }

        return MailboxReturnCode.Success;
    }

    /// <summary>What is poisoned of a range; what does not fit comes when the same is asked again.</summary>
    private MailboxReply List(byte[] input, int payloadSize)
    {
        ulong first = BitConverter.ToUInt64(input);
        ulong lines = BitConverter.ToUInt64(input, sizeof(ulong));
        if (first % PoisonList.Line != 0 || lines > capacity.Bytes / PoisonList.Line || first > capacity.Bytes)
        {
            return MailboxReturnCode.InvalidPhysicalAddress;
        }

        if (_asked != (first, lines))
        {
            (_asked, _given) = ((first, lines), 0); // a list of something else ends the one before
        }

        ulong end = first + (lines * PoisonList.Line);
        (ulong Start, ulong Length, byte Source)[] wanted = [.. _ranges.Where(range => range.Start < end && range.Start + range.Length > first).SelectMany(Records)];
        int room = (payloadSize - PoisonList.HeaderSize) / PoisonList.RecordSize;
        (ulong Start, ulong Length, byte Source)[] given = [.. wanted.Skip(_given).Take(room)];
        bool more = _given + given.Length < wanted.Length;
        _given = more ? _given + given.Length : 0;
        int flags = (more ? PoisonList.FlagMore : 0) | (_overflowed ? PoisonList.FlagOverflow : 0);
        ByteWriter list = new ByteWriter().U8((byte)flags).Zeros(9).U16((ushort)given.Length).Zeros(20);
        foreach ((ulong start, ulong length, byte source) in given)
        {
            ulong from = Math.Max(start, first);
            list.U64(from | source).U32((uint)((Math.Min(start + length, end) - from) / PoisonList.Line)).U32(0);
        }

        return list.ToArray();
    }

    /// <summary>A record counts lines in 32 bits.</summary>
    private static IEnumerable<(ulong Start, ulong Length, byte Source)> Records((ulong Start, ulong Length, byte Source) range)
    {
        const ulong longest = uint.MaxValue * (ulong)PoisonList.Line;
        for (ulong done = 0; done < range.Length; done += longest)
        {
            yield return (range.Start + done, Math.Min(longest, range.Length - done), range.Source);
        }
    }

    /// <summary>Poison stays with the bytes: takes what another list has from an address on.</summary>
    public void CopyFrom(PoisonedLines old, ulong first)
    {
        foreach ((ulong start, ulong length, byte source) in old._ranges.Where(range => range.Start + range.Length > first))
        {
            ulong from = Math.Max(start, first);
            _ranges.Add((from, start + length - from, source));
        }

        _overflowed = old._overflowed;
    }

    private void Add(ulong start, ulong length, byte source)
    {
        if (_ranges.Count == Limit)
        {
            _overflowed = true;
            return;
        }

        _ranges.Insert(0, (start, length, source));
    }

    private bool IsLine(ulong address) => address % PoisonList.Line == 0 && address < capacity.Bytes;

    private static bool Covers((ulong Start, ulong Length, byte Source) range, ulong address) => address >= range.Start && address < range.Start + range.Length;
}
