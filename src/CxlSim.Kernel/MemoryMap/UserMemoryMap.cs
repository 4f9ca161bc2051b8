using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>What mem= and memmap= make of the x86 memory map (<c>parse_memopt</c>, <c>parse_memmap_one</c> in <c>arch/x86/kernel/e820.c</c>).</summary>
public static class UserMemoryMap
{
    /// <summary>In the order of the command line; true where one of them was understood far enough to count as the user's map.</summary>
    public static bool Apply(KernelCore core, E820Table e820)
    {
        bool isUserDefined = false;
        foreach ((string name, string? value) in core.CommandLine.Parameters)
        {
            string[] words = (name, value) switch
            {
                ("mem", { }) => [value],
                ("memmap", { }) => value.Split(','),
                _ => [],
            };
            foreach (string word in words.Where(word => word.Length > 0))
            {
                Errno error = name == "mem" ? Limit(e820, word, ref isUserDefined) : ApplyOne(e820, word, ref isUserDefined);
                if (error != Errno.Ok)
                {
                    core.Log.Warning($"Malformed early option '{name}'");
                }
            }
        }

        return isUserDefined;
    }

    private static Errno Limit(E820Table e820, string word, ref bool isUserDefined)
    {
        ulong size = new NumberCursor(word).Size();
        if (size == 0)
        {
            return Errno.EINVAL;
        }

        isUserDefined = true;
        Remove(e820, new Hpa(size), ulong.MaxValue - size, E820Type.Ram);
        return Errno.Ok;
    }

    private static Errno ApplyOne(E820Table e820, string word, ref bool isUserDefined)
    {
        if (word.StartsWith("exactmap", StringComparison.Ordinal))
        {
            isUserDefined = true;
            e820.Clear();
            return Errno.Ok;
        }

        if (!char.IsAsciiDigit(word[0]))
        {
            return Errno.EINVAL;
        }

        isUserDefined = true;
        NumberCursor cursor = new(word);
        ulong size = cursor.Size();
        E820Type? added = cursor.Current switch
        {
            '@' => E820Type.Ram,
            '#' => E820Type.Acpi,
            '$' => E820Type.Reserved,
            '!' => E820Type.Pram,
            _ => null,
        };
        if (added is { } type)
        {
            _ = cursor.Take(cursor.Current);
            Add(e820, new Hpa(cursor.Size()), size, type);
        }
        else if (cursor.Take('%'))
        {
            return Convert(e820, cursor, size);
        }
        else
        {
            Remove(e820, new Hpa(size), ulong.MaxValue - size, E820Type.Ram);
        }

        return cursor.IsAtEnd ? Errno.Ok : Errno.EINVAL;
    }

    /// <summary><c>SIZE%START-FROM+TO</c>: both retype, a lone one adds or removes, none removes whatever is there.</summary>
    private static Errno Convert(E820Table e820, NumberCursor cursor, ulong size)
    {
        Hpa start = new(cursor.Size());
        E820Type from = cursor.Take('-') ? (E820Type)Bits.Low32(cursor.Number()) : 0;
        E820Type to = cursor.Take('+') ? (E820Type)Bits.Low32(cursor.Number()) : 0;
        if (!cursor.IsAtEnd)
        {
            return Errno.EINVAL;
        }

        if (to == 0)
        {
            Remove(e820, start, size, from == 0 ? null : from);
        }
        else if (from == 0)
        {
            Add(e820, start, size, to);
        }
        else if (Clipped(start, size) is { } range)
        {
            e820.LogUpdate(range, from, to);
            e820.Retype(range, from, to);
        }

        return Errno.Ok;
    }

    private static void Add(E820Table e820, Hpa start, ulong size, E820Type type)
    {
        if (Clipped(start, size) is { } range)
        {
            e820.Add(range, type);
        }
    }

    private static void Remove(E820Table e820, Hpa start, ulong size, E820Type? only)
    {
        if (Clipped(start, size) is { } range)
        {
            e820.LogRemoval(range, only);
            e820.Remove(range, only);
        }
    }

    /// <summary>What reaches over the end of the address space is cut off; null where nothing is left.</summary>
    private static AddressRange? Clipped(Hpa start, ulong size)
    {
        ulong bytes = Math.Min(size, ulong.MaxValue - start.Value);
        return bytes == 0 ? null : AddressRange.Of(start, new ByteSize(bytes));
    }
}
