using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>Where something stands that a check found: lines of a text, or bytes of a dumped table.</summary>
/// <param name="File">The path as the user gave it.</param>
/// <param name="Line">From 1; 0 where the file has no lines.</param>
/// <param name="Column">From 1.</param>
/// <param name="Table">The signature of a dumped table; null for a place in a platform file.</param>
/// <param name="Offset">From the table's first byte.</param>
/// <param name="Length">In bytes.</param>
/// <param name="IsBinary">The file is nothing but the table: its offsets are the file's.</param>
public sealed record CheckPlace(string File, int Line, int Column, string? Table = null, int Offset = 0, int Length = 0, bool IsBinary = false)
{
    public static CheckPlace Of(SourceLocation location) => new(location.File, location.Line, location.Column);

    public override string ToString() => (Table, IsBinary) switch
    {
        (null, _) when Line == 0 => File,
        (null, _) => new SourceLocation(File, Line, Column).ToString(),
        (_, true) => string.Create(CultureInfo.InvariantCulture, $"{File}: offset 0x{Offset:x}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{File}: {Table} offset 0x{Offset:x}"),
    };
}
