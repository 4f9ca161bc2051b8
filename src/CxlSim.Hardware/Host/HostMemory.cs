using CxlSim.Core;
using CxlSim.Hdm;

namespace CxlSim.Hardware;

/// <summary>Memory as a CPU's loads and stores meet it: DRAM, and media where the committed decoders lead.</summary>
public sealed class HostMemory
{
    private readonly SparseMemory _dram = new();

    /// <summary>An array: enumerating the description's lists would allocate on every access.</summary>
    private readonly AddressRange[] _dramRanges;
    private readonly Hpa _lastDram;
    private readonly HostRoutes _routes;
    private readonly List<Type3Device> _devices;

    internal HostMemory(AddressRange[] dram, HostRoutes routes, List<Type3Device> devices)
    {
        _dramRanges = dram;
        _lastDram = dram.Select(range => range.Last).DefaultIfEmpty().Max();
        _routes = routes;
        _devices = devices;
    }

    /// <summary>Bytes that one memory answers, or none, are loaded or stored: the first, how many, whether stored. Costs nothing while nobody listens.</summary>
    public event Action<Hpa, int, bool>? Accessed;

    /// <summary>What reads give where nothing decodes.</summary>
    private static ReadOnlySpan<byte> Ones => [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    /// <summary>Reads bytes; ones where nothing decodes.</summary>
    public BusResult Load(Hpa address, Span<byte> destination)
    {
        BusResult result = BusResult.Done;
        while (!destination.IsEmpty)
        {
            if (TryRoute(address, destination.Length, out SparseMemory? memory, out ulong offset, out int count))
            {
                memory!.Read(offset, destination[..count]);
            }
            else
            {
                destination[..count].Fill(0xff);
                result = BusResult.DecodeError;
            }

            Accessed?.Invoke(address, count, false);
            destination = destination[count..];
            address = Beyond(address, count);
        }

        return result;
    }

    /// <summary>Writes bytes; those that nothing decodes are lost.</summary>
    public BusResult Store(Hpa address, ReadOnlySpan<byte> source)
    {
        BusResult result = BusResult.Done;
        while (!source.IsEmpty)
        {
            if (TryRoute(address, source.Length, out SparseMemory? memory, out ulong offset, out int count))
            {
                memory!.Write(offset, source[..count]);
            }
            else
            {
                result = BusResult.DecodeError;
            }

            Accessed?.Invoke(address, count, true);
            source = source[count..];
            address = Beyond(address, count);
        }

        return result;
    }

    /// <summary>
    /// Reads a block and writes it elsewhere, from its first byte to its last: where it begins within what it copies, the bytes in front are repeated. Bytes that
    /// could not be read are written as ones.
    /// </summary>
    public BusResult Copy(Hpa source, Hpa destination, ByteSize length)
    {
        BusResult result = BusResult.Done;
        ulong left = length.Bytes;
        ulong ahead = destination > source ? (destination - source).Bytes : ulong.MaxValue;
        ulong most = Math.Min(ahead, int.MaxValue);
        while (left > 0)
        {
            bool isRead = TryRoute(source, (int)Math.Min(left, most), out SparseMemory? from, out ulong fromOffset, out int count);
            bool isWritten = TryRoute(destination, count, out SparseMemory? to, out ulong toOffset, out count);
            if (isRead && isWritten)
            {
                to!.CopyFrom(from!, fromOffset, toOffset, count);
            }
            else
            {
                result = BusResult.DecodeError;
                if (isWritten)
                {
                    count = Math.Min(count, Ones.Length);
                    to!.Write(toOffset, Ones[..count]);
                }
            }

            Accessed?.Invoke(source, count, false);
            Accessed?.Invoke(destination, count, true);
            source = Beyond(source, count);
            destination = Beyond(destination, count);
            left -= (ulong)count;
        }

        return result;
    }

    /// <summary>DRAM has the bytes that it had before a reset.</summary>
    internal void TakeOver(HostMemory before) => _dram.CopyPagesFrom(before._dram, 0);

    /// <summary>Behind the last address comes the first.</summary>
    private static Hpa Beyond(Hpa address, int count) => new(unchecked(address.Value + (ulong)count));

    /// <summary>The piece of memory that holds the first of <paramref name="wanted"/> bytes, and how many of them lie there; or how many surely lie nowhere.</summary>
    private bool TryRoute(Hpa address, int wanted, out SparseMemory? memory, out ulong offset, out int count)
    {
        ulong most = (ulong)wanted;
        if (address <= _lastDram)
        {
            if (TryFindDram(address, out AddressRange range))
            {
                memory = _dram;
                offset = address.Value;
                count = (int)Math.Min(most, range.Last.Value - address.Value + 1);
                return true;
            }

            most = Math.Min(most, NextDram(address) - address.Value);
        }

        RouteTable routes = _routes.Table;
        Translation translation = routes.Translate(address);
        bool isHit = translation.Outcome == DecodeOutcome.Hit;
        memory = isHit ? _devices[translation.Device].Media : null;
        offset = translation.Address.Value;
        count = (int)Math.Min(most, isHit ? translation.Run.Bytes : routes.RunOfMiss(address).Bytes);
        return isHit;
    }

    private bool TryFindDram(Hpa address, out AddressRange found)
    {
        foreach (AddressRange range in _dramRanges)
        {
            if (range.Contains(address))
            {
                found = range;
                return true;
            }
        }

        found = default;
        return false;
    }

    /// <summary>Where DRAM begins behind an address that is none.</summary>
    private ulong NextDram(Hpa address)
    {
        ulong next = ulong.MaxValue;
        foreach (AddressRange range in _dramRanges)
        {
            next = range.Start > address ? Math.Min(next, range.Start.Value) : next;
        }

        return next;
    }
}
