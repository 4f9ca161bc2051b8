using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>The real cxl, daxctl, lsmem and numactl, of the version that the recordings used.</summary>
public class ToolsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("qemu-single")]
    [InlineData("single-device")]
    public void ToolsRun_WithoutAnError(string platform)
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Tools(platform, """
            for command in 'cxl list -vvv' 'cxl list -BDPMTRi -u' 'daxctl list -RDi' lsmem 'numactl -H'; do
                $command > /dev/null || echo "$command: $?"
            done
            """);

        result.Output.Should().BeEmpty();
        result.Error.Should().BeEmpty();
    }

    /// <summary>The commands of the transcript in docs/WINDOW.md print what stands there; only the clock is another.</summary>
    [Fact]
    public void ThePagesTranscript_IsTrue()
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        string page = File.ReadAllText(RepositoryRoot.File("docs/WINDOW.md"));
        string transcript = page[page.IndexOf("$ cxlsim shell", StringComparison.Ordinal)..];
        string[] lines = transcript[..transcript.IndexOf("```", StringComparison.Ordinal)].Split('\n')[1..];
        string[] commands = [.. lines.Where(line => line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[2..])];

        ProgramResult result = WindowFixture.Tools("qemu-single", "exec 2>&1\n" + string.Join('\n', commands.Select(command => $"echo '# {command}'; {command}")));

        commands.Should().HaveCountGreaterThan(4);
        WithoutTimes(result.Output).Should().Be(WithoutTimes(string.Join('\n', lines)));
    }

    /// <summary>Twenty rounds in the suite; <c>CXLSIM_SOAK_ROUNDS=200</c> for the long run. Objects, numbers and handles must not grow.</summary>
    [Fact]
    public void RegionsComeAndGo_WithoutALeak()
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        string rounds = Environment.GetEnvironmentVariable("CXLSIM_SOAK_ROUNDS") ?? "20";
        using Process server = WindowFixture.StartTools("qemu-single", $$"""
            count() { find /sys -xdev | wc -l; ls /dev | wc -l; cat /proc/iomem | wc -l; lsmem -b | tail -2; }
            round() {
                cxl create-region -t ram -m -d decoder0.0 -s 512M mem0 && daxctl offline-memory dax0.0 && daxctl online-memory dax0.0 \
                    && cxl disable-region region0 && cxl destroy-region region0
            }
            for n in 1 2 3; do round > /tmp/cxlsim-round 2>&1 || cat /tmp/cxlsim-round; done
            before=$(count); echo warm; read -r go
            for n in $(seq {{rounds}}); do round > /tmp/cxlsim-round 2>&1 || { echo round $n; cat /tmp/cxlsim-round; break; }; done
            [ "$before" = "$(count)" ] && echo the same
            rm /tmp/cxlsim-round; read -r go
            """);
        server.StandardOutput.ReadLine().Should().Be("warm");
        (int handles, long kilobytes) = HandlesAndMemory(server);
        server.StandardInput.WriteLine();
        server.StandardOutput.ReadLine().Should().Be("the same");
        (int handlesThen, long kilobytesThen) = HandlesAndMemory(server);
        server.StandardInput.WriteLine();
        server.WaitForExit();

        output.WriteLine($"{rounds} rounds: {handles} handles before, {handlesThen} after; {kilobytes} kB before, {kilobytesThen} kB after");
        handlesThen.Should().BeInRange(handles - 3, handles + 3, "the runtime opens and closes some of its own");
        (kilobytesThen - kilobytes).Should().BeLessThan(64 << 10, "a heap breathes, and must not grow");
    }

    private static (int Handles, long Kilobytes) HandlesAndMemory(Process process) => (
        Directory.GetFiles($"/proc/{process.Id}/fd").Length,
        long.Parse(Regex.Match(File.ReadAllText($"/proc/{process.Id}/status"), @"VmRSS:\s+(\d+)").Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>What they meet while objects come and go is what Linux gives: a file that is gone (ENOENT), or was when it was read (ENODEV).</summary>
    [Fact]
    public void EightReaders_SeeATreeThatChanges()
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Tools("qemu-single", """
            for reader in 1 2 3 4 5 6 7 8; do
                while [ ! -e /tmp/cxlsim-end ]; do
                    find -L /sys/bus/cxl/devices /sys/bus/dax/devices /sys/devices/system/memory -maxdepth 2 -type f -perm /400 -exec cat {} + 2>&1 > /dev/null
                done > /tmp/cxlsim-reader$reader &
            done
            for n in 1 2 3 4 5; do
                cxl create-region -t ram -m -d decoder0.0 -s 512M mem0 > /dev/null 2>&1 || echo not created
                cxl disable-region region0 > /dev/null 2>&1 || echo not disabled
                cxl destroy-region region0 > /dev/null 2>&1 || echo not destroyed
            done
            touch /tmp/cxlsim-end; wait
            cat /tmp/cxlsim-reader* | grep -v -e 'No such file or directory' -e 'No such device' -e 'File system loop' | sort | uniq -c | head
            rm /tmp/cxlsim-reader* /tmp/cxlsim-end; echo end
            """);

        result.Output.Should().Be("end\n", result.Error);
    }

    /// <summary>Killed anywhere on its way, a tool leaves a model that can go on: a region that is not finished is taken apart, and the next one is made.</summary>
    [Fact]
    public void AToolThatIsKilled_LeavesAConsistentModel()
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Tools("qemu-single", """
            for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
                timeout -s KILL 0.0$((n * 3 + 10)) cxl create-region -t ram -m -d decoder0.0 -s 512M mem0 > /dev/null 2>&1
                for region in /sys/bus/cxl/devices/region*; do
                    [ -e $region ] || continue
                    cxl destroy-region -f ${region##*/} > /dev/null 2>&1 || echo ${region##*/} > /sys/bus/cxl/devices/decoder0.0/delete_region
                done
                for decoder in /sys/bus/cxl/devices/decoder2.*; do echo 0 > $decoder/dpa_size; done
            done
            cxl create-region -t ram -m -d decoder0.0 -s 1G mem0 2>&1 | head -1
            lsmem | grep -c ' online '
            """);

        result.Output.Should().Be("cxl region: cmd_create_region: created 1 region\n3\n", result.Error);
    }

    private static string WithoutTimes(string text) => Regex.Replace(text, @"\[ *\d+\.\d+\]", "[time]");
}
