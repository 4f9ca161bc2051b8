using CxlSim.Core;
using CxlSim.Spec;

namespace CxlSim.Machine;

/// <summary>A register of a component. What it says is read anew each time, and reading changes nothing.</summary>
public sealed class Register
{
    private readonly RegisterLayout _layout;

    internal Register(RegisterSpace space, RegisterLayout layout, int offset, bool isUnnamed = false) => (Space, _layout, Offset, IsUnnamed) = (space, layout, offset, isUnnamed);

    /// <summary>The specification's name; its place where it has none.</summary>
    public string Name => _layout.Name;

    /// <summary>No capability tells of it: a word at its place.</summary>
    public bool IsUnnamed { get; }

    public RegisterSpace Space { get; }

    /// <summary>From the start of its space, in bytes.</summary>
    public int Offset { get; }

    /// <summary>1, 2, 4 or 8 bytes.</summary>
    public int Width => _layout.Width;

    /// <summary>Space and offset: <c>config+0x4</c>.</summary>
    public string Place => Space.PlaceOf(Offset);

    public ulong Value => Space.Read(Offset, Width);

    /// <summary>Its fields as they stand, lowest first; none where it is one number.</summary>
    public IReadOnlyList<RegisterField> Fields
    {
        get
        {
            ulong value = Value;
            return [.. _layout.Fields.Select(layout => FieldOf(layout, Bits.Get(value, layout.High, layout.Low)))];
        }
    }

    /// <summary>A word that no capability tells of.</summary>
    internal static Register Unnamed(RegisterSpace space, int offset) => new(space, new RegisterLayout(space.PlaceOf(offset), offset, 4), offset, isUnnamed: true);

    /// <summary>Writes it as software would: through its masks, with all that follows. Called in the loop.</summary>
    public void Write(ulong value) => Space.Write(Offset, Width, value);

    private static RegisterField FieldOf(FieldLayout layout, ulong value) => new(layout.Name, layout.High, layout.Low, value, layout.Meaning?.Invoke(value) is { Length: > 0 } meaning ? meaning : null);
}
