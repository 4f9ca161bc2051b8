namespace CxlSim.Cli.Tests;

/// <summary>What keys do to a line. The bindings are readline's.</summary>
public class LineEditorTests
{
    private static readonly string[] Words = ["step", "step-file", "info", "/sys/bus/", "/sys/block/", "mem0:"];

    [Theory]
    [InlineData("abc{Enter}", "abc")]
    [InlineData("abc{Left}{Left}x{Enter}", "axbc")]
    [InlineData("abc{Home}x{End}y{Enter}", "xabcy")]
    [InlineData("abc{^A}x{^E}y{Enter}", "xabcy")]
    [InlineData("abc{^B}{^B}{^F}x{Enter}", "abxc")]
    [InlineData("abc{Left}{Right}{Right}{Right}x{Enter}", "abcx")]
    [InlineData("abc{^A}{Left}x{Enter}", "xabc")]
    [InlineData("abc{Backspace}{Enter}", "ab")]
    [InlineData("abc{Left}{Backspace}{Enter}", "ac")]
    [InlineData("{Backspace}{Delete}{^W}{^U}{^K}a{Enter}", "a")]
    [InlineData("abc{Left}{Left}{Delete}{Enter}", "ac")]
    [InlineData("abc{Left}{Left}{^D}{Enter}", "ac")]
    [InlineData("abc{^D}{Enter}", "abc")]
    [InlineData("abcd{Left}{Left}{^K}{Enter}", "ab")]
    [InlineData("abcd{Left}{Left}{^U}{Enter}", "cd")]
    [InlineData("set /sys/bus x{^W}y{Enter}", "set /sys/bus y")]
    [InlineData("set /sys/bus{^W}dev{Enter}", "set /sys/dev")]
    [InlineData("one two {!Backspace}x{Enter}", "one x")]
    [InlineData("one two{^Left}x{Enter}", "one xtwo")]
    [InlineData("one two{!b}{!b}x{Enter}", "xone two")]
    [InlineData("one two{Home}{^Right}x{Enter}", "onex two")]
    [InlineData("one two{Home}{!f}{!f}x{Enter}", "one twox")]
    [InlineData("one two{Home}{!d}{Enter}", " two")]
    [InlineData("one two{Esc}bx{Enter}", "one xtwo")]
    [InlineData("ab{F5}{^G}{!z}c{Enter}", "abc")]
    [InlineData("abc{^C}de{Enter}", "de")]
    [InlineData("{Enter}", "")]
    [InlineData("a{^J}", "a")]
    [InlineData("ab{^H}{Enter}", "a")]
    public void Keys_EditTheLine(string keys, string line) => Editor(new ScriptedTerminal(keys)).Read("> ").Should().Be(line);

    [Theory]
    [InlineData("{^D}")]
    [InlineData("a{Backspace}{^D}")]
    [InlineData("")]
    [InlineData("abc")]
    public void EndOfInput_IsNoLine(string keys) => Editor(new ScriptedTerminal(keys)).Read("> ").Should().BeNull();

    [Theory]
    [InlineData("{Up}{Enter}", "two")]
    [InlineData("{Up}{Up}{Enter}", "one")]
    [InlineData("{Up}{Up}{Up}{Enter}", "one")]
    [InlineData("dra{Up}{Up}{Down}{Down}ft{Enter}", "draft")]
    [InlineData("{Up}{Up}{Down}!{Enter}", "two!")]
    [InlineData("{^P}{^P}{^N}{Enter}", "two")]
    [InlineData("x{Down}y{Enter}", "xy")]
    [InlineData("{^R}on{Enter}", "one")]
    [InlineData("{^R}o{Enter}", "two")]
    [InlineData("{^R}o{^R}{Enter}", "one")]
    [InlineData("{^R}o{^R}{^R}{Enter}", "one")]
    [InlineData("{^R}on{Backspace}{Enter}", "two")]
    [InlineData("{^R}on{Left}x{Enter}", "onxe")]
    [InlineData("a{^R}on{^C}b{Enter}", "ab")]
    [InlineData("a{^R}zz{Enter}", "a")]
    [InlineData("{^R}{Enter}", "")]
    public void History_GivesLinesAgain(string keys, string line)
    {
        ScriptedTerminal terminal = new("one{Enter}two{Enter}two{Enter}" + keys);
        LineEditor editor = Editor(terminal);
        for (int i = 0; i < 3; i++)
        {
            editor.Read("> ");
        }

        editor.Read("> ").Should().Be(line);
    }

    [Theory]
    [InlineData("inf{Tab}x{Enter}", "info x")]
    [InlineData("st{Tab}{Enter}", "step")]
    [InlineData("step-{Tab}{Enter}", "step-file ")]
    [InlineData("STEP-{Tab}{Enter}", "step-file ")]
    [InlineData("a step-{Tab}{Enter}", "a step-file ")]
    [InlineData("/sys/bu{Tab}x{Enter}", "/sys/bus/x")]
    [InlineData("mem{Tab}0x1{Enter}", "mem0:0x1")]
    [InlineData("infx{Left}{Tab}{Enter}", "info x")]
    [InlineData("zz{Tab}{Enter}", "zz")]
    public void Tab_CompletesTheWordBeforeTheCursor(string keys, string line) => Editor(new ScriptedTerminal(keys)).Read("> ").Should().Be(line);

    [Fact]
    public void Tab_ShowsWhatThereIsToChooseFrom_AndTheLineAgain()
    {
        ScriptedTerminal terminal = new("a /sys/b{Tab}");
        Editor(terminal).Read("> ");

        terminal.Screen.Should().Be("> a /sys/b\nbus/    block/\n> a /sys/b");
        terminal.Bells.Should().Be(0);
    }

    [Fact]
    public void Tab_ShowsSomeOfVeryMany()
    {
        ScriptedTerminal terminal = new("m{Tab}", 20);
        new LineEditor(terminal, new LineHistory(null), typed => Completion.Of(0, typed, [.. Enumerable.Range(100, 150).Select(i => $"m{i}"), "m"])).Read("> ");

        string[] rows = terminal.Screen.Split('\n');
        rows[1].Should().Be("m100  m101  m102");
        rows[^2].Should().Be("and 51 more");
    }

    [Theory]
    [InlineData("zz{Tab}")]
    [InlineData("{Up}")]
    [InlineData("{Down}")]
    public void WhatIsNotThere_RingsTheBell(string keys)
    {
        ScriptedTerminal terminal = new(keys);
        Editor(terminal).Read("> ");

        terminal.Bells.Should().Be(1);
    }

    [Fact]
    public void DroppedLine_StaysOnTheScreen()
    {
        ScriptedTerminal terminal = new("abc{Left}{^C}d{Enter}");
        Editor(terminal).Read("> ");

        terminal.Screen.Should().Be("> abc^C\n> d");
        terminal.Cursor.Should().Be((2, 0));
    }

    [Fact]
    public void Interrupts_AreKeysWhileALineIsRead_AndSignalsElse()
    {
        ScriptedTerminal terminal = new("a{Enter}");
        List<bool> keys = [];
        terminal.Waiting += () => keys.Add(terminal.HasInterruptKey);
        Editor(terminal).Read("> ");

        keys.Should().Equal(true, true);
        terminal.HasInterruptKey.Should().BeFalse();
    }

    [Fact]
    public void Search_ShowsWhatItLooksFor()
    {
        ScriptedTerminal terminal = new("one{Enter}{^R}nx");
        LineEditor editor = Editor(terminal);
        editor.Read("> ");
        editor.Read("> ");

        terminal.Screens.Should().ContainInOrder("> one\n(reverse-i-search)'': ", "> one\n(reverse-i-search)'n': one", "> one\n(failed reverse-i-search)'nx': one");
    }

    private static LineEditor Editor(ScriptedTerminal terminal) => new(terminal, new LineHistory(null), Complete);

    private static Completion Complete(string line)
    {
        int start = line.LastIndexOf(' ') + 1;
        return Completion.Of(start, line[start..], Words);
    }
}
