using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>What must hold for a breakpoint to stop: <c>count > 3</c>, <c>errno == EBUSY</c>, <c>value != 0x10</c>, <c>event >= 500</c>, or several with <c>and</c>.</summary>
public sealed class BreakCondition
{
    public const string Expected = "a condition such as 'count > 3' or 'errno == EBUSY', of count, errno, value or event, with ==, !=, <, <=, > or >=, or several with 'and'";

    private const string And = " and ";

    public static readonly IReadOnlyList<string> Variables = ["count", "errno", "event", "value"];

    public static readonly IReadOnlyList<string> Operators = ["==", "!=", "<", "<=", ">", ">="];

    private readonly string _variable;
    private readonly string _operator;
    private readonly string _word;
    private readonly ulong _number;
    private BreakCondition? _other;

    private BreakCondition(string variable, string comparison, string word, ulong number) => (_variable, _operator, _word, _number) = (variable, comparison, word, number);

    /// <summary>The how-manieth time it must be.</summary>
    public static BreakCondition CountIs(ulong count) => new("count", "==", string.Empty, count);

    /// <summary>Null where the words are no condition.</summary>
    public static BreakCondition? Parse(string text)
    {
        int and = text.IndexOf(And, StringComparison.Ordinal);
        BreakCondition? first = ParseOne(and < 0 ? text : text[..and]);
        if (and < 0 || first is null)
        {
            return first;
        }

        first._other = Parse(text[(and + And.Length)..]);
        return first._other is null ? null : first;
    }

    private static BreakCondition? ParseOne(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var variable, "==" or "!=" or "<" or "<=" or ">" or ">=", var value])
        {
            return null;
        }

        return variable switch
        {
            "errno" when words[1] is "==" or "!=" && NameOf(value) is { } name => new BreakCondition(variable, words[1], name, 0),
            "count" or "value" or "event" when DebugNumber.TryParse(value, out ulong number) => new BreakCondition(variable, words[1], string.Empty, number),
            _ => null,
        };
    }

    /// <summary>An error's name, by its name or by its number, which may be negative as the kernel has it; null for none.</summary>
    private static string? NameOf(string value) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        ? Enum.GetName((Errno)(number > 0 ? number : unchecked(-number)))
        : Enum.GetNames<Errno>().FirstOrDefault(name => name == value);

    /// <param name="match">What happened.</param>
    /// <param name="count">The how-manieth time.</param>
    /// <param name="simulation">For the number of the event.</param>
    public bool Holds(BreakMatch match, long count, Simulation simulation) => HoldsAlone(match, count, simulation) && (_other?.Holds(match, count, simulation) ?? true);

    private bool HoldsAlone(BreakMatch match, long count, Simulation simulation) => _variable switch
    {
        "errno" => Compare(match.Error == _word ? 0 : 1),
        "count" => Compare(((ulong)count).CompareTo(_number)),
        "value" => Compare(match.Value.CompareTo(_number)),
        _ => Compare(((ulong)simulation.EventNumber).CompareTo(_number)),
    };

    private bool Compare(int order) => _operator switch
    {
        "==" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}
