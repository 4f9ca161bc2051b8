using System.Security.Cryptography;
using System.Text;
using CxlSim.Engine;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Sums a trace up: two runs whose hashes are equal had the same trace, byte for byte, as <c>--trace</c> writes it.</summary>
public sealed class TraceHash : ITraceSink
{
    /// <summary>Hexadecimal digits that are kept: 64 bits tell runs apart, and fit into a line.</summary>
    private const int Digits = 16;

    /// <summary>Holds no more than memory: nobody has to let it go.</summary>
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Of all that was traced so far: the first 64 bits of its SHA-256, in hexadecimal digits.</summary>
    public string Current => Convert.ToHexStringLower(_hash.GetCurrentHash())[..Digits];

    public void Record(SimTime time, long eventNumber, TraceRecord record) => _hash.AppendData(Encoding.UTF8.GetBytes(TraceText.Line(time, eventNumber, record) + "\n"));
}
