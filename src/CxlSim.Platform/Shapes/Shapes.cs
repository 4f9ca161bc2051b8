using CxlSim.Core;

namespace CxlSim.Platform.Language;

/// <summary>The shapes of what may stand behind a key.</summary>
internal static class Shapes
{
    public const string Digits = "(0x[0-9a-fA-F_]+|[0-9][0-9_]*)";

    /// <summary>Any text; a number or a truth is text too.</summary>
    public static readonly Shape Text = new ScalarShape("text", ["string", "number", "boolean"]);

    public static readonly Shape Name = new ScalarShape("name", ["string", "number"], "^[A-Za-z0-9_.:-]{1,64}$");

    public static readonly Shape Flag = new ScalarShape("true or false", ["boolean"]);

    public static readonly Shape Size = new ScalarShape("size", ["integer", "string"], $"^{Digits} ?({string.Join('|', ByteSize.Units.Select(unit => unit.Name))})?$");

    public static readonly Shape Address = new ScalarShape("address", ["integer", "string"], $"^{Digits}$");

    /// <summary>Both ends, the last byte included.</summary>
    public static readonly Shape Range = new ScalarShape("range", ["string"], $"^{Digits} ?- ?{Digits}$");

    public static readonly Shape Duration = new ScalarShape("duration", ["string"], "^[0-9.]+(ns|us|ms|s)$");

    public static readonly Shape Version = new ScalarShape("version", ["string", "number"], "^[0-9]+(\\.[0-9]+){1,3}$");

    /// <summary>Device and function. YAML takes <c>01.0</c> for a number.</summary>
    public static readonly Shape Slot = new ScalarShape("device.function", ["string", "number"], "^[0-9a-fA-F]{1,2}\\.[0-7]$");

    public static readonly Shape Function = new ScalarShape("bus:device.function", ["string"], "^[0-9a-fA-F]{1,2}:[0-9a-fA-F]{1,2}\\.[0-7]$");

    public static readonly Shape PciId = new ScalarShape("vendor:device", ["string"], "^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$");

    public static Shape Number(ulong least = 0, ulong most = ulong.MaxValue) => new NumberShape(least, most);

    public static Shape Words(params IEnumerable<string> words) => new WordsShape([.. words]);

    public static Shape List(Shape item) => new ListShape(item);

    /// <param name="what">What the keys are.</param>
    /// <param name="value">What stands behind each.</param>
    public static Shape Map(string what, Shape value) => new MapShape(what, value);

    /// <param name="keys">Asked for late: a switch stands below a switch.</param>
    public static Shape Mapping(Func<KeySet> keys) => new MappingShape(keys);

    public static Shape Either(params IEnumerable<Shape> shapes) => new EitherShape([.. shapes]);
}
