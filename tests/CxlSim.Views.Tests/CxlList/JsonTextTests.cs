namespace CxlSim.Views.Tests;

public class JsonTextTests
{
    [Fact]
    public void Objects_AreIndentedAsJsonCDoes() =>
        JsonText.Render(new JsonMap().Add("a", 1).Add("b", new List<object> { "x", true }).Add("c", new List<object>()).Add("d", null))
            .Should().Be("{\n  \"a\":1,\n  \"b\":[\n    \"x\",\n    true\n  ],\n  \"c\":[]\n}\n");

    /// <summary>A device's firmware version may be anything.</summary>
    [Fact]
    public void Strings_AreEscaped() => JsonText.Render("a\"\\/\n\t\u0001ÿ").Should().Be("\"a\\\"\\\\\\/\\n\\t\\u0001ÿ\"\n");
}
