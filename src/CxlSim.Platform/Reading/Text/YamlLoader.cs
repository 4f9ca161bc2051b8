using CxlSim.Core;
using CxlSim.Platform.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CxlSim.Platform.Reading;

/// <summary>Turns text into a tree of nodes that know their places.</summary>
/// <remarks>It pulls event after event, so that it can stop at what would cost too much before it costs anything.</remarks>
internal sealed class YamlLoader
{
    /// <summary>Nineteen switches below one another, and a device; the readers recurse, and the stack is finite.</summary>
    public const int Deepest = 64;

    private const int ReasonLength = 200;

    private readonly ReadContext _context;
    private readonly Scanner _scanner;
    private readonly Parser _parser;

    private YamlLoader(ReadContext context, string text)
    {
        _context = context;
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
    }

    /// <summary>The root of the only document; null when there is none that could be read, and then that is reported.</summary>
    public static YamlNode? Load(ReadContext context, string text)
    {
        if (!TextCheck.Accepts(context, text))
        {
            return null;
        }

        YamlLoader loader = new(context, text);
        try
        {
            return loader.Document();
        }
        catch (YamlException e)
        {
            context.Error(Cxp.NotYaml, loader.PlaceOf(e, text), $"not YAML: {Quote.Of(Reason(e), ReasonLength)}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or ArithmeticException or IndexOutOfRangeException)
        {
            // The library lets some of its own exceptions escape, for instance for an escape that names no character.
            SourceLocation at = loader.Within(text, loader._scanner.CurrentPosition);
            context.Error(Cxp.NotYaml, at, "not YAML: the parser cannot go on here; expected what a '{', a '[' or a quotation mark before it leaves open");
        }

        return null;
    }

    private static string Reason(YamlException e) =>
        IsTab(e) ? "a tab; expected spaces before a key" : (e.InnerException ?? e).Message;

    private static bool IsTab(YamlException e) => e.Message.Contains("tab as indentation", StringComparison.Ordinal);

    /// <summary>The scanner tells where something began and where it broke; the parser tells the token that it did not expect.</summary>
    private SourceLocation PlaceOf(YamlException e, string text)
    {
        // Of a tab that indents, the library tells only the key before it.
        int tab = IsTab(e) ? text.IndexOf('\t', (int)Math.Clamp(e.End.Index, 0, text.Length)) : -1;
        return tab >= 0
            ? TextCheck.PlaceOf(_context, text, tab)
            : Within(text, e.Message.StartsWith("While scanning", StringComparison.Ordinal) ? e.End : e.Start);
    }

    /// <summary>The library puts the end of a text without a last line break on a line of its own.</summary>
    private SourceLocation Within(string text, in Mark mark)
    {
        SourceLocation place = Place(mark);
        SourceLocation end = TextCheck.PlaceOf(_context, text, text.Length);
        return place.Line > end.Line ? end : place;
    }

    private YamlNode? Document()
    {
        Next<StreamStart>();
        if (Peek() is StreamEnd)
        {
            _context.Error(Cxp.Unsupported, _context.Start, "the file is empty; expected a mapping with keys such as host_bridges");
            return null;
        }

        Next<DocumentStart>();
        YamlNode? root = Node(0);
        if (root is null)
        {
            return null;
        }

        Next<DocumentEnd>();
        if (Peek() is DocumentStart second)
        {
            _context.Error(Cxp.Unsupported, Place(second.Start), "a second document; expected one in a file");
            return null;
        }

        return root;
    }

    /// <summary>Null after something that was reported and ends the reading.</summary>
    private YamlNode? Node(int depth)
    {
        ParsingEvent head = Peek();
        if (head is AnchorAlias alias)
        {
            return Refuse(head, $"the alias '*{Quote.Of(alias.Value.Value)}'; expected the value itself");
        }

        if (head is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            return Refuse(head, $"the tag '{Quote.Of(tagged.Tag.Value)}'; expected a value without one");
        }

        if (depth == Deepest)
        {
            return Refuse(head, $"nested deeper than {Deepest} levels");
        }

        _parser.MoveNext();
        return head switch
        {
            Scalar scalar => new YamlScalar(Place(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => Sequence(Place(head.Start), depth),
            _ => Mapping(Place(head.Start), depth),
        };
    }

    private YamlSequence? Sequence(SourceLocation start, int depth)
    {
        List<YamlNode> items = [];
        while (Peek() is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        _parser.MoveNext();
        return new YamlSequence(start, items);
    }

    private YamlMapping? Mapping(SourceLocation start, int depth)
    {
        YamlMapping mapping = new(start);
        while (Peek() is not MappingEnd)
        {
            if (Node(depth + 1) is not { } key || Node(depth + 1) is not { } value)
            {
                return null;
            }

            Add(mapping, key, value);
        }

        _parser.MoveNext();
        return mapping;
    }

    private void Add(YamlMapping mapping, YamlNode key, YamlNode value)
    {
        if (key is not YamlScalar name)
        {
            _context.Error(Cxp.WrongKind, key.Location, $"found {key.Kind} as a key; expected a word");
        }
        else if (!mapping.TryAdd(new YamlEntry(name, value)))
        {
            SourceLocation first = mapping.Find(name.Text)!.Key.Location;
            _context.Error(Cxp.KeyTwice, name.Location, $"the key '{Quote.Of(name.Text)}' is there twice; the first is at {first}");
        }
    }

    private YamlNode? Refuse(ParsingEvent at, string message)
    {
        _context.Error(Cxp.Unsupported, Place(at.Start), message);
        return null;
    }

    private ParsingEvent Peek()
    {
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        return _parser.Current ?? throw new YamlException("the file ends too early");
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (Peek() is not T)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "unexpected " + _parser.Current.GetType().Name);
        }

        _parser.MoveNext();
    }

    private SourceLocation Place(in Mark mark) => new(_context.File, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
