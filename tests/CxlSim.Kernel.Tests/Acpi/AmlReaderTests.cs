using System.Diagnostics;
using System.Text;
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

        root.Devices().Select(device => device.Name).Should().Equal("PC00", "RP00", "CXLM");
        root.Devices().First().Integer("_SEG").Should().Be(3);
        root.Devices().First().Children.Single().Integer("_ADR").Should().Be(0x1_0000);
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

        root.Devices().Select(child => child.Name).Should().Equal("DEV0", "DEV1");
        root.Devices().Last().Integer("_UID").Should().Be(2);
    }

    [Fact]
    public void NamespaceOfARealMake_HasItsDevices()
    {
        AmlNode root = AmlReader.Read([CompiledNamespace.Dsdt]);

        root.Devices().Select(device => $"{device.Name} {string.Join(',', device.HardwareIds())}").Should().Equal(
            "LNKA PNP0C0F", "PC00 PNP0A08,PNP0A03", "RP00 ", "CX0C ACPI0016,PNP0A08,PNP0A03", "GONE ACPI0016");
        root.Devices().Where(device => !device.IsPresent).Select(device => device.Name).Should().Equal("GONE");
        AmlNode plain = root.Devices().Single(device => device.Name == "PC00");
        CrsReader.Read(plain.Value("_CRS")!.Buffer!, out (byte First, byte Last)? buses).Select(range => range.ToString()).Should().Equal("0x90000000-0x9fffffff");
        (buses, plain.Integer("_BBN"), plain.Value("_STA"), plain.Value("_OSC")).Should().Be(((0, 0x0b), 0UL, null, null), "what is computed is not known");
        CrsReader.Read(root.Devices().Single(device => device.Name == "CX0C").Value("_CRS")!.Buffer!, out buses);
        buses.Should().Be(((byte)0x0c, (byte)0x0d));
    }

    [Fact]
    public void FurtherTables_GoOnWithWhatIsThere()
    {
        AmlNode root = AmlReader.Read([CompiledNamespace.Dsdt, CompiledNamespace.Ssdt]);

        root.Devices().Select(device => (device.Name, device.Integer("_PXM"))).Should().Equal(
            ("LNKA", null), ("PC00", 1UL), ("RP00", null), ("CX0C", 3UL), ("GONE", null), ("CXLM", null));
        AmlReader.Read([CompiledNamespace.Ssdt]).Devices().Select(device => device.Name).Should().Equal(["CXLM"], "a scope that is not there is passed over");
    }

    [Fact]
    public void ExternalInFront_TakesNothingAway() =>
        Read([0x15, .. "ABCD"u8, 0, 0, .. Aml(aml => aml.Device("DEV0", device => device.Name("_UID", 2UL)))]).Devices().Single().Integer("_UID").Should().Be(2);

    /// <summary>Bytes that nobody understands may look like a scope that goes on for ever, or like a method.</summary>
    [Theory]
    [InlineData(new byte[] { 0xfe, 0x10, 0xcf, 0xff, 0xff, 0xff, 0x41, 0x41, 0x41, 0x41 })]
    [InlineData(new byte[] { 0xfe, 0x14, 0xcf, 0xff, 0xff, 0xff, 0x41, 0x41, 0x41, 0x41, 0 })]
    [InlineData(new byte[] { 0xfe, 0x08, 0x41, 0x41, 0x41, 0x41, 0x11, 0xcf, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x10, 0x20, 0x61, 0x61, 0x61, 0x61 })]
    [InlineData(new byte[] { 0x70, 0x01, 0x41, 0x41, 0x41, 0x41 })]
    public void WhatIsNotUnderstood_HidesNothingBehindIt(byte[] bytes) =>
        Read([.. bytes, .. Aml(aml => aml.Device("DEV0", device => device.Name("_UID", 2UL)))]).Devices().Single().Integer("_UID").Should().Be(2);

    /// <summary>Scopes go on with a device, from the root, from where they stand, from one level up, and by a name of something around.</summary>
    [Theory]
    [InlineData(new byte[] { 0x5c, 0x2e }, "_SB_PC00")]
    [InlineData(new byte[] { 0x2e }, "_SB_PC00")]
    [InlineData(new byte[] { 0x5c, 0x2f, 2 }, "_SB_PC00")]
    public void Scopes_AreFoundByTheirPath(byte[] prefix, string segments)
    {
        byte[] device = Aml(aml => aml.Scope("\\_SB_", scope => scope.Device("PC00", _ => { })));
        byte[] inside = [.. prefix, .. Encoding.ASCII.GetBytes(segments), .. Aml(aml => aml.Name("_UID", 7UL))];

        Read([.. device, 0x10, (byte)(inside.Length + 1), .. inside]).Devices().Single().Integer("_UID").Should().Be(7);
    }

    [Theory]
    [InlineData("^PC01")]
    [InlineData("PC01")]
    public void Scopes_AreFoundFromADeviceBesideThem(string name)
    {
        byte[] inside = [.. Encoding.ASCII.GetBytes(name), .. Aml(aml => aml.Name("_UID", 7UL))];
        byte[] beside = [.. "PC00"u8, 0x10, (byte)(inside.Length + 1), .. inside];

        AmlNode root = Read([.. Aml(aml => aml.Device("PC01", _ => { })), 0x5b, 0x82, (byte)(beside.Length + 1), .. beside]);

        root.Devices().Single(device => device.Name == "PC01").Integer("_UID").Should().Be(7);
    }

    /// <summary>A megabyte of terms of which each claims the rest of the table, or the rest up to a zero that does not come.</summary>
    [Theory]
    [InlineData(new byte[] { 0x14, 0x12, 0x41, 0x41, 0x41, 0x41, 0, 0xa4, 0x11, 0xcf, 0xff, 0xff, 0xff, 0x0c, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x08, 0x41, 0x41, 0x41, 0x41, 0x11, 0xcf, 0xff, 0xff, 0xff, 0x0c, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x08, 0x41, 0x41, 0x41, 0x41, 0x12, 0xcf, 0xff, 0xff, 0xff, 0xff, 0x11, 0xcf, 0xff, 0xff, 0xff, 0x0c, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x08, 0x41, 0x41, 0x41, 0x41, 0x0d })]
    [InlineData(new byte[] { 0xfe, 0x08, 0x41, 0x41, 0x41, 0x41, 0x0d })]
    [InlineData(new byte[] { 0x5b, 0x80, 0x41, 0x41, 0x41, 0x41, 0, 0x11, 0xcf, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x10, 0xcf, 0xff, 0xff, 0xff, 0x5c, 0 })]
    [InlineData(new byte[] { 0x10, 0xcf, 0xff, 0xff, 0xff, 0x2f, 0xff })]
    [InlineData(new byte[] { 0xa0, 0xcf, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x5e })]
    public void ClaimsToTheEnd_TakeNoLongerThanTheTable(byte[] term)
    {
        byte[] table = [.. Enumerable.Repeat(term, (1 << 20) / term.Length).SelectMany(bytes => bytes)];
        Stopwatch watch = Stopwatch.StartNew();

        Read(table);

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
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

    private static AmlNode Device(Action<AmlWriter> body) => Read(aml => aml.Device("DEV0", body)).Devices().Single();

    private static AmlNode Read(Action<AmlWriter> body) => Read(Aml(body));

    private static AmlNode Read(byte[] aml) => AmlReader.Read([[.. new byte[36], .. aml]]);

    private static byte[] Aml(Action<AmlWriter> body)
    {
        AmlWriter writer = new();
        body(writer);
        return writer.ToArray();
    }
}
