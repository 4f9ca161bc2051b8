using System.Globalization;
using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Settings;

/// <summary>Reads <c>KEY.PATH[0]=VALUE</c>. A place in it is the file <c>--set</c>, the setting's number for a line, and a column.</summary>
internal sealed class SettingReader
{
    /// <summary>What places call the file.</summary>
    public const string File = "--set";

    /// <summary>Files nest no deeper, and whoever follows the path recurses.</summary>
    private const int MostSteps = YamlLoader.Deepest;

    private readonly ReadContext _context;
    private readonly string _text;
    private readonly int _number;
    private int _at;

    private SettingReader(ReadContext context, string text, int number)
    {
        _context = context;
        _text = text;
        _number = number;
    }

    /// <param name="context">Takes what is wrong.</param>
    /// <param name="text">The setting.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>Null where it makes no sense, which is reported.</returns>
    public static Setting? Read(ReadContext context, string text, int number) => new SettingReader(context, text, number).Read();

    private Setting? Read()
    {
        int end = _text.IndexOf('=', StringComparison.Ordinal);
        List<SettingStep> path = [];
        while (_at < end && path.Count < MostSteps)
        {
            if (Step(end, isFirst: path.Count == 0) is not { } step)
            {
                break;
            }

            path.Add(step);
        }

        if (end <= 0 || _at < end)
        {
            _context.Error(Cxp.Malformed, Place(_at), $"found the setting '{Quote.Of(_text)}'; expected KEY.PATH=VALUE, such as kernel.cmdline=quiet or windows[0].size=8GiB");
            return null;
        }

        return Value(end + 1) is { } value ? new Setting(path, value) : null;
    }

    /// <summary>Null, and nothing is passed over, where no step stands there.</summary>
    private SettingStep? Step(int end, bool isFirst)
    {
        if (_text[_at] == '[')
        {
            int close = _text.IndexOf(']', _at, end - _at);
            SettingStep? item = close > 0 && int.TryParse(_text.AsSpan(_at + 1, close - _at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                ? new SettingStep(null, index, Place(_at))
                : null;
            _at = item is null ? _at : close + 1;
            return item;
        }

        int start = _text[_at] == '.' && !isFirst ? _at + 1 : _at;
        int stop = _text.IndexOfAny(['.', '[', '='], start);
        if (stop == start || (start == _at && !isFirst))
        {
            return null;
        }

        _at = stop;
        return new SettingStep(_text[start..stop], 0, Place(start));
    }

    /// <summary>Lists, mappings and what stands in quotes are YAML; all else is a scalar, whatever is in it.</summary>
    private YamlNode? Value(int start)
    {
        if (start == _text.Length || _text[start] is not ('[' or '{' or '"' or '\''))
        {
            return new YamlScalar(Place(start), _text[start..], isPlain: true);
        }

        // Behind as many lines and columns as stand before it, the parser gives its places as they are.
        ReadContext own = new(File);
        YamlNode? value = YamlLoader.Load(own, new string('\n', _number - 1) + new string(' ', start) + _text[start..]);
        foreach (Diagnostic found in own.Sorted())
        {
            _context.Error(found.Id, found.Location, found.Message);
        }

        return value;
    }

    private SourceLocation Place(int at) => new(File, _number, at + 1);
}
