using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxlSim.Views.Tests;

/// <summary>A page is one file, runs only what is its own, and is the same for the same machine.</summary>
public partial class MachineReportPageTests
{
    private const string Hostile = "</script><script>alert(1)</script><!--{{style}}";

    private static readonly MachineReport Report = GivenReport.Of(Given.OneCard, "create-region: {decoder: decoder0.0, size: 512MiB}");

    [Fact]
    public void SameMachine_HasTheSamePage() =>
        MachineReportPage.Render(GivenReport.Of(Given.OneCard, "create-region: {decoder: decoder0.0, size: 512MiB}")).Should().Be(MachineReportPage.Render(Report));

    /// <summary>A name cannot end the element that it stands in, and slots of the template are filled once.</summary>
    [Fact]
    public void Names_StayNames()
    {
        string page = MachineReportPage.Render(Report with { Platform = Hostile });

        ScriptEnd().Matches(page).Should().HaveCount(2);
        page.Should().NotContain("<script>alert").And.Contain("<title>&lt;/script&gt;");
        JsonDocument.Parse(Data().Match(page).Groups["data"].Value).RootElement.GetProperty("platform").GetString().Should().Be(Hostile);
    }

    [Fact]
    public void Policy_AllowsOnlyThePagesOwnStyleAndScript()
    {
        string page = MachineReportPage.Render(Report);
        string policy = Policy().Match(page).Groups["policy"].Value;

        policy.Should().Be($"default-src 'none'; style-src '{Hash(Style().Match(page).Groups["text"].Value)}'; script-src '{Hash(Script().Match(page).Groups["text"].Value)}'; base-uri 'none'; form-action 'none'");
        policy.Should().NotContain("unsafe");
    }

    /// <summary>The one address in it is the name of SVG, which nobody fetches.</summary>
    [Fact]
    public void Page_NamesNothingElsewhere()
    {
        string page = MachineReportPage.Render(Report);

        Elsewhere().Matches(page).Select(match => match.Value).Distinct().Should().Equal("http://www.w3.org/2000/svg");
        page.Should().NotContain(" src=").And.NotContain("@import").And.NotContain("innerHTML").And.NotContain("{{");
    }

    /// <summary>Numbers of a script are exact up to 2^53: what may be larger is a string.</summary>
    [Fact]
    public void Json_HasAddressesAndSizesAsHexadecimalStrings()
    {
        JsonElement root = JsonDocument.Parse(MachineReportJson.Render(Report)).RootElement;

        root.EnumerateObject().Select(member => member.Name).Should().Equal(
            "platform", "kernel", "commandLine", "seed", "phase", "kernelTime", "capacities", "regions", "windows", "topology", "addresses", "memdevs", "decoders", "timeline", "memory", "refusals", "curves");
        root.GetProperty("regions")[0].GetProperty("range").EnumerateArray().Select(end => end.GetString()).Should().Equal("0x1000000000", "0x101fffffff");
        root.GetProperty("capacities")[0].GetProperty("size").GetString().Should().Be("0x40000000");
        root.GetProperty("timeline").GetProperty("phases")[0].GetProperty("start").GetInt64().Should().Be(0);
    }

    [Fact]
    public void Curves_AreThereWhereSomebodyMeasured()
    {
        JsonElement root = JsonDocument.Parse(MachineReportJson.Render(Report with { Curves = [new LatencyCurve("reads", [new LatencyPoint(1.5, 230)])] })).RootElement;

        root.GetProperty("curves").GetRawText().Should().Be("""[{"name":"reads","points":[{"bandwidth":1.5,"latency":230}]}]""");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("</script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptEnd();

    [GeneratedRegex("id=\"data\">(?<data>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<style>(?<text>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<script>(?<text>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("[a-z]+://[^\"' ]*")]
    private static partial Regex Elsewhere();
}
