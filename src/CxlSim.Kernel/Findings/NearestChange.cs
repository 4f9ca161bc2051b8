using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The least that would have to be different for a refused call to pass.</summary>
/// <param name="Text">What to do, as a phrase that begins with a verb.</param>
/// <param name="Writes">The writes that pass in place of the refused one, in their order; none where writes alone do not help.</param>
public sealed record NearestChange(string Text, IReadOnlyList<AttributeWrite> Writes)
{
    public NearestChange(string text)
        : this(text, [])
    {
    }

    /// <summary>The writes are those for a region that is made again: a member that was refused last leaves its traces in this one.</summary>
    public bool IsForNewRegion { get; init; }

    /// <summary>A size as it is written, and as it is read.</summary>
    internal static string Spell(ByteSize size) => size.IsZero ? "0" : string.Create(CultureInfo.InvariantCulture, $"{size.Bytes} ({size})");

    /// <summary>Another size for the attribute that was written.</summary>
    internal static NearestChange Write(string device, string attribute, ByteSize size) =>
        new($"write {Spell(size)} to {device}/{attribute}", [AttributeWrite.Cxl(device, attribute, size.Bytes.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Another value for the attribute that was written.</summary>
    internal static NearestChange Write(string device, string attribute, string value) =>
        new($"write {value} to {device}/{attribute}", [AttributeWrite.Cxl(device, attribute, value)]);
}
