using System.Numerics;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Banks behind one data bus. Reads are served as they come; writes are collected, and done all at once.</summary>
/// <remarks>The bus is work that piles up, not a table of reservations: a controller fills gaps that a waiting bank leaves.</remarks>
internal sealed class DramChannel(DramTiming timing, DramGeometry geometry, int channel)
{
    private const int Activates = 4;

    private readonly DramBank[] _banks = new DramBank[geometry.Ranks * timing.Banks];
    private readonly long[] _lastActivates = new long[geometry.Ranks * Activates];
    private readonly (long End, long Pause)[] _refreshes = new (long, long)[geometry.Ranks];
    private readonly int[] _nextActivate = new int[geometry.Ranks];
    private readonly ulong[] _writes = new ulong[geometry.WriteBuffer];
    // Below, what the part takes in picoseconds: the names are those of its timing.
    private readonly long _burst = timing.Clocks(timing.Burst).Picoseconds;
    private readonly long _data = timing.Clocks(timing.ReadLatency + timing.Burst).Picoseconds;
    private readonly long _turnaround = timing.Clocks(timing.WriteToRead + timing.ReadLatency).Picoseconds;
    private readonly long _rowToColumn = timing.Clocks(timing.RowToColumn).Picoseconds;
    private readonly long _precharge = timing.Clocks(timing.Precharge).Picoseconds;
    private readonly long _rowActive = timing.Clocks(timing.RowActive).Picoseconds;
    private readonly long _afterRead = timing.Clocks(timing.ReadToPrecharge).Picoseconds;
    private readonly long _afterWrite = timing.Clocks(timing.ReadLatency + timing.Burst + timing.WriteRecovery).Picoseconds;
    private readonly long _fourActivates = timing.Clocks(timing.FourActivates).Picoseconds;
    private readonly long _refresh = timing.Clocks(timing.Refresh).Picoseconds;
    private readonly long _refreshEvery = timing.Clocks(timing.RefreshEvery).Picoseconds;
    private readonly bool _closesRows = geometry.ClosesRows;
    private readonly int _groupShift = BitOperations.Log2((uint)timing.BankGroups);
    private readonly ulong _groupMask = (ulong)timing.BankGroups - 1;
    private readonly int _stripeShift = BitOperations.Log2((uint)(DramGeometry.RowLines * timing.BankGroups));
    private readonly int _inGroupShift = BitOperations.Log2((uint)(geometry.Ranks * timing.Banks / timing.BankGroups));
    private readonly ulong _inGroupMask = (ulong)(geometry.Ranks * timing.Banks / timing.BankGroups) - 1;
    private readonly int _rankShift = BitOperations.Log2((uint)timing.Banks);
    private int _written;
    private long _busUntil;
    private bool _isWriting;
    private long _drainedAt;
    private long _hasRoomFrom;

    public long BusPs { get; private set; }

    /// <summary>Of the busiest bank.</summary>
    public long BankPs => _banks.Max(bank => bank.Busy);

    public long Accesses { get; private set; }

    public long RowHits { get; private set; }

    public void Clear()
    {
        (BusPs, Accesses, RowHits) = (0, 0, 0);
        for (int i = 0; i < _banks.Length; i++)
        {
            _banks[i].Busy = 0;
        }
    }

    /// <param name="now">When the request comes.</param>
    /// <param name="line">Of this channel.</param>
    public SimTime Read(SimTime now, ulong line)
    {
        long at = now.Picoseconds;
        long ready = _busUntil + (_isWriting ? _turnaround : 0); // what was written has to be in the cells first
        long wait = Math.Max(ready - at, 0);
        BusPs += _burst + Math.Min(wait, ready - _busUntil);
        _isWriting = false;
        _busUntil = at + wait + _burst;
        long column = Math.Max(ColumnOf(at, line, isWrite: false, out long soonest), soonest + wait);
        return new SimTime(column + _data);
    }

    /// <summary>When the buffer takes it: at once, until it is full and what it held before is not in its banks yet.</summary>
    public SimTime Write(SimTime now, ulong line)
    {
        long at = now.Picoseconds;
        _writes[_written++] = line;
        if (_written == _writes.Length)
        {
            _hasRoomFrom = Math.Max(at, _drainedAt - (_written * _burst)); // while the last ones go out, the next are collected
            Drain(_hasRoomFrom);
        }

        return new SimTime(Math.Max(at, _hasRoomFrom));
    }

    /// <summary>Where rows stay open in the order of their addresses, so that writes of a row follow each other.</summary>
    private void Drain(long at)
    {
        if (!_closesRows)
        {
            Array.Sort(_writes);
        }

        long bursts = _written * _burst;
        _busUntil = Math.Max(_busUntil, at) + bursts;
        BusPs += bursts;
        _isWriting = true;
        _drainedAt = _busUntil - bursts;
        foreach (ulong line in _writes)
        {
            _drainedAt = Math.Max(_drainedAt, ColumnOf(at, line, isWrite: true, out _));
        }

        _written = 0;
    }

    /// <summary>When the column command of an access can be given.</summary>
    /// <param name="at">When the access comes.</param>
    /// <param name="line">Of this channel.</param>
    /// <param name="isWrite">Whether the row needs time to recover.</param>
    /// <param name="soonest">When it could be if nothing else were under way.</param>
    private long ColumnOf(long at, ulong line, bool isWrite, out long soonest)
    {
        ulong stripe = line >> _stripeShift;
        int number = (int)((((stripe ^ (stripe >> 7) ^ (stripe >> 13)) & _inGroupMask) << _groupShift) | (line & _groupMask));
        int rank = number >> _rankShift;
        ref DramBank bank = ref _banks[number];
        long start = AfterRefresh(at, rank);
        long busyFrom = Math.Max(bank.ColumnFrom, bank.ActivateFrom);
        long column = Math.Max(start, bank.ColumnFrom);
        soonest = at;
        ulong row = (stripe >> _inGroupShift) + 1;
        Accesses++;
        if (bank.OpenRow == row)
        {
            RowHits++;
        }
        else
        {
            soonest += (bank.OpenRow == 0 ? 0 : _precharge) + _rowToColumn;
            long activate = bank.OpenRow == 0 ? Math.Max(start, bank.ActivateFrom) : Math.Max(start, bank.PrechargeFrom) + _precharge;
            activate = Math.Max(activate, AfterFourth(start, rank));
            column = activate + _rowToColumn;
            bank.PrechargeFrom = activate + _rowActive;
            bank.OpenRow = row;
        }

        bank.ColumnFrom = column + _burst;
        bank.Busy += bank.ColumnFrom - Math.Max(start, busyFrom);
        bank.PrechargeFrom = Math.Max(bank.PrechargeFrom, column + (isWrite ? _afterWrite : _afterRead));
        if (_closesRows)
        {
            bank.OpenRow = 0;
            bank.ActivateFrom = bank.PrechargeFrom + _precharge;
            bank.Busy += bank.ActivateFrom - bank.ColumnFrom;
        }

        return column;
    }

    /// <summary>A rank rests once in each of its refresh intervals; when, is its controller's choice, and so by chance: a fixed beat would resonate with a chase of pointers.</summary>
    private long AfterRefresh(long at, int rank)
    {
        ref (long End, long Pause) interval = ref _refreshes[rank];
        if (at >= interval.End)
        {
            long number = at / _refreshEvery;
            ulong chance = Scatter((ulong)((((number * geometry.Channels) + channel) * geometry.Ranks) + rank));
            interval = ((number + 1) * _refreshEvery, (number * _refreshEvery) + (long)(chance % (ulong)(_refreshEvery - _refresh)));
        }

        return at >= interval.Pause && at < interval.Pause + _refresh ? interval.Pause + _refresh : at;
    }

    /// <summary>A number that looks like chance, and is the same each time.</summary>
    private static ulong Scatter(ulong number)
    {
        unchecked
        {
            ulong mixed = (number + 1) * 0x9E3779B97F4A7C15;
            return mixed ^ (mixed >> 29);
        }
    }

    /// <summary>From when on a rank has power for one more activate. As with the bus it is work that piles up: one that waits for its bank does not keep others from being done before it.</summary>
    private long AfterFourth(long at, int rank)
    {
        ref int next = ref _nextActivate[rank];
        ref long fourth = ref _lastActivates[(rank * Activates) + next];
        long activate = Math.Max(at, fourth + _fourActivates);
        fourth = activate;
        next = (next + 1) % Activates;
        return activate;
    }
}
