using CxlSim.Core;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes one entry of <c>steps:</c>.</summary>
internal static class StepWriter
{
    private const string Offline = "offline";
    private const string Online = "online";

    public static string Write(StepDescription step) =>
        Verb(step).Add("expect", step.Expect.ToString(), step.Expect != Errno.Ok).ToString();

    private static FlowMapping Verb(StepDescription step) => step switch
    {
        WriteStep write => Of("write", new FlowMapping().Add("path", ScalarText.Quoted(write.Path)).Add("value", ScalarText.Quoted(write.Value))),
        ReadStep read => new FlowMapping().Add("read", ScalarText.Quoted(read.Path)),
        CreateRegionStep create => Of("create-region", Region(create)),
        MemoryStateStep { State: Offline or Online } state => new FlowMapping().Add(state.State, ScalarText.Quoted(state.Subject)),
        MemoryStateStep state => Of(Online, new FlowMapping().Add("subject", ScalarText.Quoted(state.Subject)).Add("state", state.State)),
        ChmemStep chmem => Of(chmem.IsOnline ? Online : Offline, Chmem(chmem)),
        AllocateStep allocate => Of("allocate", Allocation(allocate)),
        FreeStep free => new FlowMapping().Add("free", ScalarText.Quoted(free.Task)),
        CxlStep cxl => Cxl(cxl),
        DaxctlStep daxctl => Daxctl(daxctl),
        StoreStep store => Of("store", new FlowMapping().Add("hpa", store.Address.ToString()).Add("value", ScalarText.Hex(store.Value))),
        LoadStep load => Of("load", new FlowMapping().Add("hpa", load.Address.ToString()).Add("value", Hex(load.Value))),
        LoadMediaStep load => Of("load", new FlowMapping().Add("device", ScalarText.Quoted(load.Device)).Add("dpa", load.Address.ToString()).Add("value", Hex(load.Value))),
        _ => HardwareStepWriter.Write(step),
    };

    private static FlowMapping Of(string verb, FlowMapping arguments) => new FlowMapping().Add(verb, arguments.ToString());

    private static FlowMapping Region(CreateRegionStep step) => new FlowMapping()
        .Add("decoder", ScalarText.Quoted(step.Decoder))
        .Add("type", step.Type)
        .Add("size", step.Size is { } size ? ScalarText.Of(size) : null)
        .Add("granularity", step.Granularity is { } bytes ? ScalarText.Of((ulong)bytes) : null)
        .Add("memdevs", ScalarText.List(step.Memdevs.Select(ScalarText.Quoted)), step.Memdevs.Count > 0);

    private static FlowMapping Chmem(ChmemStep step) => new FlowMapping()
        .Add("size", step.Size is { } size ? ScalarText.Of(size) : null)
        .Add("range", step.Range is { } range ? ScalarText.Of(range) : null)
        .Add("blocks", step.Blocks is var (first, last) ? first == last ? ScalarText.Of(first) : $"{ScalarText.Of(first)}-{ScalarText.Of(last)}" : null)
        .Add("zone", step.Zone);

    private static FlowMapping Allocation(AllocateStep step) => new FlowMapping()
        .Add("size", ScalarText.Of(step.Size))
        .Add("task", ScalarText.Quoted(step.Task))
        .Add("kind", step.Kind)
        .Add("policy", step.Policy)
        .Add("nodes", ScalarText.List(step.Nodes.Select(node => ScalarText.Of((ulong)node))), step.Nodes.Count > 0)
        .Add("cpu_node", step.CpuNode is { } node ? ScalarText.Of((ulong)node) : null);

    private static FlowMapping Cxl(CxlStep step)
    {
        string verb = CxlVerbs.Word(step.Verb);
        string subject = ScalarText.Quoted(step.Subject);
        FlowMapping options = new FlowMapping()
            .Add("type", step.Type)
            .Add("size", step.Size is { } size ? ScalarText.Of(size) : null)
            .Add("decoder", step.Decoder is { } decoder ? ScalarText.Quoted(decoder) : null)
            .Add("dpa", ScalarText.Hex(step.Address.Value), step.Verb is CxlVerb.InjectPoison or CxlVerb.ClearPoison)
            .Flag("align", step.Align)
            .Flag("endpoint", step.IsEndpoint)
            .Flag("memdevs", step.WithMemdevs)
            .Flag("force", step.Force);
        return options.IsEmpty ? new FlowMapping().Add(verb, subject) : Of(verb, options.Add(CxlVerbs.SubjectKey(step.Verb), subject));
    }

    private static FlowMapping Daxctl(DaxctlStep step)
    {
        string verb = DaxctlVerbs.Word(step.Verb);
        FlowMapping options = new FlowMapping()
            .Add("mode", step.Mode)
            .Add("region", step.Region is { } region ? ScalarText.Of((ulong)region) : null)
            .Add("size", step.Size is { } size ? ScalarText.Of(size) : null)
            .Add("sizes", ScalarText.List(step.Parts.Select(ScalarText.Of)), step.Parts.Count > 0)
            .Add("align", step.Alignment is { } alignment ? ScalarText.Of(alignment) : null)
            .Add("mappings", ScalarText.List(step.Mappings.Select(ScalarText.Of)), step.Mappings.Count > 0)
            .Flag("force", step.Force)
            .Flag("no_online", step.NoOnline)
            .Flag("no_movable", step.NoMovable);
        if (step.Verb == DaxctlVerb.CreateDevice)
        {
            return Of(verb, options);
        }

        string device = ScalarText.Quoted(step.Device);
        return options.IsEmpty ? new FlowMapping().Add(verb, device) : Of(verb, options.Add("device", device));
    }

    private static string? Hex(ulong? value) => value is { } number ? ScalarText.Hex(number) : null;
}
