namespace CxlSim.Kernel;

/// <summary>What <c>cma=</c> asks for.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Base">The lowest address; 0 for any.</param>
/// <param name="Limit">The end; 0 for that of RAM.</param>
/// <param name="IsFixed">Whether it must begin at the base.</param>
public readonly record struct CmaRequest(ulong Size, ulong Base, ulong Limit, bool IsFixed)
{
    /// <summary><c>SIZE[@BASE[-LIMIT]]</c> (<c>early_cma</c> in <c>kernel/dma/contiguous.c</c>).</summary>
    public static CmaRequest Parse(string text)
    {
        NumberCursor cursor = new(text);
        ulong size = cursor.Size();
        if (!cursor.Take('@'))
        {
            return new CmaRequest(size, 0, 0, false);
        }

        ulong start = cursor.Size();
        ulong end = unchecked(start + size);
        ulong limit = cursor.Take('-') ? cursor.Size() : end;
        return new CmaRequest(size, start, limit, limit == end);
    }
}
