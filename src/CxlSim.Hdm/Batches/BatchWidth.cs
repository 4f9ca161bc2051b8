namespace CxlSim.Hdm;

/// <summary>How many bits of addresses are translated at a time.</summary>
internal enum BatchWidth
{
    One,
    Vector256,
    Vector512,
}
