using System.Globalization;
using System.Text.Json;
using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Reads what <c>cxl list</c> prints as JSON, of any version and with any options: objects are known by their keys, wherever they stand.</summary>
internal static class CxlListReader
{
    private const int Deepest = 64;

    private static readonly (string Name, ushort Bit)[] Capabilities =
    [
        ("accelmem_capable", CedtCfmws.RestrictDeviceCoherent), ("volatile_capable", CedtCfmws.RestrictVolatile), ("pmem_capable", CedtCfmws.RestrictPersistent),
    ];

    public static void Read(CaptureFile file, CxlFacts cxl, PciInventory pci, ImportFindings findings)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(file.Text, new JsonDocumentOptions { MaxDepth = Deepest, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            Walk(document.RootElement, cxl, pci);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A string that is no Unicode is found on reading it only, and then without a place.
            JsonException? at = error as JsonException;
            SourceLocation place = new(file.Path, (int)Math.Clamp((at?.LineNumber ?? 0) + 1, 1, int.MaxValue), (int)Math.Clamp((at?.BytePositionInLine ?? 0) + 1, 1, int.MaxValue));
            findings.Warn(Cxi.JsonForm, place, "the listing is no JSON from here on; expected what 'cxl list' prints; what stands before it was read");
        }
    }

    private static void Walk(JsonElement node, CxlFacts cxl, PciInventory pci)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in node.EnumerateArray())
            {
                Walk(item, cxl, pci);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            ReadObject(node, cxl);
            ReadPlace(node, pci);
            foreach (JsonProperty property in node.EnumerateObject())
            {
                Walk(property.Value, cxl, pci);
            }
        }
    }

    private static void ReadObject(JsonElement node, CxlFacts cxl)
    {
        if (Text(node, "memdev") is not null && BdfText.Function(Text(node, "host")) is { } place)
        {
            Memdev(node, cxl.Memdev(place));
        }
        else if (Text(node, "endpoint") is { } endpoint && node.TryGetProperty("memdev", out JsonElement memdev) && BdfText.Function(Text(memdev, "host")) is { } device)
        {
            cxl.Memdev(device).HdmDecoders ??= Decoders(node, endpoint);
        }
        else if (Text(node, "port") is { } port && Text(node, "host") is { } host && Decoders(node, port) is { } count)
        {
            cxl.PortDecoders.TryAdd(host, count);
        }
        else if (Text(node, "dport") is { } dport && BdfText.RootBus(dport) is { } bus && Number(node, "id") is { } uid and <= uint.MaxValue)
        {
            cxl.Bridges.TryAdd((uint)uid, bus);
        }
        else if (Text(node, "region") is { } region && node.TryGetProperty("mappings", out _))
        {
            Region(node, cxl.Region(region));
        }
        else if (Text(node, "decoder") is { } decoder)
        {
            cxl.IsLocked |= node.TryGetProperty("locked", out JsonElement locked) && locked.ValueKind == JsonValueKind.True && !decoder.StartsWith("decoder0.", StringComparison.Ordinal);
            if (decoder.StartsWith("decoder0.", StringComparison.Ordinal))
            {
                Window(node, decoder, cxl);
            }
        }
    }

    /// <summary>Ports and endpoints name the function above them, so that a listing alone tells what is plugged in where.</summary>
    private static void ReadPlace(JsonElement node, PciInventory pci)
    {
        if (Text(node, "dport") is { } dport && BdfText.Function(dport) is { } downstream)
        {
            pci.AddPort(downstream, Number(node, "id"));
        }

        if (BdfText.Function(Text(node, "parent_dport")) is { } above)
        {
            Bdf? below = BdfText.Function(Text(node, "host")) ?? (node.TryGetProperty("memdev", out JsonElement memdev) ? BdfText.Function(Text(memdev, "host")) : null);
            if (below is { } place)
            {
                pci.AddBelow(above, place);
            }
        }

        if (Text(node, "memdev") is not null && BdfText.Function(Text(node, "host")) is { } device)
        {
            pci.Of(device).Class ??= PciFacts.CxlMemoryClass;
        }
        else if (Text(node, "port") is not null && BdfText.Function(Text(node, "host")) is { } upstream && node.TryGetProperty("dports", out JsonElement dports) && dports.ValueKind == JsonValueKind.Array)
        {
            foreach (Bdf port in dports.EnumerateArray().Select(item => BdfText.Function(Text(item, "dport"))).OfType<Bdf>())
            {
                pci.AddBelow(upstream, port);
            }
        }
    }

    private static void Memdev(JsonElement node, MemdevFacts facts)
    {
        facts.Name ??= Text(node, "memdev");
        facts.Serial ??= Number(node, "serial");
        facts.Volatile ??= Number(node, "ram_size");
        facts.Persistent ??= Number(node, "pmem_size");
        facts.FirmwareVersion ??= Text(node, "firmware_version");

        // Only what there is some of is listed: where one kind is, the other is not there.
        facts.Volatile ??= facts.Persistent is null ? null : 0;
        facts.Persistent ??= facts.Volatile is null ? null : 0;
    }

    private static void Window(JsonElement node, string decoder, CxlFacts cxl)
    {
        WindowFacts window = cxl.Window(decoder);
        window.Start ??= Number(node, "resource");
        window.Size ??= Number(node, "size");
        window.Granularity ??= Number(node, "interleave_granularity");
        window.QosClass ??= (ushort?)(Number(node, "qos_class") & 0xffff);
        foreach ((string name, ushort bit) in Capabilities)
        {
            window.Restrictions |= node.TryGetProperty(name, out JsonElement flag) && flag.ValueKind == JsonValueKind.True ? bit : (ushort)0;
        }

        if (window.Targets is null && node.TryGetProperty("targets", out JsonElement targets) && targets.ValueKind == JsonValueKind.Array)
        {
            (ulong? Position, ulong? Uid)[] all = [.. targets.EnumerateArray().Select(target => (Number(target, "position"), Number(target, "id")))];
            window.Targets = all.All(target => target is { Position: not null, Uid: <= uint.MaxValue }) ? [.. all.OrderBy(target => target.Position).Select(target => (uint)target.Uid!.Value)] : null;
        }
    }

    private static void Region(JsonElement node, RegionFacts region)
    {
        region.Start ??= Number(node, "resource");
        region.Size ??= Number(node, "size");
        region.Granularity ??= Number(node, "interleave_granularity");
        region.Type ??= Text(node, "type");
        region.IsCommitted &= Text(node, "decode_state") is null or "commit";
        JsonElement mappings = node.GetProperty("mappings");
        foreach (JsonElement mapping in mappings.ValueKind == JsonValueKind.Array ? mappings.EnumerateArray() : default)
        {
            if (Number(mapping, "position") is { } position and < 64 && Text(mapping, "memdev") is { } member)
            {
                region.Members.TryAdd((int)position, member);
            }
        }
    }

    /// <summary>Decoders of a port bear its number; in a listing without endpoints those below it stand beside them.</summary>
    private static int? Decoders(JsonElement node, string port)
    {
        if (!node.TryGetProperty("decoders:" + port, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        string own = $"decoder{port.AsSpan(port.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and int digits ? digits : port.Length)}.";
        int count = list.EnumerateArray().Count(decoder => Text(decoder, "decoder")?.StartsWith(own, StringComparison.Ordinal) ?? false);
        return count > 0 ? count : null;
    }

    private static string? Text(JsonElement node, string key) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number, or the text of one: with <c>-u</c> sizes and addresses are texts.</summary>
    private static ulong? Number(JsonElement node, string key)
    {
        if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(key, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number ? ulong.TryParse(value.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null
            : value.ValueKind == JsonValueKind.String ? TextNumber.Parse(value.GetString())
            : null;
    }
}
