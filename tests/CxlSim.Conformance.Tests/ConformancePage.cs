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

    /// <summary>What was asked by hand of a kernel and machines that no recording here holds; those machines were imported, and their scripts run as above.</summary>
    private const string Asked = """

        ## Asked without being recorded here

        Machines that were never looked at before, and a newer kernel, in November 2026: the machine is made by `cxlsim import` of what was captured of it, and the script runs as above.

        | Linux | machine and script | agree | facts | what is missing |
        | --- | --- | ---: | ---: | --- |
        | 6.12.107 | two bridges with two devices each, volatile and mixed; three windows; memdevs and ports disabled and enabled | 12868 | 13726 | nothing but names: decoders and files of memory, bare in some states, are numbered by probe order |
        | 6.12.107 | three root ports with a switch each, seven devices, regions of two to eight ways | 10751 | 10751 | |
        | 6.12.107 | raw attributes, drivers unbound, a device unplugged, modules unloaded | 13017 | 13017 | |
        | 6.12.107 | three nodes of DRAM, two generic ports, offline, devdax and system-ram by turns | 12934 | 13019 | memory that the kernel takes of DRAM ([LIMITS.md](LIMITS.md)); a zone that depends on which CPU ran |
        | 6.12.107 | 10-soft-reserved: behind the window, over DRAM with efi=nosoftreserve, efi_fake_mem | 1340, 1400, 1338 | 1340, 1400, 1338 | |
        | 6.12.107 | 14-bios-programmed-kexec with soft-reserved windows | 2714 | 2714 | |
        | 6.12.107 | the machine of 16-teardown-online, whose region goes in eighteen ways while its memory is online, and comes again | 1690 | 1792 | lines of the script with the kernel log, in their order, counts of pages apart; missing: what Linux says of a page that it finds bad, twice, and two words of another `ls` |
        | 6.12.107 | the machine of 03-rp-interleave-2way with 1 GiB: blocks on- and offline in odd orders, huge pages, a driver that lets go of memory in use, dax devices cut and made anew | 6807 | 6807 | |
        | 6.12.107 | the machine of 06-pmem-and-volatile: persistent regions by raw attributes, drivers of dimms and their bridge unbound, sanitizes | 6519 | 6548 | what a tool shows of a device that is being sanitized: the script takes no time here, and so the four seconds are not over |
        | 6.12.107 | three bridges with two devices each; windows of three ways, of one, and of two in reverse order; wrong ways, granularities, sizes and members | 5587 | 5587 | every line of the script too, with the kernel log |
        | 6.12.107 | ten scripts of 70 to 100 calls by chance, a state after each: attributes of regions, decoders, dax devices and blocks, `cxl` and `daxctl`; the machines of 02, 03 and 06 | 15699 | 15719 | sanitizes, as above; every line of the script and the kernel log too, but a page that Linux dumps and counts of pages |
        | 6.12.107 | six more of 70 calls: drivers, modules, ports and PCI functions bound, unbound, removed, found again and reset | 6228 | 6228 | of the log what is not modelled: I/O windows, what a device's commands are, and tags |
        | 6.12.107 | ten more of 45 calls, most of which go well, the whole state after every fifth; the machines of 01, 02, 03, 04 and 06 with five words of memory hotplug | 87709 | 88325 | dimms are numbered by probe order |
        | 6.12.107 | two more, in which memory that is online is lost (CXK0200): Linux's own page structures lay in it | 14291 | 14752 | what comes after Linux has found them bad |
        | 6.12.107 | `drivers_probe`, `drivers_autoprobe` and `driver_override`, with drivers that fit and such that do not | 33 | 33 | |
        | 6.12.107 | two bridges, two root ports below each, and at each of them a switch of two or of four ports: regions of two to sixteen ways, members in right and wrong orders | 13432, 9208 | 13432, 9208 | |
        | 6.12.107 | three bridges with four devices each, their window on a multiple of 768 MiB and beside one: regions of three, six, nine and twelve ways | 10278, 10961 | 10278, 10961 | |
        | 6.12.107 | the switch of 04-switch-4way below one of two root ports; no SRAT, with memory offline; two persistent devices in one region | 7366, 1497, 4015 | 7366, 1497, 4015 | |
        | 6.12.107 | a switch and two bridges with generic ports: what access coordinates say of regions behind the one, the other and both | 10280 | 10280 | |
        | 6.12.107 | a window of fixed configuration (an ACPI table of one's own) | 4672 | 4672 | |
        | 7.2.12 | the same: regions that stay as they are, and members that do not come back | 4341 | 4498 | QEMU's decoder commits below another one, and hardware does not |
        | 6.12.107 | two bridges with generic ports, an HMAT and three windows, whose CEDT, SRAT, SLIT or HMAT is spoilt: 50 of one change each, 28 by chance | 74 machines | 78 machines | what a kernel takes of DRAM; CPUs without a record ([LIMITS.md](LIMITS.md)) |
        | 6.12.107 | ten of these, whose window lies behind or across what the CPU addresses (38, 40 and 52 bits) or page tables reach (four levels, five, `no5lvl`): regions, devdax and system-ram of it | 35874 | 35998 | what a kernel takes of DRAM; a zone that depends on which CPU ran |
        | 6.12.107 | four whose MCFG has no entries, or entries that do not cover a bridge, and `pci=nommconf`: ports without registers, and no devices | 7916 | 7956 | what a kernel takes of DRAM |
        | 6.12.107 | words of the command line that change nothing of CXL: `crashkernel`, `mem`, `pcie_ports=compat`, `pci=nocrs`, `pci=realloc`, `acpi=rsdt`, `hugepages` | 18937 | 18993 | what a kernel takes of DRAM |
        | 6.12.107 | words that keep something out: `module_blacklist`, `maxcpus=1`, `maxcpus=0`, `nr_cpus=1` | 10860 | 10892 | what a kernel takes of DRAM |
        | 7.2.12 | two of them | 7181 | 7205 | what a kernel takes of DRAM |
        | 7.2.12 | four such scripts, and two of partitions and lists of poison; two more ended in a crash of the real one | 8893 | 8964 | sanitizes, as above |
        | 7.2.12 | seven of the 45 calls, as above, with memory offline at first; four more ended in a crash of the real one, whose memory was lost | 54856 | 55164 | as above |
        | 7.2.12 | the raw attributes above; 08-user-errors | 13012, 1394 | 13012, 1396 | T200 and T201, as above |
        | 7.2.12 | the three switches above | 10747 | 10747 | |
        | 7.2.12 | 10-soft-reserved: plain, over the window; 14-bios-programmed-kexec without and with soft-reserved windows | 1329, 1495, 2713, 2713 | 1329, 1495, 2713, 2713 | |
        | 7.2.12 | 14 with a soft-reserved range larger than the region, and one that half of it lies in | 4344, 4344 | 4476, 4476 | pages of the kernel keep a region's memory that is taken away |
        | 6.12.107 | the same, and two ranges as long as their regions, bound and unbound; a region's memory is taken away | 4261, 4328, 4956, 6076 | 4261, 4328, 4956, 6137 | as above |
        | 7.2.12 | 06-pmem-and-volatile; 13-hmat-generic-port | 6054, 1052 | 6080, 1060 | as above |

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

        page.Append(Asked).Append(Imported).Append(CultureInfo.InvariantCulture, $"| recording | {string.Join(" | ", ImportAgreement.Questions)} | agree | facts |\n");
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
