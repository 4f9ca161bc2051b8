using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session.Tests;

/// <summary>Captures with random damage: the answer is a platform file that reads back, or an error; never an exception.</summary>
public class ImportMutationTests
{
    private const int Rounds = 60;

    public static TheoryData<string> Recordings => ["01-single-volatile", "04-switch-4way", "13-hmat-generic-port"];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void DamagedCapture_IsReadOrRefused(string recording)
    {
        CaptureFile[] files =
        [
            .. GivenCapture.Tables(recording),
            .. new[] { "fw/lspci-vvv.txt", "fw/firmware-memmap.txt", "fw/cmdline.txt", "fw/uname.txt", "fw/lsmod.txt", "00-boot/iomem.txt", "00-boot/cxl-list-vvv.json", "00-boot/cxl-attrs.txt" }
                .Select(path => GivenCapture.Recorded(recording, path)),
        ];
        for (int seed = 0; seed < Rounds; seed++)
        {
            Random random = new(seed);
            ImportResult result = GivenCapture.Import([.. files.Select(file => random.Next(3) == 0 ? Damaged(file, random) : file)]);

            if (result.Platform is null)
            {
                result.Findings.Should().Contain(finding => finding.Severity == DiagnosticSeverity.Error, "seed {0}", seed);
            }
            else
            {
                PlatformReader.ReadText(result.Text, "p.yaml").Platform.Should().NotBeNull("seed {0}", seed);
            }
        }
    }

    /// <summary>Bytes changed, a piece doubled, or the end cut off.</summary>
    private static CaptureFile Damaged(CaptureFile file, Random random)
    {
        byte[] bytes = (byte[])file.Bytes.Clone();
        switch (random.Next(4))
        {
            case 0:
                bytes = bytes[..random.Next(bytes.Length)];
                break;
            case 1:
                int at = random.Next(bytes.Length);
                bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]];
                break;
            default:
                for (int i = random.Next(1, 20); i > 0; i--)
                {
                    // Half of the changes keep digits digits, so that numbers lie instead of texts breaking.
                    bytes[random.Next(bytes.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : "0123456789abcdef"[random.Next(16)]);
                }

                break;
        }

        return new CaptureFile(file.Path, bytes);
    }
}
