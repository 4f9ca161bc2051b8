using System.Globalization;
using System.Text;

namespace CxlSim.Kernel;

/// <summary>How often a function reported which error, and a root port received one (<c>drivers/pci/pcie/aer.c</c>, struct aer_stats).</summary>
public sealed class AerCounters
{
    private readonly ulong[] _received = new ulong[3];
    private readonly ulong[] _total = new ulong[3];
    private readonly ulong[][] _bits = [new ulong[32], new ulong[32], new ulong[32]];

    /// <summary>A function reported errors: the bits of its status that are not masked.</summary>
    public void Count(AerSeverity severity, uint status)
    {
        _total[(int)severity]++;
        ulong[] bits = _bits[(int)severity];
        for (int bit = 0; bit < bits.Length; bit++)
        {
            bits[bit] += (status >> bit) & 1;
        }
    }

    /// <summary>A root port received a message.</summary>
    public void CountReceived(AerSeverity severity) => _received[(int)severity]++;

    /// <summary>What <c>aer_rootport_total_err_*</c> shows.</summary>
    public string Received(AerSeverity severity) => _received[(int)severity].ToString(CultureInfo.InvariantCulture);

    /// <summary>What <c>aer_dev_*</c> shows: every error that has a name, and the sum.</summary>
    public string Text(AerSeverity severity)
    {
        StringBuilder text = new();
        ulong[] bits = _bits[(int)severity];
        for (int bit = 0; bit < bits.Length; bit++)
        {
            if (AerWords.NameOf(severity, bit) is { } name)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name} {bits[bit]}\n");
            }
        }

        string total = severity switch { AerSeverity.Correctable => "ERR_COR", AerSeverity.Fatal => "ERR_FATAL", _ => "ERR_NONFATAL" };
        return text.Append(CultureInfo.InvariantCulture, $"TOTAL_{total} {_total[(int)severity]}").ToString();
    }
}
