using System.Text;

namespace CxlSim.Views.Tests;

/// <summary>What is a dumped table, and what only looks like one.</summary>
public sealed class TableBytesTests
{
    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(20, true)]
    [InlineData(35, true)]
    [InlineData(36, true)]
    public void TableThatWasCut_IsOneWhileItsLengthIsThere(int bytes, bool isTable)
    {
        byte[] table = [.. Encoding.ASCII.GetBytes("CEDT"), 0x6c, 0, 0, 0, .. new byte[100]];

        TableBytes.IsTable(table[..bytes]).Should().Be(isTable);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("CEDT and more")]
    [InlineData("CEDT\nis a table")]
    [InlineData("CEDT @ 0x000000007FB71000\n    0000: 43 45 44 54 6C 00 00 00\n")]
    public void Text_IsNone(string text) => TableBytes.IsTable(Encoding.ASCII.GetBytes(text)).Should().BeFalse();
}
