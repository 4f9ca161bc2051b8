using System.Globalization;
using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What <c>lsmem</c> of util-linux 2.41 prints on the modelled machine, byte for byte.</summary>
public static class LsmemView
{
    public static string Render(LinuxKernel kernel, LsmemOptions options)
    {
        StringBuilder text = new();
        MemoryRunReader memory = new(kernel);
        if (options.HasTable)
        {
            AppendTable(text, memory, options);
            text.Append(options.HasSummary ? "\n" : string.Empty);
        }

        if (options.HasSummary)
        {
            ulong online = (ulong)memory.Blocks.Count(block => block.IsOnline);
            AppendTotal(text, "Memory block size:", memory.BlockSize, options);
            AppendTotal(text, "Total online memory:", online * memory.BlockSize, options);
            AppendTotal(text, "Total offline memory:", ((ulong)memory.Blocks.Count - online) * memory.BlockSize, options);
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, MemoryRunReader memory, LsmemOptions options)
    {
        IReadOnlyList<MemoryRun> runs = options.All ? memory.Blocks : memory.Join(options.Split ?? options.Columns);
        string[][] rows = [.. runs.Select(run => options.Columns.Select(column => Cell(column, run, memory.BlockSize, options)).ToArray())];
        string[] headings = options.NoHeadings ? [] : [.. options.Columns.Select(LsmemColumns.Heading)];
        switch (options.Format)
        {
            case LsmemFormat.Json:
                LsmemTable.Json(text, options.Columns, rows, options.Bytes);
                break;
            case LsmemFormat.Pairs:
                LsmemTable.Pairs(text, options.Columns, rows);
                break;
            case LsmemFormat.Raw:
                LsmemTable.Raw(text, headings, rows);
                break;
            default:
                LsmemTable.Aligned(text, options.Columns, headings, rows);
                break;
        }
    }

    private static string Cell(LsmemColumn column, MemoryRun run, ulong blockSize, LsmemOptions options) => column switch
    {
        LsmemColumn.Range => string.Create(CultureInfo.InvariantCulture, $"0x{run.First * blockSize:x16}-0x{((run.First + run.Count) * blockSize) - 1:x16}"),
        LsmemColumn.Size => Size(run.Count * blockSize, options),
        LsmemColumn.State => run.State == "going-offline" ? "on->off" : run.State,
        LsmemColumn.Removable => !run.IsOnline ? string.Empty : run.IsRemovable ? "yes" : "no",
        LsmemColumn.Block => string.Create(CultureInfo.InvariantCulture, $"{run.First}{(run.Count > 1 ? $"-{run.First + run.Count - 1}" : string.Empty)}"),
        LsmemColumn.Node => run.Node?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        _ => run.Zones,
    };

    private static string Size(ulong bytes, LsmemOptions options) => options.Bytes ? bytes.ToString(CultureInfo.InvariantCulture) : MemorySizeText.Of(bytes);

    private static void AppendTotal(StringBuilder text, string label, ulong bytes, LsmemOptions options) =>
        text.Append(CultureInfo.InvariantCulture, $"{label,-32} ").Append(Size(bytes, options).PadLeft(options.Bytes ? 15 : 5)).Append('\n');
}
