using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes <c>kernel:</c>.</summary>
internal static class KernelWriter
{
    public static void Write(YamlText text, KernelDescription kernel, string? comment)
    {
        text.Comment(comment);
        text.Block("kernel:", () =>
        {
            text.Entry("version", kernel.Version.ToString());
            text.Entry("command_line", ScalarText.Quoted(kernel.CommandLine));
            if (kernel.Config.Count > 0)
            {
                text.Block("config:", () =>
                {
                    foreach ((string option, string value) in kernel.Config)
                    {
                        text.Entry(option, ScalarText.Quoted(value));
                    }
                });
            }

            text.Entry("modules", kernel.Modules.SequenceEqual(KernelReader.DefaultModules) ? null : ScalarText.List(kernel.Modules.Select(ScalarText.Of)));
            text.Entry("hypervisor", kernel.HasHypervisor ? "true" : null);
            text.Entry("physical_bits", kernel.PhysicalBits == KernelDescription.MostPhysicalBits ? null : ScalarText.Of(kernel.PhysicalBits));
            text.Entry("la57", kernel.HasLa57 ? "true" : null);
            text.Entry("cxl_test", kernel.HasCxlTest ? "true" : null);
            text.Entry("image", kernel.Image is { } image ? Image(image) : null);
        });
        text.Line("");
    }

    private static string Image(KernelImageDescription image) => new FlowMapping()
        .Add("code", ScalarText.Of(image.Code))
        .Add("rodata", ScalarText.Of(image.Rodata))
        .Add("data", ScalarText.Of(image.Data))
        .Add("bss", ScalarText.Of(image.Bss))
        .ToString();
}
