using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Banks behind one data bus. Reads are served as they come; writes are collected, and done all at once.</summary>
/// <remarks>The bus is work that piles up, not a table of reservations: a controller fills gaps that a waiting bank leaves.</remarks>
internal sealed class DramChannel(DramTiming timing, DramGeometry geometry, int channel)
{
    private const int Activates = 4;

    private readonly DramBank[] _banks = new DramBank[geometry.Ranks * timing.Banks];
    private readonly long[] _lastActivates = new long[geometry.Ranks * Activates];
    private readonly int[] _nextActivate = new int[geometry.Ranks];
    private readonly ulong[] _writes = new ulong[geometry.WriteBuffer];
    private readonly long _clock = timing.ClockPs;
    private int _written;
    private long _busUntil;

    /// <param name="now">When the request comes.</param>
    /// <param name="line">Of this channel.</param>
    public SimTime Read(SimTime now, ulong line)
    {
        long at = now.Picoseconds;
        long wait = Math.Max(_busUntil - at, 0);
        _busUntil = at + wait + (timing.Burst * _clock);
        long column = Math.Max(ColumnOf(at, line, isWrite: false, out long soonest), soonest + wait);
        return new SimTime(column + ((timing.ReadLatency + timing.Burst) * _clock));
    }

    /// <summary>When the buffer takes it.</summary>
    public SimTime Write(SimTime now, ulong line)
    {
        long at = now.Picoseconds;
        long full = Math.Max(_busUntil - at - (geometry.WriteBuffer * timing.Burst * _clock), 0);
        _writes[_written++] = line;
        if (_written == _writes.Length)
        {
            Drain(at);
        }

        return new SimTime(at + full);
    }

    private void Drain(long at)
    {
        _busUntil = Math.Max(_busUntil, at) + (((_written * timing.Burst) + timing.WriteToRead + timing.ReadLatency) * _clock);
        foreach (ulong line in _writes)
        {
            ColumnOf(at, line, isWrite: true, out _);
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
        ulong rowOfAll = line / DramGeometry.RowLines;
        int number = (int)((rowOfAll ^ (rowOfAll >> 7) ^ (rowOfAll >> 13)) % (ulong)_banks.Length);
        ref DramBank bank = ref _banks[number];
        long start = AfterRefresh(at, number / timing.Banks);
        long column = Math.Max(start, bank.ColumnFrom);
        soonest = at;
        ulong row = (rowOfAll / (ulong)_banks.Length) + 1;
        if (bank.OpenRow != row)
        {
            soonest += ((bank.OpenRow == 0 ? 0 : timing.Precharge) + timing.RowToColumn) * _clock;
            long activate = bank.OpenRow == 0 ? Math.Max(start, bank.ActivateFrom) : Math.Max(start, bank.PrechargeFrom) + (timing.Precharge * _clock);
            activate = AfterFourth(activate, number / timing.Banks);
            column = activate + (timing.RowToColumn * _clock);
            bank.PrechargeFrom = activate + (timing.RowActive * _clock);
            bank.OpenRow = row;
        }

        bank.ColumnFrom = column + (timing.Burst * _clock);
        int recovery = isWrite ? timing.ReadLatency + timing.Burst + timing.WriteRecovery : timing.ReadToPrecharge;
        bank.PrechargeFrom = Math.Max(bank.PrechargeFrom, column + (recovery * _clock));
        if (geometry.ClosesRows)
        {
            bank.OpenRow = 0;
            bank.ActivateFrom = bank.PrechargeFrom + (timing.Precharge * _clock);
        }

        return column;
    }

    /// <summary>A rank rests at the beginning of each of its refresh intervals, one rank after the other.</summary>
    private long AfterRefresh(long at, int rank)
    {
        long every = timing.RefreshEvery * _clock;
        long within = (at + (every * ((channel * geometry.Ranks) + rank) / (geometry.Channels * geometry.Ranks))) % every;
        return at + Math.Max((timing.Refresh * _clock) - within, 0);
    }

    private long AfterFourth(long at, int rank)
    {
        ref int next = ref _nextActivate[rank];
        ref long fourth = ref _lastActivates[(rank * Activates) + next];
        long activate = Math.Max(at, fourth + (timing.FourActivates * _clock));
        fourth = activate;
        next = (next + 1) % Activates;
        return activate;
    }
}
