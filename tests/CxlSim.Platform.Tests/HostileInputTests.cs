using System.Diagnostics;

namespace CxlSim.Platform.Tests;

/// <summary>Input that wants to break the reader. It answers with diagnostics, soon.</summary>
public class HostileInputTests
{
    /// <summary>Far above what any of these needs, far below what an attack on time would take.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string> Texts => new()
    {
        { "nothing", "" },
        { "NUL bytes", new string('\0', 100_000) },
        { "10 MB of brackets", new string('[', 10_000_000) },
        { "brackets within the longest text", new string('[', 1_000_000) },
        { "braces", Repeated("{a: ", 200_000) },
        { "dashes", Repeated("- ", 500_000) },
        { "question marks", Repeated("? ", 500_000) },
        { "switches", BridgeWith(Repeated("{switch: {ports: [", 5_000)) },
        { "an alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]" },
        { "a number of 400 digits", $"memory: {{cpus: {new string('9', 400)}}}" },
        { "a size of 400 digits", $"memory: {{dram: {new string('9', 400)}GiB}}" },
        { "a duration of 400 digits", $"timing: {{firmware: {new string('9', 400)}s}}" },
        { "duplicate keys", Repeated("name: a\n", 50_000) },
        { "unknown keys", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i}: 1\n")) },
        { "tabs", Repeated("\t", 100_000) + "x" },
        { "512 host bridges", "host_bridges:\n" + string.Concat(Enumerable.Range(0, 512).Select(i => $"  - {{uid: {i}, bus: {i}, root_ports: [{{}}]}}\n")) },
        { "windows at one place", "windows: [" + Repeated("{base: 0x1000000000, size: 1GiB, targets: [1]}, ", 15_000) + "]" },
        { "all of memory", "memory: {dram: 16777215TiB, cpus: 4294967295}" },
        { "capacities past 64 bits", $"{BridgeWith(Repeated("{type3: {volatile: 4096TiB, persistent: 4096TiB}}, ", 9_000))}\nwindows: [{{targets: [1]}}]" },
        { "a window at the end", "windows: [{base: 0xfffffffffffff000, size: 16EiB, targets: [1]}, {base: 0xffffff0000000, targets: [1]}, {targets: [1]}]" },
        { "a lone surrogate", "\ud800: \udfff" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_IsRefused_WhateverItHolds(string what, string text)
    {
        PlatformReadResult result = Timed(text);
        result.Platform.Should().BeNull(what);
        result.Diagnostics.Should().NotBeEmpty(what);
        result.Diagnostics.Should().OnlyContain(d => d.Message.Length < 600 && d.Location.Line > 0 && d.Location.Column > 0, what);
    }

    [Theory]
    [InlineData("single-device.yaml")]
    [InlineData("qemu-single.yaml")]
    [InlineData("xor-4way.yaml")]
    [InlineData("rch.yaml")]
    public void MutatedFiles_NeverThrow(string file)
    {
        string original = File.ReadAllText(RepositoryRoot.File("platforms/" + file));
        Random random = new(20240601);
        for (int i = 0; i < 1_000; i++)
        {
            Timed(Mutated(original, random));
        }
    }

    [Fact]
    public void EveryPrefixOfAFile_IsAnswered()
    {
        string original = File.ReadAllText(RepositoryRoot.File("platforms/single-device.yaml"));
        for (int length = 0; length < original.Length; length++)
        {
            Timed(original[..length]);
        }
    }

    /// <summary>The levels of a file end behind nineteen switches and a device.</summary>
    [Theory]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public void SwitchesBelowOneAnother_HaveAnEnd(int count, bool isRead)
    {
        string tree = $"{Repeated("{switch: {ports: [", count)}{{type3: {{volatile: 1GiB}}}}{Repeated("]}}", count)}";

        PlatformReadResult result = Given.Reading(BridgeWith(tree));

        (result.Platform is not null).Should().Be(isRead);
        result.Diagnostics.Select(diagnostic => diagnostic.Id).Should().Equal(isRead ? [] : ["CXP0011"]);
    }

    /// <summary>Letters beyond the first plane stay whole in a message; half of one does not go to anybody's terminal.</summary>
    [Theory]
    [InlineData("\ud83d\ude80 x", "found '\ud83d\ude80 x'")]
    [InlineData("\"\\a x\"", "found '? x'")]
    public void Messages_QuoteLetters(string name, string quoted) => Given.Reading($"name: {name}").Diagnostics[0].Message.Should().StartWith(quoted);

    /// <summary>One to four changes: a character, a token of YAML or of the language, a line less, a line more.</summary>
    private static string Mutated(string text, Random random)
    {
        string[] tokens =
        [
            "{", "}", "[", "]", ":", "- ", "\n", "\t", "\0", "*a", "&a ", "!t ", "'", "\"", "#", "|", "0x", "-1",
            "99999999999999999999", "4096TiB", "0", "~", "none", "switch: ", "\ud800",
        ];
        for (int changes = random.Next(1, 5); changes > 0 && text.Length > 0; changes--)
        {
            int at = random.Next(text.Length);
            int length = random.Next(Math.Min(12, text.Length - at));
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, tokens[random.Next(tokens.Length)]),
                2 => text.Insert(random.Next(text.Length), text.Substring(at, length)),
                _ => text.Remove(at, length).Insert(at, tokens[random.Next(tokens.Length)]),
            };
        }

        return text;
    }

    private static PlatformReadResult Timed(string text)
    {
        Stopwatch watch = Stopwatch.StartNew();
        PlatformReadResult result = Given.Reading(text);
        watch.Elapsed.Should().BeLessThan(Bound);
        return result;
    }

    private static string BridgeWith(string rootPorts) => $"host_bridges: [{{uid: 1, bus: 0, root_ports: [{rootPorts}]}}]";

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
