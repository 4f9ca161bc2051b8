using System.Text.Json.Nodes;

namespace CxlSim.Platform.Tests;

/// <summary>What is told of the language is made from what its readers know.</summary>
public class LanguageTests
{
    [Theory]
    [InlineData("docs/platform.schema.json")]
    [InlineData("docs/scenario.schema.json")]
    [InlineData("docs/PLATFORM.md")]
    public void CommittedFiles_AreWhatTheProgramMakes(string path)
    {
        string made = path switch
        {
            "docs/platform.schema.json" => PlatformLanguage.Schema(),
            "docs/scenario.schema.json" => PlatformLanguage.ScenarioSchema(),
            _ => PlatformLanguage.Reference(),
        };
        string file = RepositoryRoot.File(path);
        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, made);
        }

        File.ReadAllText(file).Should().Be(made, "CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Platform.Tests writes it");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryKey_IsExplained(bool ofScenarios)
    {
        JsonObject schema = JsonNode.Parse(ofScenarios ? PlatformLanguage.ScenarioSchema() : PlatformLanguage.Schema())!.AsObject();
        IEnumerable<JsonObject> mappings = [schema, .. schema["definitions"]!.AsObject().Select(definition => definition.Value!.AsObject())];

        foreach (KeyValuePair<string, JsonNode?> key in mappings.SelectMany(mapping => mapping["properties"]!.AsObject()))
        {
            key.Value!["description"]!.GetValue<string>().Should().MatchRegex(@"^[A-Z].{3,}\.$", key.Key);
        }
    }
}
