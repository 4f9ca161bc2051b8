using System.Text.Json;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>A translation as a line of text, and as a line of JSON.</summary>
public class TranslationViewTests
{
    private static readonly AddressRoutes Routes = Given.WithRegion().Machine.Routes;
    private static readonly RouteDevice Card = Routes.Devices[0];
    private static readonly Hpa Start = new(0x1000000000);

    [Fact]
    public void Text_Forward()
    {
        Text(view => Forward(view, 0x1000000123)).Should().Be("0x1000000123  mem0  0x123\n");
        Text(view => Forward(view, 0x1040000000)).Should().Be("0x1040000000  no committed decoder of mem0 claims it\n");
        Text(view => Forward(view, 0xffffffffffffffff)).Should().Be("0xffffffffffffffff  no window claims it\n");
    }

    /// <summary>After a reset of its bus a device is as from power-on, and region and decoder are still there for the kernel.</summary>
    [Fact]
    public void SwitchThatIsOff_IsNamed()
    {
        MachineSession session = Given.WithRegion();
        session.Kernel.HostBus.WriteConfig(session.Machine.Devices[0].Address!.Value, 0x118, 2, 0);

        MissReason.Of(session.Machine.Routes.Explain(Start)).Should().Be("mem0 decodes nothing: Mem_Enable is clear");
    }

    [Theory]
    [InlineData(0x1000000000UL, 0x1000000000UL, "0x10  0x1000000000\n")]
    [InlineData(0x1000000000UL, 0x1000000300UL, "0x10  hardware 0x1000000000  driver 0x1000000300\n")]
    [InlineData(0x1000000000UL, null, "0x10  hardware 0x1000000000  driver none\n")]
    [InlineData(null, 0x1000000300UL, "0x10  hardware none  driver 0x1000000300\n")]
    [InlineData(null, null, "0x10  no address leads to it\n")]
    public void Text_Reverse(ulong? hardware, ulong? driver, string expected) => Text(view => view.Write(Back(0x10, hardware, driver))).Should().Be(expected);

    [Theory]
    [InlineData(0x3fffffffUL, "0x3fffffff  no address leads to it\n")]
    [InlineData(0x40000000UL, "0x40000000  past the capacity of mem0, 1 GiB\n")]
    public void Text_ReversePastTheEnd(ulong dpa, string expected) => Text(view => view.Write(Back(dpa, null, null))).Should().Be(expected);

    [Fact]
    public void Text_Explained()
    {
        string[] story = [.. StoryText.Lines(Routes.Explain(Start))];
        Text(view => Forward(view, Start.Value), explain: true).Should().Be(string.Join('\n', ["0x1000000000  mem0  0x0", .. story, ""]));
        Text(view => view.Write(Routes.Reverse(Card, Dpa.Zero)), explain: true).Should().Be(
            string.Join('\n', ["0x0  0x1000000000", "  driver: decoder2.0 is at position 0 of region0", .. story, ""]));
    }

    [Fact]
    public void Json_Forward()
    {
        Json(view => Forward(view, 0x1000000123)).Should().Be("""{"hpa":"0x1000000123","outcome":"Hit","memdev":"mem0","device":"card","dpa":"0x123"}""" + "\n");
        Json(view => Forward(view, 0x1040000000)).Should().Be(
            """{"hpa":"0x1040000000","outcome":"NoEndpointDecoder","reason":"no committed decoder of mem0 claims it"}""" + "\n");
    }

    [Fact]
    public void Json_Reverse()
    {
        Json(view => view.Write(Routes.Reverse(Card, new Dpa(0x40)))).Should().Be(
            """{"dpa":"0x40","memdev":"mem0","device":"card","hpa":"0x1000000040","driver_hpa":"0x1000000040","region":"region0"}""" + "\n");
        Json(view => view.Write(Back(0x40, null, null))).Should().Be(
            """{"dpa":"0x40","memdev":"mem0","device":"card","hpa":null,"driver_hpa":null,"region":null,"reason":"no address leads to it"}""" + "\n");
    }

    /// <summary>Names and order are a promise.</summary>
    [Fact]
    public void Json_Explained()
    {
        string line = Json(view => Forward(view, 0x1000000123), explain: true);
        line.IndexOf('\n', StringComparison.Ordinal).Should().Be(line.Length - 1);
        JsonElement levels = JsonDocument.Parse(line).RootElement.GetProperty("levels");
        levels.GetArrayLength().Should().Be(3);
        levels[2].EnumerateObject().Select(member => member.Name).Should().Equal(
            "unit", "port", "outcome", "address", "decoder", "xor_maps", "position", "target", "dpa_base", "offset", "decoders", "uncommitted");
        levels[2].GetProperty("decoder").ToString().Should().Be(
            """{"unit":"card HDM decoder 0","name":"decoder2.0","start":"0x1000000000","last":"0x103fffffff","ways":1,"granularity":256,"fault":null}""");
        levels[1].GetProperty("decoder").ValueKind.Should().Be(JsonValueKind.Null);
        (levels[0].GetProperty("position").GetInt32(), levels[0].GetProperty("target").GetString()).Should().Be((0, "host bridge 5"));
        (levels[2].GetProperty("offset").GetString(), levels[2].GetProperty("dpa_base").GetString()).Should().Be(("0x123", "0x0"));
        levels[0].GetProperty("decoders").GetArrayLength().Should().Be(1);
    }

    private static ReverseTranslation Back(ulong dpa, ulong? hardware, ulong? driver) =>
        new(Card, new Dpa(dpa), hardware is { } found ? new Hpa(found) : null, driver is { } reported ? new Hpa(reported) : null, null);

    private static void Forward(ITranslationView view, ulong address)
    {
        Dpa[] dpa = new Dpa[1];
        ushort[] target = new ushort[1];
        Routes.Translate([new Hpa(address)], dpa, target);
        view.Write(new Hpa(address), target[0], dpa[0]);
    }

    private static string Text(Action<ITranslationView> write, bool explain = false)
    {
        using StringWriter output = new();
        write(new TranslationText(Routes, output, explain));
        return output.ToString();
    }

    private static string Json(Action<ITranslationView> write, bool explain = false)
    {
        using StringWriter output = new();
        write(new TranslationJson(Routes, output, explain));
        return output.ToString();
    }
}
