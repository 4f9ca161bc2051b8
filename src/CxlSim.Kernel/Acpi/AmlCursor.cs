using System.Text;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Reads the smallest parts of AML one after the other: numbers, texts, names, lengths of packages (ACPI 6.5 20.2). Never past what encloses them.</summary>
internal ref struct AmlCursor(ReadOnlySpan<byte> aml)
{
    private const int SegmentLength = 4;
    private readonly ReadOnlySpan<byte> _aml = aml;

    public int At { get; private set; }

    /// <summary>Where what encloses it ends.</summary>
    public int End { get; private set; } = aml.Length;

    /// <summary>Something was to be read that is not there.</summary>
    public bool IsLost { get; private set; }

    /// <summary>A package has to end within what encloses it; otherwise it is cut there, as a table may be.</summary>
    public bool IsStrict { get; set; }

    public readonly bool IsAtEnd => At >= End;

    /// <summary>What is left of what encloses it.</summary>
    public readonly ReadOnlySpan<byte> Rest => _aml[At..End];

    /// <summary>Goes on elsewhere, whatever was lost.</summary>
    public void MoveTo(int at, int end)
    {
        At = at;
        End = end;
        IsLost = false;
    }

    /// <summary>Goes into a package, whose end is the end then; <see cref="Leave"/> goes on behind it.</summary>
    /// <param name="outer">The end of what encloses it, for leaving.</param>
    public bool TryEnter(out int outer)
    {
        outer = End;
        int start = At;
        byte lead = Next();
        int extra = lead >> 6;
        int length = extra == 0 ? lead & 0x3f : lead & 0xf;
        for (int i = 0; i < extra; i++)
        {
            length |= Next() << (4 + (8 * i));
        }

        int end = start + length;
        if (IsLost || end < At || (IsStrict && end > End))
        {
            return false;
        }

        End = Math.Min(end, End);
        return true;
    }

    public void Leave(int outer) => MoveTo(End, outer);

    public byte Next()
    {
        if (At < End)
        {
            return _aml[At++];
        }

        IsLost = true;
        return 0;
    }

    /// <summary>False where there are not as many.</summary>
    public bool Pass(int bytes)
    {
        Number(bytes);
        return !IsLost;
    }

    public ulong Number(int bytes)
    {
        ulong value = 0;
        for (int i = 0; i < bytes; i++)
        {
            value |= (ulong)Next() << (8 * i);
        }

        return value;
    }

    /// <summary>Up to a zero, or to the end.</summary>
    public string Text()
    {
        int length = Rest.IndexOf((byte)0);
        string text = Encoding.Latin1.GetString(length < 0 ? Rest : Rest[..length]);
        At = length < 0 ? End : At + length + 1;
        return text;
    }

    /// <summary>Null where no legal name stands.</summary>
    public AmlPath? Name()
    {
        bool isAbsolute = Skip(AmlOpcode.RootPrefix);
        int up = 0;
        while (!isAbsolute && Skip(AmlOpcode.ParentPrefix))
        {
            up++;
        }

        int count = Skip(AmlOpcode.Zero) ? 0 : Skip(AmlOpcode.DualNamePrefix) ? 2 : Skip(AmlOpcode.MultiNamePrefix) ? Next() : 1;
        string[] segments = count * SegmentLength <= End - At ? new string[count] : [];
        for (int i = 0; i < segments.Length; i++)
        {
            if (!IsSegment(Rest[..SegmentLength]))
            {
                return null;
            }

            segments[i] = Encoding.Latin1.GetString(Rest[..SegmentLength]);
            At += SegmentLength;
        }

        return IsLost || segments.Length != count ? null : new AmlPath(isAbsolute, up, segments);
    }

    private bool Skip(byte opcode)
    {
        bool isNext = At < End && _aml[At] == opcode;
        At += isNext ? 1 : 0;
        return isNext;
    }

    private static bool IsSegment(ReadOnlySpan<byte> name)
    {
        bool legal = name[0] is not (>= (byte)'0' and <= (byte)'9');
        foreach (byte letter in name)
        {
            legal &= letter is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_';
        }

        return legal;
    }
}
