using System.Buffers.Binary;
using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Session;

/// <summary>Makes a region by the writes that <c>cxl create-region</c> makes, in its order (ndctl v81, cxl/region.c).</summary>
public sealed class RegionCreator(MachineSession session)
{
    private const string Devices = "/sys/bus/cxl/devices/";
    private string _refused = string.Empty;
    private Refusal? _refusal;

    public StepAnswer Run(CreateRegionStep step)
    {
        string text = string.Join(' ', ["create-region", step.Decoder, step.Type, .. step.Memdevs, step.Size?.ToString() ?? string.Empty]).TrimEnd();
        if (session.Kernel.Cxl.Bus.Find(step.Decoder) is not CxlRootDecoder root)
        {
            return Refuse(text, RefusalRules.ToolDecoder, Errno.ENOENT, step.Decoder, $"no root decoder {step.Decoder}", RegionMembers.Windows(session.Kernel));
        }

        List<CxlMemdev>? members = RegionMembers.Find(session, root, step.Memdevs, out string missing);
        if (members is null)
        {
            string reason = missing.Length == 0 ? $"no active memdevs below {root.Name}" : $"no active memdev {missing} below {root.Name}";
            return Refuse(text, RefusalRules.ToolMemdev, Errno.ENXIO, root.Name, reason, RegionMembers.Instead(session, root, missing));
        }

        DecoderMode mode = DecoderModes.Parse(step.Type);
        ByteSize size = step.Size ?? DefaultSize(root, members, mode);
        string create = $"create_{step.Type}_region";
        AttributeValue next = session.Read($"{Devices}{step.Decoder}/{create}");
        if (next.Error != Errno.Ok)
        {
            string capable = step.Type == "ram" ? "volatile" : step.Type;
            NearestChange? nearest = RegionMembers.OtherWindow(root, mode);
            return Refuse(text, RefusalRules.ToolMode, Errno.EINVAL, root.Name, $"{step.Decoder} is not {capable} capable", nearest, ("restrictions", $"0x{root.Restrictions:x}")); // the window's restrictions forbid it: the attribute is not there
        }

        string region = next.Text;
        Errno error = Do($"{step.Decoder}/{create}", region);
        if (error != Errno.Ok)
        {
            return new(text, error, _refused, _refusal);
        }

        error = SetUp(region, root, members, step, size);
        if (error != Errno.Ok)
        {
            string refused = _refused;
            Do($"{step.Decoder}/delete_region", region);
            return new(text, error, refused, _refusal);
        }

        return new(text, Errno.Ok, $"{region} {session.Read($"{Devices}{region}/resource").Text} {size}");
    }

    private Errno SetUp(string region, CxlRootDecoder root, List<CxlMemdev> members, CreateRegionStep step, ByteSize size)
    {
        int granularity = step.Granularity ?? root.Granularity;
        Errno error = Do($"{region}/interleave_granularity", Decimal((ulong)granularity));
        error = error != Errno.Ok ? error : Do($"{region}/interleave_ways", Decimal((ulong)members.Count));
        error = error != Errno.Ok || step.Type != "pmem" ? error : Do($"{region}/uuid", NewUuid());
        error = error != Errno.Ok ? error : Do($"{region}/size", Decimal(size.Bytes));
        for (int position = 0; position < members.Count && error == Errno.Ok; position++)
        {
            error = AddMember(region, members[position], position, step.Type, size / (ulong)members.Count);
        }

        error = error != Errno.Ok ? error : Do($"{region}/commit", "1");
        return error != Errno.Ok ? error : Write("/sys/bus/cxl/drivers/cxl_region/bind", region);
    }

    /// <summary>The lowest endpoint decoder without an address range takes the share.</summary>
    private Errno AddMember(string region, CxlMemdev memdev, int position, string type, ByteSize share)
    {
        CxlEndpointDecoder? decoder = memdev.Endpoint?.Decoders.OfType<CxlEndpointDecoder>().FirstOrDefault(candidate => candidate.Range is null);
        if (decoder is null)
        {
            _refused = $"{memdev.Name} has no free decoder";
            _refusal ??= new Refusal(RefusalRules.ToolFreeDecoder, Errno.ENXIO, memdev.Name, _refused, [], new NearestChange($"delete a region of {memdev.Name} first"));
            return Errno.ENXIO;
        }

        Errno error = Errno.Ok;
        if (DecoderModes.Word(decoder.Mode) != type)
        {
            error = Do($"{decoder.Name}/dpa_size", "0");
            error = error != Errno.Ok ? error : Do($"{decoder.Name}/mode", type);
        }

        error = error != Errno.Ok ? error : Do($"{decoder.Name}/dpa_size", Decimal(share.Bytes));
        return error != Errno.Ok ? error : Do($"{region}/target{position.ToString(CultureInfo.InvariantCulture)}", decoder.Name);
    }

    /// <summary>The smallest member decides, and the window's room.</summary>
    private static ByteSize DefaultSize(CxlRootDecoder root, List<CxlMemdev> members, DecoderMode mode)
    {
        ulong ways = (ulong)members.Count;
        ByteSize wanted = members.Select(memdev => memdev.Partitions.Of(mode)).Min() * ways;
        ByteSize room = root.Range!.Value.Size;
        ByteSize unit = IdentifyMemoryDevice.CapacityUnit * ways;
        return wanted <= room ? wanted : unit * (room / unit);
    }

    /// <summary>A random uuid (RFC 9562, version 4), from the machine's own chance.</summary>
    private string NewUuid()
    {
        SimRandom random = session.Machine.Simulation.Random;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, random.NextUInt64());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], random.NextUInt64());
        bytes[6] = (byte)(0x40 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private static StepAnswer Refuse(string text, KernelRule rule, Errno error, string subject, string reason, NearestChange? nearest, params NamedValue[] values) =>
        new(text, error, reason, new Refusal(rule, error, subject, reason, values, nearest));

    private Errno Do(string attribute, string value) => Write(Devices + attribute, value);

    private Errno Write(string path, string value)
    {
        long mark = session.Kernel.Refusals.Count;
        Errno error = session.Write(path, value);
        if (error != Errno.Ok)
        {
            _refusal ??= session.Kernel.Refusals.Since(mark).LastOrDefault(refusal => refusal.Write?.Path == path);
            _refused = $"{path} {value}: {error}";
        }

        return error;
    }

    private static string Decimal(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
