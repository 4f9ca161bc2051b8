namespace CxlSim.Cli;

/// <summary>What the help of each command ends with: lines for a shell at the root of the repository, in the order in which they make sense.</summary>
internal static class CommandExamples
{
    private static readonly Dictionary<string, string[]> Lines = new(StringComparer.Ordinal)
    {
        [string.Empty] = ["cxlsim new my-machine.yaml", "cxlsim run my-machine.yaml"],
        ["new"] = ["cxlsim new my-machine.yaml", "cxlsim new interleaved.yaml --like multi-interleave"],
        ["run"] = ["cxlsim run platforms/qemu-single.yaml", "cxlsim run platforms/qemu-single.yaml --set kernel.version=7.2 --step 'offline-memory: dax0.0' --log-level error"],
        ["check"] = ["cxlsim check platforms/wrong-ways.yaml", "cxlsim check --tables tests/golden/01-single-volatile/fw/tables"],
        ["explain"] = ["cxlsim explain platforms/qemu-single.yaml"],
        ["show iomem"] = ["cxlsim show iomem platforms/qemu-single.yaml --steps"],
        ["show zoneinfo"] = ["cxlsim show zoneinfo platforms/qemu-single.yaml --steps"],
        ["show buddyinfo"] = ["cxlsim show buddyinfo platforms/qemu-single.yaml --steps"],
        ["show vmstat"] = ["cxlsim show vmstat platforms/qemu-single.yaml --steps"],
        ["show meminfo"] = ["cxlsim show meminfo platforms/qemu-single.yaml --steps"],
        ["show modules"] = ["cxlsim show modules platforms/qemu-single.yaml"],
        ["show cmdline"] = ["cxlsim show cmdline platforms/qemu-single.yaml --append memhp_default_state=offline"],
        ["show lsmem"] = ["cxlsim show lsmem platforms/qemu-single.yaml --steps -o RANGE,SIZE,STATE,NODE,ZONES"],
        ["show numactl"] = ["cxlsim show numactl platforms/qemu-single.yaml --steps"],
        ["show daxctl"] = ["cxlsim show daxctl platforms/qemu-single.yaml --steps -Ru"],
        ["list"] = ["cxlsim list platforms/qemu-single.yaml --steps -R -T -u"],
        ["translate"] = ["cxlsim translate platforms/single-device.yaml 0xc050000100 --explain", "cxlsim translate platforms/single-device.yaml --reverse mem0 0x100"],
        ["tables export"] = ["cxlsim tables export platforms/single-device.yaml -o tables"],
        ["tables show"] = ["cxlsim tables show platforms/single-device.yaml CEDT SRAT", "cxlsim tables show tests/golden/01-single-volatile/fw/tables CEDT"],
        ["diff"] = ["cxlsim diff platforms/qemu-single.yaml --append memhp_default_state=offline"],
        ["report"] = ["cxlsim report platforms/multi-interleave.yaml -o report.html"],
        ["debug"] = ["cxlsim debug platforms/wrong-ways.yaml"],
        ["dap"] = ["cxlsim dap --port 4711"],
        ["replay"] = ["cxlsim run platforms/qemu-single.yaml --record session.jsonl", "cxlsim replay session.jsonl --trace session.trace"],
        ["shell"] = ["cxlsim shell platforms/qemu-single.yaml", "cxlsim shell platforms/qemu-single.yaml --steps -- lsmem"],
        ["mount"] = ["cxlsim mount platforms/qemu-single.yaml mnt"],
        ["export sysfs"] = ["cxlsim export sysfs platforms/qemu-single.yaml tree --steps"],
        ["test"] = ["cxlsim test platforms/scenarios --filter xor --junit results.xml"],
        ["merge-results"] = ["cxlsim test platforms/scenarios --shard 1/40 --json shard-1.json", "cxlsim merge-results shard-1.json --junit results.xml"],
        ["fuzz"] = ["cxlsim fuzz --seed 1 --cases 20"],
        ["mlc"] = ["cxlsim mlc platforms/expander-x16.yaml --idle-latency", "cxlsim mlc platforms/expander-x16.yaml --loaded-latency --mix W0 --plot curve.svg"],
        ["workload"] = ["cxlsim workload platforms/expander-x16.yaml --threads 16 --outstanding 38 --reads 67"],
        ["import"] = ["cxlsim import tests/golden/01-single-volatile -o mine.yaml"],
        ["schema"] = ["cxlsim schema > platform.schema.json"],
        ["completion"] = ["eval \"$(cxlsim completion bash)\"", "cxlsim completion fish > ~/.config/fish/completions/cxlsim.fish"],
    };

    /// <summary>The commands that have some: the words that lead to each.</summary>
    public static IEnumerable<string> Commands => Lines.Keys;

    /// <summary>Of a command that has only others below it the first of each of these.</summary>
    public static IEnumerable<string> Of(string path) => Lines.TryGetValue(path, out string[]? lines)
        ? lines
        : Lines.Where(entry => entry.Key.StartsWith(path + " ", StringComparison.Ordinal)).Select(entry => entry.Value[0]);
}
