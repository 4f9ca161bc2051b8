using CxlSim.Firmware;

namespace CxlSim.Kernel.Tests;

/// <summary>What firmware writes is what the kernel reads; what it does not know, it passes over.</summary>
public sealed class AmlReaderTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(0xffUL)]
    [InlineData(0x100UL)]
    [InlineData(0xffffUL)]
    [InlineData(0x1_0000UL)]
    [InlineData(0xffff_ffffUL)]
    [InlineData(0x1_0000_0000UL)]
    [InlineData(ulong.MaxValue)]
    public void Integers_ComeBack(ulong value) => Device(aml => aml.Name("_UID", value)).Integer("_UID").Should().Be(value);

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(5000)]
    public void Buffers_ComeBackWhateverTheLengthOfTheirLength(int size)
    {
        byte[] bytes = [.. Enumerable.Range(0, size).Select(i => (byte)(i & 0xff))];

        Device(aml => aml.Name("_CRS", bytes.AsSpan())).Value("_CRS")!.Buffer.Should().Equal(bytes);
    }

    [Fact]
    public void HardwareIds_AreHidThenCid()
    {
        AmlNode device = Device(aml =>
        {
            aml.Name("_HID", "ACPI0016");
            aml.Name("_CID", [0x080a_d041UL, 0x030a_d041UL]);
        });

        device.HardwareIds().Should().Equal("ACPI0016", "PNP0A08", "PNP0A03");
    }

    [Fact]
    public void Devices_NestInScopesAndDevices()
    {
        AmlNode root = Read(aml => aml.Scope("\\_SB_", scope =>
        {
            scope.Device("PC00", bridge =>
            {
                bridge.Name("_UID", 7UL);
                bridge.Device("RP00", port => port.Name("_ADR", 0x1_0000UL));
                bridge.Name("_SEG", 3UL);
            });
            scope.Device("CXLM", cxl => cxl.Name("_HID", "ACPI0017"));
        }));

        root.Children.Select(child => child.Name).Should().Equal("PC00", "CXLM");
        root.Children[0].Integer("_SEG").Should().Be(3);
        root.Children[0].Children.Single().Integer("_ADR").Should().Be(0x1_0000);
    }

    [Fact]
    public void Methods_ArePassedOver()
    {
        byte[] method = [0x14, 0x0a, .. "_OSC"u8, 0x04, 0xa4, 0x6b, 0x08, 0x08]; // its body looks like the start of a name
        byte[] name = Aml(aml => aml.Name("_UID", 9UL));

        Read([.. method, .. name]).Integer("_UID").Should().Be(9);
    }

    [Fact]
    public void UnknownTerm_EndsItsBlockAndNoMore()
    {
        AmlWriter known = new();
        known.Device("DEV1", device => device.Name("_UID", 2UL));
        byte[] unknown = [0x5b, 0x82, 0x09, .. "DEV0"u8, 0xfe, 0x01, 0x02, 0x03];

        AmlNode root = Read([.. unknown, .. known.ToArray()]);

        root.Children.Select(child => child.Name).Should().Equal("DEV0", "DEV1");
        root.Children[1].Integer("_UID").Should().Be(2);
    }

    [Fact]
    public void FirstDefinition_Counts() => Device(aml =>
    {
        aml.Name("_UID", 1UL);
        aml.Name("_UID", 2UL);
    }).Integer("_UID").Should().Be(1);

    [Fact]
    public void TruncationAnywhere_IsNoError()
    {
        byte[] aml = Aml(writer => writer.Scope("\\_SB_", scope => scope.Device("PC00", device =>
        {
            device.Name("_HID", "ACPI0016");
            device.Name("_CRS", new byte[80].AsSpan());
            device.Name("_CID", [1UL, 0x1234_5678UL]);
        })));

        for (int length = 0; length < aml.Length; length++)
        {
            int cut = length;
            FluentActions.Invoking(() => Read(aml[..cut])).Should().NotThrow("{0} bytes of {1} are left", cut, aml.Length);
        }
    }

    [Fact]
    public void EndlessNesting_EndsSomewhere()
    {
        byte[] scopes = [.. Enumerable.Repeat(new byte[] { 0x10, 0xcf, 0xff, 0xff, 0xff, 0x41, 0x41, 0x41, 0x41 }, 5000).SelectMany(scope => scope)];

        FluentActions.Invoking(() => Read(scopes)).Should().NotThrow();
    }

    private static AmlNode Device(Action<AmlWriter> body) => Read(aml => aml.Device("DEV0", body)).Children.Single();

    private static AmlNode Read(Action<AmlWriter> body) => Read(Aml(body));

    private static AmlNode Read(byte[] aml) => AmlReader.Read([.. new byte[36], .. aml]);

    private static byte[] Aml(Action<AmlWriter> body)
    {
        AmlWriter writer = new();
        body(writer);
        return writer.ToArray();
    }
}
