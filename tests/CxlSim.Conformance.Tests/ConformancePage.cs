using System.Globalization;
using System.Text;

namespace CxlSim.Conformance.Tests;

/// <summary>The page docs/CONFORMANCE.md.</summary>
internal static class ConformancePage
{
    private const string Head = """
        # Conformance

        How much of what a real Linux showed is shown here. The recordings are of Linux 6.12.107 under QEMU 10.0.13, with cxl and daxctl 81.
        Every recorded fact counts: an attribute, a link, a line of iomem with its parents, a field of a memory block, a leaf of a tool's
        JSON, how an attempt ended. Numbers that depend on probe order (memN, endpointN) stand for what they name.

        ## The recorded scripts, run again

        The very script that ran on the real kernel runs inside `cxlsim shell`, with the same programs, and the two captures are compared
        fact by fact: `tests/scripts/conformance` does it, and the tests do it for every recording and fail below these counts. A name in
        the last column leads to every difference. Where the recording lacks a state, nothing is counted.

        | recording | agree | facts | percent | differences |
        | --- | ---: | ---: | ---: | --- |

        """;

    private const string Reasons = """

        What differs there, and why:

        | recording | what | why |
        | --- | --- | --- |

        """;

    private const string Model = """

        ## The kernel model alone

        The first two states of 01-single-volatile again, without a mount and without programs: what the model shows is compared with what
        the recorded files hold. What programs print is what `cxlsim list` and `cxlsim show` print. `iomem.txt` counts what lies below CXL
        windows, as the recordings' own comparison does; `iomem.txt (whole)` counts every line.

        Made by the tests: `CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Conformance.Tests`.


        """;

    private const string Imported = """

        ## Imported machines

        Each recorded machine again, made by `cxlsim import` of what was captured of it: ACPI tables, `lspci -vvv`, the firmware's memory map,
        command line, and the attributes and listings of the state after the boot. It boots, and is asked for its windows, ports, devices with
        their serial numbers, NUMA nodes, distances and the top level of iomem, every attribute a fact. `agree/facts` of each; a dash where the
        recording shows nothing of it. 16-teardown-online has neither tables nor a state after the boot.


        """;

    private const string Missing = """

        What does not agree: the kernel that was loaded by kexec in 14-bios-programmed-kexec shows a page of RAM in three pieces, and
        13-hmat-generic-port lacks here what it lacks above.

        """;

    public static string Render(ConformanceReport boot, ConformanceReport created)
    {
        StringBuilder page = new(Head);
        foreach (string[] row in Rows("floors.tsv"))
        {
            string differences = row[0].Replace('/', '.') + ".txt";
            string link = row[1] == row[2] ? "none" : $"[{differences}](differences/{differences})";
            page.Append(CultureInfo.InvariantCulture, $"| {row[0]} | {row[1]} | {row[2]} | {Percent(row[1], row[2])} | {link} |\n");
        }

        page.Append(Reasons);
        foreach (string[] row in Rows("reasons.tsv"))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }

        page.Append(Imported).Append(CultureInfo.InvariantCulture, $"| recording | {string.Join(" | ", ImportAgreement.Questions)} | agree | facts |\n");
        page.Append(CultureInfo.InvariantCulture, $"| --- |{string.Concat(Enumerable.Repeat(" ---: |", ImportAgreement.Questions.Count + 2))}\n");
        foreach (string recording in ImportedMachine.Recordings)
        {
            ImportAgreement agreement = ImportedMachine.Agreement(recording);
            string cells = string.Join(" | ", agreement.Answers.Select(answer => answer.Tally.Facts == 0 ? "-" : $"{answer.Tally.Agree}/{answer.Tally.Facts}"));
            page.Append(CultureInfo.InvariantCulture, $"| {recording} | {cells} | {agreement.Total.Agree} | {agreement.Total.Facts} |\n");
        }

        return page.Append(Missing).Append(Model).Append(boot.ToMarkdown("01-single-volatile, after the boot")).Append('\n')
            .Append(created.ToMarkdown("01-single-volatile, region created")).ToString();
    }

    private static IEnumerable<string[]> Rows(string table) => File.ReadLines(RepositoryRoot.File("tests/conformance/" + table)).Skip(1).Select(line => line.Split('\t'));

    /// <summary>Cut off, not rounded: what is almost all does not read as all.</summary>
    private static string Percent(string part, string whole) => (Math.Floor(1e4 * int.Parse(part, CultureInfo.InvariantCulture) / int.Parse(whole, CultureInfo.InvariantCulture)) / 100)
        .ToString("f2", CultureInfo.InvariantCulture);
}
