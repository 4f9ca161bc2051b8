namespace CxlSim.Cli.Tests;

/// <summary>A line that is longer than its terminal is wide takes several rows, and is drawn again in the same place.</summary>
public class LineScreenTests
{
    [Theory]
    [InlineData("abcdefgh", "> abcdefgh", 1, 0)] // a full row: the cursor stands in the next
    [InlineData("abcdefghi", "> abcdefgh\ni", 1, 1)]
    [InlineData("abcdefghijklmnopqrs", "> abcdefgh\nijklmnopqr\ns", 2, 1)]
    [InlineData("abcdefghijklmnopqrs{Home}", "> abcdefgh\nijklmnopqr\ns", 0, 2)]
    [InlineData("abcdefghijklmnopqrs{Home}X", "> Xabcdefg\nhijklmnopq\nrs", 0, 3)]
    [InlineData("abcdefghijklmnopqrs{Home}{Delete}{Delete}", "> cdefghij\nklmnopqrs", 0, 2)]
    [InlineData("abcdefghijklmnopqrs{Left}{Left}{Left}", "> abcdefgh\nijklmnopqr\ns", 1, 8)]
    [InlineData("abcdefghi{Backspace}{Backspace}", "> abcdefg", 0, 9)]
    [InlineData("abcdefghijklmnopqrs{^U}", ">", 0, 2)]
    [InlineData("abc{^L}d", "> abcd", 0, 6)]
    public void Line_IsShownOverRows(string keys, string screen, int row, int column)
    {
        ScriptedTerminal terminal = new(keys + "{F5}", 10);
        List<(int, int)> cursors = [];
        terminal.Waiting += () => cursors.Add(terminal.Cursor);
        new LineEditor(terminal, new LineHistory(null), _ => new Completion(0, [])).Read("> ");

        terminal.Screens[^1].TrimEnd().Should().Be(screen);
        cursors[^1].Should().Be((row, column));
    }

    [Theory]
    [InlineData("abcdefg{Home}{Enter}", 1)]
    [InlineData("abcdefgh{Home}{Enter}", 1)] // the row is full: the next one is free already
    [InlineData("abcdefghi{Home}{Enter}", 2)]
    public void WhatFollows_BeginsInAFreeRow(string keys, int row)
    {
        ScriptedTerminal terminal = new(keys, 10);
        new LineEditor(terminal, new LineHistory(null), _ => new Completion(0, [])).Read("> ");

        terminal.Cursor.Should().Be((row, 0));
    }

    [Fact]
    public void EachLine_BeginsWhereTheOutputEnds()
    {
        ScriptedTerminal terminal = new("abcdefghijkl{Enter}x{Home}y{Enter}", 10);
        LineEditor editor = new(terminal, new LineHistory(null), _ => new Completion(0, []));
        editor.Read("> ");
        terminal.Write("out\n");
        editor.Read("> ");

        terminal.Screen.Should().Be("> abcdefgh\nijkl\nout\n> yx");
    }
}
