using System.Text.RegularExpressions;

namespace CxlSim.Architecture.Tests;

/// <summary>The rooms of a project, and which types of each other their files name. It reads text: a member that bears the name of a type hides it in its class.</summary>
internal sealed partial class ProjectRooms
{
    /// <summary>Words before a type's name that make no member of it.</summary>
    private static readonly HashSet<string> Keywords =
    [
        "is", "new", "return", "as", "or", "and", "not", "case", "in", "out", "ref", "await", "typeof", "else", "when", "where", "class", "struct", "record", "interface", "enum", "throw", "static",
        "readonly", "public", "internal", "protected", "private", "override", "sealed", "abstract", "virtual", "async", "const", "params", "using", "from", "scoped", "required", "partial", "implicit", "explicit", "operator",
    ];

    private readonly Dictionary<(string User, string Used), SortedSet<string>> _uses = [];

    /// <param name="project">The project's folder, from the root.</param>
    /// <param name="roomOf">The room of a folder of the project and a class in it.</param>
    public ProjectRooms(string project, Func<string, string, string> roomOf)
    {
        (string Class, string Room, string Text)[] files =
        [
            .. Repository.Code(project + "/").Select(file => (ClassOf(file), roomOf(Path.GetDirectoryName(Path.GetRelativePath(project, file.Path))!, ClassOf(file)), CodeOf(file.Text))),
        ];
        ILookup<string, (string Class, string Room)> types = files
            .SelectMany(file => TopLevelType().Matches(file.Text).Select(match => (Type: match.Groups["name"].Value, file.Class, file.Room)))
            .ToLookup(found => found.Type, found => (found.Class, found.Room));
        ILookup<string, string> members = files.SelectMany(file => MembersOf(file.Text).Select(name => (file.Class, Name: name))).ToLookup(found => found.Class, found => found.Name);
        foreach ((string user, string room, string text) in files)
        {
            foreach (string type in TypeName().Matches(text).Select(match => match.Value).Distinct().Where(name => types.Contains(name) && !members[user].Contains(name)))
            {
                (string used, string usedRoom) = types[type].First();
                if (used != user && usedRoom != room)
                {
                    Add(room, usedRoom, $"{user} names {type}");
                }
            }
        }
    }

    /// <summary>Rooms that use each other, directly or by way of others, with a few of the types that lead on: the shortest circles, none of which shares a room with another.</summary>
    public IReadOnlyList<string> Circles()
    {
        HashSet<string> told = [];
        List<string> circles = [];
        foreach (string[] way in _uses.Keys.Select(pair => pair.User).Distinct().Order(StringComparer.Ordinal).Select(WayBack).OfType<string[]>().OrderBy(way => way.Length))
        {
            if (!told.Overlaps(way))
            {
                told.UnionWith(way);
                circles.Add(Tell(way));
            }
        }

        return circles;
    }

    private static string ClassOf(SourceFile file) => file.Name.Split('.')[0];

    /// <summary>Without comments and texts, but with what stands between the braces of a text.</summary>
    private static string CodeOf(string text) => NoCode().Replace(text, match => match.Value.StartsWith('$') ? string.Join(' ', Hole().Matches(match.Value)) : "\"\"");

    private static IEnumerable<string> MembersOf(string text) => EnumMember().Matches(text)
        .Concat(Member().Matches(text).Where(match => !Keywords.Contains(match.Groups["type"].Value) && match.Groups["type"].Value != match.Groups["name"].Value))
        .Select(match => match.Groups["name"].Value);

    private string Tell(string[] way) => string.Join(
        "; ",
        way.Zip(way.Skip(1).Append(way[0]), (user, used) => $"{Shown(user)} uses {Shown(used)}: {string.Join(", ", _uses[(user, used)].Take(3))}"));

    private static string Shown(string room) => room.Length == 0 ? "the root" : room;

    private void Add(string user, string used, string how)
    {
        if (!_uses.TryGetValue((user, used), out SortedSet<string>? known))
        {
            _uses.Add((user, used), known = new SortedSet<string>(StringComparer.Ordinal));
        }

        known.Add(how);
    }

    private string[]? WayBack(string room)
    {
        HashSet<string> seen = [];
        Queue<string[]> open = new([[room]]);
        while (open.TryDequeue(out string[]? way))
        {
            foreach (string used in _uses.Keys.Where(pair => pair.User == way[^1]).Select(pair => pair.Used).Where(seen.Add))
            {
                if (used == room)
                {
                    return way;
                }

                open.Enqueue([.. way, used]);
            }
        }

        return null;
    }

    [GeneratedRegex("""//[^\n]*|\$*\"{3}.*?\"{3}|\$?@?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""", RegexOptions.Singleline)]
    private static partial Regex NoCode();

    [GeneratedRegex(@"(?<=\{)[^{}]+")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|unsafe|ref) )*(?:class|struct|interface|enum|record struct|record class|record|delegate \S+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    /// <summary>A property, field, parameter or method that is declared.</summary>
    [GeneratedRegex(@"(?<type>[A-Za-z_]\w*)(?:<[^;(){}=]*>)?[\]\[?>]*\s+(?<name>[A-Z]\w*)\s*(?=[{;,)(]|=>|=[^=])")]
    private static partial Regex Member();

    [GeneratedRegex(@"^    (?<name>[A-Z]\w*)(?: = [^,\n]+)?,?\r?$", RegexOptions.Multiline)]
    private static partial Regex EnumMember();

    /// <summary>No member of something, no name of an argument, and none that an initializer sets.</summary>
    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*\b(?!:(?!:))(?<![{,]\s*\w+(?=\s*=[^=>]))")]
    private static partial Regex TypeName();
}
