using System.Globalization;
using CxlSim.Platform;

namespace CxlSim.Views;

/// <summary>Whether the platform file states a field, or firmware derived it.</summary>
/// <param name="Stated">True where the file states it.</param>
/// <param name="Key">The key that states it or could.</param>
/// <param name="From">What it was derived from; null where it is stated.</param>
/// <param name="File">The platform file.</param>
/// <param name="Line">Of the value; of what was derived, where that stands from which it was.</param>
/// <param name="Column">Likewise.</param>
public sealed record FieldProvenance(bool Stated, string Key, string? From, string File, int Line, int Column)
{
    internal static FieldProvenance Of(TableSource source) =>
        new(source.IsStated, source.Key!, source.Derivation, source.Location.File, source.Location.Line, source.Location.Column);

    public override string ToString() => Stated
        ? string.Create(CultureInfo.InvariantCulture, $"stated: {Key}, {File}:{Line}:{Column}")
        : From!.Length == 0 ? "derived" : $"derived: {From}";
}
